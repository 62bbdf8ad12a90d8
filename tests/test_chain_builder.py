"""Chains on an empty line: a measured nudge says what is right; what is wrong is told by what stands on the line."""

import itertools
from collections.abc import Callable

import numpy as np
import pytest

from statquest_bp import Dataset, Network, dosage, gradient, statquest_network
from statquest_bp.course.lesson import elsewhere
from statquest_bp.course.the_hidden_layer import build_the_chain_of_w1
from statquest_bp.course.working_backward import build_with_two_hidden_layers
from statquest_bp.exercises import ChainBuilder
from statquest_bp.exercises.chain_builder import SAME_NUMBER
from statquest_bp.exercises.line_of_links import last_first, put_on, read_line, with_numbers, without_last
from statquest_bp.exercises.measured import Place, measured

W1 = "dSSR/dPredicted × dPredicted/dy1 × dy1/dx1 × dx1/dw1"
THROUGH_3 = "dSSR/dPredicted × dPredicted/dy3 × dy3/dx3 × dx3/dy1 × dy1/dx1 × dx1/dw1"
THROUGH_4 = THROUGH_3.replace("3", "4")
BUILDERS = [build_the_chain_of_w1, build_with_two_hidden_layers]
every_builder = pytest.mark.parametrize("make", BUILDERS, ids=lambda make: make.__name__)


def two_ways() -> ChainBuilder:
    """w1 before two layers, with nothing but its own links to pick."""
    places = [Place("there", Network.random((1, 2, 2, 1), seed=1), dosage()), elsewhere(1, 2, 2, 1)]
    links = dict.fromkeys(f"{THROUGH_3} × {THROUGH_4}".split(" × "), "")
    return ChainBuilder("Build it.", "w1", places, links, ["a", "b", "c"], "So it is.")


def tried(exercise: ChainBuilder, line: str) -> str:
    """Put the line there, press “Try it”, return the feedback."""
    exercise.controls["answer"].value = line
    exercise.controls["check"].click()
    return exercise.feedback


# The course's.


@every_builder
def test_the_solution_is_right_and_nothing_decides_it_but_the_nudge(
    make: Callable[[], ChainBuilder], monkeypatch: pytest.MonkeyPatch
) -> None:
    exercise = make()
    assert tried(exercise, exercise._solution()).startswith("That’s right.\nAt 0: ")
    assert (exercise.solved, exercise.tries) == (True, 1)
    assert exercise.feedback.endswith(exercise.why)
    monkeypatch.setattr("statquest_bp.exercises.measured.ssr_along", lambda *_: np.array([1.0, 1.5]))
    other = make()
    tried(other, other._solution())
    assert not other.solved


@every_builder
def test_what_is_measured_is_the_gradient(make: Callable[[], ChainBuilder]) -> None:
    exercise = make()
    assert len({place.network for place in exercise.places}) >= 2
    for place in exercise.places:
        slope = measured(place, exercise.parameter)
        truth = gradient(place.network, place.data)[exercise.parameter]
        assert slope.agrees(truth)
        assert slope.slope == pytest.approx(truth, abs=5e-5)
        assert not slope.agrees(1.01 * truth)


@every_builder
def test_each_decoy_is_told_what_is_wrong_with_it_and_never_passes(make: Callable[[], ChainBuilder]) -> None:
    right = [name for name, said in make().palette.items() if not said]
    decoys = {name: said for name, said in make().palette.items() if said}
    assert len(decoys) >= 4
    ways = make()._solution()
    for decoy, said in decoys.items():
        assert said not in tried(exercise := make(), ways)
        for line in [f"{ways} × {decoy}", *(ways.replace(name, decoy) for name in right)]:
            exercise = make()
            assert said in tried(exercise, line)
            assert not exercise.solved, line


def test_of_all_that_can_be_picked_only_one_selection_is_the_chain_of_w1() -> None:
    exercise = build_the_chain_of_w1()
    passing = []
    for count in (3, 4, 5):
        for pieces in itertools.combinations(exercise.palette, count):
            right = tried(exercise, " × ".join(pieces)).startswith("That’s right.")
            passing += [set(pieces)] if right else []
    assert passing == [set(W1.split(" × "))]


