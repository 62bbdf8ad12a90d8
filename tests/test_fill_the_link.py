"""Fill in the link: formulas read as people write them, compared by value, and the slips that any link invites."""

from collections.abc import Callable

import numpy as np
import pytest

from statquest_bp import chain, dosage, statquest_network
from statquest_bp.exercises import FillTheLink
from statquest_bp.exercises.formula import compute
from statquest_bp.exercises.link_slips import FORMULAS, name_of, slips_of
from statquest_bp.links import quantities

PARAMETERS = list(statquest_network().parameters)
VALUES = quantities(statquest_network(), dosage())


def blank(parameter: str, *bottoms: str, **changes: object) -> FillTheLink:
    parts = {"slips": {}, "hints": ["a", "b", "c"], "why": "So it is."}
    return FillTheLink(parameter, bottoms, **(parts | changes))  # type: ignore[arg-type]


def told(exercise: FillTheLink, *formulas: str) -> str:
    """Type the formulas into the blanks in order, press Check, return the feedback."""
    names = ["answer"] if len(formulas) == 1 else [f"answer{i}" for i, _ in enumerate(formulas, 1)]
    for name, formula in zip(names, formulas, strict=True):
        exercise.controls[name].value = formula
    exercise.controls["check"].click()
    return exercise.feedback


# Formulas.


@pytest.mark.parametrize(
    ("typed", "python"),
    [
        ("−2 × (Observed − Predicted)", lambda v: -2 * (v["Observed"] - v["Predicted"])),
        ("-2*(observed-PREDICTED)", lambda v: -2 * (v["Observed"] - v["Predicted"])),
        ("2(Predicted – Observed)", lambda v: 2 * (v["Predicted"] - v["Observed"])),
        ("dSSR/dPredicted = 2 [Predicted − Observed]", lambda v: 2 * (v["Predicted"] - v["Observed"])),
        ("(Observed − Predicted)²", lambda v: (v["Observed"] - v["Predicted"]) ** 2),
        ("e^x1/(1+e^x1)", lambda v: np.exp(v["x1"]) / (1 + np.exp(v["x1"]))),
        ("exp(x1) / (1 + exp(x1))", lambda v: np.exp(v["x1"]) / (1 + np.exp(v["x1"]))),
        ("1/(1+e^-x1)", lambda v: 1 / (1 + np.exp(-v["x1"]))),
        ("e**{x₁} ÷ (1 + e^{x₁})", lambda v: np.exp(v["x1"]) / (1 + np.exp(v["x1"]))),
        ("sigmoid(x2)", lambda v: 1 / (1 + np.exp(-v["x2"]))),
        ("ln(1 + e^x2)", lambda v: v["y2"]),
        ("softplus(X2)", lambda v: v["y2"]),
        ("dosage·w1 + b1", lambda v: v["x1"]),
        ("2 w3 y1", lambda v: 2 * v["w3"] * v["y1"]),
        ("(x1)(x2)e", lambda v: v["x1"] * v["x2"] * np.e),
        ("-x1^2", lambda v: -(v["x1"] ** 2)),
        ("2e^x1", lambda v: 2 * np.exp(v["x1"])),
        ("0,5 w4", lambda v: 0.5 * v["w4"]),
        ("1", lambda v: 1.0),
        ("+.5 − −w1", lambda v: 0.5 + v["w1"]),
    ],
)  # fmt: skip
def test_formulas_are_read_as_people_write_them(typed: str, python: Callable[[dict], object]) -> None:
    np.testing.assert_allclose(compute(typed, VALUES) * np.ones(3), python(VALUES) * np.ones(3), rtol=1e-14)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Type a formula first"),
        ("   ", "Type a formula first"),
        ("w3 +", "“w3 +” can’t be read as a formula"),
        ("x1 2", "can’t be read as a formula"),
        ("exp x1", "can’t be read as a formula"),
        ("exp()", "can’t be read as a formula"),
        ("exp", "can’t be read as a formula"),
        (")x1(", "can’t be read as a formula"),
        ("y1 =", "can’t be read as a formula"),
        ("007", "can’t be read as a formula"),
        ("(w3", "a different number of brackets"),
        ("w3 $ 2", "“$” can’t be read"),
        ("Σ w3", "“Σ” can’t be read"),
        ("y1, y2", "“,” can’t be read"),
        ("w9", "“w9” is no name here. The names are Observed, Predicted, Input, x1"),
        ("0x1f", "“x1f” is no name here"),
        ("lambda: 1", "“lambda” is no name here"),
        ("__import__('os')", "“__import__” is no name here"),
        ("x1.real", "“.” can’t be read"),
        ("dy1/dx1", "“dy1/dx1” is the name of a link. Type the formula that"),
        ("w3 + dy1", "“dy1” is part of the name of a link"),
        ("1/0", "“1/0” gives no number everywhere"),
        ("1/Input", "gives no number everywhere"),
        ("log(−e)", "gives no number everywhere"),
        ("9^9^9^9^9", "gives no number everywhere"),
        ("9" * 190 + "^9", "gives no number everywhere"),
        ("x1 + " * 100 + "1", "is too long"),
        ("(" * 100 + "1" + ")" * 99, "a different number of brackets"),
    ],
)
def test_what_cannot_be_read_is_said_in_plain_words(typed: str, words: str) -> None:
    with pytest.raises(ValueError, match=r"[.?]$") as refused:
        compute(typed, VALUES)
    assert words in str(refused.value)
    assert len(str(refused.value)) < 160


