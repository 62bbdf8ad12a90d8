"""Verdicts on the program of notebook 10: never right by chance, and the words point at what is really off."""

import inspect
import itertools
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from statquest_bp.course import final_review
from statquest_bp.course.final_review import model
from statquest_bp.exercises.own_code import OwnCode
from statquest_bp.video import OPTIMAL

PARTS = ["x1", "y1", "x2", "y2", "predicted"]
HEAD = "def descend(dosage, observed, p, names, rate, min_step, max_steps):\n"


def notebook(*cells: str, **functions: Any) -> dict[str, Any]:
    """The program as a learner has it, with these cells run behind it."""
    names: dict[str, Any] = {}
    exec(inspect.getsource(model), names)
    for cell in cells:
        exec(cell, names)
    names.update(functions)
    return names


def with_change(name: str, right: str, slip: str) -> dict[str, Any]:
    """The program with a change in one function."""
    source = inspect.getsource(getattr(model, name))
    assert right in source
    return notebook(source.replace(right, slip))


def cards_of_the_loop(program: dict[str, Any]) -> tuple[OwnCode, OwnCode]:
    return final_review.the_loop(program["descend"]), final_review.all_seven(program["descend"])


# Accepted wrongly.

IN_PLACE = {
    "step": "def step(p, slopes, rate):\n"
    "    for name in slopes:\n        p[name] -= rate * slopes[name]\n"
    "    return p\n",
    "descend": HEAD + "    for _ in range(max_steps):\n"
    "        slopes = gradient(dosage, observed, p)\n"
    "        if all(abs(rate * slopes[name]) < min_step for name in names):\n            break\n"
    "        for name in names:\n            p[name] -= rate * slopes[name]\n"
    "    return p\n",
}


@pytest.mark.parametrize(("name", "make"), [("step", final_review.one_step), ("descend", final_review.the_loop)])
def test_step_and_descend_are_refused_if_they_change_the_p_that_they_are_given(name, make):
    card = make(notebook(IN_PLACE[name])[name])
    assert not card.solved
    assert card.feedback.startswith("The result is right, but your function changes p itself")
    assert "p = p.copy()" in card.feedback
    for card in cards_of_the_loop(notebook(IN_PLACE["step"])):
        assert card.feedback == "Your step isn’t right yet, so this can’t be. Look at its card first."


@pytest.mark.parametrize(
    ("right", "slip"),
    [
        ("abs(rate * slope)", "rate * slope"),
        ("range(max_steps)", "range(max_steps + 1)"),
        ("all(abs", "any(abs"),
        ("for name in names", "for name in p"),
        ("p = step(p, slopes, rate)", "p = step(p, slopes, 0.01)"),
    ],
)
def test_the_whole_program_is_refused_with_a_loop_that_the_card_above_refuses(right, slip):
    loop, whole = cards_of_the_loop(with_change("descend", right, slip))
    assert not loop.solved
    assert not whole.solved
    assert whole.feedback == "Your descend isn’t right yet, so this can’t be. Look at its card first."


# An update in the middle of the pass.

MIDWAY = HEAD + (
    "    p = dict(p)\n"
    "    for _ in range(max_steps):\n"
    "        for name in ORDER:\n"
    "            if name in names:\n"
    "                p[name] -= rate * gradient(dosage, observed, p)[name]\n"
    "    return p\n"
)
WITH_A_STOP = HEAD + (
    "    for _ in range(max_steps):\n"
    "        small = True\n"
    "        for name in ORDER:\n"
    "            if name in names:\n"
    "                slope = gradient(dosage, observed, p)[name]\n"
    "                small = small and abs(rate * slope) < min_step\n"
    "                p = step(p, {name: slope}, rate)\n"
    "        if small:\n            break\n"
    "    return p\n"
)
IN_GROUPS = HEAD + (
    "    for _ in range(max_steps):\n"
    "        for group in (ORDER[:3], ORDER[3:]):\n"
    "            slopes = gradient(dosage, observed, p)\n"
    "            p = step(p, {name: slopes[name] for name in group if name in names}, rate)\n"
    "    return p\n"
)
ORDERS = [list(np.random.default_rng(seed).permutation(list(OPTIMAL))) for seed in range(5)]


