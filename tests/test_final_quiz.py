"""The quiz of the final review: every question with many different numbers."""

import functools
import re
from typing import Any

import nbformat
import numpy as np
import pytest

from statquest_bp.course import final_review
from statquest_bp.course.final_review import QUESTIONS_OF_THE_QUIZ as QUESTIONS
from statquest_bp.data import dosage
from statquest_bp.exercises import MultipleChoice, Numeric, Quiz
from tools.refresh_notebooks import NOTEBOOKS

every_question = pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.make.__name__)
SEEDS = range(50)
UNREADABLE = re.compile(r"nan|inf\b|-\d|−0(?![.\d])|\d\.\d{5}|\d{5}|\(\(\w|[{}]")


def made(question: Any, seed: int) -> Any:
    return question.make(np.random.default_rng([seed, QUESTIONS.index(question)]))


@functools.cache
def looked_at(question: Any, seed: int) -> Any:
    """One to read only, so that it need not be made again and again."""
    return made(question, seed)


def texts(exercise: Any) -> str:
    """Everything in it that a learner may read."""
    more = exercise.slips if isinstance(exercise, Numeric) else exercise.options.values()
    return "\n".join([repr(exercise), *exercise.hints, exercise.why, *more])


def test_the_quiz_has_enough_questions_over_all_the_notebooks_and_half_of_them_to_work_out():
    assert len(QUESTIONS) >= 24
    assert len({question.make for question in QUESTIONS}) == len(QUESTIONS)
    assert {question.notebook[:2] for question in QUESTIONS} == {f"0{i}" for i in range(9)}
    numbers = [question for question in QUESTIONS if isinstance(looked_at(question, 1), Numeric)]
    assert len(QUESTIONS) / 2 <= len(numbers) < len(QUESTIONS)
    assert [question.notebook for question in QUESTIONS] == sorted(question.notebook for question in QUESTIONS)


def test_what_is_to_be_read_again_is_named_as_the_notebooks_are():
    for path in NOTEBOOKS.glob("0*.ipynb"):
        title = nbformat.read(path, as_version=4).cells[0].source.splitlines()[0].removeprefix("# ")
        named = {question.notebook for question in QUESTIONS if question.notebook.startswith(path.name[:2])}
        assert named <= {f"{path.name[:2]} {title}"}


@every_question
def test_every_question_has_fresh_numbers_or_another_order_each_time_and_the_same_for_a_seed(question):
    assert len({repr(looked_at(question, seed)) for seed in SEEDS}) >= 8
    assert texts(made(question, 7)) == texts(made(question, 7))


@every_question
def test_every_question_can_be_read_whatever_is_drawn(question):
    for seed in SEEDS:
        exercise = looked_at(question, seed)
        assert not UNREADABLE.search(texts(exercise)), texts(exercise)
        assert max(map(len, repr(exercise).splitlines())) <= 100
        assert len(exercise.hints) == 3
        assert question.make.__doc__


@every_question
def test_the_answer_is_right_and_every_slip_is_named_whatever_is_drawn(question):
    for seed in SEEDS:
        exercise = made(question, seed)
        box = exercise.controls["answer"]
        if isinstance(exercise, MultipleChoice):
            assert len(exercise.options) >= 4
            assert len(set(exercise.options.values())) >= len(exercise.options) - 1
            wrong_ones = [option for option in exercise.options if option != exercise.answer]
            right = exercise.answer
        else:
            assert len(exercise.slips) >= 3
            wrong_ones = [repr(slip) for slip in exercise.slips.values()]
            right = f"{exercise.answer:.2f}"
        for answer in wrong_ones:
            box.value = answer
            exercise.controls["check"].click()
            assert not exercise.solved, (exercise.question, answer)
        box.value = right
        exercise.controls["check"].click()
        assert exercise.solved, (exercise.question, right)
        assert exercise.feedback.endswith(exercise.why)


