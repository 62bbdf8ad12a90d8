"""What each function of notebook 10's program is held to: the package's own, and the cases to try both on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import takewhile
from typing import Any

import numpy as np

from statquest_bp import chain_rule
from statquest_bp.activations import softplus
from statquest_bp.course.final_review import model
from statquest_bp.data import Dataset
from statquest_bp.data import dosage as lesson_data
from statquest_bp.exercises.derivative_on_trial import whole_program
from statquest_bp.exercises.own_code import Wanted
from statquest_bp.exercises.trial_cases import Case, columns_of, lesson_and_made_up
from statquest_bp.gradient_descent import CLOSE_TO_0, descend
from statquest_bp.network import Network
from statquest_bp.video import DETAILS_1, DETAILS_2, LEARNING_RATE, OPTIMAL, statquest_network

STOP = (CLOSE_TO_0, 1000)  # min_step and max_steps, as in the lesson
SLOW = (0.01, 1e-6, 10_000)  # rate, min_step and max_steps with which all seven get to the video's fit


def all_five(dosage: Any, p: Any, activation: str = "softplus") -> Any:
    """x1, y1, x2, y2 and predicted, a row each."""
    passed = Network.from_parameters((1, 2, 1), p, activation).forward(dosage)
    (x1, x2), (y1, y2) = passed.sums[0].T, passed.outputs[0].T
    return np.array([x1, y1, x2, y2, passed.predicted[:, 0]])


def slopes_of_all(dosage: Any, observed: Any, p: Any) -> dict[str, float]:
    """All seven derivatives by name."""
    return dict(chain_rule.gradient(Network.from_parameters((1, 2, 1), p), Dataset(dosage, observed)))


def moved(p: Any, slopes: Any, rate: Any) -> Any:
    """p after one step with these slopes."""
    return p | {name: p[name] - rate * slopes[name] for name in slopes}


def descended(dosage: Any, observed: Any, p: Any, names: Any, rate: Any, min_step: Any, max_steps: Any) -> Any:
    """Where gradient descent ends."""
    net, data = Network.from_parameters((1, 2, 1), p), Dataset(dosage, observed)
    return dict(descend(net, data, rate, names, max_steps, min_step).final.parameters)


def _derivative(parameter: str) -> Wanted:
    def package(dosage: Any, observed: Any, p: Any) -> float:
        return slopes_of_all(dosage, observed, p)[parameter]

    return Wanted(package, CASES)


def _observed_and_predicted(net: Network, data: Dataset) -> tuple[Any, ...]:
    return data.observed[:, 0], columns_of(net, data).predicted


def _slopes_at(name: str, names: Sequence[str]) -> Case:
    net = statquest_network(b3=1)
    slopes = {each: round(chain_rule.gradient(net, lesson_data())[each], 2) for each in names}
    return Case(name, (dict(net.parameters), slopes, LEARNING_RATE))


def _walk(name: str, start: Any, names: list[str], rate: float, min_step: float, max_steps: int) -> Case:
    return Case(name, (*whole_program(statquest_network(**start), lesson_data()), names, rate, min_step, max_steps))


CASES = lesson_and_made_up(whole_program)
OF_THE_LOOP = (
    _walk("b3 alone, from 0", {"b3": 0.0}, ["b3"], LEARNING_RATE, *STOP),
    _walk("w3 and w4, and 100 steps at most", DETAILS_1, ["w3", "w4"], LEARNING_RATE, STOP[0], 100),
    _walk("all seven, and 5 steps at most", DETAILS_2, list(DETAILS_2), SLOW[0], 0.0, 5),
    _walk("all seven, and a single step", DETAILS_2, list(DETAILS_2), SLOW[0], 0.0, 1),
)
TO_THE_FIT = (
    _walk("the start of “Details Pt. 2”", DETAILS_2, list(DETAILS_2), *SLOW),
    _walk("the start of “Details Pt. 1”", DETAILS_1, list(DETAILS_1), LEARNING_RATE, *SLOW[1:]),
)
ALL: Mapping[str, Wanted] = {  # in the order in which they are written
    "softplus": Wanted(
        softplus, (Case("one number", (0.5,)), Case("an array of three", (np.array([-0.75, 0.0, 2.0]),)))
    ),
    "forward": Wanted(all_five, [case._replace(arguments=case.arguments[::2]) for case in CASES]),
    "ssr": Wanted(model.ssr, lesson_and_made_up(_observed_and_predicted)),
    **{f"d_ssr_d_{name}": _derivative(name) for name in statquest_network().backward_order},
    "gradient": Wanted(slopes_of_all, CASES),
    "step": Wanted(
        moved,
        (
            _slopes_at("the lesson’s network, and a slope for b3 only", ["b3"]),
            _slopes_at("slopes for three parameters", list(DETAILS_1)),
            _slopes_at("slopes for all seven", list(OPTIMAL)),
        ),
    ),
    "descend": Wanted(descended, OF_THE_LOOP),
}
WHOLE = Wanted(descended, TO_THE_FIT + OF_THE_LOOP)  # a program with a loop that is refused isn't right


def before(name: str) -> dict[str, Wanted]:
    """What the functions that are written before this one are held to."""
    return dict(takewhile(lambda item: item[0] != name, ALL.items()))
