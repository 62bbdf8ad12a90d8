"""Every exercise of the course: its solution, each of its named slips, rubbish, hints, and what is stored of it."""

import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from statquest_bp import descend, dosage, gradient, ssr, statquest_network
from statquest_bp.course import all_exercises
from statquest_bp.course.lesson import b3_with_slope, lowest_b3, rate_limit
from statquest_bp.digits import short
from statquest_bp.exercises import Exercise, FillTheLink, MultipleChoice, Numeric, Prediction
from statquest_bp.exercises.exercise import Checked, Verdict
from statquest_bp.exercises.numeric import LAB_TASK, read_number

MAKERS = [maker for makers in all_exercises().values() for maker in makers]
MADE = {maker: maker() for maker in MAKERS}  # to look at; each test makes its own to answer
WITHOUT_A_PREDICTION = {"00_start_here", "08_bug_clinic", "10_final_review"}


def of(kind: type[Exercise], *more: Callable[[], Exercise]) -> Any:
    """Parametrise a test over the course's exercises of one kind, and these."""
    chosen = [maker for maker, made in MADE.items() if isinstance(made, kind)]
    return pytest.mark.parametrize("make", [*chosen, *more], ids=lambda maker: maker.__name__)


def a_link() -> FillTheLink:
    """One blank."""
    slips = {"w3": {"That is the weight itself. Ask what w3 is multiplied by.": "w3"}}
    return FillTheLink("w3", ["w3"], slips, hints=["a", "b", "y?"], why="w3 is multiplied by y1.")


def two_links() -> FillTheLink:
    """Two blanks."""
    slips = {"y1": {"That is what the weight is multiplied by.": "y1"}, "x1": {"The top is e^x1.": "1/(1 + e^x1)"}}
    return FillTheLink("b1", ["y1", "x1"], slips, hints=["a", "b", "c"], why="Node 1.")


def submit(exercise: Exercise, answer: object) -> str:
    """Give this answer, press Check (or Commit), and return what the feedback says."""
    exercise.controls["answer"].value = answer
    return press(exercise, "check")


def fill(exercise: FillTheLink, formulas: Mapping[str, str]) -> str:
    """Type these formulas into the blanks, by the links' bottoms, press Check, and return what the feedback says."""
    boxes = {control.description: control for control in exercise.controls.values() if hasattr(control, "placeholder")}
    for link in exercise.chain.links:
        if link.bottom in formulas:
            boxes[f"d{link.top}/d{link.bottom} ="].value = formulas[link.bottom]
    return press(exercise, "check")


def solution_of(exercise: Exercise) -> str:
    """What "Show me" tells as the answer."""
    match exercise:
        case Numeric(answer=number):
            return short(number)
        case MultipleChoice(answer=option):
            return option
        case FillTheLink(answers=formulas) if len(formulas) == 1:
            return next(iter(formulas.values()))
    assert isinstance(exercise, Checked)
    return exercise._solution()


def press(exercise: Exercise, *names: str) -> str:
    for name in names:
        exercise.controls[name].click()
    return exercise.feedback


def a_number(**changes: Any) -> Numeric:
    parts = {
        "question": "3 × 2?",
        "answer": 6.0,
        "slips": {"You added.": lambda: 3 + 2},
        "hints": "123",
        "why": "Three twos.",
    }
    return Numeric(**(parts | {"hints": ["Count.", "Count twos.", "2 + 2 + 2"]} | changes))


def a_choice(**changes: Any) -> MultipleChoice:
    options = {"up": "That way is uphill.", "down": "Yes: downhill."}
    parts = {"question": "Where?", "options": options, "answer": "down", "hints": ["a", "b", "c"], "why": "Gravity."}
    return MultipleChoice(**(parts | changes))


# Every exercise of the course.


def test_each_notebook_opens_with_questions_and_most_make_the_learner_predict() -> None:
    for notebook, makers in all_exercises().items():
        kinds = [type(MADE[maker]) for maker in makers]
        assert len(makers) >= 3, notebook
        assert Prediction in kinds or notebook in WITHOUT_A_PREDICTION, notebook
        assert Prediction not in kinds[:2], f"{notebook} opens with retrieval"