# What is told.


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("dPredicted/dy1 × dy1/dx1 × dx1/dw1", "nothing on your line leads from SSR to Predicted,"),
        ("dSSR/dPredicted × dPredicted/dy1 × dx1/dw1", "nothing on your line leads from y1 to x1,"),
        ("dSSR/dPredicted × dx1/dw1", "nothing on your line leads from Predicted to x1,"),
        ("dSSR/dPredicted", "nothing on your line leads from Predicted to w1,"),
        (f"{W1} × dy1/dx1", "dy1/dx1 stands twice in one product."),
        (f"{W1} + {W1}", "The same way stands there twice."),
        (f"{W1} × dPredicted/db3", "dPredicted/db3 isn’t on a way from w1 to the SSR."),
        (f"{W1} × dPredicted/db3", SAME_NUMBER),
        ("dSSR/dPredicted × dPredicted/dw4", "dPredicted/dw4 isn’t on a way from w1"),
        ("(Predicted − Observed) × w3 × dy1/dx1 × Input", "yours is half of what is measured"),
        ("2 (Observed − Predicted) w3 dy1/dx1 Input", "The size is right, the sign isn’t"),
        ("(Observed − Predicted) × w3 × dy1/dx1 × Input", "A factor −2 is missing."),
        ("3 × w3", "That isn’t what the nudge measures."),
        ("dSSR/dw1", "dSSR/dw1 is what you are to put together."),
        ("dSSR/dy1 × dy1/dx1", "dSSR/dy1 is more than one link: SSR hears of y1 only through Predicted."),
        ("dPredicted/dw1", "dPredicted/dw1 is more than one link: Predicted hears of w1 only through y1."),
        ("dx1/dy1", "dx1/dy1 stands on its head."),
        ("dy2/dw1", "dy2/dw1 is always 0: y2 doesn’t depend on w1."),
        ("dy1/dy1", "dy1/dy1 is 1 and tells nothing"),
        ("dy7/dx7", "dy7/dx7 can’t be read: there is no y7 in this network."),
    ],
)
def test_a_wrong_line_is_told_what_is_wrong_with_it(line: str, words: str) -> None:
    exercise = build_the_chain_of_w1()
    assert words in tried(exercise, line)
    assert not exercise.solved


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (THROUGH_3, "That is one way from w1 to the SSR, complete."),
        (THROUGH_4, "That is one way from w1 to the SSR, complete."),
        (f"{THROUGH_3} + {THROUGH_3}", "The same way stands there twice."),
        (f"{THROUGH_3} + {THROUGH_4.replace('dx4/dy1 × ', '')}", "leads from x4 to y1,"),
        (f"{THROUGH_3} × dPredicted/dy4 × dy4/dx4 × dx4/dy1", "Two ways are mixed in one product"),
        (THROUGH_3.replace("dx3/dy1", "dx4/dy1"), "Two ways are mixed in one product: dPredicted/dy3 and dx4/dy1 and"),
    ],
)
def test_where_a_weight_has_two_ways_both_must_stand_there_and_add(line: str, words: str) -> None:
    exercise = two_ways()
    assert words in tried(exercise, line)
    assert not exercise.solved
    assert tried(exercise, f"{THROUGH_4} + {THROUGH_3}").startswith("That’s right.")


@pytest.mark.parametrize(
    "line",
    [
        W1,
        f"dSSR/dw1 = Σ {W1}",
        W1.lower().replace("×", "*"),
        W1.replace(" × ", " "),
        W1.replace(" × ", "\n").replace("x1", "x₁"),
        "−2 × (Observed − Predicted) × w3 × e^x1 / (1 + e^x1) × Input",
        "2 × −(Observed − Predicted) × dPredicted/dy1 × dy1/dx1 × dosage",
    ],
)
def test_links_are_read_as_people_write_them_by_name_or_as_formulas(line: str) -> None:
    assert tried(build_the_chain_of_w1(), line).startswith("That’s right.\nAt 0: ")


def test_a_common_factor_may_stand_before_brackets() -> None:
    both = "dPredicted/dy3 × dy3/dx3 × dx3/dy1 + dPredicted/dy4 × dy4/dx4 × dx4/dy1"
    assert tried(two_ways(), f"dSSR/dPredicted ({both}) dy1/dx1 × dx1/dw1").startswith("That’s right.")


def test_any_order_is_right_and_that_is_said() -> None:
    backward = " × ".join(reversed(W1.split(" × ")))
    assert "In any order" in tried(build_the_chain_of_w1(), backward)
    assert "In any order" not in tried(build_the_chain_of_w1(), W1)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("", "The line is empty."),
        (" = Σ ", "The line is empty."),
        (f"{W1} +", "Beside a + nothing stands."),
        (f"+ {W1}", "Beside a + nothing stands."),
        ("dSSR/dPredicted × cat", "“cat” is no name here. The names are Observed, Predicted, Input, x1"),
        ("dSSR/dPredicted × (", "a different number of brackets"),
        ("dSSR/dPredicted ×", "can’t be read as a formula"),
        ("dSSR/dPredicted / 0", "gives no number everywhere"),
        ("__import__('os')", "is no name here"),
        ("<b>w1</b>", "“<” can’t be read"),
        ("dSSR/dPredicted × " * 100 + "1", "is too long"),
    ],
)
def test_what_cannot_be_read_costs_nothing(line: str, words: str) -> None:
    exercise = build_the_chain_of_w1()
    assert words in tried(exercise, line)
    assert (exercise.solved, exercise.tries) == (False, 0)
    assert len(exercise.feedback) < 250
    assert tried(exercise, W1).startswith("That’s right.")