@pytest.mark.parametrize("nested", ["(" * 99 + "1" + ")" * 99, "-" * 199 + "1"])
def test_deep_nesting_is_followed_as_far_as_a_formula_may_be_long(nested: str) -> None:
    assert abs(compute(nested, VALUES)) == 1


@pytest.mark.parametrize("parameter", PARAMETERS)
def test_the_chains_own_formulas_give_the_chains_own_values(parameter: str) -> None:
    for link in chain(statquest_network(), dosage(), parameter).links:
        np.testing.assert_allclose(compute(link.formula, VALUES) * np.ones(3), link.values, rtol=1e-14)


def test_what_each_top_is_made_of_gives_its_values() -> None:
    residual = VALUES["Observed"] - VALUES["Predicted"]
    for top, value in {**{name: VALUES[name] for name in FORMULAS if name != "SSR"}, "SSR": residual**2}.items():
        np.testing.assert_allclose(compute(FORMULAS[top], VALUES), value, rtol=1e-14)


# The exercise.


@pytest.mark.parametrize("parameter", PARAMETERS)
def test_every_link_of_every_chain_can_be_the_blank(parameter: str) -> None:
    for link in chain(statquest_network(), dosage(), parameter).links:
        exercise = blank(parameter, link.bottom)
        assert exercise.answers == {link.bottom: link.formula}
        assert told(exercise, link.formula).startswith(f"That’s right.\ndSSR/d{parameter} = Σ −2 × (Obs")
        assert exercise.solved


@pytest.mark.parametrize("parameter", PARAMETERS)
def test_every_slip_that_a_link_invites_is_named_unless_it_happens_to_be_right(parameter: str) -> None:
    whole = chain(statquest_network(), dosage(), parameter)
    for link in whole.links:
        named = dict(slips_of(link, whole))
        said = {}
        for message, formula in named.items():
            exercise = blank(parameter, link.bottom)
            said[message] = told(exercise, formula)
            assert exercise.solved or said[message] in named, (link, formula)
        assert len({text for text in said.values() if text in named}) >= 5


@pytest.mark.parametrize(
    ("parameter", "bottom", "typed", "words"),
    [
        ("w3", "w3", "w3", "That is w3 itself."),
        ("w3", "w3", "y2", "the other node"),
        ("w3", "w3", "-y1", "All but the sign"),
        ("w3", "w3", "w3 × y1", "still has w3 as a factor"),
        ("w3", "w3", "0", "0 would mean"),
        ("w3", "w3", "1", "1 would mean"),
        ("w3", "w3", "Predicted", "That is Predicted itself"),
        ("w3", "Predicted", "Predicted − Observed", "You forgot the 2."),
        ("w3", "Predicted", "2(Observed − Predicted)", "The minus is missing"),
        ("w3", "Predicted", "Observed − Predicted", "That is the residual."),
        ("w3", "Predicted", "(Observed − Predicted)^2", "squared residual itself"),
        ("b1", "x1", "y1", "That is y1, the curve. The link is its slope."),
        ("b1", "x1", "e^x1", "only the top"),
        ("b1", "x1", "1/(1+e^x1)", "the slope of the logarithm alone"),
        ("b1", "x1", "e^x2/(1+e^x2)", "the other node"),
        ("b1", "x1", "w3", "That is dPredicted/dy1, another link"),
        ("w4", "w4", "−2 (Observed − Predicted) y2", "That is the whole chain"),
        ("w1", "w1", "x1", "That is x1 itself"),
        ("w1", "w1", "3 b2", "x1 is Input × w1 + b1: how much does that change for each 1 of w1?"),
    ],
)
def test_a_wrong_formula_is_told_which_slip_it_is(parameter: str, bottom: str, typed: str, words: str) -> None:
    exercise = blank(parameter, bottom)
    assert words in told(exercise, typed)
    assert not exercise.solved


@pytest.mark.parametrize(
    "typed", ["y1 + 0×x2", "log(e^x1 + 1)", "(Predicted − y2×w4 − b3)/w3", "ln(1 + exp(Dosage w1 + b1))"]
)
def test_any_formula_with_the_links_value_counts(typed: str) -> None:
    assert told(blank("w3", "w3"), typed).startswith("That’s right.")


