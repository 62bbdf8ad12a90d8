"""The quiz: fresh numbers, one question at a time, points, and what to read again."""

from collections.abc import Callable

import numpy as np
import pytest

from statquest_bp.exercises import MultipleChoice, Numeric, Question, Quiz
from statquest_bp.exercises.exercise import Checked
from statquest_bp.exercises.prediction import Prediction
from statquest_bp.exercises.progress import Progress
from statquest_bp.exercises.quiz import MOST


def a_sum(rng: np.random.Generator) -> Numeric:
    one, other = (int(number) for number in rng.integers(1, 10**6, size=2))
    return Numeric(f"{one} + {other}?", one + other, {"You multiplied.": one * other}, ["a", "b", "c"], "Add.")


def a_sign(rng: np.random.Generator) -> MultipleChoice:
    number = int(rng.integers(1, 10**6))
    options = {"positive": "Yes.", "negative": "No.", "zero": "No."}
    return MultipleChoice(f"{number}?", options, "positive", ["a", "b", "c"], "Look.")


QUESTIONS = [Question(a_sum, "01_sums"), Question(a_sign, "02_signs"), Question(a_sum, "01_sums")]


def press(quiz: Quiz, *names: str) -> str:
    for name in names:
        quiz.controls[name].click()
    return quiz.feedback


def answer(exercise: Checked | None, right: bool = True) -> None:
    assert exercise is not None
    if isinstance(exercise, Numeric):
        exercise.controls["answer"].value = str(int(exercise.answer) * (1 if right else 3))
    else:
        exercise.controls["answer"].value = "positive" if right else "zero"
    exercise.controls["check"].click()


def hint(exercise: Checked | None, *names: str) -> None:
    assert exercise is not None
    for name in names or ["hint"]:
        exercise.controls[name].click()


def asked(quiz: Quiz) -> list[str]:
    """All its questions' texts, looking at each."""
    texts = []
    for _ in quiz.questions:
        assert quiz.exercise is not None
        texts.append(quiz.exercise.question)
        press(quiz, "next")
    return texts


def head(quiz: Quiz) -> str:
    return quiz.widget.children[1].value


# Numbers.


def test_each_quiz_has_fresh_numbers_and_the_same_seed_the_same() -> None:
    assert asked(Quiz(QUESTIONS, seed=7)) == asked(Quiz(QUESTIONS, seed=7))
    assert asked(Quiz(QUESTIONS, seed=7)) != asked(Quiz(QUESTIONS, seed=8))
    assert asked(Quiz(QUESTIONS)) != asked(Quiz(QUESTIONS))
    drawn = Quiz(QUESTIONS)
    assert asked(Quiz(QUESTIONS, seed=drawn.seed)) == asked(drawn)


def test_two_questions_of_one_maker_differ_and_their_order_of_looking_does_not_matter() -> None:
    one, other = Quiz(QUESTIONS, seed=3), Quiz(QUESTIONS, seed=3)
    texts = asked(one)
    assert len(set(texts)) == 3
    press(other, "next", "next")
    assert other.exercise is not None
    assert other.exercise.question == texts[2]


def test_a_number_typed_in_gives_everyone_the_same_questions() -> None:
    quiz = Quiz(QUESTIONS, seed=1)
    answer(quiz.exercise)
    quiz.controls["seed"].value = " 042 "
    assert quiz.seed == 42
    assert quiz.controls["seed"].value == "42"
    assert quiz.points == (None, None, None)
    assert quiz.feedback.startswith("Quiz number 42:")
    assert asked(quiz) == asked(Quiz(QUESTIONS, seed=42))


@pytest.mark.parametrize("typed", ["", "abc", "-1", "1.5", "²", str(MOST + 1), "9" * 5000, "<b>"])
def test_a_number_that_is_none_is_told_so_and_costs_nothing(typed: str) -> None:
    quiz = Quiz(QUESTIONS, seed=1)
    answer(quiz.exercise)
    quiz.controls["seed"].value = typed
    assert quiz.feedback.startswith("“")
    assert quiz.feedback.endswith(f"a whole number from 0 to {MOST}. Nothing is lost.")
    assert len(quiz.feedback) < 150
    assert "<b>" not in quiz.widget.children[-1].value
    assert (quiz.seed, quiz.controls["seed"].value, quiz.points[0]) == (1, "1", 2)


