"""Make the two data sets that come with the package: `python tools/make_data.py` writes them where they are kept.

Both are made up, from a formula and noise of a fixed seed; a test makes them again and compares.
"""

import math
import random
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "statquest_bp" / "datasets"


def spring() -> Iterator[str]:
    """A weight bounces on a spring and comes to rest: 40 measurements of its height, noisy by 0.08 cm."""
    draw = random.Random(2)
    yield "Time (s),Height (cm)"
    for time in sorted(draw.uniform(0, 3) for _ in range(40)):
        height = 1.5 * math.exp(-time / 2) * math.cos(math.tau * time / 2) + draw.gauss(0, 0.08)
        yield f"{time:.2f},{height:.2f}"


def growth() -> Iterator[str]:
    """Plants in 60 pots grow best neither cold nor hot, neither dry nor wet; noisy by 0.1 cm."""
    draw = random.Random(3)
    yield "Temperature (°C),Water (ml),Growth (cm)"
    for _ in range(60):
        temperature, water = draw.uniform(5, 35), draw.uniform(0, 300)
        best = math.exp(-(((temperature - 22) / 9) ** 2) - ((water - 170) / 90) ** 2)
        yield f"{temperature:.1f},{water:.0f},{3 * best + draw.gauss(0, 0.1):.2f}"


def files() -> dict[str, str]:
    """Each file's text by its name."""
    return {f"{make.__name__}.csv": "\n".join(make()) + "\n" for make in (spring, growth)}


if __name__ == "__main__":
    for name, text in files().items():
        (FOLDER / name).write_text(text, "utf-8", newline="\n")
        print(f"wrote {name}")
