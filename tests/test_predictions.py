"""Predictions: the first commit counts, misconceptions are named, and the lab compares once it shows what was asked."""

import html
import re
from collections.abc import Callable
from typing import Any

import nbformat
import pytest

from statquest_bp import spring, statquest_network
from statquest_bp.course import all_exercises
from statquest_bp.exercises import Exercise, Prediction
from statquest_bp.labs import (
    ChainRuleLab,
    DescentLab,
    DiagramLab,
    PlaygroundLab,
    SquiggleLab,
    SSRLab,
    StartsLab,
    SurfaceLab,
    TwoRatesLab,
)
from statquest_bp.labs.lab import Lab
from tests.lab_views import act, of_class, overlay
from tools.refresh_notebooks import NOTEBOOKS

MAKERS = [make for makers in all_exercises().values() for make in makers if make.__name__.startswith("predict_")]
WRONG = 2 + 0.1 * 6 * (2 - 2.6091847300962914)  # where a step from b3 = 2 leads that goes the wrong way
DONE: dict[str, tuple[Callable[[], Any], list[tuple[str, Any]]]] = {  # the notebook's lab, and what the task says
    "predict_the_height": (SquiggleLab, [("b3", 1), ("b3", 0)]),
    "predict_the_best_b3": (SSRLab, [("b3", 2.6), ("b3", 2.62), ("b3", 2.61)]),
    "predict_the_slope": (ChainRuleLab, [("step", None)] * 10),
    "predict_the_second_step": (DescentLab, [("step", None)] * 2),
    "predict_the_slope_for_w4": (lambda: ChainRuleLab("w4"), [("step", None)] * 10),
    "predict_where_w3_goes": (SurfaceLab, [("step", None)] * 10),
    "predict_the_slope_for_b2": (lambda: ChainRuleLab("b2"), [("b2", 1), ("all", None), ("b2", 0)]),
    "predict_the_multiplications": (DiagramLab, [("step", None)] * 17),
    "predict_the_first_leap": (TwoRatesLab, [("step", None)]),
    "predict_the_wrong_step": (lambda: ChainRuleLab(network=statquest_network(b3=WRONG)), [("step", None)] * 10),
    "predict_the_fit": (
        lambda: PlaygroundLab(spring(), hidden=(4,), activation="tanh", learning_rate=0.0015),
        [("train", 2999), ("step", None)],
    ),
    "predict_how_many_fit": (StartsLab, [("learning_rate", 0.1)]),
}

every_prediction = pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)


def a_prediction(**changes: Any) -> Prediction:
    parts = {"question": "How high?", "truth": lambda: 1.5, "low": -1, "high": 4, "step": 0.01, "why": "Look up."}
    return Prediction(**(parts | changes))


class Recorder:
    """Stands in for a lab: keeps what it is asked to mark, and what it may compare with."""

    def __init__(self) -> None:
        self.marked: list[float | None] = []
        self.height, self.compare = 0.0, str

    def show_prediction(self, value: float | None) -> None:
        self.marked.append(value)

    def compare_with(self, compare: Callable[[], str]) -> None:
        self.compare = compare


def commit(exercise: Exercise, value: float) -> str:
    exercise.controls["answer"].value = value
    return press(exercise, "check")


def press(exercise: Exercise, name: str) -> str:
    exercise.controls[name].click()
    return exercise.feedback


def compared(exercise: Prediction, value: float) -> str:
    commit(exercise, value)
    return exercise._compared(value).text


def below_the_picture(lab: Lab[Any, Any]) -> str:
    box = of_class(lab, "sq-compared")
    assert (box.layout.display == "none") == (box.value == '<div role="status"></div>')
    return html.unescape(re.sub("<[^>]+>", "\n", box.value)).strip()


def do(lab: Any, task: list[tuple[str, Any]]) -> None:
    for name, value in task:
        if name == "train":
            lab.train(value)
        else:
            act(lab, name, value)


