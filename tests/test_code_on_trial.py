"""Code on trial: any function that a learner may hand over, and every bug of notebook 08 as the notebook has it."""

import inspect
import itertools
import re
import sys
import warnings
from collections.abc import Callable
from typing import Any

import nbformat
import numpy as np
import pytest

from statquest_bp import Dataset, Network, descend, dosage, gradient, ssr, statquest_network
from statquest_bp.course import bug_clinic
from statquest_bp.course.bug_clinic import mended
from statquest_bp.exercises import patience
from statquest_bp.exercises.code_on_trial import NOTHING_YET, TRYING, CodeOnTrial
from statquest_bp.exercises.given import NOT_WRITTEN
from statquest_bp.exercises.progress import key_of
from statquest_bp.exercises.trial_cases import Case, columns_of, lesson_and_made_up
from statquest_bp.video import DETAILS_1
from tools.refresh_notebooks import NOTEBOOKS

TWO = [Case("two points", (np.array([1.0, 2.0]), 3.0)), Case("three points", (np.array([1.0, -2.0, 5.0]), 0.5))]


def scaled_sum(values, factor):
    return (values * factor).sum()


def scaled(values, factor):
    return values * factor


def trial(attempt: Any, reference: Callable[..., Any] = scaled_sum, **changes: Any) -> CodeOnTrial:
    parts: dict[str, Any] = {
        "question": "Scale the values.",
        "cases": TWO,
        "slips": {"You forgot the factor.": lambda values, factor: values.sum()},
        "hints": ["a", "b", "c"],
        "why": "Because.",
    }
    return CodeOnTrial(attempt=attempt, reference=reference, **(parts | changes))


def said(attempt: Any, reference: Callable[..., Any] = scaled_sum, **changes: Any) -> str:
    exercise = trial(attempt, reference, **changes)
    assert not exercise.solved
    assert "Traceback" not in exercise.feedback
    return exercise.feedback


def press(exercise: CodeOnTrial, *names: str) -> str:
    for name in names:
        exercise.controls[name].click()
    return exercise.feedback


def in_a_notebook(source: str, namespace: dict[str, Any]) -> None:
    exec(source, namespace)


# What a learner may hand over.


class Unreadable:
    """What NumPy can't look into."""

    def __array__(self, *_: object, **__: object) -> None:
        raise RuntimeError("no entry")


@pytest.mark.parametrize(
    "attempt",
    [
        scaled_sum,
        lambda values, factor: sum(v * factor for v in values),
        lambda values, factor: np.array((values * factor).sum()),
        lambda values, factor: [(values * factor).sum()],
        lambda values, factor: np.array([[(values * factor).sum()]]),
        lambda values, factor=1.0, *more: np.float32(values.sum() * factor),
        lambda *given: float(given[0] @ np.full(len(given[0]), given[1])),
    ],
)
def test_whatever_gives_the_right_number_is_right_at_once(attempt):
    exercise = trial(attempt)
    assert exercise.solved
    assert exercise.feedback == "Right in both cases.\nBecause."
    assert "sq-right" in exercise.widget.children[-1].value


@pytest.mark.parametrize("shape", [lambda n: n, lambda n: (n, 1), lambda n: (1, n)])
def test_a_column_counts_as_the_flat_list_that_it_holds(shape):
    assert trial(lambda values, factor: (values * factor).reshape(shape(-1)), scaled).solved
    assert trial(lambda values, factor: list(values * factor), scaled).solved


def unwritten_with_a_link(values, factor):
    link = ...
    return (values * link).sum()


@pytest.mark.parametrize(
    "attempt",
    [
        lambda values, factor: None,
        lambda values, factor: ...,
        lambda values, factor: [..., 1.0],
        lambda values, factor: (None, None),
        unwritten_with_a_link,
    ],
)
def test_a_function_with_dots_in_it_is_not_written_yet_and_no_try(attempt):
    exercise = trial(attempt)
    assert exercise.feedback == NOT_WRITTEN
    assert "sq-note" in exercise.widget.children[-1].value
    assert (exercise.solved, exercise.tries) == (False, 0)


def stops(values, factor):
    halves = values / 2
    return halves.sum() + halfs.sum()  # noqa: F821


