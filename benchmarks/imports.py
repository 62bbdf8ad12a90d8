"""How much longer `import statquest_bp` takes than `import numpy`, each in a fresh Python, and what it pulls in."""

import subprocess
import sys
from functools import partial

from benchmarks.report import Row, main, medians, on_one_core

ROUNDS = 31


def fresh(code):
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout


def rows():
    loaded = fresh("import sys, statquest_bp; print(*sys.modules)").split()
    yield Row("matplotlib and ipywidgets pulled in", len({"matplotlib", "ipywidgets"} & set(loaded)), "", at_most=0)
    runs = {name: partial(fresh, f"import {name}") for name in ("statquest_bp", "numpy")}
    ms = {name: 1e3 * seconds for name, seconds in medians(runs, ROUNDS).items()}
    yield Row("import statquest_bp − import numpy", ms["statquest_bp"] - ms["numpy"], "ms", at_most=30)
    yield from (Row(f"import {name}", value, "ms") for name, value in ms.items())


if __name__ == "__main__":
    on_one_core()
    main("Import", rows())
