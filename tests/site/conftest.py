"""The site, built once and served from a folder of a plain server; a browser in which nothing is asked of elsewhere."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from playwright.sync_api import Browser, BrowserContext, Page

from tools.static_server import served

BUILD = Path(__file__).parents[2] / "site" / "build.py"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """The folder that a web server shows; the site lies in a folder of it."""
    alone = not hasattr(request.config, "workerinput")
    root = tmp_path_factory.mktemp("server") if alone else tmp_path_factory.getbasetemp().parent / "server"
    with FileLock(f"{root}.lock"):  # tests that run side by side share it
        if not (root / "built").exists():
            subprocess.run([sys.executable, BUILD, root / "below" / "it"], check=True, stdout=subprocess.DEVNULL)
            (root / "built").touch()
    return root


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    with served(site) as address:
        yield f"{address}below/it/"


@pytest.fixture
def context(chromium: Browser, address: str) -> Iterator[BrowserContext]:
    """A browser in which everything outside the site is refused, and fails the test, as any error does."""
    wrong: list[str] = []
    context = chromium.new_context(viewport={"width": 1280, "height": 800})

    def refuse(route) -> None:
        wrong.append(f"asked for {route.request.url}")
        route.abort()

    context.route(lambda url: not url.startswith((address, "blob:", "data:", "file:")), refuse)
    context.on("weberror", lambda error: wrong.append(str(error.error)))
    context.on("console", lambda message: message.type == "error" and wrong.append(message.text))
    yield context
    context.close()
    assert wrong == []


@pytest.fixture
def opened(context: BrowserContext, address: str) -> Callable[..., Page]:
    """opened(name): that page, once its labs are live."""

    def open_page(name: str, at: str = address) -> Page:
        page = context.new_page()
        page.goto(f"{at}{name}.html")
        page.wait_for_function(
            """() => document.querySelectorAll('figure.lab .sq-lab:has(.sq-kept)').length
                === document.querySelectorAll('figure.lab script').length"""
        )
        return page

    return open_page
