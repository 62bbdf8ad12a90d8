"""The final review: a whole program written into the notebook’s cells, and every slip in it."""

import inspect
import itertools
import re
import sys
from collections.abc import Callable
from typing import Any

import nbformat
import numpy as np
import pytest

from statquest_bp import chain, descend, dosage, gradient, ssr, statquest_network
from statquest_bp.course import all_exercises, final_review
from statquest_bp.course.final_review import model
from statquest_bp.digits import short
from statquest_bp.exercises import patience
from statquest_bp.exercises.derivative_on_trial import DerivativeOnTrial, whole_program
from statquest_bp.exercises.given import NOT_WRITTEN
from statquest_bp.exercises.made_of import unwritten_in
from statquest_bp.exercises.own_code import OwnCode, Wanted, distinct
from statquest_bp.exercises.progress import key_of
from statquest_bp.exercises.trial_cases import Case, columns_of, lesson_and_made_up
from statquest_bp.video import DETAILS_2, OPTIMAL
from tools.refresh_notebooks import NOTEBOOKS

CELLS = [cell.source for cell in nbformat.read(NOTEBOOKS / "10_final_review.ipynb", as_version=4).cells]
EMPTY = re.compile(r'def (\w+)\((.*)\):\n    """.+"""\n    return \.\.\.')
TRIALS = {maker.__name__: maker for maker in final_review.EXERCISES}
DERIVATIVES = [name for name in TRIALS if name.startswith("derivative")]
MODELS = {
    "the_bend": model.softplus,
    "the_forward_pass": model.forward,
    "the_ssr": model.ssr,
    "gradient_of_all": model.gradient,
    "one_step": model.step,
    "the_loop": model.descend,
    "all_seven": model.descend,
    **{name: getattr(model, f"d_ssr_d_{name[-2:]}") for name in DERIVATIVES},
}
every_trial = pytest.mark.parametrize("name", TRIALS)
every_derivative = pytest.mark.parametrize("name", DERIVATIVES)


def tried(name: str, attempt: Any, forward: Any = model.forward, own_ssr: Any = model.ssr) -> OwnCode:
    """The card of this name, with this function on trial; a derivative gets the other two as the notebook does."""
    exercise = TRIALS[name](attempt, forward, own_ssr) if name in DERIVATIVES else TRIALS[name](attempt)
    assert isinstance(exercise, OwnCode)
    return exercise


def loops(attempt: Any) -> list[OwnCode]:
    """The two cards of the loop."""
    return [make(attempt) for make in (final_review.the_loop, final_review.all_seven)]


class Odd:
    """What can be called, and nothing else."""

    def __getattribute__(self, name: str) -> Any:
        raise RuntimeError("no entry")

    def __call__(self, *_: object) -> Any:
        return self


def run_cells(fill_in: Callable[[str], str]) -> tuple[dict[str, Any], list[OwnCode]]:
    """Run the notebook's code cells from top to bottom, with `fill_in` making the source of an empty function."""
    notebook: dict[str, Any] = {}
    cards = []
    stored = nbformat.read(NOTEBOOKS / "10_final_review.ipynb", as_version=4)
    for source in (cell.source for cell in stored.cells if cell.cell_type == "code"):
        empty = EMPTY.fullmatch(source)
        if empty:
            exec(fill_in(empty[1]), notebook)
        elif re.fullmatch(r"ask\.\w+\(.+\)", source):
            cards.append(eval(source, notebook))
        else:
            exec(source, notebook)
    return notebook, cards


# The whole program.


def test_the_program_filled_in_solves_every_card_in_the_notebook(progress):
    notebook, cards = run_cells(lambda name: inspect.getsource(getattr(model, name)))
    assert [card.solved for card in cards] == [True] * len(TRIALS)
    assert progress.solved() == {key_of(maker) for maker in final_review.EXERCISES}
    assert notebook["forward"].__globals__ is notebook, "the program must stand on its own cells"
    assert [card.attempt for card in cards] == [notebook[MODELS[name].__name__] for name in TRIALS]


def test_unanswered_every_card_says_that_nothing_is_written_and_names_this_function():
    empty = {match[1]: match[0] for source in CELLS if (match := EMPTY.fullmatch(source))}
    _, cards = run_cells(lambda name: empty[name])
    assert len(empty) == 13
    assert [card.feedback for card in cards] == [NOT_WRITTEN] * len(cards)
    assert [card.tries for card in cards] == [0] * len(cards)