def fails_deeper(values, factor):
    return stops(values, factor)


def calls_itself(values, factor):
    return calls_itself(values, factor)


def leaves(values, factor):
    raise SystemExit


@pytest.mark.parametrize(
    ("attempt", "words"),
    [
        (
            stops,
            "in line 3, “return halves.sum() + halfs.sum() # noqa: F821”, with NameError: name 'halfs' is not defined",
        ),
        (fails_deeper, "in line 2, “return stops(values, factor)”, with NameError"),
        (lambda values, factor: 1 / 0, "ZeroDivisionError: division by zero. It divides by 0."),
        (lambda values, factor: values[9], "It asks for a place that isn’t there."),
        (lambda values, factor: values.total(), "It asks a value for something that it doesn’t have."),
        (lambda values, factor: values @ values[:1], "the shape of an array, doesn’t fit"),
        (lambda values, factor: values + "1", "It was tried with two points."),
        (lambda values, factor: {}["w1"], "It asks for a name that isn’t there."),
        (calls_itself, "It calls itself without end."),
        (leaves, "with SystemExit. It was tried with two points."),
    ],
)
def test_a_function_that_stops_is_told_where_and_what_that_means(attempt, words):
    feedback = said(attempt)
    assert feedback.startswith("Your function stopped in line ")
    assert words in feedback
    assert "\n" not in feedback


def test_a_function_that_stops_on_another_number_of_points_is_told_so():
    def for_two_points(values, factor):
        first, second = values
        return (first + second) * factor

    assert said(for_two_points).endswith("It was tried with three points.")


@pytest.mark.parametrize(
    ("attempt", "words"),
    [
        (20.4, "This is no function: 20.4 (of the kind “float”). Hand over the function’s name, without brackets."),
        ("scaled_sum", "This is no function: the text “scaled_sum”."),
        ([scaled_sum], "This is no function:"),
        pytest.param(10**5000, "This is no function: something that has no text (of the kind “int”).", id="huge"),
        (lambda values: 1, "Your function takes (values), but it has to take (values, factor)."),
        (lambda: 1, "Your function takes (), but it has to take (values, factor)."),
        (lambda values, factor, rate: 1, "Your function takes (values, factor, rate), but it has to take"),
        (lambda values, factor: "six", "Your function gives the text “six”: not a number that can be compared."),
        (lambda values, factor: 2j, "A root or a power of a number below 0 does that."),
        (lambda values, factor: scaled_sum, "not a number that can be compared"),
        (lambda values, factor: {1, 2}, "not a number that can be compared"),
        (lambda values, factor: (v for v in values), "not a number that can be compared"),
        (lambda values, factor: 10**400, "not a number that can be compared"),
        (lambda values, factor: 10**5000, "something that has no text (of the kind “int”): not a number"),
        (lambda values, factor: Unreadable(), "Your function gives something that can’t be read: no entry."),
        (lambda values, factor: float("nan"), "your function gives NaN (no number) where 9 is right."),
        (lambda values, factor: values.sum() / np.zeros(()), "your function gives infinity where 9 is right."),
        (lambda values, factor: {"w1": 1.0}, "your function gives a dictionary where 1 number is right."),
        (lambda values, factor: [], "your function gives no numbers () where 1 number is right."),
        (lambda values, factor: values * factor, "They add up to the right one: only the adding up is missing."),
        (lambda values, factor: [1.0, [2.0, 3.0]], "gives 2 things (1 number; 2 numbers) where 1 number is right."),
        (lambda values, factor: ({"w1": 1.0}, 2.0), "gives 2 things (a dictionary; 1 number) where 1 number is right."),
        (lambda values, factor: [{"w1": 1.0}] * 9, "gives 9 things (a dictionary; a dictionary;"),
    ],
)
def test_anything_else_is_met_with_words(attempt, words):
    assert words in said(attempt)


def test_a_list_that_met_a_column_is_recognised():
    assert "A flat list and a column got mixed" in said(lambda v, f: v * v[:, None] * f, scaled)


def test_a_sum_where_a_number_for_each_is_wanted_is_only_counted():
    feedback = said(lambda values, factor: (values * factor).sum(), scaled)
    assert feedback.startswith("With two points, your function gives 1 number (9) where 2 numbers are right.\nPlugged")