@of(Numeric)
def test_the_answer_is_right_in_full_and_to_two_decimals(make: Callable[[], Numeric]) -> None:
    for digits in ("{:.10f}", "{:.2f}"):
        exercise = make()
        feedback = submit(exercise, digits.format(exercise.answer))
        assert exercise.solved, digits
        assert feedback.startswith("That’s right.")
        assert exercise.why in feedback


@of(Numeric)
def test_every_slip_gets_its_own_message(make: Callable[[], Numeric]) -> None:
    for message, value in make().slips.items():
        exercise = make()
        assert submit(exercise, repr(value)) == message
        assert not exercise.solved
        assert submit(exercise, repr(exercise.answer)).startswith("That’s right.")


@of(Numeric)
def test_slips_can_be_told_from_the_answer_and_from_each_other(make: Callable[[], Numeric]) -> None:
    exercise = make()
    values = [exercise.answer, *exercise.slips.values()]
    assert len(values) > 1
    for i, one in enumerate(values):
        for other in values[i + 1 :]:
            middle = (one + other) / 2
            assert not (exercise.near(middle, one) and exercise.near(middle, other)), (one, other)


@of(Numeric)
@pytest.mark.parametrize(
    "rubbish", ["abc", "1/0", "1//3", "−", "1e999", "nan", "<b>2</b>", "1.2.3", "2 + 2", "9" * 5000]
)
def test_rubbish_gets_a_plain_message_and_costs_nothing(make: Callable[[], Numeric], rubbish: str) -> None:
    exercise = make()
    feedback = submit(exercise, rubbish)
    assert feedback.startswith("“")
    assert feedback.endswith("Nothing is lost.")
    assert len(feedback) < 200
    assert "<b>" not in exercise.widget.children[-1].value
    assert not exercise.solved
    assert submit(exercise, short(exercise.answer)).startswith("That’s right.")


@of(MultipleChoice)
def test_each_option_gets_its_own_feedback_and_only_the_answer_solves(make: Callable[[], MultipleChoice]) -> None:
    options = make().options
    assert len(set(options.values())) == len(options) >= 3
    for option, words in options.items():
        exercise = make()
        assert "Choose one" in press(exercise, "check")
        feedback = submit(exercise, option)
        assert feedback.startswith(words)
        assert exercise.solved == (option == exercise.answer) == (exercise.why in feedback)


@of(FillTheLink, a_link, two_links)
def test_the_right_formula_solves_it_and_shows_the_whole_chain(make: Callable[[], FillTheLink]) -> None:
    exercise = make()
    feedback = fill(exercise, exercise.answers)
    assert exercise.solved
    assert feedback.startswith("That’s right.\ndSSR/d")
    assert "?" not in feedback.splitlines()[1]
    assert feedback.endswith(exercise.why)


@of(FillTheLink, a_link, two_links)
def test_every_slip_in_a_blank_gets_its_own_message(make: Callable[[], FillTheLink]) -> None:
    for bottom, slips in make().slips.items():
        for message, formula in slips.items():
            exercise = make()
            feedback = fill(exercise, {**exercise.answers, bottom: formula})
            assert message in feedback
            assert not exercise.solved
            assert fill(exercise, exercise.answers).startswith("That’s right.")


@of(FillTheLink, a_link, two_links)
@pytest.mark.parametrize("rubbish", ["w3 +", "abc", "(((", "<b>y1</b>", "1/0", "import os", "x1.real", "9" * 5000])
def test_rubbish_in_a_blank_gets_a_plain_message_and_costs_nothing(
    make: Callable[[], FillTheLink], rubbish: str
) -> None:
    for bottom in make().answers:
        exercise = make()
        feedback = fill(exercise, {**exercise.answers, bottom: rubbish})
        (told,) = (line for line in feedback.splitlines() if "Nothing is lost." in line)
        assert re.match(r"(d\w+/d\w+: )?“", told)
        assert len(told) < 200
        assert "<b>" not in exercise.widget.children[-1].value
        assert (exercise.solved, exercise.tries) == (False, 0)
        assert fill(exercise, exercise.answers).startswith("That’s right.")


def test_the_right_option_is_not_always_in_the_same_place() -> None:
    choices = [made for made in MADE.values() if isinstance(made, MultipleChoice)]
    assert len({list(choice.options).index(choice.answer) for choice in choices}) >= 3


