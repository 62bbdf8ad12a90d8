"""The quiz: fresh numbers, one question at a time, points, and what to read again."""

from collections.abc import Callable

import ipywidgets
import numpy as np
import pytest

from statquest_bp.exercises import MultipleChoice, Numeric, Question, Quiz
from statquest_bp.exercises.exercise import Checked
from statquest_bp.exercises.prediction import Prediction
from statquest_bp.exercises.progress import Progress
from statquest_bp.exercises.quiz_map import CLASSES
from statquest_bp.exercises.quiz_number import MOST, one_of_each


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


def circles(quiz: Quiz) -> list[ipywidgets.Button]:
    """Those on the screen, in their order."""
    (row,) = (part for part in quiz.widget.children[4].children if "sq-map" in part._dom_classes)
    return list(row.children)


def states(quiz: Quiz) -> list[str]:
    """What the circles are called, after "Question 1, " and so on."""
    spoken = [circle.description for circle in circles(quiz)]
    assert [words.partition(", ")[0] for words in spoken] == [f"Question {i + 1}" for i in range(len(spoken))]
    return [words.partition(", ")[2] for words in spoken]


def test_the_circles_show_and_say_what_was_done_and_the_text_says_how_many() -> None:
    quiz = Quiz(QUESTIONS, seed=1)
    assert states(quiz) == ["open, here", "open", "open"]
    answer(quiz.exercise)
    assert states(quiz) == ["right at the first try, here", "open", "open"]
    press(quiz, "next")
    hint(quiz.exercise)
    answer(quiz.exercise)
    press(quiz, "next")
    hint(quiz.exercise, "show")
    assert states(quiz) == ["right at the first try", "right later", "shown, here"]
    classes = [set(circle._dom_classes) & {*CLASSES.values(), "sq-here"} for circle in circles(quiz)]
    assert classes == [{"sq-best"}, {"sq-later"}, {"sq-shown", "sq-here"}]
    assert '<p role="status"><strong>Question 3 of 3</strong>, 3 of 3 done</p>' in head(quiz)


def test_each_circle_leads_to_its_question() -> None:
    quiz = Quiz(QUESTIONS, seed=1)
    texts = asked(quiz)
    for place in (2, 0, 1, 1):
        circles(quiz)[place].click()
        assert quiz.position == place
        assert quiz.exercise is not None
        assert quiz.exercise.question == texts[place]
        assert f"Question {place + 1} of 3" in head(quiz)


def test_the_focus_goes_to_the_answer_of_a_new_question_and_its_words_are_heard(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    focused = []
    monkeypatch.setattr(ipywidgets.DOMWidget, "focus", lambda widget: focused.append(widget))
    quiz = Quiz(QUESTIONS, seed=1)
    assert focused == [], "nobody has pressed anything"

    def goes_there(press_it: Callable[[], object]) -> bool:
        press_it()
        assert quiz.exercise is not None
        assert f'<span class="sq-heard">: {quiz.exercise.question}</span>' in head(quiz)
        return focused[-1] is quiz.exercise.controls["answer"]

    assert goes_there(lambda: press(quiz, "next"))
    assert goes_there(lambda: press(quiz, "previous"))
    assert goes_there(circles(quiz)[2].click)
    assert goes_there(lambda: press(quiz, "length"))
    answer(quiz.exercise)
    assert "sq-heard" not in head(quiz), "it was heard when it came"
    before = len(focused)
    press(quiz, "finish")
    quiz.controls["seed"].value = "12"
    press(quiz, "previous")
    assert len(focused) == before, "a number typed in is left by Tab or by a click, which have their own aim"


# The short version.

MANY = [Question(a_sum if i % 2 else a_sign, f"0{i // 4}_notebook") for i in range(13)]


def test_a_short_quiz_asks_one_question_from_each_notebook_with_the_numbers_of_the_whole() -> None:
    short, whole = Quiz(MANY, seed=5, short=True), Quiz(MANY, seed=5)
    assert (short.short, whole.short) == (True, False)
    assert (len(short.points), len(whole.points)) == (4, 13)
    few, all_texts = [], []
    for quiz, texts in ((short, few), (whole, all_texts)):
        for _ in quiz.points:
            assert quiz.exercise is not None
            texts.append(quiz.exercise.question)
            press(quiz, "next")
    places = [all_texts.index(text) for text in few]
    assert [place // 4 for place in places] == [0, 1, 2, 3]
    assert [place for place in places if place < 12] != [0, 4, 8]
    assert few == [quiz_text for quiz_text in all_texts if quiz_text in few]


def test_the_quiz_number_picks_the_questions_of_a_short_quiz() -> None:
    notebooks = [question.notebook for question in MANY]
    picked = {tuple(one_of_each(notebooks, seed)) for seed in range(100)}
    assert {places[0] for places in picked} == {0, 1, 2, 3}
    assert len(picked) > 20
    assert one_of_each(notebooks, 7) == one_of_each(notebooks, 7)


def test_short_and_whole_quiz_change_into_each_other_and_keep_every_answer() -> None:
    quiz = Quiz(MANY, seed=5)
    assert quiz.controls["length"].description == "Short quiz: 4 questions"
    for _ in MANY:
        answer(quiz.exercise)
        press(quiz, "next")
    shown = quiz.exercise
    press(quiz, "length")
    assert quiz.short
    assert quiz.controls["length"].description == "Whole quiz: 13 questions"
    assert quiz.points == (2, 2, 2, 2)
    assert len(circles(quiz)) == 4
    assert quiz.exercise is shown, "the last question is the only one from its notebook, so it is in both"
    assert press(quiz, "finish").startswith("You have 8 of 8 points.")
    press(quiz, "previous", "length")
    assert not quiz.short
    assert quiz.position < 12
    assert quiz.points == (2,) * 13
    assert len(circles(quiz)) == 13
    quiz.controls["seed"].value = "6"
    press(quiz, "length")
    assert quiz.points == (None,) * 4


def test_where_every_notebook_has_one_question_there_is_no_shorter_quiz() -> None:
    assert Quiz(QUESTIONS[:2]).controls["length"].layout.display == "none"
    assert Quiz(QUESTIONS).controls["length"].layout.display is None


def test_a_short_quiz_says_how_many_questions_it_has() -> None:
    assert repr(Quiz(MANY, short=True)).startswith("Quiz: 4 questions with fresh numbers each time.")
    assert repr(Quiz(MANY, short=True)) == repr(Quiz(MANY, seed=9, short=True))


def test_a_closed_quiz_leaves_no_circle_open_not_even_of_the_questions_that_it_leaves_out() -> None:
    quiz = Quiz(MANY)
    all_circles = circles(quiz)
    press(quiz, "length")
    quiz.close()
    assert [circle.comm for circle in all_circles] == [None] * 13


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


def test_finish_gives_a_result_to_copy_which_goes_with_the_next_question() -> None:
    quiz = Quiz(QUESTIONS, seed=77)
    box = quiz.controls["result"]
    assert (quiz.result, box.layout.display) == ("", "none")
    answer(quiz.exercise)
    told = press(quiz, "finish")
    assert quiz.result == f"Quiz number 77, 3 questions.\n{told}"
    assert box.layout.display is None
    press(quiz, "next")
    assert (quiz.result, box.layout.display) == ("", "none")
    press(quiz, "length", "finish")
    assert quiz.result.startswith("Quiz number 77, 2 questions.\nYou have ")
    quiz.controls["seed"].value = "78"
    assert quiz.result == ""


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