def test_long_lists_and_long_texts_are_cut():
    assert "1, 1, 1, 1, 1, 1, …" in said(lambda values, factor: [1.0] * 5000)
    assert len(said(lambda values, factor: "na" * 5000)) < 200


def test_html_in_what_is_handed_over_is_shown_as_text():
    exercise = trial(lambda values, factor: "<b>six</b>")
    assert "<b>" not in exercise.widget.children[-1].value
    assert "<b>" not in trial("<b>").controls["answer"].value


def test_no_warning_and_no_overflow_gets_out():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        told = said(lambda values, factor: np.exp(values * 1e6).sum() - np.exp(values * 1e6).sum())
    assert "nan" in told.casefold() or "not a number" in told.casefold()


def in_place(v, factor):
    v *= factor
    return v.sum()


def by_the_first(v, factor):
    v[0] = v[0] + 1
    return ((v - (np.arange(len(v)) == 0)) * factor).sum()


@pytest.mark.parametrize("attempt", [in_place, by_the_first])
def test_a_right_result_is_refused_if_what_was_passed_in_is_changed_and_only_a_copy_is(attempt):
    exercise = trial(attempt)
    for _ in range(2):
        assert not exercise.solved
        assert exercise.feedback == (
            "The result is right, but your function changes v itself, and whoever handed it over still needs the old "
            "one. Work on a copy: v = v.copy()."
        )
        assert TWO[0].arguments[0].tolist() == [1.0, 2.0]
        press(exercise, "check")


@pytest.mark.parametrize(
    "change",
    [
        lambda p: p.update(w1=5.0),
        lambda p: p.update(w3=1.0),
        lambda p: p.pop("w2"),
        lambda p: p.update(w1="x"),
        lambda p: p["all"].append(1.0),
        lambda p: p["all"].sort(),
        lambda p: p.update(w1=np.array([2.0])),
    ],
)
def test_any_change_to_a_dictionary_or_a_list_counts(change):
    def changing(p):
        change(p)
        return 1.0

    case = [Case("p", ({"w1": 2.0, "w2": 3.0, "all": [2.0, 1.0]},))]
    assert "changes p itself" in said(changing, lambda p: 1.0, cases=case, slips={})
    assert trial(lambda p: p.update(w1=2.0) or 1.0, lambda p: 1.0, cases=case, slips={}).solved


def test_a_function_that_gives_something_back_only_at_times_is_told_when():
    def inside(values, factor):
        for _ in range(len(values) - 2):
            return (values * factor).sum()

    words = "With two points, your function gives nothing back; with three points it does. So its way ends at times"
    assert said(inside).startswith(words)
    assert trial(inside).tries == 1

    def unwritten_at_times(values, factor):
        return (values * factor).sum() if len(values) == 2 else ...

    assert said(unwritten_at_times) == NOT_WRITTEN


def test_keywords_and_names_for_several_results_are_used():
    case = [Case("keywords", (2.0,), {"rate": 0.5})]

    def both(slope, rate):
        return slope * rate, slope

    assert trial(lambda slope, *, rate: (slope * rate, slope), both, cases=case, slips={}).solved
    feedback = said(lambda slope, rate: (1.0, 7.0), both, cases=case, slips={}, returns=("step", "slope"))
    assert feedback.startswith("With keywords, your function gives 7 for slope where 2 is right: off by 5.")
    assert "Plugged in: slope = 2; rate = 0.5." in feedback


def test_dictionaries_are_compared_name_by_name():
    cases = lesson_and_made_up(lambda net, data: (net, data))

    def told(attempt):
        return said(attempt, gradient, cases=cases, slips={})

    assert trial(lambda net, data: dict(reversed(gradient(net, data).items())), gradient, cases=cases, slips={}).solved
    assert "nothing for w4" in told(lambda net, data: {k: v for k, v in gradient(net, data).items() if k != "w4"})
    assert "too much in it: w9" in told(lambda net, data: gradient(net, data) | {"w9": 1.0})
    assert "where a dictionary is right, with w1, b1" in told(lambda net, data: 3.0)
    half = told(lambda net, data: gradient(net, data) | {"w3": gradient(net, data)["w3"] / 2})
    assert half.startswith(
        "With the lesson’s network and b3 = 0, your function gives −8.0544 for w3 where −16.1088 is right: off by 8.054"
    )


