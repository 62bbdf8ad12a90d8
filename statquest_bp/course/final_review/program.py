"""Notebook 10: forward pass, SSR and the seven derivatives from empty cells, each on trial at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from statquest_bp.activations import relu, sigmoid
from statquest_bp.course.final_review import model, wanted
from statquest_bp.course.final_review.wanted import all_five
from statquest_bp.exercises.derivative_on_trial import DerivativeOnTrial
from statquest_bp.exercises.own_code import OwnCode
from statquest_bp.exercises.progress import kept

PARTS = ("x1", "y1", "x2", "y2", "predicted")


@kept
def the_bend(attempt: Any = None) -> OwnCode:
    """Softplus, of one number and of an array."""
    return OwnCode(
        "softplus should give log(1 + e^x), for a number and for an array of numbers.",
        attempt,
        wanted.ALL["softplus"],
        model.softplus,
        {
            "That is ReLU, the bend with a sharp corner. Softplus is the round one.": relu,
            "The logarithm is missing: that is 1 + e^x.": lambda x: 1 + np.exp(x),
            "The 1 is missing: log(e^x) is x again.": lambda x: x * 1.0,
            "That is the slope of softplus, e^x / (1 + e^x).": sigmoid,
            "The e is missing: that is log(1 + x).": lambda x: np.log(1 + x),
            "That is the logarithm to base 10. np.log is the natural one.": lambda x: np.log10(1 + np.exp(x)),
            "That is the logarithm to base 2. np.log is the natural one.": lambda x: np.log2(1 + np.exp(x)),
        },
        hints=[
            "e^x is np.exp(x). The functions in np take numbers and arrays alike; those in math take only numbers.",
            "First 1 + e^x, then the natural logarithm of that, np.log.",
            "return np.log(1 + np.exp(x))",
        ],
        why="You will need its slope soon: e^x / (1 + e^x).",
        earlier={},
    )


@kept
def the_forward_pass(attempt: Any = None) -> OwnCode:
    """The forward pass, every value in between included."""
    return OwnCode(
        "forward should give x1, y1, x2, y2 and predicted, in this order, each with one number for each dosage.",
        attempt,
        wanted.ALL["forward"],
        model.forward,
        {
            "b3 is missing at the end.": lambda dosage, p: all_five(dosage, p | {"b3": 0.0}),
            "b1 and b2 are missing.": lambda dosage, p: all_five(dosage, p | {"b1": 0.0, "b2": 0.0}),
            "w1 and w2 have changed places.": lambda dosage, p: all_five(dosage, p | {"w1": p["w2"], "w2": p["w1"]}),
            "b1 and b2 have changed places.": lambda dosage, p: all_five(dosage, p | {"b1": p["b2"], "b2": p["b1"]}),
            "w3 and w4 have changed places.": lambda dosage, p: all_five(dosage, p | {"w3": p["w4"], "w4": p["w3"]}),
            "The bend is missing: y1 = softplus(x1).": lambda dosage, p: all_five(dosage, p, "identity"),
            "That is another bend, ReLU. Here it is softplus.": lambda dosage, p: all_five(dosage, p, "relu"),
            "That is the bend’s slope. The forward pass goes through the bend itself.": lambda dosage, p: all_five(
                dosage, p, "sigmoid"
            ),
            "The bias comes too early: x1 = dosage × w1 + b1 multiplies first and adds then. So does x2.": partial(
                _bias_first, nodes=(1, 2)
            ),
            "The bias of node 1 comes too early: x1 = dosage × w1 + b1 multiplies first and adds then.": partial(
                _bias_first, nodes=(1,)
            ),
            "The bias of node 2 comes too early: x2 = dosage × w2 + b2 multiplies first and adds then.": partial(
                _bias_first, nodes=(2,)
            ),
        },
        hints=[
            "Line by line, as a dose goes in: x1, then y1, the same for node 2, and then the two put together.",
            'x1 = dosage * p["w1"] + p["b1"] and y1 = softplus(x1). Node 2 has w2 and b2.',
            'predicted = y1 * p["w3"] + y2 * p["w4"] + p["b3"], and then: return x1, y1, x2, y2, predicted',
        ],
        why="The values in between are kept because the way back needs them: the links are made of them.",
        earlier=wanted.before("forward"),
        returns=PARTS,
    )


def _bias_first(dosage: Any, p: Any, nodes: tuple[int, ...]) -> Any:
    """(dosage + b) × w in these nodes: the bias is multiplied, too."""
    return all_five(dosage, p | {f"b{node}": p[f"b{node}"] * p[f"w{node}"] for node in nodes})


@kept
def the_ssr(attempt: Any = None) -> OwnCode:
    """The sum of the squared residuals."""
    return OwnCode(
        "ssr should give the sum of the squared residuals: one number.",
        attempt,
        wanted.ALL["ssr"],
        model.ssr,
        {
            "You doubled the residuals. A square is ** 2.": lambda o, p: (2 * (o - p)).sum(),
            "The square is missing: these residuals can cancel.": lambda o, p: (o - p).sum(),
            "You squared the sum. Square each residual first, then add.": lambda o, p: (o - p).sum() ** 2,
            "That is the mean of the squares. The SSR is their sum.": lambda o, p: ((o - p) ** 2).mean(),
            "That is the root of the SSR. Leave the root out.": lambda o, p: np.sqrt(((o - p) ** 2).sum()),
            "You added the sizes of the residuals. The SSR adds their squares.": lambda o, p: abs(o - p).sum(),
            "You squared observed and predicted each. Subtract first, then square.": lambda o, p: (o**2 - p**2).sum(),
        },
        hints=[
            "Read SSR backward: residuals, squared, summed.",
            "observed - predicted is an array with all the residuals. ** 2 squares each of them.",
            "return ((observed - predicted) ** 2).sum()",
        ],
        why="This one number is what all the rest is about: make it small.",
        earlier={},
    )


def derivative_of(parameter: str, why: str) -> Callable[..., DerivativeOnTrial]:
    """What makes the card of dSSR/d`parameter`: it takes the learner's derivative, forward pass and SSR."""

    def make(attempt: Any = None, forward: Any = None, ssr: Any = None) -> DerivativeOnTrial:
        return DerivativeOnTrial(
            parameter, attempt, forward, ssr, wanted.ALL[name], getattr(model, name), why, wanted.before(name)
        )

    name = f"d_ssr_d_{parameter}"
    make.__name__, make.__doc__ = f"derivative_of_{parameter}", why
    return kept(make)


derivative_of_b3 = derivative_of("b3", "That first link stands in all seven. Six to go, and the hardest part is done.")
derivative_of_w4 = derivative_of("w4", "Only the last link is new: what the weight multiplies.")
derivative_of_w3 = derivative_of("w3", "The same as for w4, at the other node.")
derivative_of_b2 = derivative_of(
    "b2", "The way back leads through the weight w4 and through the bend. The bend’s slope is taken at x2."
)
derivative_of_w2 = derivative_of(
    "w2", "Everything but the last link is b2’s. A program that is in a hurry works that out once."
)
derivative_of_b1 = derivative_of("b1", "Through w3 this time, and the bend’s slope at x1.")
derivative_of_w1 = derivative_of("w1", "That is all seven, from the last bias back to the first weight.")
