"""`make notebooks`: the tool that runs the notebooks again and stores them."""

from pathlib import Path

import nbformat
import pytest
from nbclient.exceptions import CellExecutionError
from nbformat.v4 import new_code_cell, new_notebook, new_output

from tools.refresh_notebooks import compared, refresh

WIDGET = "import ipywidgets, sys; print('warned', file=sys.stderr); ipywidgets.IntSlider()"
PICTURE = """import uuid
from IPython.display import display
display({"image/png": uuid.uuid4().hex, "text/plain": "SSR = 20.4"}, raw=True)"""


def write(path: Path, *sources: str) -> Path:
    nbformat.write(new_notebook(cells=[new_code_cell(source) for source in sources]), path)
    return path


def test_outputs_are_stored_without_a_trace_of_machine_or_moment(tmp_path):
    path = write(tmp_path / "a.ipynb", "print(6 * 7)", WIDGET)
    assert refresh(path)
    notebook = nbformat.read(path, as_version=4)
    number, widget = notebook.cells
    assert (number.execution_count, number.outputs[0].text) == (1, "42\n")
    assert [list(output.data) for output in widget.outputs] == [["text/plain"]]
    assert notebook.metadata.keys() == {"kernelspec", "language_info"}
    assert "version" not in notebook.metadata.language_info
    assert [cell.metadata for cell in notebook.cells] == [{}, {}]


def test_a_second_run_leaves_the_file_as_it_is_pictures_included_unless_asked(tmp_path):
    path = write(tmp_path / "a.ipynb", PICTURE, PICTURE.replace("20.4", "7.8"))
    refresh(path)
    before = path.read_bytes()
    assert not refresh(path)
    assert path.read_bytes() == before
    assert refresh(path, pictures=True)


def test_what_is_printed_in_pieces_is_stored_and_compared_as_one(tmp_path):
    pieces = "import sys, time\nfor word in ('one', 'two'):\n    print(word), sys.stdout.flush(), time.sleep(0.3)"
    path = write(tmp_path / "a.ipynb", pieces)
    refresh(path)
    notebook = nbformat.read(path, as_version=4)
    (output,) = notebook.cells[0].outputs
    assert output.text == "one\ntwo\n"
    whole = compared(notebook.cells[0])
    notebook.cells[0].outputs = [new_output("stream", name="stdout", text=word) for word in ("one\n", "two\n")]
    assert compared(notebook.cells[0]) == whole
    nbformat.write(notebook, path)
    assert refresh(path)


def test_a_new_text_brings_its_own_picture(tmp_path):
    path = write(tmp_path / "a.ipynb", PICTURE)
    refresh(path)
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[0].outputs[0].data["text/plain"] = "SSR = 20.5"
    old_picture = notebook.cells[0].outputs[0].data["image/png"]
    nbformat.write(notebook, path)
    assert refresh(path)
    assert nbformat.read(path, as_version=4).cells[0].outputs[0].data["image/png"] != old_picture


def test_a_failing_cell_leaves_the_file_as_it_was(tmp_path):
    path = write(tmp_path / "a.ipynb", "1 / 0")
    before = path.read_bytes()
    with pytest.raises(CellExecutionError, match="ZeroDivisionError"):
        refresh(path)
    assert path.read_bytes() == before
