"""The stored notebooks: tidy files that read well unrun. nbval, in the same pytest run, checks what they print."""

import re
import subprocess
from itertools import pairwise
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat import NotebookNode

from tools.refresh_notebooks import NOTEBOOKS

PATHS = sorted(NOTEBOOKS.glob("*.ipynb"))
MACHINE = re.compile(r"/(home|root|tmp|Users)/|[A-Z]:\\\\|site-packages|" + re.escape(str(NOTEBOOKS.parent)))
UNCHECKED = re.compile(r"#\s*(NBVAL|PYTEST_VALIDATE)_|nbval-|raises-exception", re.IGNORECASE)


@pytest.fixture(params=PATHS, ids=lambda path: path.stem)
def notebook(request: pytest.FixtureRequest) -> NotebookNode:
    return nbformat.read(request.param, as_version=4)


def code_cells(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def outputs(notebook: NotebookNode) -> list[NotebookNode]:
    return [output for cell in code_cells(notebook) for output in cell.outputs]


def test_every_cell_was_run_in_order(notebook):
    counts = [cell.execution_count for cell in code_cells(notebook)]
    assert counts == list(range(counts[0], counts[0] + len(counts))), "run `make notebooks`"


def test_no_output_is_an_error_or_a_warning(notebook):
    assert {output.get("name", output.output_type) for output in outputs(notebook)}.isdisjoint({"error", "stderr"})


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_no_widget_state_is_committed_though_a_learner_who_saves_stores_it(path: Path):
    git = ["git", "-C", str(path.parent), "cat-file", "blob", f":./{path.name}"]  # as it is staged
    staged = subprocess.run(git, capture_output=True)
    assert b"widget-state+json" not in staged.stdout


def test_one_that_a_learner_saves_with_its_labs_stays_small_frames_and_all(tmp_path):
    path = NOTEBOOKS / "06_the_hidden_layer.ipynb"  # the largest but for the playground
    notebook = nbformat.read(path, as_version=4)
    where = {"metadata": {"path": str(tmp_path)}}
    NotebookClient(notebook, timeout=120, kernel_name="python3", resources=where).execute()
    assert notebook.metadata.widgets["application/vnd.jupyter.widget-state+json"].state
    assert len(nbformat.writes(notebook).encode()) < 2e6


def test_no_timing_is_stored(notebook):
    assert [cell.metadata for cell in notebook.cells if "execution" in cell.metadata] == []


def test_it_runs_on_any_python3_and_names_no_machine(notebook):
    assert notebook.metadata.kernelspec.name == "python3"
    assert MACHINE.findall(str(notebook)) == []


def test_no_cell_hides_from_nbval(notebook):
    assert [cell.source for cell in code_cells(notebook) if UNCHECKED.search(cell.source + str(cell.metadata))] == []


def test_every_picture_has_text_that_says_what_it_shows(notebook):
    pictures = [output.data for output in outputs(notebook) if "image/png" in output.get("data", {})]
    assert [data["text/plain"] for data in pictures if not re.search(r"^[^<].*\d", data.get("text/plain", ""))] == []


def test_every_picture_has_its_description_as_alternative_text(notebook):
    pictures = [output for output in outputs(notebook) if "image/png" in output.get("data", {})]
    said = [output.metadata.get("image/png", {}).get("alt", "") for output in pictures]
    assert [alt for alt in said if not re.search(r"\d", alt)] == []


def test_a_stored_question_says_how_to_answer_it_and_fits_a_sheet_of_paper(notebook):
    texts = [output.data.get("text/plain", "") for output in outputs(notebook) if "data" in output]
    cards = [text for text in texts if re.search(r"____|^  \( \)|^Your code on trial", text, re.MULTILINE)]
    assert [text for text in cards if not text.endswith("\n(run the cell to answer)")] == []
    assert [text for text in cards if max(map(len, text.splitlines())) > 76] == []


def test_no_line_of_code_is_too_long_to_be_seen(notebook):
    """JupyterLab beside its list of files, and a page made by nbconvert, cut what is longer."""
    lines = [line for cell in code_cells(notebook) for line in cell.source.splitlines()]
    assert [line for line in lines if len(line) > 100] == []


def test_outputs_show_rounded_numbers_and_no_addresses(notebook):
    texts = [output.get("text") or output.data.get("text/plain", "") for output in outputs(notebook)]
    assert [text for text in texts if re.search(r"\.\d{8}|0x[0-9a-f]{6}", text)] == []


def test_the_title_comes_first_and_no_heading_level_is_skipped(notebook):
    text = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    text = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    levels = [len(marks) for marks in re.findall(r"^(#+) ", text, re.MULTILINE)]
    assert notebook.cells[0].source.startswith("# ")
    assert levels.count(1) == 1
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []


def test_no_cell_has_more_than_ten_lines_of_code(notebook):
    lines = {cell.source: [line for line in cell.source.splitlines() if line.strip()] for cell in code_cells(notebook)}
    assert [source for source, filled in lines.items() if len(filled) > 10] == []


def test_the_set_up_comes_first_and_is_hidden(notebook):
    """The first code cell is the set-up; so is any other that is tagged "setup"."""
    first, *others = code_cells(notebook)
    set_up = [first, *(cell for cell in others if "setup" in cell.metadata.get("tags", []))]
    assert [cell.source for cell in set_up if not cell.metadata.get("jupyter", {}).get("source_hidden")] == []


@pytest.mark.parametrize(("path", "following"), list(pairwise(PATHS)), ids=lambda path: path.stem)
def test_it_ends_with_a_link_to_the_next(path: Path, following: Path):
    assert f"]({following.name})" in nbformat.read(path, as_version=4).cells[-1].source
