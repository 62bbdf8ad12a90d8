"""Questions written as prose: how they are read, what is said where they can't be, and the rules they keep."""

import re
from collections.abc import Iterator
from importlib.resources import files
from types import ModuleType

import nbformat
import numpy as np
import pytest

from statquest_bp import Dataset, course, dosage, statquest_network
from statquest_bp.course import all_exercises, final_review
from statquest_bp.digits import filled
from statquest_bp.exercises import BackwardPass, ChainBuilder, FillTheLink, MultipleChoice, Numeric, Prediction
from statquest_bp.exercises.formula import compute
from statquest_bp.exercises.measured import Place
from statquest_bp.exercises.questions import PARTS, Question, exercise_of, questions_in
from tools.refresh_notebooks import NOTEBOOKS

WRITTEN = {  # the notebooks whose questions are prose, by their file's stem
    stem: getattr(course, stem.partition("_")[2])
    for stem in all_exercises()
    if files("statquest_bp.course").joinpath(stem.partition("_")[2], "questions.md").is_file()
}
TYPED = re.compile(r"(?<![\w{/])\d+(?:[.,]\d+)?(?![\w}])")  # a number in prose, not part of a name such as w4 or NN
SUM = re.compile(r"[−(]*\d[\d.]*[)²]* [×+−/] [\d.×+−/()² ]*[\d)²]")  # in a sentence: 4 + 9 + 0.25
HARMLESS = {*map(str, range(11)), "0.5", "0.01"}  # counted things, the lesson's doses, a nudge
TYPED_ON_PURPOSE = {"2.61", "07"}  # b3's best, which everybody knows by then; the number of a notebook


def questions(module: ModuleType, file: str = "questions.md") -> Iterator[tuple[ModuleType, Question]]:
    text = files(module.__name__).joinpath(file).read_text("utf-8")
    yield from ((module, question) for question in questions_in(text, module.__name__))


EVERY = [each for module in WRITTEN.values() for each in questions(module)]
DRAWN = list(questions(final_review, "quiz.md"))
every_question = pytest.mark.parametrize(
    ("module", "question"), EVERY + DRAWN, ids=[question.name for _, question in EVERY + DRAWN]
)


def values_of(module: ModuleType, question: Question) -> dict[str, float | str]:
    if module is final_review:
        return getattr(module.draws, question.name, lambda rng: {})(np.random.default_rng(1))
    return getattr(module.values, question.name, dict)()


def read(text: str, **values: float | str):
    (question,) = questions_in(text, "somewhere/questions.md")
    return exercise_of(question, values)


NUMBER = """
## a_number: number, Your turn

How much is {a} + {b:2}?

Round it.

- a + b: right, within 0.5
- a − b: You have {a} − {b}. The sign: mind it.

1. One
2. Two
3. {a} + {b}

{a} + {b:(1)} = {sum}
"""


def test_a_number_is_read_with_its_slips_hints_and_digits():
    exercise = read(NUMBER, a=2.0, b=-0.25, sum=1.75)
    assert isinstance(exercise, Numeric)
    assert (exercise.kind, exercise.question) == ("Your turn", "How much is 2 + −0.25?\nRound it.")
    assert (exercise.answer, exercise.slips) == (1.75, {"You have 2 − −0.25. The sign: mind it.": 2.25})
    assert (exercise.hints, exercise.why) == (("One", "Two", "2 + −0.25"), "2 + (−0.2) = 1.75")
    assert exercise.near(2.2, exercise.answer)


def test_a_choice_a_prediction_links_a_chain_and_a_backward_pass_are_read():
    choice = read(
        "## c: choice\n\nWhich {one}?\n\n- [ ] A: {x}\n  No: not A.\n- [x] B\n  Yes.\n\n1. a\n2. b\n3. c\n\nWhy",
        one="one",
        x=3,
    )
    assert isinstance(choice, MultipleChoice)
    assert (choice.options, choice.answer) == ({"A: 3": "No: not A.", "B": "Yes."}, "B")
    prediction = read(
        "## p: prediction\n\nHow far?\n\n- it: x / 2\n- from: −1\n- to: 4\n- step: 0.1\n"
        "- before: x\n- unit: cm\n- 1 − x: The other way: {x}.\n\nWhy",
        x=3,
    )
    assert isinstance(prediction, Prediction)
    assert (prediction.truth, prediction.before, prediction.why) == (1.5, 3, "Why")
    assert prediction.slips == {"The other way: 3.": -2}
    assert repr(prediction).endswith("I predict: ____ (from −1.0 cm to 4.0 cm)")
    links = read("## l: links of w3\n\n- w3: ____\n- w3 = y2: The other node’s.\n\n1. a\n2. b\n3. c\n\nWhy")
    assert isinstance(links, FillTheLink)
    assert (links.answers, links.slips) == ({"w3": "y1"}, {"w3": {"The other node’s.": "y2"}})
    places = tuple(Place(str(b3), statquest_network(b3=b3), dosage()) for b3 in (0, 1))
    text = (
        "## b: chain of b3\n\nBuild.\n\n- dSSR/dPredicted\n- y1: No link.\n- dPredicted/db3\n\n1. a\n2. b\n3. c\n\nWhy"
    )
    built = read(text, places=places)
    assert isinstance(built, ChainBuilder)
    assert (built.parameter, built.places) == ("b3", places)
    assert built.palette == {"dSSR/dPredicted": "", "y1": "No link.", "dPredicted/db3": ""}
    values = {"network": statquest_network(b3=0), "data": Dataset([0.5], [1.0]), "rate": 0.1}
    walk = read("## w: backward\n\nWalk.\n\n- Predicted\n- y2\n\n1. a\n2. b\n3. c\n\nWhy", **values)
    assert isinstance(walk, BackwardPass)
    assert (list(walk.answers), walk.learning_rate, walk.why) == (["Predicted", "y2"], 0.1, "Why")


