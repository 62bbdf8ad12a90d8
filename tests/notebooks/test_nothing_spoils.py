"""Nothing spoils: what answers an exercise stands neither in the three cells before it nor in the two after it.

Read is what a learner sees: the text (what is folded into <details> is not seen), the code, what is printed, the
questions of other exercises, and of a lab its readout and its controls, as they stand at first.
"""

import ast
import contextlib
import functools
import io
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import ipywidgets
import nbformat
import pytest
from nbformat import NotebookNode

from statquest_bp.course import all_exercises
from statquest_bp.exercises import Exercise, FillTheLink, MultipleChoice, Numeric, Prediction
from statquest_bp.exercises.numeric import LAB_TASK, read_number
from statquest_bp.labs import DescentLab
from statquest_bp.labs.lab import Lab
from tests.lab_views import readout
from tools.refresh_notebooks import NOTEBOOKS

BEFORE, AFTER = 3, 2  # cells
NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?(?:/\d+)?(?!\w)")
SHARE = 0.6  # of a right option's own words: a sentence that has so many of them says the same
EMPTY = set(
    re.findall(
        r"\w+",
        "a after all an and are as at be because but by can each for from has have if in is it its no not of on one so "
        "than that the them there they this to was when where which with you your",
    )
)
TWINS = str.maketrans("1234", "2143")  # the other node's: x1 and x2, y1 and y2, w3 and w4


class Cell(NamedTuple):
    """What is seen of a cell of a notebook, and what it ends with: an exercise, with its name, a lab, or neither."""

    text: str
    made: object
    asked: str = ""


def run(notebook: NotebookNode) -> list[Cell]:
    """The notebook's cells, run here, so that each exercise and lab can be asked; what they print is as stored."""
    names: dict[str, Any] = {"__name__": "__main__"}
    cells = []
    for cell in notebook.cells:
        made = None
        if cell.cell_type == "code":
            code = ast.parse(cell.source)
            last = ast.unparse(code.body.pop()) if isinstance(code.body[-1], ast.Expr) else "None"
            with contextlib.redirect_stdout(io.StringIO()):
                exec(compile(code, "a cell", "exec"), names)
                made = eval(last, names)
        cells.append(Cell(seen_of(cell), made, "".join(re.findall(r"\bask\.(\w+)\(", cell.source)[:1])))
    return cells


def seen_of(cell: NotebookNode) -> str:
    hidden = cell.metadata.get("jupyter", {}).get("source_hidden")
    source = "" if hidden else re.sub(r"<details>.*?</details>", "", cell.source, flags=re.DOTALL)
    printed = [out.get("text") or out.get("data", {}).get("text/plain", "") for out in cell.get("outputs", [])]
    paragraphs = re.sub(r"(?<=\S)\n(?=\w)", " ", source) if cell.cell_type == "markdown" else source
    return "\n".join([paragraphs, *printed])


@functools.cache
def cells_of(stem: str) -> list[Cell]:
    return run(nbformat.read(NOTEBOOKS / f"{stem}.ipynb", as_version=4))


def exercises_in(cells: list[Cell]) -> Iterator[tuple[Any, list[Cell]]]:
    """Each exercise, with the cells before it and after it in which nothing may answer it."""
    for i, cell in enumerate(cells):
        if isinstance(cell.made, Exercise):
            yield cell.made, cells[max(0, i - BEFORE) : i] + cells[i + 1 : i + 1 + AFTER]


def numbers_in(text: str) -> Iterator[tuple[str, float]]:
    for written in NUMBER.findall(text.replace("−", "-")):
        with contextlib.suppress(ValueError):  # 0/0
            yield written, abs(read_number(written.replace(",", "").rstrip(".")))


def long_numbers_in(text: str) -> list[tuple[str, float]]:
    return [(written, number) for written, number in numbers_in(text) if sum(map(str.isdigit, written)) >= 3]