SPECIAL = ["str", "repr", "getattr", "getattribute", "eq", "ne", "bool", "len", "iter", "getitem", "array", "float"]
SPECIAL += ["hash", "class", "name", "globals", "code", "signature", "wrapped", "call", "deepcopy", "sizeof", "index"]


def refuse(*_: object, **__: object) -> Any:
    raise RuntimeError("no entry")


def leave(*_: object, **__: object) -> Any:
    raise SystemExit


def odd(name: str, fail: Callable[..., Any], base: type = object, **more: Any) -> Any:
    """An object of which one special attribute can't be used: it fails when it is called, or looked up."""
    looked_up = name in ("class", "name", "globals", "code", "signature", "wrapped")
    return type("Odd", (base,), {f"__{name}__": property(fail) if looked_up else fail, **more})()


@pytest.mark.parametrize("fail", [refuse, leave])
@pytest.mark.parametrize("name", SPECIAL)
def test_no_object_however_odd_stops_a_card_from_being_made_or_checked(name, fail):
    def raises(values, factor):
        raise odd(name, fail, Exception)

    default = odd(name, fail)
    attempts = [default, odd(name, fail, __call__=lambda *given: 1), raises]
    attempts += [lambda values, factor: odd(name, fail), lambda values, factor: [odd(name, fail)]]
    attempts += [lambda values, factor: {"w1": odd(name, fail)}, lambda values, factor, more=default: 1]
    for attempt in attempts:
        exercise = trial(attempt)
        for _ in range(2):
            assert not exercise.solved
            assert exercise.feedback
            assert exercise.feedback != TRYING
            assert repr(exercise)
            press(exercise, "check")


def test_an_array_in_place_of_a_function_counts_as_one_try():
    exercise = trial(np.ones(2))
    press(exercise, "check")
    assert exercise.tries == 1


def long_names() -> dict[str, Any]:
    name = "n" * 100_000
    notebook: dict[str, Any] = {}
    in_a_notebook(f"def {name}(values): pass\ndef short(values, {name}, more): pass", notebook)
    return {
        "function": notebook[name],
        "argument": notebook["short"],
        "kind": lambda values, factor: type(name, (), {})(),
        "error": lambda values, factor: exec("raise kind", {"kind": type(name, (Exception,), {})}),
        "label": lambda values, factor: {name: 1.0},
        "labels": lambda values, factor: dict.fromkeys(range(100_000), 1.0),
        "object": type(name, (), {"__call__": lambda self, values: 1})(),
    }


@pytest.mark.parametrize("what", long_names())
def test_a_long_name_is_cut(what):
    exercise = trial(long_names()[what], lambda values, factor: {"w1": 1.0}, slips={})
    assert len(exercise.feedback) < 700
    assert len(exercise.controls["answer"].value) < 300


# A function that doesn't come to an end.


@pytest.fixture
def a_second_each_look(monkeypatch):
    """A clock that only knows how often it was looked at, and nobody (such as coverage) who traces already."""
    monkeypatch.setattr(patience, "clock", itertools.count().__next__)
    tracing = sys.gettrace()
    sys.settrace(None)
    yield
    sys.settrace(tracing)


def endless(values, factor):
    while True:
        pass


def endless_in_one_line(values, factor):
    return [0 for _ in iter(int, 1)]


def endless_and_deaf(values, factor):
    while True:
        try:
            values.total()
        except Exception:
            continue


def endless_and_deaf_to_all(values, factor):
    for _ in range(10**5):  # as good as endless, so that a failure comes to an end
        try:
            for _ in range(10):
                values = values + 1
        except:  # noqa: E722
            continue


def deaf_in_another_that_is_deaf(values, factor):
    kept = []
    for _ in range(3):
        try:
            endless_and_deaf_to_all(values, factor)
        except BaseException as error:
            kept = [error]
            del kept


def endless_further_down(values, factor):
    return values * endless(values, factor)


