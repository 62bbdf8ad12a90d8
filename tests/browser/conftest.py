"""One JupyterLab and one Chromium for all browser tests; a fresh page and fresh kernels for each."""

import re
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from playwright.sync_api import Browser, Page

from tests.browser.on_the_page import a_lab_answers
from tests.conftest import PATIENCE
from tools.lab_driver import Server, lab_server, open_notebook, set_theme

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
# JupyterLab's and ipywidgets' own, when a reload comes quickly: a stored view is drawn before its model is back
HARMLESS = re.compile("Could not restore the debugger state|widget model not found")


class Problems:
    """What the pages of a test complained about: each with its moment and, where it was thrown, its stack."""

    def __init__(self) -> None:
        self.began = time.monotonic()
        self.harmless = [HARMLESS]
        self.serious: list[str] = []
        self.of_jupyterlab: list[str] = []

    def watch(self, page: Page, server: Server) -> None:
        """Listen to all that goes wrong on the page."""
        page.on("pageerror", lambda error: self.note_error(error.stack or str(error), server))
        page.on("console", lambda message: message.type == "error" and self.note(message.text))

    def note(self, text: str) -> None:
        if not any(known.search(text) for known in self.harmless):
            self.serious.append(self.at_this_moment(text))

    def note_error(self, stack: str, server: Server) -> None:
        """An error that JupyterLab's own scripts throw among themselves is told from all others."""
        if wholly_in_jupyterlab(stack, server.url):
            self.of_jupyterlab.append(self.at_this_moment(stack))
        else:
            self.note(stack)

    def at_this_moment(self, text: str) -> str:
        return f"after {time.monotonic() - self.began:.1f} s: {text}"


def wholly_in_jupyterlab(stack: str, url: str) -> bool:
    """Whether every line of the stack lies in a script of JupyterLab's bundles, ipywidgets' among them."""
    scripts = re.findall(r"\b[a-z]+:/*[^\s()]+(?=:\d+:\d+)|<anonymous>", stack)
    bundles = (f"{url}static/lab/", f"{url}lab/extensions/@jupyter")
    return bool(scripts) and all(script.startswith(bundles) for script in scripts)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A JupyterLab on an empty folder."""
    with lab_server(tmp_path_factory.mktemp("notebooks")) as running:
        yield running


@pytest.fixture
def another_machine(tmp_path: Path) -> Iterator[Server]:
    """A second JupyterLab, which knows nothing of the first. Ask for it before `lab_page`, so that it ends later."""
    with lab_server(tmp_path) as running:
        yield running


@pytest.fixture
def problems() -> Problems:
    """What is complained about during this test; it may name more that is harmless."""
    return Problems()


@pytest.fixture
def lab_page(server: Server, chromium: Browser, problems: Problems) -> Iterator[Callable[..., Page]]:
    """lab_page(name) opens a notebook, lab_page(name, server) in another JupyterLab.

    At the end, whatever went wrong on a page fails the test, save for one thing, which comes and goes and is not
    ours to mend: an error from within JupyterLab's own scripts, after which the labs still answer. It is printed.
    """
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE)

    def open_page(name: str, server: Server = server) -> Page:
        if (NOTEBOOKS / name).exists():
            shutil.copy(NOTEBOOKS / name, server.root / name)
        page = context.new_page()
        problems.watch(page, server)
        open_notebook(page, server, name)
        return page

    yield open_page
    for page in context.pages:
        set_theme(page, "light")
        if problems.of_jupyterlab and not a_lab_answers(page):
            problems.serious.append("and after the errors of JupyterLab no lab answers to a key")
        page.evaluate("jupyterapp.serviceManager.sessions.shutdownAll()")
    context.close()
    print(*problems.of_jupyterlab, sep="\n")
    assert problems.serious == [], "\n".join(problems.serious + problems.of_jupyterlab)


@pytest.fixture
def write_notebook(server: Server) -> Callable[..., str]:
    """write_notebook(*sources) makes a notebook of these code cells; returns the name to give to lab_page.

    write_notebook(*sources, to=server) makes it for another JupyterLab.
    """

    def write(*sources: str, to: Server = server) -> str:
        notebook = new_notebook(cells=[new_code_cell(source) for source in sources])
        notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
        nbformat.write(notebook, to.root / "written_by_a_test.ipynb")
        return "written_by_a_test.ipynb"

    return write