def answers(exercise: Numeric | Prediction, number: float) -> bool:
    """Whether this number, whatever its sign, is the answer, and doesn't stand in the question."""
    asked = any(number == given for _, given in numbers_in(exercise.question))
    if isinstance(exercise, Prediction):
        return not asked and abs(number - abs(exercise.truth)) <= 0.005 * abs(exercise.truth)
    return not asked and exercise.near(number, abs(exercise.answer))


def numbers_that_answer(cells: list[Cell]) -> list[str]:
    found = []
    for exercise, beside in exercises_in(cells):
        if not isinstance(exercise, Numeric | Prediction):
            continue
        for cell in beside:
            text = f"{cell.text}\n{readout(cell.made)}" if isinstance(cell.made, Lab) else cell.text
            found += [f"{w}: {exercise.question}" for w, n in long_numbers_in(text) if answers(exercise, n)]
    return found


def controls_that_answer(cells: list[Cell]) -> list[str]:
    """Buttons with the answer on them, and sliders that stand at it."""
    found = []
    for exercise, beside in exercises_in(cells):
        for lab in (cell.made for cell in beside if isinstance(cell.made, Lab)):
            for control in lab.controls.values() if isinstance(exercise, Numeric | Prediction) else ():
                value = getattr(control, "value", None)
                stands = f"{value:.4f}" if isinstance(control, ipywidgets.FloatSlider) and value else ""
                for written, number in numbers_in(f"{control.description} {control.tooltip or ''} {stands}"):
                    if answers(exercise, number):
                        found.append(f"{control.description} {written}: {exercise.question}")
    return found


