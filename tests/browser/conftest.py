"""One JupyterLab and one Chromium for all browser tests; a fresh page and fresh kernels for each."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from playwright.sync_api import Browser, Page, sync_playwright

from tools.browser import launch_chromium
from tools.lab_driver import Server, lab_server, open_notebook, set_theme

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
# JupyterLab's and ipywidgets' own, when a reload comes quickly: a stored view is drawn before its model is back
HARMLESS = re.compile("Could not restore the debugger state|widget model not found")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A JupyterLab on an empty folder."""
    with lab_server(tmp_path_factory.mktemp("notebooks")) as running:
        yield running


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright, launch_chromium(playwright) as browser:
        yield browser


@pytest.fixture
def lab_page(server: Server, chromium: Browser) -> Iterator[Callable[[str], Page]]:
    """lab_page(name) opens a notebook; at the end, whatever the browser's console complained about fails the test."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    problems: list[str] = []

    def open_page(name: str) -> Page:
        if (NOTEBOOKS / name).exists():
            shutil.copy(NOTEBOOKS / name, server.root / name)
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda message: message.type == "error" and problems.append(message.text))
        open_notebook(page, server, name)
        return page

    yield open_page
    for page in context.pages:
        set_theme(page, "light")
        page.evaluate("jupyterapp.serviceManager.sessions.shutdownAll()")
    context.close()
    assert [problem for problem in problems if not HARMLESS.search(problem)] == []


@pytest.fixture
def write_notebook(server: Server) -> Callable[..., str]:
    """write_notebook(*sources) makes a notebook of these code cells; returns the name to give to lab_page."""

    def write(*sources: str) -> str:
        notebook = new_notebook(cells=[new_code_cell(source) for source in sources])
        notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
        nbformat.write(notebook, server.root / "written_by_a_test.ipynb")
        return "written_by_a_test.ipynb"

    return write