class EndlessToRead:
    """What NumPy would look into for ever."""

    def __array__(self, *_: object, **__: object) -> Any:
        return endless(1, 1)


ENDLESS = [endless, endless_in_one_line, endless_and_deaf, endless_and_deaf_to_all, deaf_in_another_that_is_deaf]


@pytest.mark.usefixtures("a_second_each_look")
@pytest.mark.parametrize("attempt", [*ENDLESS, endless_further_down])
def test_a_function_that_runs_for_ever_is_stopped_and_asked_about_its_loop(attempt):
    exercise = trial(attempt)
    assert exercise.feedback.startswith(
        "Your function has been running for 10 seconds with two points: is there a way out of its loop? If it only"
    )
    assert (exercise.solved, exercise.tries) == (False, 1)
    assert press(exercise, "check").startswith("Your function has been running for 20 seconds"), "twice as long"
    assert sys.gettrace() is None


@pytest.mark.usefixtures("a_second_each_look")
def test_a_result_that_takes_for_ever_to_read_is_left_alone():
    assert "can’t be read: it takes too long." in said(lambda values, factor: EndlessToRead())


def test_with_a_debugger_at_work_a_function_takes_as_long_as_it_takes():
    seen = []

    def debugger(frame, event, argument):
        seen.append(event)

    def long():
        return sum(1 for _ in range(10 * patience.LINES))

    before = sys.gettrace()
    sys.settrace(debugger)
    try:
        assert patience.with_patience(long, -1) == 10 * patience.LINES
        assert sys.gettrace() is debugger
    finally:
        sys.settrace(before)
    assert seen
    sys.settrace(None)
    try:
        with pytest.raises(patience.OutOfPatience):
            patience.with_patience(long, -1)
    finally:
        sys.settrace(before)


def test_what_the_learner_stops_is_said_to_be_stopped_and_no_try():
    seen = []

    def stopped_by_hand(*_: Any, **__: Any):
        seen.append(exercise.feedback)
        raise KeyboardInterrupt

    notebook: dict[str, Any] = {}
    in_a_notebook("def stopped_by_hand(values, factor):\n    return 7", notebook)
    exercise = trial(notebook["stopped_by_hand"])
    notebook["stopped_by_hand"] = stopped_by_hand
    assert "gives 7" in exercise.feedback
    assert press(exercise, "check") == "You stopped it. Your function was being tried with two points."
    assert seen == [TRYING], "what was said before no longer holds"
    assert exercise.tries == 1
    assert trial(stopped_by_hand).feedback.startswith("You stopped it.")
    assert trial(lambda values, factor: odd("array", stopped_by_hand)).feedback.startswith("You stopped it, while")


# What is told about a difference.


def test_a_difference_names_the_case_the_numbers_and_by_how_much():
    lines = said(lambda values, factor: (values * factor).sum() + (len(values) == 3)).splitlines()
    assert lines == [
        "With three points, your function gives 3 where 2 is right: off by 1.",
        "Plugged in: values = 1, −2, 5; factor = 0.5.",
        "In 1 of 2 cases it is right.",
        "Should something that is passed in stand where it has 3?",
        "Mend it, then run its cell and this one again.",
    ]


FACTOR = 3.0


@pytest.mark.parametrize(
    ("attempt", "words"),
    [
        (lambda values, factor: (values * FACTOR).sum(), "stand where it has FACTOR?"),
        (lambda values, factor: sum(v * 3.0 for v in values), "stand where it has 3.0?"),
        (lambda values, factor: (values * FACTOR).sum() * 0.5 * 2, "stand where it has FACTOR or 0.5?"),
    ],
)
def test_a_fixed_number_or_a_name_from_outside_is_asked_about_only_where_there_is_one(attempt, words):
    assert words in said(attempt)
    assert "passed in" not in said(lambda values, factor: (values * factor).sum() - (values < 0).any())
    assert "passed in" not in said(lambda values, factor: values.sum() * factor * 3.0)


