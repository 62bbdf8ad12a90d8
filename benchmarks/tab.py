"""How soon a notebook runs in a browser tab: the site's JupyterLite, beside the same from the wheels as they are.

`python -m benchmarks.tab`: both from a server on this machine, in fresh contexts of one browser, taking turns. The
notebook is opened and all its cells are run, as soon as that can be asked for.

- all cells: from navigation to the end of the last cell.
- worker: the processor time of the thread in which Python runs, until then (Linux tells it; no row elsewhere).
- bytes: what was fetched, each file as `gzip -6` would send it.
- after reading: the notebook is opened and read for READ seconds, then all cells are run: from there to the last.
- the next one: in the same tab, all cells of another notebook, from its opening.

It needs the dev tools and a Chromium, as `make test` does.
"""

import gzip
import random
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import perf_counter
from urllib.parse import urlsplit

from playwright.sync_api import Browser, sync_playwright

from benchmarks.report import Row, main, times_as_long
from tools.browser import launch_chromium
from tools.lab_driver import run_all, wait_until_idle
from tools.static_server import served

sys.path.append(str(Path(__file__).parents[1] / "site"))
import lite

VISITS, READ = 3, 15
FIRST, NEXT = "notebooks/04_gradient_descent.ipynb", "notebooks/05_the_output_weights.ipynb"
OURS, PLAIN = "the site", "plain"


def worker_seconds(browser: Browser) -> float | None:
    """The processor time that all worker threads of the browser's pages have had."""
    if not Path("/proc/self/task").is_dir():
        return None
    ticks = 0
    for process in browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]:
        for thread in Path(f"/proc/{process['id']}/task").glob("*/stat"):
            name, fields = thread.read_text().split("(", 1)[1].rsplit(")", 1)
            if name.startswith("DedicatedWorker"[:15]):
                ticks += sum(map(int, fields.split()[11:13]))
    return ticks / 100


def visit(browser: Browser, address: str, folder: Path, measured: dict[str, list[float]]) -> None:
    """One newcomer, who runs everything at once, and then the next notebook."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        fetched: set[str] = set()
        context.on("request", lambda request: fetched.add(urlsplit(request.url).path))
        page, began = context.new_page(), perf_counter()
        page.goto(f"{address}lab/index.html?path={FIRST}")
        wait_until_idle(page)
        run_all(page)
        measured["all cells"].append(perf_counter() - began)
        measured["worker"].append(worker_seconds(browser) or 0)
        sent = [folder / path.lstrip("/") for path in fetched]
        measured["bytes"].append(sum(len(gzip.compress(file.read_bytes(), 6)) for file in sent if file.is_file()) / 1e6)
        began = perf_counter()
        page.evaluate("path => void jupyterapp.commands.execute('docmanager:open', {path})", NEXT)
        page.wait_for_function("path => jupyterapp.shell.currentWidget?.context?.path === path", arg=NEXT)
        wait_until_idle(page)
        run_all(page)
        measured["the next one"].append(perf_counter() - began)


def read_first(browser: Browser, address: str, measured: dict[str, list[float]]) -> None:
    """One newcomer, who reads before running anything."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.goto(f"{address}lab/index.html?path={FIRST}")
        page.wait_for_selector(".jp-Notebook .jp-MarkdownOutput")
        page.wait_for_timeout(1000 * READ)
        began = perf_counter()
        run_all(page)
        measured["after reading"].append(perf_counter() - began)


def rows() -> Iterator[Row]:
    measured: dict[str, dict[str, list[float]]] = {OURS: defaultdict(list), PLAIN: defaultdict(list)}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        for name in measured:
            lite.add(Path(folder, name.replace(" ", "-")), plain=name == PLAIN)
        with served(Path(folder)) as address:
            for _ in range(VISITS):
                for name in random.sample([*measured], len(measured)):
                    at = f"{address}{name.replace(' ', '-')}/"
                    with launch_chromium(playwright) as browser:  # a new one: its worker threads are these alone
                        visit(browser, at, Path(folder), measured[name])
                        read_first(browser, at, measured[name])
    ours, plain = measured[OURS], measured[PLAIN]
    if any(plain["worker"]):
        yield Row("worker, the site / plain", times_as_long(ours["worker"], plain["worker"]), "×", at_most=0.65)
    yield Row("all cells, the site / plain", times_as_long(ours["all cells"], plain["all cells"]), "×")
    yield Row("after reading, the site", median(ours["after reading"]), "s", at_most=5)
    yield Row("bytes, the site", median(ours["bytes"]), "MB", at_most=28)
    for name, each in measured.items():
        for what, values in each.items():
            if any(values):
                yield Row(f"{what}, {name}", median(values), "MB" if what == "bytes" else "s")


if __name__ == "__main__":
    main("The course in a browser tab", rows())
