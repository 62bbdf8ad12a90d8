"""All measurements, written to benchmarks/RESULTS.md; or only those named, and nothing is written."""

import argparse
import os
import platform
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

ALL = ("descent", "starts", "surface", "cost", "imports", "live_picture", "far_kernel", "site", "tab")
LIBRARIES = ("numpy", "torch", "jax", "scikit-learn", "micrograd")
RESULTS = Path(__file__).with_name("RESULTS.md")


def machine() -> str:
    """What the numbers depend on; no names of hosts or folders."""
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text().splitlines() if cpuinfo.exists() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    model = next(iter(models), platform.processor() or platform.machine())
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return (
        f"{model}, one of {os.cpu_count()} cores; {platform.system()}, Python {platform.python_version()}, {libraries}."
    )


def measure(name: str) -> tuple[str, bool]:
    """The table that benchmarks/`name`.py prints, and whether it met its targets."""
    done = subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], stdout=subprocess.PIPE, text=True)
    print(done.stdout, flush=True)
    return done.stdout or f"## {name}\n\nMISS: it ended with an error.\n", done.returncode == 0


def main(names: list[str]) -> None:
    tables, met = zip(*map(measure, names or ALL), strict=True)
    if not names:
        intro = (
            "# Speed\n\nWritten by `make bench`: medians of runs that take turns, one process for each table, "
            f"on one core except the browser's.\n\n{machine()}\n"
        )
        RESULTS.write_text("\n".join([intro, *tables]), encoding="utf-8")
    sys.exit(0 if all(met) else 1)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("name", nargs="*", help=f"{', '.join(ALL)}; without a name, all of them")
    main(parser.parse_args().name)