def test_what_is_0_where_it_is_right_and_only_there_is_told():
    def both(p, factor):
        return p["w1"] * factor + p["b1"]

    cases = [Case(name, ({"w1": 2.0, "b1": b1}, factor)) for name, b1, factor in (("A", 1.0, 0.0), ("B", 0.0, 3.0))]
    cases.append(Case("C", ({"w1": 2.0, "b1": 4.0}, 2.0)))
    told = said(lambda p, factor: (p["w1"] + p["b1"]) * factor, both, cases=cases[1:] + cases[:1], slips={})
    assert "In 1 of 3 cases it is right: with B. There b1 is 0, so look at what your function does with it." in told
    told = said(lambda p, factor: p["w1"] * factor - p["b1"] if factor else 7.0, both, cases=cases[:2], slips={})
    assert "In 1 of 2 cases it is right. There b1 is 0" in told


def test_a_difference_in_a_list_names_the_first_place_that_differs():
    feedback = said(lambda values, factor: values * factor + (values > 1), scaled)
    assert "your function gives 7 at number 2 of 2 where 6 is right: off by 1." in feedback


def test_a_factor_that_is_always_the_same_is_told():
    assert "Each time it is −0.5 × the right number." in said(lambda v, f: -0.5 * (v * f).sum(), scaled_sum)
    assert "× the right number" not in said(lambda v, f: (v * f).sum() + 1)


def test_a_slip_is_named_only_where_all_cases_agree():
    assert said(lambda values, factor: values.sum()).endswith("You forgot the factor.")
    assert "forgot" not in said(lambda values, factor: values.sum() if len(values) == 2 else 0.0)


def test_a_planted_slip_is_named_only_after_a_hint():
    planted = "You forgot the factor."
    exercise = trial(lambda values, factor: values.sum(), planted=planted)
    assert planted not in exercise.feedback
    assert "your function gives 3 where 9 is right" in exercise.feedback
    press(exercise, "hint")
    assert press(exercise, "check").endswith(planted)


def test_a_derivative_is_shown_beside_what_nudging_gives():
    cases = lesson_and_made_up(lambda net, data: (net, data))
    exercise = trial(
        lambda net, data: gradient(net, data)["w3"] / 2,
        lambda net, data: gradient(net, data)["w3"],
        cases=cases,
        slips={},
        parameter="w3",
    )
    assert "Nudging w3 by ±0.0001 gives −16.1088; your function gives −8.0544." in exercise.feedback


def test_an_outcome_is_compared_instead_of_the_value():
    def outcome(value, case):
        if value is True:
            raise ValueError("a number is wanted")
        return "large" if value > 1 else "small"

    assert trial(lambda values, factor: 1e6, outcome=outcome, slips={}).solved
    small = said(lambda values, factor: 0, outcome=outcome, slips={})
    assert small.startswith("With two points, small. Wanted: large.")
    assert "a number is wanted" in said(lambda values, factor: True, outcome=outcome, slips={})


# The card.


def test_check_tries_the_function_as_it_is_by_then_in_the_notebook():
    notebook: dict[str, Any] = {}
    in_a_notebook("def scaled_sum(values, factor):\n    return values.sum()", notebook)
    exercise = trial(notebook["scaled_sum"])
    assert not exercise.solved
    before = repr(exercise)
    in_a_notebook("def scaled_sum(values, factor):\n    return (values * factor).sum()", notebook)
    assert press(exercise, "check").startswith("Right")
    assert exercise.solved
    assert repr(exercise) == before
    del notebook["scaled_sum"]
    assert press(exercise, "check").startswith("Right")


def test_a_function_of_another_name_in_the_notebook_is_left_alone():
    def local(name):
        def scaled_sum(values, factor):  # not the one that this module calls so
            return 0.0

        return scaled_sum

    exercise = trial(local("scaled_sum"))
    assert "gives 0 where 9" in press(exercise, "check")


def test_the_stored_text_has_the_question_and_the_first_line_of_the_verdict():
    assert repr(trial(lambda values, factor: values.sum())) == (
        "Your code on trial: Scale the values.\n"
        "  Your function: With two points, your function gives 3 where 9 is right:\n"
        "      off by 6."
    )
    assert repr(trial(None)) == "Your code on trial: Scale the values."


def test_without_a_function_there_is_nothing_to_try():
    exercise = trial(None)
    assert exercise.feedback == ""
    assert "nothing yet" in exercise.controls["answer"].value
    assert press(exercise, "check") == NOTHING_YET
    assert exercise.tries == 0


