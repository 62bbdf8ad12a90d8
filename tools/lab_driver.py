"""A real JupyterLab in a real Chromium, driven from Python: for tests/browser and for benchmarks."""

import json
import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal, NamedTuple
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page

CONFIG = Path(__file__).parent / "jupyter" / "config.py"
SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {"checkForUpdates": False, "fetchNews": "false"},
    "@jupyterlab/docmanager-extension:plugin": {"autosave": False},
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},  # every cell is on the page, seen or not
}
# For each message to the kernel it loads the tab's icon anew: far away, all other requests wait behind these.
WITHOUT = {"disabledExtensions": {"@jupyterlab/application-extension:faviconbusy": True}}
PANEL = "jupyterapp.shell.currentWidget"
IDLE = f"window.jupyterapp && {PANEL}?.sessionContext?.session?.kernel?.status === 'idle' && {PANEL}.content.model"
DONE = f"""() => {{
    const cells = {PANEL}.content.model.toJSON().cells.filter(cell => cell.cell_type === 'code' && cell.source.length);
    const failed = cells.some(cell => cell.outputs.some(output => output.output_type === 'error'));
    return ({IDLE}) && (failed || cells.every(cell => cell.execution_count));
}}"""


class Server(NamedTuple):
    """A running JupyterLab: its address, its token, the folder it shows."""

    url: str
    token: str
    root: Path

    @property
    def port(self) -> int:
        return urlsplit(self.url).port or 80


@contextmanager
def lab_server(root: Path) -> Iterator[Server]:
    """JupyterLab as `make lab` starts it, on `root` and a free port, without this machine's own Jupyter settings."""
    token = secrets.token_hex(16)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as own:
        folders = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
        environment = {**os.environ, **{name: str(Path(own, name)) for name in folders}, "JUPYTER_TOKEN": token}
        settings = Path(own, "JUPYTER_CONFIG_DIR", "labconfig")
        settings.mkdir(parents=True)
        Path(settings, "default_setting_overrides.json").write_text(json.dumps(SETTINGS))
        Path(settings, "page_config.json").write_text(json.dumps(WITHOUT))
        command = [sys.executable, "-m", "jupyterlab", f"--config={CONFIG}", f"--ServerApp.root_dir={root}"]
        command += ["--no-browser", "--port=0", "--expose-app-in-browser"]
        log = Path(own, "log")
        with log.open("w") as out:
            process = subprocess.Popen(command, env=environment, stdout=out, stderr=out, stdin=subprocess.DEVNULL)
        try:
            yield Server(wait_for_url(process, Path(own, "JUPYTER_RUNTIME_DIR"), log), token, root)
        finally:
            process.terminate()
            process.wait(timeout=30)


def wait_for_url(process: subprocess.Popen[bytes], runtime: Path, log: Path) -> str:
    """The address of the server that `process` starts: it writes it to a file in `runtime`."""
    for _ in range(600):
        for file in runtime.glob("jpserver-*.json"):
            if text := file.read_text():
                return str(json.loads(text)["url"])
        if process.poll() is not None:
            break
        time.sleep(0.1)
    raise RuntimeError(f"JupyterLab did not start:\n{log.read_text()}")


def open_notebook(page: Page, server: Server, name: str) -> None:
    """Show the notebook alone, as JupyterLab's single-document mode does, and wait until its kernel is idle."""
    page.goto(f"{server.url}doc/tree/{name}?token={server.token}")
    wait_until_idle(page)


def wait_until_idle(page: Page) -> None:
    """Wait until JupyterLab has loaded the notebook and its kernel has nothing to do."""
    page.wait_for_function(IDLE, timeout=60_000)


def command(page: Page, name: str, **arguments: object) -> None:
    """Carry out one of JupyterLab's commands, what its menus do too, for example "docmanager:save"."""
    page.evaluate("([name, args]) => jupyterapp.commands.execute(name, args)", [name, arguments])


def cells(page: Page) -> list[dict[str, Any]]:
    """The notebook's cells as they stand on the page, outputs included, in the form of the file."""
    return list(page.evaluate(f"{PANEL}.content.model.toJSON().cells"))


def run_all(page: Page, timeout: float = 120_000) -> None:
    """Run All Cells, and wait for the last. Raises AssertionError with the text of any error or warning shown."""
    command(page, "notebook:clear-all-cell-outputs")
    page.evaluate("void jupyterapp.commands.execute('notebook:run-all-cells')")
    page.wait_for_function(DONE, timeout=timeout)
    for cell in cells(page):
        for output in cell.get("outputs", []):
            assert output["output_type"] != "error", "".join(output["traceback"])
            assert output.get("name") != "stderr", "".join(output["text"])


def lab(page: Page, nth: int = 0) -> Locator:
    """The notebook's nth lab."""
    return page.locator(".sq-lab").nth(nth)


def readout(page: Page, nth: int = 0) -> Locator:
    """The nth lab's readout: expect(readout(page)).to_contain_text("SSR = 0.4576")."""
    return lab(page, nth).locator(".sq-readout")


def control(page: Page, name: str, nth: int = 0) -> Locator:
    """The nth lab's control of that name, as in `lab.controls`."""
    return lab(page, nth).locator(f".sq-control-{name}")


def focus_slider(page: Page, name: str, nth: int = 0) -> Locator:
    """Put the keyboard on a slider once it is on show; returns its handle: focus_slider(page, "b3").press("End")."""
    handle = control(page, name, nth).locator(".noUi-handle")
    handle.wait_for()  # a click may have unfolded it, and that comes from the kernel; hidden, it would take no focus
    handle.focus()
    return handle


def drag_slider(page: Page, name: str, to: float, nth: int = 0, moves: int = 20, seconds: float = 0.0) -> None:
    """Drag a slider's handle to a place on its track (0 is the left end, 1 the right), in so many moves."""
    handle = focus_slider(page, name, nth)
    handle.scroll_into_view_if_needed()
    start, track = handle.bounding_box(), control(page, name, nth).locator(".noUi-base").bounding_box()
    assert start, f"the slider {name} is not on the page"
    assert track, f"the slider {name} has no track"
    x, y = start["x"] + start["width"] / 2, start["y"] + start["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for move in range(1, moves + 1):
        page.mouse.move(x + (track["x"] + to * track["width"] - x) * move / moves, y)
        page.wait_for_timeout(1000 * seconds / moves)
    page.mouse.up()


def set_theme(page: Page, theme: Literal["light", "dark"]) -> None:
    """Switch JupyterLab's theme, and wait until the page shows it."""
    command(page, "apputils:change-theme", theme=f"JupyterLab {theme.title()}")
    page.wait_for_selector(f"body[data-jp-theme-light={str(theme == 'light').lower()}]", state="attached")


def axe_violations(page: Page, selector: str = ".sq-lab") -> list[str]:
    """What axe-core holds against the labs on the page, save one thing: ipywidgets' own slider handle has no name."""
    found = []
    for violation in Axe().run(page, context=selector).response["violations"]:
        for node in violation["nodes"]:
            if not (violation["id"] == "aria-input-field-name" and "noUi-handle" in node["html"]):
                found.append(f"{violation['id']}: {violation['help']}\n    {node['html']}")
    return found