def prediction_of(name: str) -> Prediction:
    made = next(make for make in MAKERS if make.__name__ == name)()
    assert isinstance(made, Prediction)
    return made


# Committing.


def test_a_commit_only_notes_the_prediction() -> None:
    exercise, in_lab = a_prediction(), a_prediction()
    in_lab.show_on(Recorder())
    assert commit(exercise, 2.2) == "Noted: 2.20. Read on and find out."
    assert commit(in_lab, 2.2).startswith("Noted: 2.20. It is marked in the lab.")
    assert "sq-note" in in_lab.widget.children[-1].value
    assert commit(a_prediction(unit="mg"), 2.2).startswith("Noted: 2.20 mg. ")
    assert in_lab.solved


def test_the_first_commit_counts_and_stays() -> None:
    exercise, lab = a_prediction(), Recorder()
    exercise.show_on(lab)
    commit(exercise, 2.2)
    assert exercise.controls["answer"].disabled
    assert commit(exercise, 1.5) == press(exercise, "skip") == "Your first prediction counts, and it stays: 2.20."
    assert (exercise.value, lab.marked) == (2.2, [2.2])
    assert "0.70 too high" in press(exercise, "show")


@every_prediction
def test_a_slider_that_nobody_has_moved_is_no_prediction(make: Callable[[], Prediction]) -> None:
    exercise = make()
    untouched = exercise.controls["answer"].value
    assert "Move the slider first" in press(exercise, "check")
    assert (exercise.value, exercise.solved) == (None, False)
    exercise.controls["answer"].value += 0.5 * exercise.controls["answer"].max
    assert commit(exercise, untouched).startswith("Noted"), "moved away and back, it is meant"


def test_a_cell_that_is_run_again_keeps_the_first_prediction_and_deleting_the_progress_forgets_it(progress) -> None:
    commit(prediction_of("predict_the_slope"), -20)
    again, lab = prediction_of("predict_the_slope"), ChainRuleLab()
    assert again.feedback == "Your first prediction counts, and it stays: −20.0."
    again.show_on(lab)
    assert "The prediction −20.00 is marked." in lab.label
    assert "stays: −20.0" in commit(again, -15.7)
    progress.delete()
    assert commit(prediction_of("predict_the_slope"), -10).startswith("Noted: −10.0.")


def test_what_is_skipped_can_be_committed_later_as_long_as_the_lab_has_not_shown_it() -> None:
    exercise, lab = a_prediction(reached=lambda lab: lab.height > 1), Recorder()
    exercise.show_on(lab)
    assert press(exercise, "skip").startswith("Skipped.")
    assert lab.compare() == ""
    assert commit(exercise, 2.0).startswith("Noted")
    late = a_prediction(reached=lambda lab: lab.height > 1)
    late.show_on(lab)
    lab.height = 1.5
    assert lab.compare() == ""
    assert commit(late, 1.5) == "The lab has shown it by now: it is 1.50. That can’t be predicted any more."
    assert (late.value, late.solved) == (None, False)


def test_how_close_a_prediction_was_can_be_asked_only_where_no_lab_says_when() -> None:
    exercise, in_lab = a_prediction(), a_prediction(reached=lambda lab: lab.height > 1)
    lab = in_lab.show_on(Recorder())
    for each in (exercise, in_lab):
        assert each.controls["show"].layout.display == "none"
        assert "Commit a prediction first" in press(each, "show")
        commit(each, 2.2)
    assert exercise.controls["show"].layout.display is None
    assert "0.70 too high" in press(exercise, "show")
    assert in_lab.controls["show"].layout.display == "none"
    assert press(in_lab, "show") == "Do in the lab what the task says; below the picture stands how close it was."
    lab.height = 2
    assert lab.compare() == in_lab.feedback
    assert "0.70 too high" in in_lab.feedback