@pytest.mark.parametrize("typed", ["-2 (Observed² - Predicted)", "-2 (Observed - Predicted) + Input (1 - Input) b3"])
def test_a_formula_that_is_right_only_for_the_lessons_numbers_does_not_count(typed: str) -> None:
    """Observed² is Observed where all that was observed is 0 or 1."""
    exercise = blank("b3", "Predicted")
    told(exercise, typed)
    assert not exercise.solved


def test_a_named_slip_comes_before_those_that_any_link_invites() -> None:
    exercise = blank("w3", "w3", slips={"w3": {"The weight.": "w3"}})
    assert told(exercise, "W3") == "The weight."


def test_several_blanks_are_judged_each_by_itself() -> None:
    exercise = blank("w1", "w1", "x1")
    assert list(exercise.answers) == ["x1", "w1"], "in the chain's order"
    assert told(exercise, "y1", "dosage") == "dy1/dx1: That is y1, the curve. The link is its slope.\ndx1/dw1: right."
    assert "dx1/dw1: “(” can’t be read" in told(exercise, "y1", "(")
    assert exercise.tries == 1
    assert told(exercise, "1 − 1/(1 + e^x1)", "dosage") == (
        "That’s right.\n"
        "dSSR/dw1 = Σ −2 × (Observed − Predicted) × w3 × (e^x1 / (1 + e^x1)) × Input\n"
        "So it is."
    )  # fmt: skip
    assert exercise.tries == 2


def test_several_blanks_are_checked_by_themselves_once_the_last_is_filled() -> None:
    exercise = blank("b1", "y1", "x1")
    exercise.controls["answer1"].value = "w3"
    assert exercise.feedback == ""
    assert "dPredicted/dy1: right.\ndy1/dx1: Type a formula first" in told(exercise, "w3", "")
    exercise.controls["answer2"].value = "sigmoid(x1)"
    assert exercise.solved


def test_one_blank_is_checked_as_soon_as_it_is_entered() -> None:
    exercise = blank("b3", "b3")
    exercise.controls["answer"].value = "1"
    assert exercise.solved


def test_the_stored_text_shows_the_chain_with_its_blanks() -> None:
    assert repr(blank("w1", "w1", "y1")) == (
        "Fill in the link: How is dSSR/dw1 put together? Two links are missing.\n"
        "dSSR/dw1 = Σ −2 × (Observed − Predicted) × ? × (e^x1 / (1 + e^x1)) × ?\n"
        "  dSSR/dPredicted = −2 × (Observed − Predicted)\n"
        "  dPredicted/dy1 = ____\n"
        "  dy1/dx1 = e^x1 / (1 + e^x1)\n"
        "  dx1/dw1 = ____"
    )
    assert "All four links are missing" in blank("w1", "Predicted", "y1", "x1", "w1").question


def test_the_card_has_the_links_in_the_chains_order_each_box_named() -> None:
    exercise = blank("w1", "w1", "y1")
    lines = exercise.widget.children[2].children
    assert [line.description or line.value for line in lines] == [
        "<strong>dSSR/dPredicted =</strong> −2 × (Observed − Predicted)",
        "dPredicted/dy1 =",
        "<strong>dy1/dx1 =</strong> e^x1 / (1 + e^x1)",
        "dx1/dw1 =",
    ]
    assert "sq-control-answer2" in lines[3]._dom_classes
    buttons = exercise.widget.children[3].children
    assert [button.description for button in buttons] == ["Check", "Hint 1 of 3", "Show me"]


def test_a_question_and_a_kind_of_its_own_replace_the_usual() -> None:
    exercise = blank("w3", "w3", question="What does w3 scale?", kind="From before")
    assert repr(exercise).startswith("From before: What does w3 scale?\n  dSSR/dPredicted")


def test_show_me_tells_every_missing_link() -> None:
    exercise = blank("w1", "w1", "y1")
    exercise.controls["show"].click()
    assert exercise.feedback == "The answer: dPredicted/dy1 = w3, dx1/dw1 = Input\nSo it is."


def test_one_link_may_be_named_without_a_list() -> None:
    exercise = FillTheLink("w3", "w3", {}, hints=["a", "b", "c"], why="")
    assert [name_of(link) for link in exercise.chain.links if link.bottom in exercise.answers] == ["dPredicted/dw3"]


@pytest.mark.parametrize(
    ("make", "error", "words"),
    [
        (lambda: blank("w9", "w9"), KeyError, "w9"),
        (lambda: blank("w3"), ValueError, "Predicted, w3"),
        (lambda: blank("w3", "w4"), ValueError, "w4"),
        (lambda: blank("w3", "w3", slips={"Predicted": {"No.": "1"}}), ValueError, "slips"),
    ],
)
def test_a_chain_that_makes_no_sense_is_refused(make: Callable[[], object], error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        make()