@of(Checked, a_link, two_links)
def test_three_hints_lead_to_show_me_which_gives_the_answer_with_the_why(make: Callable[[], Checked]) -> None:
    exercise = make()
    show = exercise.controls["show"]
    for given in (1, 2, 3):
        assert show.layout.display == "none"
        feedback = press(exercise, "hint")
        assert [hint in feedback for hint in exercise.hints] == [i < given for i in range(3)]
    assert show.layout.display != "none"
    assert press(exercise, "hint") == feedback
    assert press(exercise, "show") == f"The answer: {solution_of(exercise)}\n{exercise.why}"
    assert not exercise.solved
    assert (exercise.hints_given, exercise.shown) == (3, True)


@pytest.mark.parametrize("make", MAKERS, ids=lambda maker: maker.__name__)
def test_the_stored_text_has_the_question_and_the_options(make: Callable[[], Exercise]) -> None:
    exercise = make()
    text = repr(exercise)
    assert max(map(len, text.splitlines())) <= 100
    one_line = re.sub(r"\s+", " ", text)
    for part in (exercise.question, *getattr(exercise, "options", ())):
        assert re.sub(r"\s+", " ", part) in one_line
    bundle = exercise._repr_mimebundle_()
    assert bundle["text/plain"] == f"{text}\n(run the cell to answer)"
    assert text == repr(make())
    assert max(map(len, text.splitlines())) <= 76
    assert set(bundle) == {"text/plain", "application/vnd.jupyter.widget-view+json"}
    if isinstance(exercise, FillTheLink):
        fill(exercise, exercise.answers)
    elif isinstance(exercise, Numeric):
        submit(exercise, "1")
    press(exercise, "check")
    exercise.solved = True
    assert repr(exercise) == text == repr(make()), "what is stored must not depend on what was answered"


@pytest.mark.parametrize("make", MAKERS, ids=lambda maker: maker.__name__)
def test_two_instances_share_nothing(make: Callable[[], Exercise]) -> None:
    one, other = make(), make()
    press(one, "check", *(["hint"] if "hint" in one.controls else []))
    assert one.feedback
    assert other.feedback == ""
    assert not other.solved
    assert not set(map(id, one.controls.values())) & set(map(id, other.controls.values()))


@pytest.mark.parametrize("make", MAKERS, ids=lambda maker: maker.__name__)
def test_the_page_can_be_found_and_read(make: Callable[[], Exercise]) -> None:
    exercise = make()
    assert "sq-exercise" in exercise.widget._dom_classes
    assert "sq-feedback" in exercise.widget.children[-1]._dom_classes
    for name, control in exercise.controls.items():
        assert f"sq-control-{name}" in control._dom_classes
    press(exercise, "check")
    assert '<div role="status">' in exercise.widget.children[-1].value
    assert make.__doc__


# The kinds.


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("−1.57", -1.57), ("-1.57", -1.57), ("–1,57", -1.57), (" 0,25 ", 0.25), ("1/3", 1 / 3), ("- 2 / 4", -0.5),
        ("b3 = 2.61", 2.61), (".5", 0.5), ("5.", 5.0), ("+3", 3.0), ("1e-3", 0.001), ("1\u00a0000", 1000.0),
        ("70 %", 0.7), ("1 000", 1000.0), ("− 12 345,5", -12345.5), ("1 / − 4", -0.25), ("b 3 = − 2", -2.0),
    ],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(text: str, number: float) -> None:
    assert read_number(text) == pytest.approx(number, rel=1e-15)


@pytest.mark.parametrize(
    "text", ["2020_01", "٢", "２", "nan", "inf", "-Infinity", "0x1F", "1e", "1.2.3", "1,2,3", "a", "%", "1//2"]
)
def test_what_python_takes_for_a_number_and_people_do_not_is_none(text: str) -> None:
    with pytest.raises(ValueError, match="can’t be read as a number"):
        read_number(text)


@pytest.mark.parametrize(
    "text",
    ["2 3", "2\u00a03", "0 5", "1. 5", "1 .5", "0, 5", "23 0000", "1 00", "1,5 000", "1 e3", "1/2 3", "b3 = 2 3"],
)
def test_two_numbers_are_not_read_as_one(text: str) -> None:
    with pytest.raises(ValueError, match="can’t be read as a number"):
        read_number(text)