# How close.


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (1.5, "Spot on"),
        (1.35, "Very close: 0.15 too low."),
        (1.9, "Not far off: 0.40 too high."),
        (2.1, "A good way off: 0.60 too high."),
        (-1, "A good way off: 2.50 too low. It is above 0."),
    ],
)
def test_a_prediction_says_how_far_off_it_is_beside_the_size_of_the_effect(value: float, said: str) -> None:
    assert said in compared(a_prediction(), value)
    assert said in compared(a_prediction(low=-1000, high=1000), value), "however long the slider is"


def test_the_effect_is_the_way_from_what_was_known_before() -> None:
    assert "Very close: 0.15 too low." in compared(a_prediction(before=0), 1.35)
    assert "A good way off: 0.15 too low." in compared(a_prediction(before=1.2), 1.35)
    assert "it is 1.50 mg" in compared(a_prediction(unit="mg"), -1)


def test_a_misconception_is_named_and_its_distance_is_not() -> None:
    exercise = a_prediction(slips={"You added.": lambda: 1.6})
    assert compared(exercise, 1.6) == "You predicted 1.60; it is 1.50. You added.\nLook up."
    assert exercise._compared(1.6).mood == "slip"
    assert "Very close" in exercise._compared(1.45).text


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("predict_the_slope_for_w4", 7.8, "That is b3’s derivative."),
        ("predict_the_slope_for_w4", 7.5, "A good way off"),
        ("predict_the_slope_for_b2", -1.0, "You left out the size of w4"),
        ("predict_the_slope_for_b2", -1.2, "A good way off"),
        ("predict_the_second_step", 3.13, "That is a second step as long as the first."),
        ("predict_the_second_step", 2.9, "A good way off"),
        ("predict_the_slope", -12.7, "That is the average slope"),
        ("predict_the_slope", 15.7, "The size is right, the sign isn’t"),
    ],
)
def test_what_is_far_off_beside_the_effect_is_not_called_close(name: str, value: float, said: str) -> None:
    text = compared(prediction_of(name), value)
    assert said in text
    assert not re.search("Very close|Not far|Spot on", text)


@every_prediction
def test_every_misconception_can_be_predicted_and_is_named_and_none_is_close(make: Callable[[], Prediction]) -> None:
    slider = make().controls["answer"]
    assert make().slips
    for message, number in make().slips.items():
        exercise = make()
        exercise.controls["answer"].value = slider.max if number < slider.max else slider.min
        value = round(number / slider.step) * slider.step
        assert slider.min <= value <= slider.max, message
        assert message in exercise._compared(value).text
        assert abs(number - exercise.truth) > 0.1 * abs(exercise.truth - exercise.before), message


@every_prediction
def test_any_prediction_is_taken_and_compared_with_the_truth(make: Callable[[], Prediction]) -> None:
    slider, truth = make().controls["answer"], make().truth
    assert slider.min < truth < slider.max
    assert abs(slider.value - truth) > 5 * slider.step, "the slider must not begin at the answer"
    for value in (slider.min, slider.max, truth):
        verdict = make()._compared(value)
        assert verdict.text.endswith(make().why)
        assert "wrong" not in verdict.text
    assert "Spot on" in make()._compared(round(truth / slider.step) * slider.step).text


# In the lab.


def test_a_prediction_is_marked_in_the_lab_whether_it_was_committed_before_or_after() -> None:
    before, after = Recorder(), Recorder()
    exercise = a_prediction()
    assert exercise.show_on(before) is before
    assert before.marked == []
    commit(exercise, 2.0)
    exercise.show_on(after)
    assert before.marked == after.marked == [2.0]


