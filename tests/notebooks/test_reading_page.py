"""tools/reading, nbconvert's template for a page to read: nothing is cut, and what a page can't show isn't there."""

from pathlib import Path

import pytest
from nbconvert import HTMLExporter
from nbformat.v4 import new_code_cell, new_notebook, new_output

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
STATE = {
    "version_major": 2,
    "version_minor": 0,
    "state": {"abc": {"model_name": "m", "model_module": "m", "state": {}}},
}
VIEW = {"model_id": "abc", "version_major": 2, "version_minor": 0}


def page(data: dict[str, object], metadata: dict[str, object] | None = None) -> str:
    """The page of a notebook with this output, run in the same go: with a widget view and the widgets' state."""
    output = new_output("display_data", data={WIDGET_VIEW: VIEW, **data}, metadata=metadata or {})
    notebook = new_notebook(cells=[new_code_cell("lab", outputs=[output])])
    notebook.metadata["widgets"] = {"application/vnd.jupyter.widget-state+json": STATE}
    tools = str(Path(__file__).parents[2] / "tools")
    body, _ = HTMLExporter(template_name="reading", extra_template_basedirs=[tools]).from_notebook_node(notebook)
    return str(body[body.index("<main") :])


def test_a_lab_is_its_picture_with_the_description_as_alternative_text() -> None:
    body = page({"image/png": "iVBORw0KGgo=", "text/plain": "Lab"}, {"image/png": {"alt": '3 > "2"', "width": 90}})
    assert "alt='3 &gt; \"2\"'" in body or 'alt="3 &gt; &quot;2&quot;"' in body
    assert 'width="90"' in body
    assert "abc" not in body.split("application/vnd.jupyter.widget-state+json")[0]


def test_a_card_is_its_question_in_whole_words() -> None:
    body = page({"text/plain": "How high?\n  ( ) <b>3</b>\n(run the cell to answer)"})
    assert "How high?\n  ( ) &lt;b&gt;3&lt;/b&gt;\n(run the cell to answer)" in body


@pytest.mark.parametrize("rule", ["word-break: normal", "white-space: pre-wrap"])
def test_neither_words_nor_lines_of_code_are_cut(rule: str) -> None:
    tools = str(Path(__file__).parents[2] / "tools")
    body, _ = HTMLExporter(template_name="reading", extra_template_basedirs=[tools]).from_notebook_node(new_notebook())
    assert rule in body.split(".jp-OutputArea-output pre, .highlight pre {")[1].split("}")[0]
