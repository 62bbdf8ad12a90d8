"""Be the backward pass: any number is handed on, right or wrong, the step is taken with it, and slips are named."""

import re
from collections.abc import Callable, Mapping

import numpy as np
import pytest

from statquest_bp import Dataset, Network, dosage, gradient, ssr, statquest_network
from statquest_bp.course.working_backward import be_a_node_with_two_outputs, be_the_backward_pass
from statquest_bp.digits import exact
from statquest_bp.exercises import BackwardPass
from statquest_bp.exercises.handover_slips import counts_as, slips_of_a_handover
from statquest_bp.links import handed_back, links_of, quantities

PASSES = [be_the_backward_pass, be_a_node_with_two_outputs]
every_pass = pytest.mark.parametrize("make", PASSES, ids=lambda make: make.__name__)
POINT = Dataset([0.5], [1.0])


def walk(exercise: BackwardPass, instead: Mapping[str, float] = {}) -> str:
    """Hand back what is right for what is handed to each stop, and `instead` of it these; return the feedback."""
    links, given = links_of(exercise.network, exercise.data), dict[str, float]()
    for i, stop in enumerate(exercise.answers, 1):
        given[stop] = instead.get(stop, float(handed_back(links, given)[stop][0]))
        exercise.controls[f"answer{i}"].value = repr(given[stop])
    return exercise.feedback


def on_show(exercise: BackwardPass) -> list[str]:
    """What the stops that are on show say."""
    parts = exercise._shown.children[::2]
    return [re.sub("<.*?>", "", part.value) for part in parts if part.layout.display != "none"]


def slips_at(make: Callable[[], BackwardPass], stop: str) -> dict[str, float]:
    """What is said about each slip at this stop, where all before was right, and the number it gives."""
    exercise = make()
    links = links_of(exercise.network, exercise.data)
    into, values = [link for link in links if link.bottom == stop], quantities(exercise.network, exercise.data)
    return dict(slips_of_a_handover(into, handed_back(links), values))


# The course's.


@every_pass
def test_the_right_numbers_solve_it_and_make_the_step_of_the_gradient(make: Callable[[], BackwardPass]) -> None:
    exercise = make()
    feedback = walk(exercise)
    net, slopes = exercise.network, np.array(list(gradient(exercise.network, exercise.data).values()))
    before, after = ssr(net, exercise.data), ssr(net.with_vector(net.vector - 0.1 * slopes), exercise.data)
    assert (exercise.solved, exercise.tries, exercise.how) == (True, 1, "first try")
    assert feedback == (
        f"Every hand-over is right.\nSSR before the step: {exact(before)}. After your step: {exact(after)}. "
        f"With the right numbers: {exact(after)}.\n{exercise.why}"
    )
    assert after < before / 3, "a right step is worth seeing"


@every_pass
def test_numbers_rounded_to_two_decimals_are_right(make: Callable[[], BackwardPass]) -> None:
    exercise = make()
    for i, number in enumerate(exercise.answers.values(), 1):
        exercise.controls[f"answer{i}"].value = f"{number:.2f}"
    assert exercise.solved


@every_pass
def test_every_slip_at_every_stop_is_named_and_travels_on(make: Callable[[], BackwardPass]) -> None:
    for stop in make().answers:
        slips = slips_at(make, stop)
        assert len(slips) >= 4
        for said, number in slips.items():
            exercise = make()
            lines = walk(exercise, {stop: number}).splitlines()
            assert lines[0] == f"dSSR/d{stop} went wrong. {said}"
            assert not exercise.solved
            assert [line for line in lines[1:] if "went wrong" in line] == [], "the others did their part"
            *_, after, right = re.findall(r"[\d.]*\d", lines[-1])
            assert after != right, "the step is another"


@every_pass
def test_slips_can_be_told_from_what_is_right_and_from_each_other(make: Callable[[], BackwardPass]) -> None:
    for stop, right in make().answers.items():
        numbers = [right, *slips_at(make, stop).values()]
        alike = [(one, other) for i, one in enumerate(numbers) for other in numbers[:i] if counts_as(one, other)]
        assert alike == []


# What is told.


def test_a_wrong_number_is_handed_on_and_only_its_own_hand_over_is_to_blame() -> None:
    exercise = be_the_backward_pass()
    y1 = exercise.answers["y1"]
    feedback = walk(exercise, {"y1": -y1})
    assert f"You stand at x1. You are handed dSSR/dy1 = {exact(-y1)}. Your own link is dy1/dx1" in on_show(exercise)[2]
    assert feedback.splitlines()[:3] == [
        "dSSR/dy1 went wrong. The size is right, the sign isn’t.",
        "It travelled on: dSSR/dx1 came out wrong, though you did your part there.",
        "The step is wrong for w1, b1.",
    ]


def test_the_first_number_wrecks_the_whole_step() -> None:
    exercise = be_the_backward_pass()
    feedback = walk(exercise, {"Predicted": -exercise.answers["Predicted"]})
    assert "The step is wrong for w3, w4, b3, w1, b1, w2, b2." in feedback
    before, after, right = (float(number) for number in re.findall(r"\d+\.\d+", feedback.splitlines()[-1]))
    assert after > before > right


def test_a_number_that_no_slip_gives_is_told_what_to_do() -> None:
    told = {
        "Predicted": "Put the two numbers into your link, brackets first.",
        "y1": "What you are handed times your own link: that is all there is to do.",
    }
    for stop, words in told.items():
        assert f"dSSR/d{stop} went wrong. {words}" in walk(be_the_backward_pass(), {stop: 99.0})
    words = "dSSR/dy1 went wrong. Each number times its own link, and then the sum."
    assert words in walk(be_a_node_with_two_outputs(), {"y1": 99.0})