def test_show_me_shows_the_source_of_the_reference_as_code():
    exercise = trial(None)
    code = inspect.getsource(scaled_sum).rstrip()
    assert press(exercise, "hint", "hint", "hint", "show") == f"The answer: {code}\nBecause."
    assert f">{code}</pre>" in exercise.widget.children[-1].value
    assert "<p>    return" not in exercise.widget.children[-1].value


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"cases": []}, "at least one case"), ({"planted": "Oh."}, "'Oh.'"), ({"hints": ["a"]}, "three hints")],
)
def test_a_trial_that_makes_no_sense_is_refused(changes, words):
    with pytest.raises(ValueError, match=words):
        trial(None, **changes)


def test_the_made_up_cases_are_the_same_each_time_and_of_several_sizes():
    one, other = (lesson_and_made_up(lambda net, data: (net, data)) for _ in range(2))
    assert [case.name for case in one] == [case.name for case in other]
    assert [case.network.parameters for case in one] == [case.network.parameters for case in other]
    assert {len(case.data) for case in one} >= {2, 3, 4}


# The bug clinic.

BUGS = {m.__name__: m for m in bug_clinic.EXERCISES if isinstance(m(), CodeOnTrial)}
CELLS = [cell.source for cell in nbformat.read(NOTEBOOKS / "08_bug_clinic.ipynb", as_version=4).cells]
CHECKS = dict(m.groups() for source in CELLS if (m := re.fullmatch(r"ask\.(\w+)\((\w+)\)", source)))
NOTEBOOK: dict[str, Any] = {"np": np, "descend": descend}
for source in CELLS:
    if re.fullmatch(r"def \w+\(.*\):(\n    .*)+", source):
        in_a_notebook(source, NOTEBOOK)

every_bug = pytest.mark.parametrize("name", BUGS)


def test_the_clinic_has_eleven_bugs_each_with_its_cell():
    assert len(BUGS) == 11
    assert list(CHECKS) == list(BUGS)


@every_bug
def test_the_function_in_the_notebook_has_the_planted_bug_and_its_name_is_not_given_away(name):
    broken = NOTEBOOK[CHECKS[name]]
    exercise = BUGS[name](broken)
    assert not exercise.solved
    assert exercise.planted is not None
    assert exercise.planted not in exercise.feedback + repr(exercise)
    assert exercise.feedback.endswith("A hint helps.")
    assert "× the right number" not in exercise.feedback
    press(exercise, "hint")
    assert exercise.planted in press(exercise, "check")


@every_bug
def test_the_mended_function_solves_it_under_the_name_it_has_in_the_notebook(name, progress):
    exercise = BUGS[name]()
    assert exercise.reference.__name__ == CHECKS[name]
    assert list(inspect.signature(exercise.reference).parameters) == list(
        inspect.signature(NOTEBOOK[CHECKS[name]]).parameters
    )
    again = BUGS[name](exercise.reference)
    assert again.solved
    assert again.feedback.endswith(again.why)
    assert progress.solved() == {key_of(BUGS[name])}


@every_bug
def test_every_slip_is_recognised_as_itself(name):
    slips = BUGS[name]().slips
    assert len(slips) >= 3
    for message, slip in slips.items():
        exercise = BUGS[name](slip)
        press(exercise, "hint", "check")
        assert exercise.feedback.endswith(f"\n{message}")
        assert not exercise.solved


@every_bug
@pytest.mark.parametrize(
    "rubbish", [3.0, "x", lambda: 1, lambda *given: "x", lambda *given: 1 / 0, lambda *given: None, lambda *given: -1e9]
)
def test_rubbish_is_met_with_words(name, rubbish):
    exercise = BUGS[name](rubbish)
    assert not exercise.solved
    assert len(exercise.feedback) > 40
    assert "That didn’t work" not in exercise.feedback


@every_bug
def test_each_bug_has_its_own_words_and_all_names_are_the_functions(name):
    exercise = BUGS[name]()
    assert exercise.question.split()[0] == CHECKS[name]
    assert exercise.planted not in " ".join([exercise.question, exercise.hints[0]])