@pytest.mark.parametrize("order", [list(OPTIMAL), list(OPTIMAL)[::-1], *ORDERS], ids=lambda order: order[0])
@pytest.mark.parametrize("source", [MIDWAY, WITH_A_STOP, IN_GROUPS])
def test_an_update_in_the_middle_of_the_pass_is_recognised_in_any_order_and_with_any_way_to_stop(source, order):
    loop = final_review.the_loop(notebook(source, ORDER=order)["descend"])
    groups = (order[:3], order[3:]) if source == IN_GROUPS else (order[:1], order[1:2])
    first, then = (" and ".join(name for name in card_order() if name in group) for group in groups)
    assert loop.feedback.splitlines()[-1] == (
        f"An update in the middle of the pass: the slope for {then} was taken where {first} had moved already. "
        "Work out all the slopes at the old p; only then move the parameters."
    )


def card_order() -> list[str]:
    """The order in which the card's case names the parameters."""
    return list(final_review.the_loop().cases[-1].arguments[3])


@pytest.mark.parametrize("points", list(itertools.permutations("012")), ids="".join)
def test_an_update_after_every_point_is_recognised(points):
    source = HEAD + (
        "    for _ in range(max_steps):\n"
        f"        for i in [{', '.join(points)}]:\n"
        "            slopes = gradient(dosage[[i]], observed[[i]], p)\n"
        "            p = step(p, {name: slopes[name] for name in names}, rate)\n"
        "    return p\n"
    )
    loop = final_review.the_loop(notebook(source)["descend"])
    assert loop.feedback.splitlines()[-1].startswith("An update in the middle of the pass: p moves after every point.")


def test_other_slips_are_no_update_in_the_middle_of_the_pass():
    for right, slip in (("rate)", "rate / 2)"), ("rate)", "-rate)"), ("p = step", "step"), ("(p, slopes", "({}, {}")):
        loop = final_review.the_loop(with_change("descend", right, slip)["descend"])
        assert "middle of the pass" not in loop.feedback
        assert not loop.solved


# What a wrong function is blamed on.


@pytest.mark.parametrize("order", [*itertools.permutations(range(5))][1::7])
def test_a_forward_pass_in_another_order_is_told_so_and_no_derivative_is_blamed_for_it(order):
    given = [PARTS[i] for i in order]
    program = with_change("forward", "return x1, y1, x2, y2, predicted", f"return {', '.join(given)}")
    assert final_review.the_forward_pass(program["forward"]).feedback == (
        f"All are right, but in another order. Yours: {', '.join(given)}. Wanted: {', '.join(PARTS)}."
    )
    card = final_review.derivative_of_w3(program["d_ssr_d_w3"], program["forward"], program["ssr"])
    if not card.solved:  # it may be that what w3 needs is where it belongs
        assert card.feedback == "Your forward isn’t right yet, so this can’t be. Look at its card first."
        assert card.tries == 0


def test_whatever_is_made_of_a_wrong_function_is_sent_to_the_first_one_that_is_wrong():
    def words(name: str) -> str:
        return f"Your {name} isn’t right yet, so this can’t be. Look at its card first."

    program = with_change("softplus", "1 + ", "2 + ")
    for make, name in ((final_review.the_forward_pass, "forward"), (final_review.gradient_of_all, "gradient")):
        assert make(program[name]).feedback == words("softplus")
    assert [card.feedback for card in cards_of_the_loop(program)] == [words("softplus")] * 2
    program = with_change("d_ssr_d_w4", "-2", "-1")
    assert final_review.gradient_of_all(program["gradient"]).feedback == words("d_ssr_d_w4")
    assert [card.feedback for card in cards_of_the_loop(program)] == [words("d_ssr_d_w4")] * 2


def test_a_function_that_is_wrong_itself_is_not_sent_to_one_that_it_does_without():
    program = with_change("forward", '+ p["b3"]', "")
    exec("def d_ssr_d_b3(dosage, observed, p):\n    return dosage.sum()", program)
    card = final_review.derivative_of_b3(program["d_ssr_d_b3"], program["forward"], program["ssr"])
    assert "your function gives 1.5 where" in card.feedback
    program = notebook(IN_PLACE["step"], HEAD + "    return p")
    loop = final_review.the_loop(program["descend"])
    assert loop.feedback.splitlines()[-1].startswith("That is where it started.")


# What a result is, where its form is all that is off.


def test_the_bias_added_before_multiplying_is_recognised():
    program = with_change(
        "forward",
        'x1 = dosage * p["w1"] + p["b1"]\n    x2 = dosage * p["w2"] + p["b2"]',
        'x1 = (dosage + p["b1"]) * p["w1"]\n    x2 = (dosage + p["b2"]) * p["w2"]',
    )
    told = final_review.the_forward_pass(program["forward"]).feedback
    assert told.endswith(
        "\nThe bias comes too early: x1 = dosage × w1 + b1 multiplies first and adds then. So does x2."
    )
    assert "outside" not in told