@pytest.mark.parametrize("name", [make.__name__ for make in MAKERS])
def test_the_lab_compares_below_its_picture_as_soon_as_the_task_is_done_and_not_sooner(name: str) -> None:
    make, task = DONE[name]
    exercise, lab = prediction_of(name), make()
    exercise.show_on(lab)
    still, slider = overlay(lab), exercise.controls["answer"]
    assert below_the_picture(lab) == ""
    value = slider.max - 3 * slider.step
    commit(exercise, value)
    assert overlay(lab) != still
    soon = below_the_picture(lab)
    assert re.fullmatch(r"You predicted [^;]*\. Do what the task says, and here stands how close it was\.", soon)
    do(lab, task[:-1])
    assert below_the_picture(lab) == soon
    assert exercise.feedback.startswith("Noted")
    do(lab, task[-1:])
    assert below_the_picture(lab) == exercise.feedback == exercise._compared(value).text
    act(lab, "reset")
    assert below_the_picture(lab) == exercise.feedback, "what has been seen stays"


def test_what_is_compared_is_what_was_asked_and_not_another_run() -> None:
    exercise, lab = prediction_of("predict_the_second_step"), DescentLab()
    exercise.show_on(lab)
    commit(exercise, 3.0)
    do(lab, [("rate_half", None), ("step", None), ("step", None)])
    assert below_the_picture(lab) == ""
    assert exercise.feedback.startswith("Noted")
    do(lab, [("rate_tenth", None)])
    assert "it is 2.19" in below_the_picture(lab)


def test_no_number_of_the_comparison_is_shown_before_there_is_a_prediction() -> None:
    exercise, lab = prediction_of("predict_the_second_step"), DescentLab()
    exercise.show_on(lab)
    do(lab, [("step", None), ("step", None)])
    assert below_the_picture(lab) == ""
    assert "The lab has shown it by now" in commit(exercise, 3.0)
    assert below_the_picture(lab) == ""


@pytest.mark.parametrize("stem", all_exercises())
def test_every_prediction_of_a_notebook_shows_on_a_lab_there(stem: str) -> None:
    cells = nbformat.read(NOTEBOOKS / f"{stem}.ipynb", as_version=4).cells
    code = "\n".join(cell.source for cell in cells if cell.cell_type == "code")
    asked = re.findall(r"prediction = ask\.(predict_\w+)\(\)", code)
    assert re.findall(r"ask\.(predict_\w+)\(", code) == asked == [n for n in DONE if f".{n}()" in code]
    shown = re.findall(r"prediction\.show_on\((\w+)", code)
    assert len(shown) == len(asked)


# What goes wrong.


def test_an_error_behind_a_prediction_is_told_in_plain_words() -> None:
    def fail(*_: object) -> Any:
        raise ArithmeticError("the <abacus> fell down")

    told = "That didn’t work: the <abacus> fell down. Nothing is lost."
    hidden, lab = a_prediction(truth=fail), Recorder()
    assert commit(hidden, 1).startswith("Noted")
    assert press(hidden, "show") == told
    lab.show_prediction = fail  # type: ignore[method-assign]
    shown_on = a_prediction()
    shown_on.show_on(lab)
    assert commit(shown_on, 1) == told
    assert "&lt;abacus&gt;" in shown_on.widget.children[-1].value
    real = SSRLab()
    a_prediction(reached=fail).show_on(SSRLab())
    a_prediction(reached=lambda lab: lab.state.b3 == 1 and fail()).show_on(real)
    act(real, "b3", 1)
    assert "the &lt;abacus&gt; fell down" in of_class(real, "sq-readout").value
    assert real.state.b3 == 0, "the last good state stays"


@pytest.mark.parametrize(
    ("make", "error", "words"),
    [
        (lambda: a_prediction(low=4, high=-1), ValueError, "low < high"),
        (lambda: a_prediction(step=0), ValueError, "step above 0"),
        (lambda: a_prediction().show_on(3), TypeError, "SSRLab"),
        (lambda: a_prediction().show_on("a lab"), TypeError, "'a lab'"),
    ],
)
def test_a_prediction_that_makes_no_sense_is_refused(
    make: Callable[[], object], error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        make()