def test_each_empty_function_takes_what_the_model_takes():
    for source in CELLS:
        if empty := EMPTY.fullmatch(source):
            assert empty[2] == ", ".join(inspect.signature(getattr(model, empty[1])).parameters)


def test_the_cards_stand_in_the_notebook_in_the_registered_order():
    shown_in_order = [match[1] for source in CELLS if (match := re.fullmatch(r"ask\.(\w+)\(.+\)", source))]
    assert shown_in_order == list(TRIALS)
    assert all_exercises()["10_final_review"] == final_review.EXERCISES
    assert [name[-2:] for name in DERIVATIVES] == list(statquest_network().backward_order)


def test_the_model_agrees_with_the_package():
    for case in lesson_and_made_up(whole_program):
        assert case.network is not None
        assert case.data is not None
        here = case.arguments
        values = columns_of(case.network, case.data)
        passed = model.forward(here[0], here[2])
        assert np.allclose(passed, [values.x1, values.y1, values.x2, values.y2, values.predicted])
        assert model.ssr(here[1], passed[-1]) == pytest.approx(ssr(case.network, case.data))
        assert model.gradient(*here) == pytest.approx(dict(gradient(case.network, case.data)))
        walked = model.descend(*here, ["w3", "b1"], 0.01, 0.0, 5)
        assert walked == pytest.approx(
            dict(descend(case.network, case.data, 0.01, ["w3", "b1"], 5, 0.0).final.parameters)
        )


def test_the_last_card_runs_from_details_2_to_the_videos_fit():
    case = tried("all_seven", None).cases[0]
    assert case.arguments[2] == DETAILS_2
    end = model.descend(*case.arguments)
    assert {name: round(value, 2) for name, value in end.items()} == OPTIMAL


@every_trial
def test_show_me_shows_the_model_which_solves_the_card(name):
    exercise = tried(name, None)
    for button in ("hint", "hint", "hint", "show"):
        exercise.controls[button].click()
    assert inspect.getsource(MODELS[name]).rstrip() in exercise.feedback
    assert tried(name, MODELS[name]).solved


@every_trial
def test_no_fixed_answer_is_right_in_every_case(name):
    card = tried(name, None)
    for case in card.cases:
        right = card.reference(*case.arguments)
        assert not tried(name, lambda *_, right=right: right).solved
    for place in range(len(card.cases[0].arguments)):
        assert not tried(name, lambda *given, place=place: given[place]).solved


# Slips.


@every_trial
def test_every_slip_is_recognised_as_itself(name):
    slips = tried(name, None).slips
    assert len(slips) >= 3
    for message, slip in slips.items():
        exercise = tried(name, slip)
        assert exercise.feedback.endswith(f"\n{message}")
        assert not exercise.solved


@every_derivative
def test_the_named_slips_of_every_derivative_cover_sign_factor_points_and_each_link(name):
    told = " ".join(tried(name, None).slips)
    for words in (
        "sign is turned",
        "The 2 is missing",
        "mean over",
        "Only the last",
        "Only the first",
        "added the links",
    ):
        assert words in told
    exercise = tried(name, None)
    assert len(exercise.slips) >= {"b3": 9, "w4": 12, "w3": 12}.get(name[-2:], 20)
    assert "The link dx1/db1 is missing" not in told, "a link that is 1 can be left out"