def arithmetic(hint: str) -> float:
    """What a last hint comes to: it is written with the very numbers that the question shows."""
    python = hint.replace("−", "-").replace("×", "*").replace("²", "**2")
    assert re.fullmatch(r"[-+*/() .0-9]+", python), python
    return float(eval(python))


@every_question
def test_the_last_hint_of_a_number_is_the_sum_to_do_and_comes_to_the_answer(question):
    for seed in SEEDS:
        exercise = looked_at(question, seed)
        if isinstance(exercise, Numeric):
            hint = exercise.hints[2].rpartition(" so ")[2].rstrip(".")
            assert arithmetic(hint) == pytest.approx(exercise.answer, rel=1e-3, abs=1e-3)


def test_the_right_option_is_in_any_place():
    for question in QUESTIONS:
        exercises = [looked_at(question, seed) for seed in SEEDS]
        if isinstance(exercises[0], MultipleChoice):
            places = {list(exercise.options).index(exercise.answer) for exercise in exercises}
            assert places == set(range(len(exercises[0].options)))


def all_made(name: str) -> list[Any]:
    (question,) = (each for each in QUESTIONS if each.make.__name__ == name)
    return [looked_at(question, seed) for seed in SEEDS]


def test_the_right_option_is_what_the_question_calls_for_whichever_is_drawn():
    for exercise in all_made("softplus_far_out"):
        x = int(re.search(r"softplus\(([−\d]+)\)", exercise.question)[1].replace("−", "-"))
        assert exercise.answer == f"almost {max(x, 0)}"
    for exercise in all_made("what_one_parameter_does"):
        name = exercise.question.split()[2].strip(",")
        assert f"That is what {name} does." not in exercise.options.values()
    for exercise in all_made("the_sick_link"):
        symptom = re.search(r"disagrees: (.+?)\.", exercise.question)[1]
        assert f"Then this would disagree: {symptom}." not in exercise.options.values()
    for exercise in all_made("name_the_bug"):
        factor = exercise.hints[1].split()[2]
        assert {"0.5": "The 2 ", "−1": "The residual"}.get(factor, "The mean") in exercise.answer
    for exercise in all_made("what_the_rate_does"):
        rate = float(re.search(r"The rate was ([\d.]+),", exercise.options[exercise.answer])[1])
        limit = 1 / len(dosage())  # b3’s slope rises by 2 for each point
        way = "one side" if rate < limit / 2 else "to and fro" if rate < limit else "farther each time"
        assert way in exercise.answer


def test_the_last_link_of_a_hidden_bias_is_1_and_of_a_weight_the_dosage():
    for exercise in all_made("term_of_a_hidden_parameter"):
        dose, name = re.match(r"At dosage ([\d.]+) .* dSSR/d(\w\d)\?", exercise.question).groups()
        assert exercise.hints[2].endswith(" × 1" if name[0] == "b" else f" × {dose}")


def test_the_notebook_shows_a_quiz_of_all_of_them_whose_text_never_changes():
    quiz = final_review.quiz(seed=3)
    assert isinstance(quiz, Quiz)
    assert quiz.questions == QUESTIONS
    cells = nbformat.read(NOTEBOOKS / "10_final_review.ipynb", as_version=4).cells
    assert "ask.quiz()" in [cell.source for cell in cells]
    assert repr(quiz) == repr(final_review.quiz())


def test_a_whole_quiz_can_be_answered_and_scored():
    quiz = final_review.quiz(seed=3)
    for _ in QUESTIONS:
        exercise = quiz.exercise
        assert isinstance(exercise, Numeric | MultipleChoice)
        answer = exercise.answer
        exercise.controls["answer"].value = f"{answer:.4f}" if isinstance(answer, float) else answer
        exercise.controls["check"].click()
        quiz.controls["next"].click()
    quiz.controls["finish"].click()
    assert quiz.feedback.startswith(f"You have {2 * len(QUESTIONS)} of {2 * len(QUESTIONS)} points.")
    assert quiz.feedback.endswith("Nothing to read again.")
