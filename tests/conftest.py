"""For every test: its own file of progress, never the working directory's; and one browser for all that need it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from statquest_bp.exercises.progress import PROGRESS, Progress
from tools.browser import launch_chromium

PATIENCE = 90_000  # milliseconds that a busy machine may take for one thing; what is there already is seen at once
expect.set_options(timeout=PATIENCE)


@pytest.fixture(autouse=True)
def progress(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Progress:
    """The progress that all exercises share: nothing solved, nothing made, nobody listening."""
    fresh = Progress(tmp_path / "my_progress.json")
    fresh.renamed = PROGRESS.renamed  # of the course, not of the learner
    for name, nothing in vars(fresh).items():
        monkeypatch.setattr(PROGRESS, name, nothing)
    return PROGRESS


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The one Chromium of all tests that need one: a second driver would find the loop of the first running."""
    with sync_playwright() as playwright, launch_chromium(playwright) as browser:
        yield browser