BEND = "np.exp(x1) / (1 + np.exp(x1))"
AS_LEARNERS_WRITE_THEM = [
    ("the_bend", "1 + ", "", "The 1 is missing"),
    ("the_forward_pass", ' + p["b3"]', "", "b3 is missing"),
    ("the_forward_pass", "softplus(x1), softplus(x2)", "x1, x2", "The bend is missing"),
    ("the_forward_pass", 'dosage * p["w1"] + p["b1"]', '(dosage + p["b1"]) * p["w1"]', "The bias of node 1 comes too"),
    ("the_forward_pass", 'dosage * p["w2"] + p["b2"]', '(dosage + p["b2"]) * p["w2"]', "The bias of node 2 comes too"),
    ("the_ssr", " ** 2", "", "The square is missing"),
    ("derivative_of_b3", "-2", "2", "The sign is turned round"),
    ("derivative_of_b3", ".sum()", ".mean()", "the mean over the points"),
    ("derivative_of_w4", "*_, y2,", "_, _, y2, _,", "You multiplied by x2"),
    ("derivative_of_w3", "_, y1, *_,", "_, _, _, y1,", "y2 comes from the other node"),
    ("derivative_of_w3", " * y1", "", "The link dPredicted/dw3 is missing: y1."),
    ("derivative_of_b2", "* 1)", "* dosage)", "There is a dosage too much"),
    ("derivative_of_w1", "-2 *", "-1 *", "The 2 is missing"),
    ("derivative_of_w1", "-2 *", "", "Both the 2 and the minus"),
    ("derivative_of_w1", "(observed - predicted)", "(observed - predicted) ** 2 / -2", "the squared residual"),
    ("derivative_of_w1", ' * p["w3"]', "", "The link dPredicted/dy1 is missing: w3."),
    ("derivative_of_w1", '"w3"', '"w4"', "w4 is the weight of the other node"),
    ("derivative_of_w1", '"w3"', '"w1"', "w1 is the weight into the node"),
    ("derivative_of_w1", " * bend", "", "The link dy1/dx1 is missing"),
    ("derivative_of_w1", BEND, "softplus(x1)", "You multiplied by y1, the bend itself"),
    ("derivative_of_w1", BEND, "np.exp(x1)", "e^x1 is only the top"),
    ("derivative_of_w1", BEND, "np.exp(x1) / 1 + np.exp(x1)", "Without brackets"),
    ("derivative_of_w1", BEND, "1 / (1 + np.exp(x1))", "The top of the fraction is e^x1, too."),
    ("derivative_of_w1", " * dosage", "", "The link dx1/dw1 is missing: the dosage."),
    ("derivative_of_w1", ".sum()", "[-1]", "Only the last point"),
    ("derivative_of_w1", ".sum()", "[0]", "Only the first point"),
    (
        "gradient_of_all",
        '"b1": d_ssr_d_b1(*here), "w1": d_ssr_d_w1',
        '"w1": d_ssr_d_b1(*here), "b1": d_ssr_d_w1',
        "b1 and w1 have changed places.",
    ),
    ("one_step", "- rate", "+ rate", "The step size is added"),
    ("one_step", "rate * ", "", "The learning rate is missing"),
    ("one_step", "for name in p", "for name in slopes", "The others have to be there, too"),
    ("the_loop", "abs(rate * slope)", "rate * slope", "with their sign"),
    ("the_loop", "abs(rate * slope)", "abs(slope)", "It compares the slopes with min_step"),
    ("the_loop", "all(abs", "any(abs", "as soon as one step size is small"),
    ("the_loop", "p = step", "step", "p never replaced"),
    ("the_loop", "for name in names", "for name in p", "All seven move"),
    ("the_loop", "range(max_steps)", "range(max_steps + 1)", "one step more than max_steps"),
    ("the_loop", "    return p", "        return p", "one step only"),
    ("all_seven", "range(max_steps)", "range(min(max_steps, 1000))", "max_steps is there to be used"),
]


@pytest.mark.parametrize(("name", "right", "slip", "words"), AS_LEARNERS_WRITE_THEM)
def test_the_slips_are_what_comes_out_when_learners_make_them(name, right, slip, words):
    notebook: dict[str, Any] = {}
    exec(inspect.getsource(model), notebook)
    source = inspect.getsource(MODELS[name])
    written = source.replace(right, slip)
    assert written != source
    exec(written, notebook)
    feedback = tried(name, notebook[MODELS[name].__name__]).feedback
    assert words in feedback.splitlines()[-1]
    assert feedback.splitlines()[-1] in TRIALS[name]().slips


def wrong(name: str) -> Any:
    """The derivative with the 2 forgotten, as a learner would have written it."""
    right = MODELS[name]
    return lambda dosage, observed, p: right(dosage, observed, p) / 2


@every_derivative
def test_a_wrong_derivative_is_told_where_by_how_much_at_which_point_and_why(name):
    exercise = tried(name, wrong(name))
    right = gradient(exercise.cases[0].network, exercise.cases[0].data)[name[-2:]]
    lines = exercise.feedback.splitlines()
    start = (
        f"With the lesson’s network and b3 = 0, your function gives {short(right / 2)} where {short(right)} is right"
    )
    assert lines[0].startswith(start)
    assert lines[1].startswith("Plugged in: dosage = 0, 0.5, 1; observed = 0, 1, 0; p = w1 3.34, ")
    assert lines[2].startswith(f"Nudging {name[-2:]} by ±0.0001 gives {short(right)};")
    assert "dosage 1 gives" in lines[3]
    assert lines[4] == f"Your own forward and ssr, nudged, give {short(right)} as well."
    assert lines[5].startswith("The 2 is missing")