def test_what_takes_long_to_predict_is_worked_out_when_it_is_asked_for():
    asked = []
    text = "## p: prediction\n\nHow many?\n\n- it: fits\n- from: 0\n- to: 9\n- step: 1\n- before: 1\n\nWhy"
    prediction = read(text, fits=lambda: asked.append("now") or 7)
    assert asked == []
    assert prediction.truth == 7
    assert asked == ["now"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "## no_kind\n",
            "somewhere/questions.md, line 2: write a heading like “## the_first_link: number”; got '## no_kind'",
        ),
        ("## a: riddle\n", "line 2"),
    ],
)
def test_a_heading_that_cannot_be_read_is_told_by_file_and_line(text, told):
    with pytest.raises(ValueError, match=re.escape(told)):
        list(questions_in(f"# Title\n{text}", "somewhere/questions.md"))


def test_a_missing_number_is_told_by_file_line_and_name(monkeypatch):
    module = next(iter(WRITTEN.values()))
    name = next(question.name for _, question in EVERY if hasattr(module.values, question.name))
    monkeypatch.setattr(module.values, name, dict)
    with pytest.raises(ValueError, match=rf"questions\.md, line \d+, {name}: "):
        module.QUESTIONS[name]()


# The rules that every written question keeps.


@every_question
def test_the_last_hint_worked_out_gives_the_answer(module, question):
    values = values_of(module, question)
    exercise = exercise_of(question, values)
    sums = SUM.findall(filled(question.hints[2], values)) if isinstance(exercise, Numeric) else []
    for worked_out in (float(compute(formula, {})) for formula in sums if len(sums) == 1):  # two are parts of one
        assert exercise.near(worked_out, exercise.answer) or worked_out == pytest.approx(exercise.answer, rel=0.01)


@every_question
def test_a_slip_that_forgot_the_2_has_no_2_in_its_formula(module, question):
    forgot = [left for left, said in question.items if re.search(r"forgot the 2|2 is missing", said)]
    assert [left for left in forgot if re.match(r"[−-]?2\b", left)] == []


@every_question
def test_no_digit_is_typed_where_a_name_should_stand(module, question):
    parts = PARTS if question.kind == "prediction" else ()
    said = [text for left, text in question.items if left not in parts]
    options = [left for left, _ in question.items if question.kind == "choice"]
    texts = [question.text, question.why, *question.hints, *options, *said]
    typed = {number for text in texts for number in TYPED.findall(text.partition("right, within")[0])}
    assert typed - HARMLESS - TYPED_ON_PURPOSE == set()


@pytest.mark.parametrize("stem", WRITTEN)
def test_the_order_is_the_notebooks(stem):
    cells = nbformat.read(NOTEBOOKS / f"{stem}.ipynb", as_version=4).cells
    asked = re.findall(r"\bask\.(\w+)\(", "\n".join(cell.source for cell in cells if cell.cell_type == "code"))
    assert asked == [make.__name__ for make in WRITTEN[stem].EXERCISES if make.__name__ in asked]
    assert set(WRITTEN[stem].QUESTIONS) <= set(asked)


def test_right_options_are_not_always_in_one_place_nor_the_longest():
    choices = [[left for left, _ in question.items] for _, question in EVERY if question.kind == "choice"]
    places = [next(i for i, option in enumerate(options) if option.startswith("[x]")) for options in choices]
    longest = [max(options, key=len).startswith("[x]") for options in choices]
    assert max(map(places.count, places)) <= len(places) / 2
    assert sum(longest) <= 0.8 * len(longest)