def test_where_only_parameters_that_are_0_make_it_right_they_are_named():
    program = with_change("forward", '+ p["b1"]', '+ 3 * p["b1"]')
    told = final_review.the_forward_pass(program["forward"]).feedback
    assert "In 1 of 5 cases it is right: with the start of “Details Pt. 2”. There b1 and b2 are 0, so look" in told
    assert "Should something that is passed in stand where it has 3?" in told


FORMS = [
    (lambda *parts: np.array(parts).T, "rows and columns have changed places: your function gives an array with a row"),
    (lambda *parts: np.array(parts).T.tolist(), "rows and columns have changed places"),
    (lambda *parts: np.concatenate(parts), "your function gives them all in one row"),
    (lambda *parts: dict(zip(PARTS, parts, strict=True)), "your function gives them in a dictionary"),
    (lambda *parts: dict(reversed(list(zip(PARTS, parts, strict=True)))), "your function gives them in a dictionary"),
    (lambda *parts: dict(enumerate(parts)), "your function gives them in a dictionary"),
]


@pytest.mark.parametrize(("form", "words"), FORMS)
def test_a_forward_pass_in_another_form_is_told_which_and_what_to_give_back(form, words):
    card = final_review.the_forward_pass(lambda dosage, p: form(*model.forward(dosage, p)))
    assert not card.solved
    assert card.feedback.startswith("The numbers are right, but ")
    assert words in card.feedback
    assert card.feedback.endswith("one after the other: return x1, y1, x2, y2, predicted.")


@pytest.mark.parametrize("form", [tuple, list, np.array, lambda parts: np.array(parts)[:, :, None]])
def test_a_tuple_a_list_an_array_of_five_and_columns_are_all_right(form):
    assert final_review.the_forward_pass(lambda dosage, p: form(model.forward(dosage, p))).solved


def extra(function: Callable[..., Any], form: Callable[[Any], Any]) -> Callable[..., Any]:
    return lambda *given: form(function(*given))


@pytest.mark.parametrize(
    ("make", "function", "form", "words"),
    [
        (final_review.the_loop, model.descend, lambda p: (p, 0.5), "gives 2 things, and the first of them"),
        (final_review.the_loop, model.descend, lambda p: [0.5, p], "gives 2 things, and the last of them"),
        (final_review.the_loop, model.descend, lambda p: (1, p, 0.5), "gives 3 things, and the number 2 of them"),
        (final_review.one_step, model.step, lambda p: (p, {"w1": 1.0}), "gives 2 things, and the first of them"),
        (final_review.the_ssr, model.ssr, lambda ssr: (ssr, np.ones(3)), "gives 2 things, and the first of them"),
        (final_review.derivative_of_w3, model.d_ssr_d_w3, lambda d: (-d, d), "gives 2 things, and the last of them"),
        (final_review.the_ssr, model.ssr, lambda ssr: {"ssr": ssr}, "in a dictionary. Give back the number itself."),
    ],
)
def test_what_is_wanted_with_more_around_it_is_told_to_be_there(make, function, form, words):
    card = make(extra(function, form))
    assert not card.solved
    assert words in card.feedback
    assert "\n" not in card.feedback


def test_a_list_of_every_p_on_the_way_is_told_that_the_last_is_wanted():
    source = inspect.getsource(model.descend)
    source = source.replace("    for _ in", "    way = [p]\n    for _ in").replace("return p", "return way")
    source = source.replace("p = step(p, slopes, rate)", "p = step(p, slopes, rate)\n        way.append(p)")
    loop = final_review.the_loop(notebook(source)["descend"])
    assert (
        loop.feedback
        == "Your function gives several things, and the last of them is all that is wanted. Give back that."
    )


def test_a_loop_with_its_only_return_inside_is_told_where_it_gives_nothing():
    source = inspect.getsource(model.descend).replace("break", "return p")
    loop = final_review.the_loop(notebook(source.rpartition("    return p")[0])["descend"])
    assert loop.feedback.startswith(
        "With all seven, and 5 steps at most, your function gives nothing back; with b3 alone, from 0 it does."
    )
    assert loop.feedback.endswith("Is the only one inside a loop, or behind an “if”?")
    assert loop.tries == 1