def test_at_a_node_with_two_outputs_one_of_the_two_numbers_is_not_enough() -> None:
    exercise = be_a_node_with_two_outputs()
    handed, net = exercise.answers, exercise.network.parameters
    over_each = {"w2": handed["Predicted1"] * net["w2"], "w3": handed["Predicted2"] * net["w3"]}
    assert sum(over_each.values()) == pytest.approx(handed["y1"])
    for number in over_each.values():
        exercise = be_a_node_with_two_outputs()
        assert "The other number counts too: they add." in walk(exercise, {"y1": number})
    assert "You are handed two numbers, dSSR/dPredicted1 = " in on_show(exercise)[2]
    assert "dPredicted1/dy1 = w2 = −1.2200 and dPredicted2/dy1 = w3 = −2.3000." in on_show(exercise)[2]


# The card.


def test_stop_by_stop_the_next_one_is_shown_once_a_number_is_handed_back() -> None:
    exercise = be_the_backward_pass()
    assert on_show(exercise) == [
        "You stand at Predicted, where the way back begins. Your link is −2 × (Observed − Predicted), with "
        "Observed = 1.0000 and Predicted = −0.6090."
    ]
    exercise.controls["answer1"].value = "−3,2"
    assert exercise.feedback == "You handed back dSSR/dPredicted = −3.2000. On to y1."
    assert on_show(exercise)[1:] == [
        "You stand at y1. You are handed dSSR/dPredicted = −3.2000. Your own link is dPredicted/dy1 = w3 = −1.2200."
    ]
    assert exercise.tries == 0, "nothing is judged before the end"


def test_an_earlier_number_can_be_mended_and_what_is_handed_on_changes() -> None:
    exercise = be_the_backward_pass()
    walk(exercise, {"Predicted": 1.0})
    exercise.controls["answer1"].value = repr(exercise.answers["Predicted"])
    assert "dSSR/dPredicted went wrong" not in exercise.feedback
    assert "dSSR/dy1 went wrong" in exercise.feedback
    assert "dSSR/dPredicted = −3.2180" in on_show(exercise)[1]
    walk(exercise)
    assert (exercise.solved, exercise.how) == (True, "later")


def test_a_number_taken_back_hides_the_stops_behind_it() -> None:
    exercise = be_the_backward_pass()
    walk(exercise)
    exercise.controls["answer2"].value = ""
    assert len(on_show(exercise)) == 2
    exercise.controls["answer1"].value = ""
    assert (len(on_show(exercise)), exercise.feedback) == (1, "")


@pytest.mark.parametrize("rubbish", ["abc", "1/0", "1e999", "nan", "<b>2</b>", "9" * 5000])
def test_what_cannot_be_read_costs_nothing_and_is_not_handed_on(rubbish: str) -> None:
    exercise = be_the_backward_pass()
    exercise.controls["answer1"].value = "3"
    for name in ("answer2", "answer1"):
        exercise.controls[name].value = rubbish
        for _ in range(2):
            assert re.match(r"dSSR/d(Predicted|y1): “.*Nothing is lost\.$", exercise.feedback)
            exercise.controls["check"].click()
        assert len(exercise.feedback) < 200
        assert len(on_show(exercise)) == (2 if name == "answer2" else 1)
    walk(exercise)
    assert (exercise.solved, exercise.tries) == (True, 1)


def test_taking_the_step_too_early_says_where_a_number_is_missing() -> None:
    exercise = be_the_backward_pass()
    exercise.controls["answer1"].value = "3"
    exercise.controls["check"].click()
    assert exercise.feedback.startswith(
        "Hand a number back first. You stand at y1. You are handed dSSR/dPredicted = 3.0"
    )
    assert exercise.tries == 0


@pytest.mark.parametrize("number", ["1e150", "1e308", "−1e308"])
def test_a_huge_number_travels_on_and_leads_beyond_any_number(number: str) -> None:
    exercise = be_the_backward_pass()
    for i, _ in enumerate(exercise.answers, 1):
        exercise.controls[f"answer{i}"].value = number
    assert "dSSR/dPredicted went wrong. Put the two numbers into your link" in exercise.feedback
    assert re.search(
        r"After your step: (beyond any number|\d.\d+e\+\d+). With the right numbers: 0.65", exercise.feedback
    )


@pytest.mark.parametrize(
    ("data", "stops", "words"),
    [
        (dosage(), ["Predicted"], "one point’s; got 3 points"),
        (POINT, ["y1", "Predicted"], "y1 can’t be stop 1"),
        (POINT, ["Predicted", "y7"], "y7 can’t be stop 2"),
        (POINT, ["Predicted", "x1"], "x1 can’t be stop 2"),
    ],
)
def test_a_pass_that_makes_no_sense_is_refused(data: Dataset, stops: list[str], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        BackwardPass("Walk.", statquest_network(), data, stops, 0.1, ["a", "b", "c"], "So.")


def test_any_network_can_be_walked_back() -> None:
    net = Network.random((1, 2, 2, 1), seed=3)
    stops = ["Predicted", "y3", "x3", "y4", "x4", "y1", "x1", "y2", "x2"]
    exercise = BackwardPass("Walk.", net, POINT, stops, 0.01, ["a", "b", "c"], "So.")
    assert walk(exercise).startswith("Every hand-over is right.")