def words_in(text: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", text.lower())) - EMPTY


def options_given_away(cells: list[Cell]) -> list[str]:
    found = []
    for exercise, beside in exercises_in(cells):
        if not isinstance(exercise, MultipleChoice):
            continue
        own = words_in(exercise.answer) - words_in(exercise.question)
        for sentence in re.split(r"(?<=[.!?:;])\s|\n", "\n".join(cell.text for cell in beside)):
            if len(own) > 1 and len(own & words_in(sentence)) >= SHARE * len(own):
                found.append(f"{sentence}: {exercise.question}")
    return found


def links_named(cells: list[Cell]) -> list[tuple[str, str]]:
    """Links named right after they were asked for, and the other node's beside them isn't, so that no choice is left.

    Before, there is what they can be found from.
    """
    found = []
    for i, cell in enumerate(cells):
        formulas = set(cell.made.answers.values()) - {"1", "Input"} if isinstance(cell.made, FillTheLink) else ()
        for after in cells[i + 1 : i + 1 + AFTER]:
            found += [
                (cell.asked, formula)
                for formula in formulas
                if names(after.text, formula) and not names(after.text, formula.translate(TWINS))
            ]
    return found


def names(text: str, formula: str) -> bool:
    return bool(re.search(rf"(?<![\w/]){re.escape(formula)}(?!\w)", text))


@pytest.mark.parametrize("stem", all_exercises())
def test_no_number_beside_an_exercise_answers_it(stem: str) -> None:
    assert numbers_that_answer(cells_of(stem)) == []


@pytest.mark.parametrize("stem", all_exercises())
def test_what_is_to_be_worked_out_stands_nowhere_above(stem: str) -> None:
    above, found = list[Cell](), list[str]()
    for cell in cells_of(stem):
        if isinstance(cell.made, Numeric) and cell.made.kind != LAB_TASK:
            numbers = long_numbers_in("\n".join(each.text for each in above))
            found += [f"{written}: {cell.made.question}" for written, number in numbers if answers(cell.made, number)]
        above.append(cell)
    assert found == []


@pytest.mark.parametrize("stem", all_exercises())
def test_no_button_and_no_slider_of_a_lab_beside_an_exercise_answers_it(stem: str) -> None:
    assert controls_that_answer(cells_of(stem)) == []


@pytest.mark.parametrize("stem", all_exercises())
def test_no_sentence_beside_an_exercise_has_the_words_of_its_right_option(stem: str) -> None:
    assert options_given_away(cells_of(stem)) == []


@pytest.mark.parametrize("stem", all_exercises())
def test_no_link_is_named_right_after_it_is_asked_for(stem: str) -> None:
    assert links_named(cells_of(stem)) == []


def test_no_example_of_what_can_be_typed_is_an_answer() -> None:
    asked = [exercise for stem in all_exercises() for exercise, _ in exercises_in(cells_of(stem))]
    for exercise in asked:
        if isinstance(exercise, Numeric):
            for written, number in numbers_in(exercise.controls["answer"].placeholder):
                assert not exercise.near(number, abs(exercise.answer)), (written, exercise.question)


def test_each_exercise_of_a_notebook_is_found() -> None:
    for stem, makers in all_exercises().items():
        assert len(list(exercises_in(cells_of(stem)))) >= len(makers) - 1, stem  # one may end no cell


# That each of these tests can fail.


def beside(exercise: Exercise, text: str = "", made: object = None) -> list[Cell]:
    return [Cell("", None), Cell("", exercise, "asked"), Cell("", None), Cell(text, made), Cell("", None)]


def number(answer: float) -> Numeric:
    return Numeric("How large is it at 2.25?", answer, {}, ["a", "b", "c"], "")


@pytest.mark.parametrize(
    ("text", "spoilt"),
    [("b3 is −1.57.", True), ("b3 is 1.5655", True), ("It is 1.6.", False), ("At 2.25", False), ("x1.57", False)],
)
def test_a_number_of_three_digits_that_is_not_in_the_question_spoils(text: str, spoilt: bool) -> None:
    assert bool(numbers_that_answer(beside(number(-1.5655), text))) == spoilt
    assert numbers_that_answer(beside(number(2.25), text)) == []


def test_what_is_folded_away_does_not_spoil() -> None:
    folded = nbformat.v4.new_markdown_cell(
        "<details>\n<summary>Found it?</summary>\n\nIt is 1.57.\n</details>\n\nNow 1.9"
    )
    assert "1.57" not in seen_of(folded)
    assert "1.9" in seen_of(folded)


def test_a_cell_farther_away_does_not_spoil() -> None:
    asked = [Cell("1.57", None), Cell("", None), Cell("", None), Cell("", None), Cell("", number(1.57))]
    assert numbers_that_answer(asked) == []
    assert len(numbers_that_answer(asked[1:2] + asked[:1] + asked[3:])) == 1


def test_a_button_or_a_slider_or_a_readout_spoils() -> None:
    assert controls_that_answer(beside(number(0.3), made=DescentLab())) != []
    assert controls_that_answer(beside(number(0.25), made=DescentLab(learning_rate=0.25))) != []
    assert controls_that_answer(beside(number(0.4), made=DescentLab())) == []
    assert numbers_that_answer(beside(number(15.66), made=DescentLab())) != []


def test_a_sentence_with_the_words_of_the_right_option_spoils() -> None:
    options = {"The curve is steep out there.": "No.", "The bend lets hardly anything through.": "Yes."}
    exercise = MultipleChoice("Why is it slow?", options, "The bend lets hardly anything through.", ["a", "b", "c"], "")
    assert len(options_given_away(beside(exercise, "Look: hardly anything gets through the bend! Go on."))) == 1
    assert options_given_away(beside(exercise, "The bend is steep. Hardly.")) == []


def test_a_link_that_is_named_right_after_it_was_asked_for_spoils() -> None:
    exercise = FillTheLink("w4", ["w4"], {"w4": {}}, hints=["a", "b", "c"], why="")
    assert links_named(beside(exercise, "each is multiplied by y2 first")) == [("asked", "y2")]
    assert links_named(beside(exercise, "y21, dy2/dx2")) == []
    assert links_named(beside(exercise, "the nodes give y1 = 2.05 and y2 = 0.05")) == []
