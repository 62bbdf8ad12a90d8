"""Questions whose numbers are drawn: which numbers are taken, and in which order the options stand."""

import re

import numpy as np
import pytest

from statquest_bp.course.final_review import draws
from statquest_bp.exercises import MultipleChoice, Numeric
from statquest_bp.exercises import drawn as module
from statquest_bp.exercises.drawn import drawn
from statquest_bp.exercises.questions import questions_in

RNG = np.random.default_rng(0)
NUMBER = "## n: number\n\nHow much is {x}?\n\n- x: right\n- one: One.\n\n1. a\n2. b\n3. {x:()}\n\nWhy"
CHOICE = """## c: choice

Which?

- [ ] {a}
  Not A.
- [ ] B
  Not B.
- [ ] C
  Not C.
- [x] {right}
  Yes, {why}.

1. a
2. b
3. c

Why
"""


def make(text, draw):
    (question,) = questions_in(text, "somewhere/quiz.md")
    return drawn(question, draw)


def test_numbers_are_drawn_again_until_the_slips_can_be_told_apart_and_the_answer_is_not_tiny():
    waiting = iter([1.0, 1.001, 0.01, -3.0])
    exercise = make(NUMBER, lambda rng: {"x": next(waiting), "one": 1.0})(RNG)
    assert isinstance(exercise, Numeric)
    assert (exercise.answer, exercise.question, exercise.hints[2]) == (-3.0, "How much is −3?", "(−3)")


def test_numbers_with_which_no_slip_can_be_told_apart_are_a_mistake(monkeypatch):
    monkeypatch.setattr(module, "DRAWS", 5)
    with pytest.raises(ArithmeticError, match="told apart"):
        make(NUMBER, lambda rng: {"x": 1.0, "one": 1.0})(RNG)


@pytest.mark.parametrize(("right", "option"), [(0, "A"), (1, "B"), (2, "C")])
def test_the_right_option_is_the_one_that_was_drawn_and_the_last_item_says_so(right, option):
    said = {"A": "Not A.", "B": "Not B.", "C": "Not C."} | {option: "Yes, so it is."}
    orders = set()
    for seed in range(60):
        exercise = make(CHOICE, lambda rng: {"a": "A", "right": right, "why": "so it is"})(np.random.default_rng(seed))
        assert isinstance(exercise, MultipleChoice)
        assert (exercise.answer, exercise.options) == (option, said)
        orders.add(tuple(exercise.options))
    assert len(orders) == 6


def test_a_missing_number_is_told_by_file_line_and_name():
    with pytest.raises(ValueError, match=re.escape("somewhere/quiz.md, line 1, n: 'x'")):
        make(NUMBER, lambda rng: {})(RNG)


def test_a_question_without_numbers_needs_no_function():
    assert not hasattr(draws, "where_it_begins")
    (question,) = (
        each
        for each in module.read_quiz("statquest_bp.course.final_review", draws)
        if each.make.__name__ == "where_it_begins"
    )
    assert question.notebook == "07 Working backward"
    assert question.make(RNG).kind == "Choose one"
