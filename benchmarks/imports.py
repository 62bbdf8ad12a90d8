"""How much longer `import statquest_bp` takes than `import numpy`, each in a fresh Python, and what it pulls in."""

import os
import subprocess
import sys
from functools import partial
from statistics import median

from benchmarks.report import Row, main, on_one_core, taking_turns

ROUNDS = 31
# The round that doesn't count leaves compiled modules behind, as an installation does
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def fresh(code):
    """What `code` prints in a Python of its own."""
    command = [sys.executable, "-c", code]
    return subprocess.run(command, env=ENVIRONMENT, check=True, stdout=subprocess.PIPE, text=True).stdout


def rows():
    loaded = fresh("import sys, statquest_bp; print(*sys.modules)").split()
    yield Row("matplotlib and ipywidgets pulled in", len({"matplotlib", "ipywidgets"} & set(loaded)), "", at_most=0)
    runs = {name: partial(fresh, f"import {name}") for name in ("statquest_bp", "numpy")}
    ms = {name: 1e3 * median(seconds) for name, seconds in taking_turns(runs, ROUNDS).items()}
    yield Row("import statquest_bp − import numpy", ms["statquest_bp"] - ms["numpy"], "ms", at_most=30)
    yield from (Row(f"import {name}", value, "ms") for name, value in ms.items())


if __name__ == "__main__":
    on_one_core()
    main("Import", rows())