def test_a_number_that_is_no_known_slip_is_told_what_can_be_said() -> None:
    assert "higher than that" in submit(a_number(), "2")
    assert "lower than that" in submit(a_number(), "12")
    assert "a little lower" in submit(a_number(), "6.2")
    assert "sign isn’t" in submit(a_number(), "−6")
    assert "decimal point" in submit(a_number(), "0.6")
    assert "Type a number first" in submit(a_number(), " ")
    assert "With more digits it is 0.3333." in submit(a_number(answer=1 / 3), "0,333")


def test_an_answer_is_checked_as_soon_as_it_is_entered() -> None:
    exercise = a_number()
    exercise.controls["answer"].value = "5"
    assert exercise.feedback == "You added."


def test_a_try_is_a_different_answer_that_can_be_read_up_to_the_first_right_one() -> None:
    exercise = a_number()
    assert exercise.tries == 0
    for answer, tries in (("abc", 0), ("", 0), ("5", 1), ("5", 1), ("4", 2), ("6", 3), ("5", 3)):
        submit(exercise, answer)
        assert exercise.tries == tries, answer
    choice = a_choice()
    for answer, tries in ((None, 0), ("up", 1), ("down", 2)):
        submit(choice, answer)
        assert choice.tries == tries


def test_whoever_listens_hears_of_every_change_and_of_every_right_answer() -> None:
    heard: list[str] = []
    exercise = a_number()
    exercise.on_change(lambda: heard.append("change"))
    exercise.on_solved(lambda: heard.append("solved"))
    press(exercise, "hint")
    exercise.controls["answer"].value = "5"
    assert heard == ["change", "change"]
    exercise.controls["answer"].value = "6"
    assert heard[2:] == ["solved", "change"]
    assert exercise.solved


def test_a_remark_stands_beside_the_kind_and_is_not_stored() -> None:
    exercise = a_number()
    exercise.remark("✓ <seen>")
    card = exercise.widget.children[1].value
    assert '<p class="sq-kind">Work it out<span class="sq-before">✓ &lt;seen&gt;</span></p>' in card
    assert "seen" not in exercise._repr_mimebundle_()["text/plain"]


def test_a_slips_message_comes_before_hints_and_a_new_answer_before_the_last() -> None:
    exercise = a_number()
    press(exercise, "hint")
    assert submit(exercise, "5") == "You added."
    assert submit(exercise, "6") == "That’s right.\nThree twos."
    assert submit(exercise, "5") == "You added."
    assert exercise.solved


def test_choosing_another_option_clears_the_feedback_of_the_first() -> None:
    exercise = a_choice()
    submit(exercise, "up")
    exercise.controls["answer"].value = "down"
    assert exercise.feedback == ""


def test_the_last_advice_to_a_close_number_fits_how_it_was_found() -> None:
    assert submit(a_number(), "6.2").endswith("a little lower. Round only at the very end.")
    assert submit(a_number(kind=LAB_TASK), "6.2").endswith("a little lower. Go on with the arrow keys.")


@of(Checked, a_link, two_links)
def test_hints_and_show_me_are_offered_only_as_long_as_the_answer_is_not_right(make: Callable[[], Checked]) -> None:
    exercise = make()
    offered = [exercise.controls[name].layout for name in ("hint", "show")]
    press(exercise, "hint", "hint", "hint")
    for judged, display in ((Verdict("Yes.", "right"), "none"), (Verdict("No.", "slip"), None)):
        exercise._judge = lambda judged=judged: judged  # type: ignore[method-assign,misc]
        press(exercise, "check")
        assert [layout.display for layout in offered] == [display, display]


def test_show_me_stays_away_after_a_wrong_answer_until_the_hints_are_used_up() -> None:
    exercise = a_number()
    submit(exercise, "6")
    submit(exercise, "5")
    assert [exercise.controls[name].layout.display for name in ("hint", "show")] == [None, "none"]


def test_what_the_learner_stops_is_said_to_be_stopped() -> None:
    def stop(*_: object) -> float:
        raise KeyboardInterrupt

    assert submit(a_number(answer=stop), "1") == "You stopped it. Nothing is lost."


def test_an_error_without_words_is_told_all_the_same() -> None:
    class Wordless:
        def __str__(self) -> str:
            raise RuntimeError

    def fail() -> float:
        raise ArithmeticError(Wordless())

    assert submit(a_number(answer=fail), "1") == "That didn’t work: something that has no text. Nothing is lost."