def test_new_numbers_start_afresh_after_asking_where_something_was_answered() -> None:
    quiz = Quiz(QUESTIONS, seed=1)
    press(quiz, "next", "new")
    assert quiz.position == 0
    assert quiz.seed != 1, "nothing was answered, so there was nothing to ask"
    seed = quiz.seed
    answer(quiz.exercise, right=False)
    assert "Press New numbers again" in press(quiz, "new")
    press(quiz, "next", "new")
    assert quiz.seed == seed, "the question is asked anew after something else was done"
    press(quiz, "new")
    assert quiz.seed != seed
    assert quiz.controls["seed"].value == str(quiz.seed)
    assert quiz.points == (None, None, None)


def test_an_exercise_from_before_new_numbers_gives_no_points() -> None:
    quiz = Quiz(QUESTIONS, seed=1)
    before = quiz.exercise
    press(quiz, "new")
    answer(before)
    assert quiz.points == (None, None, None)


# One question at a time.


def test_one_question_is_shown_at_a_time_and_answers_are_still_there_on_the_way_back() -> None:
    quiz = Quiz(QUESTIONS, seed=1)
    first = quiz.exercise
    assert first is not None
    assert quiz.widget.children[2].children == (first.widget,)
    assert "Question 1 of 3" in head(quiz)
    answer(first, right=False)
    press(quiz, "next")
    assert "Question 2 of 3" in head(quiz)
    assert quiz.widget.children[2].children == (quiz.exercise.widget,)  # type: ignore[union-attr]
    press(quiz, "previous")
    assert quiz.exercise is first
    assert first.feedback


def test_beyond_the_ends_it_says_so_and_stays() -> None:
    quiz = Quiz(QUESTIONS, seed=1)
    assert press(quiz, "previous") == "This is the first question."
    assert quiz.position == 0
    assert press(quiz, "next", "next") == ""
    assert "Finish" in press(quiz, "next")
    assert quiz.position == 2


def test_only_questions_that_are_looked_at_are_made() -> None:
    made = []

    def counted(rng: np.random.Generator) -> Checked:
        made.append(1)
        return a_sum(rng)

    quiz = Quiz([Question(counted, "01_sums")] * 5)
    assert len(made) == 1
    press(quiz, "next", "previous", "next", "finish")
    assert len(made) == 2


def test_the_dots_show_what_was_done_and_the_text_says_how_many() -> None:
    quiz = Quiz(QUESTIONS, seed=1)
    assert '<span class="sq-dots"><span class="sq-here">○</span>○○</span>' in head(quiz)
    answer(quiz.exercise)
    assert '<span class="sq-here">●</span>○○' in head(quiz)
    press(quiz, "next")
    hint(quiz.exercise)
    answer(quiz.exercise)
    press(quiz, "next")
    hint(quiz.exercise, "show")
    assert '●◐<span class="sq-here">×</span>' in head(quiz)
    assert '<p role="status"><strong>Question 3 of 3</strong>, 3 of 3 done</p>' in head(quiz)


# Points.


@pytest.mark.parametrize(
    ("steps", "points"),
    [
        ([], None),
        (["wrong"], None),
        (["hint"], None),
        (["right"], 2),
        (["rubbish", "right"], 2),
        (["right", "hint", "hint", "hint", "show", "wrong"], 2),
        (["wrong", "right"], 1),
        (["hint", "right"], 1),
        (["wrong", "wrong", "hint", "right", "right"], 1),
        (["show"], 0),
        (["show", "right"], 0),
        (["wrong", "show", "right"], 0),
    ],
)
def test_points(steps: list[str], points: int | None) -> None:
    quiz = Quiz([Question(a_sum, "01_sums")])
    for step in steps:
        if step == "rubbish":
            assert quiz.exercise is not None
            quiz.exercise.controls["answer"].value = "abc"
        elif step in ("right", "wrong"):
            answer(quiz.exercise, step == "right")
        else:
            hint(quiz.exercise, step)
    assert quiz.points == (points,)