def test_a_chance_hit_at_one_place_is_no_hit() -> None:
    data = Dataset([0.0, 1.0], [0.0, 1.0])
    chance = Place("there", statquest_network(w4=1.0), data)
    parts = "Build.", "b3", dict.fromkeys(("dSSR/dPredicted", "dPredicted/db3"), ""), ["a", "b", "c"], "So."
    question, parameter, palette, hints, why = parts
    exercise = ChainBuilder(question, parameter, [chance, elsewhere(1, 2, 1)], palette, hints, why)
    assert "That isn’t what the nudge measures" in tried(exercise, "−2 × (Observed² − Predicted)")
    assert not exercise.solved


def test_the_measured_nudge_is_shown_as_two_ssrs_and_the_slope_they_give() -> None:
    place = Place("there", statquest_network(b3=0), dosage())
    slope = measured(place, "b3")
    assert slope.above == pytest.approx(slope.below + 0.002 * slope.slope)
    assert str(slope) == (
        "the SSR is 20.439256 with b3 = −0.001 and 20.407946 with 0.001, so its slope is "
        "(20.407946 − 20.439256) / 0.002 = −15.655"
    )


def test_each_point_shows_its_links_as_numbers() -> None:
    assert "At 1: 1.2083 × (−1.22) × 0.7875 × 1 = −1.1609" in tried(build_the_chain_of_w1(), W1)


# The line and its buttons.


def test_links_are_picked_removed_brought_forward_and_the_line_is_spoken() -> None:
    exercise = two_ways()
    buttons = {button.description: button for button in exercise.controls.values() if hasattr(button, "click")}
    line = exercise.controls["answer"]
    for press, reads in (
        ("dx1/dw1", "dx1/dw1"),
        ("dSSR/dPredicted", "dx1/dw1 × dSSR/dPredicted"),
        ("Last one first", "dSSR/dPredicted × dx1/dw1"),
        ("+", "dSSR/dPredicted × dx1/dw1 +"),
        ("dy1/dx1", "dSSR/dPredicted × dx1/dw1 + dy1/dx1"),
        ("dx1/dw1", "dSSR/dPredicted × dx1/dw1 + dy1/dx1 × dx1/dw1"),
        ("Last one first", "dSSR/dPredicted × dx1/dw1 + dx1/dw1 × dy1/dx1"),
        ("Remove the last", "dSSR/dPredicted × dx1/dw1 + dx1/dw1"),
        ("Remove the last", "dSSR/dPredicted × dx1/dw1 +"),
        ("Remove the last", "dSSR/dPredicted × dx1/dw1"),
    ):
        buttons[press].click()
        assert (line.value, exercise.feedback) == (reads, f"On the line: {reads}")
    buttons["Empty the line"].click()
    assert (line.value, exercise.feedback) == ("", "The line is empty.")


@pytest.mark.parametrize("how", [without_last, last_first])
def test_the_buttons_do_nothing_to_an_empty_line(how: Callable[[str], str]) -> None:
    assert how("") == ""


@pytest.mark.parametrize(
    ("line", "piece", "then"),
    [
        ("", "+", ""), ("a +", "+", "a +"), ("a × ", "b", "a × b"), ("a (", "b", "a ( b"), ("a", "−(x)", "a × −(x)"),
    ],
)  # fmt: skip
def test_a_piece_is_put_on_with_a_sign_where_one_is_needed(line: str, piece: str, then: str) -> None:
    assert put_on(line, piece) == then


def test_a_piece_in_brackets_is_one_piece() -> None:
    assert without_last("a × (b + c × d)") == "a"
    assert last_first("a + b × (c + d)") == "a + (c + d) × b"


def test_a_line_with_numbers_puts_brackets_around_what_is_below_0() -> None:
    line, links = read_line("DSSR/dpredicted w3", {"ssr": "SSR", "predicted": "Predicted"})
    assert (line, links) == ("dSSR/dPredicted w3", [("SSR", "Predicted")])
    assert with_numbers(line, {"dSSR/dPredicted": 0.5, "w3": -1.22}) == "0.5 (−1.22)"


def test_changing_the_line_takes_the_old_feedback_away() -> None:
    exercise = build_the_chain_of_w1()
    tried(exercise, W1)
    exercise.controls["answer"].value = "dSSR/dPredicted"
    assert exercise.feedback == ""


def test_a_plus_can_be_picked_only_where_there_is_more_than_one_way() -> None:
    labels = [[button.description for button in make().controls.values()] for make in (build_the_chain_of_w1, two_ways)]
    assert ["+" in each for each in labels] == [False, True]


@pytest.mark.parametrize(
    ("places", "palette", "words"),
    [
        (1, {"dSSR/dPredicted": "", "dPredicted/db3": ""}, "two places or more"),
        (2, {"dSSR/dPredicted": ""}, "must have dPredicted/db3"),
        (2, {"dSSR/dPredicted": "", "dPredicted/db3": "No."}, "must have dPredicted/db3"),
    ],
)
def test_a_builder_that_makes_no_sense_is_refused(places: int, palette: dict[str, str], words: str) -> None:
    there = [Place("there", statquest_network(), dosage())] * places
    with pytest.raises(ValueError, match=words):
        ChainBuilder("Build.", "b3", there, palette, ["a", "b", "c"], "So.")
