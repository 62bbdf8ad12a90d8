"""For every test: the learner's progress is kept in a folder of the test's own, never in the working directory."""

from pathlib import Path

import pytest

from statquest_bp.exercises.progress import PROGRESS, Progress


@pytest.fixture(autouse=True)
def progress(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Progress:
    """The progress that all exercises share: nothing solved, nothing made, nobody listening."""
    fresh = Progress(tmp_path / "my_progress.json")
    fresh.renamed = PROGRESS.renamed  # of the course, not of the learner
    for name, nothing in vars(fresh).items():
        monkeypatch.setattr(PROGRESS, name, nothing)
    return PROGRESS
