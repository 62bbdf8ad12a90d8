"""Every notebook in a real JupyterLab, as a learner opens it."""

from pathlib import Path

import nbformat
import pytest

from tools.lab_driver import command, run_all, wait_until_idle
from tools.refresh_notebooks import NOTEBOOKS, compared


@pytest.mark.parametrize("path", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda path: path.stem)
def test_a_notebook_runs_clean_is_saved_as_stored_and_runs_again_after_a_reload(path: Path, lab_page, server):
    page = lab_page(path.name)
    run_all(page)
    command(page, "docmanager:save")
    saved, stored = (nbformat.read(folder / path.name, as_version=4) for folder in (server.root, NOTEBOOKS))
    assert [compared(cell) for cell in saved.cells] == [compared(cell) for cell in stored.cells]
    page.reload()
    wait_until_idle(page)
    run_all(page)


def test_an_error_in_a_cell_is_seen(lab_page, write_notebook):
    page = lab_page(write_notebook("print('fine')", "1 / 0", "print('never reached')"))
    with pytest.raises(AssertionError, match="ZeroDivisionError"):
        run_all(page)


def test_a_warning_in_a_cell_is_seen(lab_page, write_notebook):
    page = lab_page(write_notebook("import warnings; warnings.warn('look here')"))
    with pytest.raises(AssertionError, match="look here"):
        run_all(page)