def test_an_error_behind_a_control_is_told_in_the_feedback() -> None:
    def fail(*_: object) -> float:
        raise ArithmeticError("the <abacus> fell down")

    told = "That didn’t work: the <abacus> fell down. Nothing is lost."
    assert submit(a_number(answer=fail), "1") == told
    assert submit(a_number(slips={"Oh.": fail}), "1") == told


@pytest.mark.parametrize(
    ("make", "error", "words"),
    [
        (lambda: a_number(hints=["one"]), ValueError, "three hints"),
        (lambda: a_number(hints="abc"), ValueError, "three hints"),
        (lambda: a_choice(answer="left"), ValueError, "'left'"),
    ],
)
def test_an_exercise_that_makes_no_sense_is_refused(
    make: Callable[[], object], error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        make()


@pytest.mark.parametrize(
    ("name", "shown_in_the_lesson"),
    [
        ("squares_and_sums", 13.25),
        ("height_a_little_farther", 4.8),
        ("predict_the_height", -1.61),
        ("add_up_a_prediction", -1.60),
        ("lift_one_end", -1.32),
        ("squiggle_at_another_b3", 0.39),
        ("predict_the_best_b3", 2.61),
        ("ssr_by_hand", 3.69),
        ("best_b3", 2.61),
        ("a_residual_with_its_sign", -0.39),
        ("predict_the_slope", -15.66),
        ("one_points_term", -3.21),
        ("where_the_slope_is_minus_six", 1.61),
        ("add_the_terms", -3.66),
        ("predict_the_second_step", 2.19),
        ("size_of_a_step", -0.97),
        ("the_new_b3", 1.97),
        ("count_the_updates", 9),
        ("rate_that_lands_at_once", 0.17),
        ("rate_above_which_it_diverges", 0.33),
    ],
)
def test_the_answers_are_the_lessons_numbers(name: str, shown_in_the_lesson: float) -> None:
    (exercise,) = (maker() for maker in MAKERS if maker.__name__ == name)
    assert isinstance(exercise, Numeric | Prediction)
    number = exercise.answer if isinstance(exercise, Numeric) else exercise.truth
    assert number == pytest.approx(shown_in_the_lesson, abs=0.0051)


def test_w4_lifts_the_left_end_as_the_exercise_says() -> None:
    (exercise,) = (maker() for maker in MAKERS if maker.__name__ == "lift_one_end")
    assert isinstance(exercise, Numeric)
    assert statquest_network(w4=exercise.answer).predict([0])[0, 0] == pytest.approx(1)


def test_the_lesson_diverges_just_above_the_limit_and_lands_at_half_of_it() -> None:
    start, limit = statquest_network(b3=0), rate_limit()
    assert descend(start, dosage(), limit * 1.01, ["b3"]).status == "diverged"
    assert descend(start, dosage(), limit * 0.99, ["b3"]).status == "converged"
    assert len(descend(start, dosage(), limit / 2, ["b3"])) == 2


def test_no_b3_beats_the_one_that_the_exercises_call_best() -> None:
    best = lowest_b3()
    for b3 in (best - 1e-4, best + 1e-4):
        assert ssr(statquest_network(b3=b3), dosage()) > ssr(statquest_network(b3=best), dosage())


@pytest.mark.parametrize("slope", [-15.66, -6, 0, 6])
def test_the_slope_is_what_it_should_be_where_the_exercises_say(slope: float) -> None:
    assert gradient(statquest_network(b3=b3_with_slope(slope)), dosage())["b3"] == pytest.approx(slope, abs=1e-9)


@pytest.mark.parametrize(
    ("name", "right", "one_notch_beside"),
    [("best_b3", "2.61", ["2.60", "2.62"]), ("where_the_slope_is_minus_six", "1.61", ["1.60", "1.62"])],
)
def test_a_slider_task_takes_its_best_notch_only(name: str, right: str, one_notch_beside: list[str]) -> None:
    (make,) = (maker for maker in MAKERS if maker.__name__ == name)
    for beside in one_notch_beside:
        assert submit(exercise := make(), beside).endswith("Go on with the arrow keys.")
        assert not exercise.solved
    assert submit(make(), right).startswith("That’s right.")