def test_finish_tells_the_score_and_what_to_read_again_most_lost_first() -> None:
    quiz = Quiz([*QUESTIONS, Question(a_sum, "03_more")], seed=1)
    hint(quiz.exercise)
    answer(quiz.exercise)
    press(quiz, "next")
    hint(quiz.exercise, "show")
    press(quiz, "next")
    answer(quiz.exercise)
    assert press(quiz, "finish").splitlines() == [
        "You have 3 of 8 points.",
        "Right at the first try: question 3.",
        "Right later: question 1.",
        "Shown: question 2.",
        "Still open: question 4.",
        "Worth reading again: 02_signs, 01_sums.",
    ]
    press(quiz, "next")
    answer(quiz.exercise)
    assert "You have 5 of 8 points.\nRight at the first try: questions 3, 4." in press(quiz, "finish")


def test_a_perfect_score_has_nothing_to_read_again_and_an_unanswered_quiz_says_nothing_of_it() -> None:
    quiz = Quiz(QUESTIONS, seed=1)
    assert press(quiz, "finish") == "You have 0 of 6 points.\nStill open: questions 1, 2, 3."
    for _ in QUESTIONS:
        answer(quiz.exercise)
        press(quiz, "next")
    assert press(quiz, "finish") == (
        "You have 6 of 6 points.\nRight at the first try: questions 1, 2, 3.\nNothing to read again."
    )


def test_the_score_is_stored_nowhere(progress: Progress) -> None:
    quiz = Quiz(QUESTIONS)
    text = "Quiz: 3 questions with fresh numbers each time. Run the cell to take it."
    assert repr(quiz) == text
    answer(quiz.exercise)
    press(quiz, "finish")
    bundle = quiz._repr_mimebundle_()
    assert bundle["text/plain"] == text == repr(Quiz(QUESTIONS, seed=5))
    assert set(bundle) == {"text/plain", "application/vnd.jupyter.widget-view+json"}
    assert not progress.path.exists()
    assert repr(Quiz(QUESTIONS[:1])).startswith("Quiz: 1 question with")


# What can go wrong.


def failing(rng: np.random.Generator) -> Checked:
    raise ArithmeticError("the <abacus> fell down")


def not_checked(rng: np.random.Generator) -> Checked:
    return Prediction("How high?", 1, 0, 2, 0.1)  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("make", "words"), [(failing, "the <abacus> fell down"), (not_checked, "an exercise that is checked")]
)
def test_a_question_that_cannot_be_made_is_told_and_the_others_go_on(make: Callable[..., Checked], words: str) -> None:
    quiz = Quiz([Question(make, "01_sums"), Question(a_sum, "01_sums")], seed=1)
    assert words in quiz.feedback
    assert "<abacus>" not in quiz.widget.children[-1].value
    assert quiz.exercise is None
    assert quiz.widget.children[2].children == ()
    press(quiz, "next")
    answer(quiz.exercise)
    assert quiz.points == (None, 2)
    assert "Still open: question 1." in press(quiz, "finish")


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Quiz([]), "at least one question"),
        (lambda: Quiz(QUESTIONS, seed=-1), "seed .* -1"),
        (lambda: Quiz(QUESTIONS, seed=MOST + 1), "seed"),
        (lambda: Quiz(QUESTIONS, seed=1.5), "seed .* 1.5"),  # type: ignore[arg-type]
        (lambda: Quiz(QUESTIONS, seed=True), "seed"),
    ],
)
def test_a_quiz_that_makes_no_sense_is_refused(make: Callable[[], object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        make()


def test_the_page_can_be_found_and_read() -> None:
    quiz = Quiz(QUESTIONS)
    assert "sq-quiz" in quiz.widget._dom_classes
    for name, control in quiz.controls.items():
        assert f"sq-control-{name}" in control._dom_classes
        assert control.description
    assert '<div role="status">' in quiz.widget.children[-1].value