def test_points_that_are_right_by_themselves_are_told_and_those_that_are_not_with_their_numbers():
    def averaged(dosage, observed, p):
        return model.d_ssr_d_w3(dosage, observed, p) / len(dosage)

    def at_half(dosage, observed, p):
        return model.d_ssr_d_w3(dosage, observed, p) + (dosage == 0.5).any()

    assert (
        "Each point by itself comes out right. So look at how they are added up."
        in tried("derivative_of_w3", averaged).feedback
    )
    told = tried("derivative_of_w3", at_half).feedback
    term = chain(statquest_network(b3=0), dosage(), "w3").terms[1]
    assert f"By itself, dosage 0.5 gives {short(term + 1)} where {short(term)} is right. The rest is right." in told


def test_a_function_for_three_points_only_is_told_so_without_going_point_by_point():
    def three_only(dosage, observed, p):
        return model.d_ssr_d_b3(dosage[[0, 1, 2]], observed[[0, 1, 2]], p) + 1

    feedback = tried("derivative_of_b3", three_only).feedback
    assert "IndexError" in feedback
    assert "Traceback" not in feedback


@pytest.mark.parametrize(
    ("forward", "own_ssr", "words"),
    [
        (model.forward, model.ssr, "Your own forward and ssr, nudged, give −15.6551 as well."),
        (model.forward, lambda o, p: ((o - p) ** 2).mean(), "give −5.2184. So one of those two is off"),
        (lambda d, p: model.forward(d, {**p, "b3": 0}), model.ssr, "give 0. So one of those two is off"),
        (lambda d, p: ..., model.ssr, None),
        (model.forward, lambda o, p: ..., None),
        (model.forward, lambda o, p: (o - p) ** 2, None),
        (lambda d, p: 1 / 0, model.ssr, None),
        (None, None, None),
        ("forward", 3, None),
    ],
)
@pytest.mark.parametrize("attempt", [model.d_ssr_d_b3, wrong("derivative_of_b3")])
def test_the_learners_own_functions_are_nudged_too_and_may_disagree(attempt, forward, own_ssr, words):
    exercise = tried("derivative_of_b3", attempt, forward, own_ssr)
    assert exercise.solved == (attempt is model.d_ssr_d_b3)
    assert (words in exercise.feedback) if words else ("Your own" not in exercise.feedback)
    assert "The package agrees." in exercise.feedback or not exercise.solved


@pytest.mark.parametrize("attempt", [model.d_ssr_d_b3, wrong("derivative_of_b3")])
def test_odd_objects_in_place_of_the_learners_own_functions_are_left_out(attempt):
    exercise = tried("derivative_of_b3", attempt, Odd(), Odd())
    assert exercise.solved == (attempt is model.d_ssr_d_b3)
    assert "Your own" not in exercise.feedback


def test_check_nudges_the_functions_as_they_are_by_then_in_the_notebook():
    notebook: dict[str, Any] = {"np": np}
    source = inspect.getsource(model)
    exec(source.replace(".sum()\n\n\ndef d_ssr_d_b3", ".mean()\n\n\ndef d_ssr_d_b3"), notebook)
    exercise = tried("derivative_of_b3", notebook["d_ssr_d_b3"], notebook["forward"], notebook["ssr"])
    assert "is off" in exercise.feedback
    exec(inspect.getsource(model.ssr), notebook)
    exercise.controls["check"].click()
    assert "as well" in exercise.feedback


def test_the_first_part_of_the_forward_pass_that_differs_is_told():
    def y1_off(dosage, p):
        x1, y1, x2, y2, predicted = model.forward(dosage, p)
        return x1, y1 + (dosage == 0.5), x2, y2, predicted + 1

    lines = tried("the_forward_pass", y1_off).feedback.splitlines()
    assert lines[0] == "The first that differs is y1."
    assert "your function gives 1.8203 at point 2 of 3 where 0.8203 is right: off by 1." in lines[1]


@pytest.mark.parametrize(
    "give", [lambda *parts: parts[-1], lambda *parts: {"predicted": parts[-1]}, lambda *parts: 3.0]
)
def test_a_forward_pass_that_gives_something_else_is_told_so(give):
    feedback = tried("the_forward_pass", lambda dosage, p: give(*model.forward(dosage, p))).feedback
    assert "15 numbers are right" in feedback


def test_a_dictionary_without_one_of_the_seven_is_told_which():
    def six(*here):
        return {name: slope for name, slope in model.gradient(*here).items() if name != "b2"}

    assert "nothing for b2" in tried("gradient_of_all", six).feedback