def test_the_mended_functions_agree_with_the_package():
    for case in lesson_and_made_up(lambda net, data: ()):
        net, data = case.network, case.data
        v, slopes, p = columns_of(net, data), gradient(net, data), net.parameters
        assert mended.ssr_of(v.observed, v.predicted) == pytest.approx(ssr(net, data))
        assert mended.ssr_point_by_point(v.observed, v.predicted) == pytest.approx(ssr(net, data))
        assert mended.slope_of_b3(v.observed, v.predicted) == pytest.approx(slopes["b3"])
        assert mended.first_link(v.observed, v.predicted).sum() == pytest.approx(slopes["b3"])
        assert mended.slope_of_w3(v.residuals, v.x1, v.y1) == pytest.approx(slopes["w3"])
        assert mended.slope_of_w1(v.residuals, p["w3"], v.x1, v.inputs) == pytest.approx(slopes["w1"])
        assert mended.slope_of_w4(v.residuals, v.y2) == pytest.approx(slopes["w4"])
        assert_steps_agree(net, data)


def assert_steps_agree(net: Network, data: Dataset) -> None:
    rate, v, p = 0.01, columns_of(net, data), net.parameters
    both = descend(net, data, rate, ["w3", "b1"], max_steps=1, min_step=0).final.parameters
    bend = 1 / (1 + np.exp(-v.x1))
    stepped = mended.step_w3_and_b1(p["w3"], p["b1"], v.residuals, v.y1, bend, rate)
    assert stepped == pytest.approx((both["w3"], both["b1"]))
    walked = descend(net, data, rate, ["b3"], max_steps=4, min_step=0).parameters["b3"]
    assert mended.next_b3(p["b3"], gradient(net, data)["b3"], rate) == pytest.approx(walked[1])
    without_b3 = v.predicted - p["b3"]
    assert mended.walk_b3(p["b3"], without_b3, v.observed, rate, 4) == pytest.approx(walked[4])


@pytest.mark.parametrize(("rate", "settles"), [(0.05, True), (0.1, True), (0.13, True), (0.14, False), (1e-5, False)])
def test_any_learning_rate_that_settles_is_right(rate, settles):
    exercise = BUGS["a_rate_that_settles"](lambda network, data: descend(network, data, rate, list(DETAILS_1)))
    assert exercise.solved == settles


@pytest.mark.parametrize(
    ("train", "words"),
    [
        (lambda network, data: 0.1, "train has to give back what descend gives"),
        (lambda network, data: settled(statquest_network(**DETAILS_1), data), "doesn’t begin at the network that"),
        (lambda network, data: settled(network, Dataset([0, 1], [0, 0])), "isn’t about the data that train is given"),
        (lambda network, data: descend(network, data, 0.01, [*DETAILS_1, "w1"]), "the run moves w1 too."),
    ],
)
def test_the_run_must_be_one_from_the_network_and_with_the_data_that_train_is_given(train, words):
    assert words in BUGS["a_rate_that_settles"](train).feedback


def settled(network: Network, data: Dataset) -> Any:
    return descend(network, data, 0.1, list(DETAILS_1))


@every_bug
def test_no_fixed_answer_is_right_in_every_case(name):
    assert_no_fixed_answer(BUGS[name])


def assert_no_fixed_answer(make: Callable[..., CodeOnTrial]) -> None:
    """Neither what is right in one of the cases, nor one of the arguments, is right in all."""
    for case in make().cases:
        right = make().reference(*case.arguments, **case.keywords)
        assert not make(lambda *_, right=right, **__: right).solved
    for place in range(len(make().cases[0].arguments)):
        assert not make(lambda *given, place=place, **__: given[place]).solved


def test_two_wrong_signs_walk_down_as_the_question_says():
    (make,) = (m for m in bug_clinic.EXERCISES if m.__name__ == "two_bugs_at_once")
    assert make().answer.startswith("It walks down")
    first_link, next_b3 = NOTEBOOK["first_link"], NOTEBOOK["next_b3"]
    net, data = statquest_network(b3=0), dosage()
    v = columns_of(net, data)
    moved = next_b3(0.0, first_link(v.observed, v.predicted).sum(), 0.1)
    assert moved == pytest.approx(descend(net, data, 0.1, ["b3"])[1].network.parameters["b3"])