def test_a_loop_made_of_something_wrong_is_sent_back_to_that():
    notebook: dict[str, Any] = {}
    exec(inspect.getsource(model), notebook)
    exec("def step(p, slopes, rate):\n    return {name: p[name] + rate * slopes.get(name, 0) for name in p}", notebook)
    for card in loops(notebook["descend"]):
        assert card.feedback == "Your step isn’t right yet, so this can’t be. Look at its card first."
        assert (card.tries, card.solved) == (0, False)
        exec(inspect.getsource(model.step), notebook)
        card.controls["check"].click()
        assert card.solved
        exec("def step(p, slopes, rate):\n    return {n: p[n] - 2 * rate * slopes.get(n, 0) for n in p}", notebook)


def test_a_loop_that_is_wrong_itself_is_told_so():
    for card in loops(lambda dosage, observed, p, *limits: p):
        assert "your function gives" in card.feedback
        assert "where it started" in card.feedback


def test_a_loop_without_max_steps_is_asked_about_its_way_out(monkeypatch):
    def without_max_steps(dosage, observed, p, names, rate, min_step, max_steps):
        return model.descend(dosage, observed, p, names, rate, min_step, 10**12)

    monkeypatch.setattr(patience, "clock", itertools.count(step=0.01).__next__)
    tracing = sys.gettrace()
    sys.settrace(None)
    try:
        card = final_review.the_loop(without_max_steps)
    finally:
        sys.settrace(tracing)
    assert "with all seven, and 5 steps at most: is there a way out of its loop?" in card.feedback


def test_the_derivative_of_another_parameter_is_recognised():
    told = tried("derivative_of_b1", model.d_ssr_d_b2).feedback
    assert told.endswith("That is dSSR/db2, and not dSSR/db1.")


@every_trial
@pytest.mark.parametrize("rubbish", [3.0, "x", lambda: 1, lambda *given: "x", lambda *given: 1 / 0, lambda *g: -1e9])
def test_rubbish_is_met_with_words(name, rubbish):
    exercise = tried(name, rubbish)
    assert not exercise.solved
    assert len(exercise.feedback) > 30
    assert "That didn’t work" not in exercise.feedback
    assert "Traceback" not in exercise.feedback


# What isn't written yet.


def test_a_function_that_needs_an_unwritten_one_is_told_which():
    notebook: dict[str, Any] = {}
    exec(inspect.getsource(model), notebook)
    exec("def d_ssr_d_w2(dosage, observed, p):\n    return ...", notebook)
    own_loops = loops(notebook["descend"])
    for exercise in [tried("gradient_of_all", notebook["gradient"]), *own_loops]:
        assert exercise.feedback == "It needs d_ssr_d_w2, which isn’t written yet. Go back to that cell first."
        assert exercise.tries == 0
    exec("def forward(dosage, p):\n    return ...", notebook)
    assert tried("derivative_of_b1", notebook["d_ssr_d_b1"]).feedback.startswith("It needs forward,")
    assert tried("derivative_of_w2", notebook["d_ssr_d_w2"]).feedback == NOT_WRITTEN


def test_a_function_without_a_return_is_told_so_and_not_sent_elsewhere():
    def nothing_comes_back(observed, predicted):
        ((observed - predicted) ** 2).sum()

    assert tried("the_ssr", nothing_comes_back).feedback == NOT_WRITTEN


def test_what_is_unwritten_is_found_inside_of_functions_and_among_those_of_the_same_notebook_only():
    notebook: dict[str, Any] = {"pad": np.pad}
    exec("def a():\n    return [b() for _ in range(2)]\n\ndef b():\n    return a(), ...", notebook)
    exec("def c():\n    return pad, c, 1", notebook)
    assert unwritten_in(notebook["a"]) is notebook["b"]
    assert unwritten_in(notebook["c"]) is None
    assert unwritten_in(3) is None


def test_slips_that_come_to_the_same_are_left_out():
    cases = [Case("two", (2.0,)), Case("three", (3.0,))]
    slips = {"same": lambda x: x + x, "off": lambda x: x + 1, "off again": lambda x: 1 + x, "square": lambda x: x * x}
    assert list(distinct(slips, Wanted(lambda x: 2 * x, cases))) == ["off", "square"]


def test_a_derivative_on_trial_takes_its_words_from_the_chain():
    exercise = TRIALS["derivative_of_w2"]()
    assert isinstance(exercise, DerivativeOnTrial)
    assert exercise.hints[0].startswith("On the way from the SSR back to w2 you pass SSR, Predicted, y2, x2, w2. Four")
    assert exercise.hints[1] == "dSSR/dw2 = Σ dSSR/dPredicted × dPredicted/dy2 × dy2/dx2 × dx2/dw2"
