"""DerivativeOnTrial: a derivative that the learner wrote, held to the package and to the learner's own SSR, nudged."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from statquest_bp.chain_rule import chain
from statquest_bp.data import Dataset
from statquest_bp.data import dosage as lesson_data
from statquest_bp.digits import short
from statquest_bp.exercises.code_on_trial import NUDGE
from statquest_bp.exercises.derivative_slips import slips_of_derivative
from statquest_bp.exercises.exercise import Verdict
from statquest_bp.exercises.given import Given, Trouble
from statquest_bp.exercises.handed_over import in_its_notebook
from statquest_bp.exercises.link_slips import written_out
from statquest_bp.exercises.own_code import OwnCode, Wanted, distinct
from statquest_bp.exercises.trial import try_out
from statquest_bp.exercises.trial_cases import Case, Function
from statquest_bp.network import Network
from statquest_bp.video import statquest_network

__all__ = ["DerivativeOnTrial", "whole_program"]

COUNTS = {2: "Two", 3: "Three", 4: "Four"}


class DerivativeOnTrial(OwnCode):
    """dSSR/d`parameter` as a function of the dosages, what was observed, and p, the seven parameters by name.

    `own_forward` and `own_ssr` are the learner's functions from before, if there are any: they are nudged as well, and
    where they disagree with the package, that is told. What differs is told for each point by itself, too. `wanted`,
    `model` and `earlier` are those of OwnCode.
    """

    def __init__(
        self,
        parameter: str,
        attempt: Any,
        own_forward: Any,
        own_ssr: Any,
        wanted: Wanted,
        model: Function,
        why: str,
        earlier: Mapping[str, Wanted],
    ) -> None:
        self._own = (own_forward, own_ssr)
        lesson = chain(statquest_network(), lesson_data(), parameter)
        passed = ", ".join([*(link.top for link in lesson.links), parameter])

        super().__init__(
            f"{model.__name__} should give dSSR/d{parameter}: one number, with all the points in it.",
            attempt,
            wanted,
            model,
            distinct(slips_of_derivative(parameter), wanted),
            hints=[
                f"On the way from the SSR back to {parameter} you pass {passed}. {COUNTS[len(lesson.links)]} links.",
                f"{lesson}",
                f"{written_out(lesson)}. In Python, Σ is .sum() around the whole product.",
            ],
            why=why,
            earlier=earlier,
            parameter=parameter,
        )

    def _judge(self) -> Verdict:
        verdict = super()._judge()
        if verdict.mood != "right":
            return verdict
        return Verdict(" ".join([f"{verdict.text} The package agrees.", *self._nudged(self.cases[0])]), "right")

    def _where(self, i: int, wanted: Given, given: Given) -> list[str]:
        case = self.cases[i]
        return [*super()._where(i, wanted, given), *self._point_by_point(case), *self._nudged(case)]

    def _point_by_point(self, case: Case) -> list[str]:
        """What the function gives for each point alone: where it goes wrong, if not in the adding up."""
        dosage, observed, p = case.arguments
        told, points = [], range(len(dosage))
        for i in points:
            alone = Case(case.name, (dosage[[i]], observed[[i]], p))
            try:
                mine, right = try_out(self.attempt, alone), try_out(self.reference, alone)
            except Trouble:
                return []
            if mine.numbers.size != 1:
                return []
            if not mine.same_as(right):
                values = (short(result.numbers.item()) for result in (mine, right))
                told.append("dosage {} gives {} where {} is right".format(short(dosage[i]), *values))
        if not told:
            return ["Each point by itself comes out right. So look at how they are added up."]
        return [f"By itself, {'; '.join(told)}. The rest is right." if len(told) < len(points) else f"{_one(told)}."]

    def _nudged(self, case: Case) -> list[str]:
        """What the learner's own SSR says when the parameter is nudged; nothing where it can't be had."""
        forward, ssr = (in_its_notebook(own) or own for own in self._own)
        name = self.parameter

        def slope(dosage: Any, observed: Any, p: Any) -> Any:
            down, up = (ssr(observed, forward(dosage, {**p, name: p[name] + by})[-1]) for by in (-NUDGE, NUDGE))
            return (up - down) / (2 * NUDGE)

        if not callable(forward) or not callable(ssr):
            return []
        try:
            measured = try_out(slope, case).numbers
        except Trouble:
            return []
        if measured.size != 1:
            return []
        words = f"Your own forward and ssr, nudged, give {short(measured.item())}"
        if np.allclose(measured, try_out(self.reference, case).numbers, rtol=1e-4, atol=1e-4):
            return [f"{words} as well."]
        return [f"{words}. So one of those two is off: look at their cards first."]


def whole_program(net: Network, data: Dataset) -> tuple[Any, ...]:
    """What every function of the program gets: the dosages, what was observed, and the parameters by name."""
    return data.inputs[:, 0], data.observed[:, 0], dict(net.parameters)


def _one(told: list[str]) -> str:
    """Off at every point: one of them is enough to work with, one that isn't 0 on both sides."""
    return f"No point comes out right. Take one alone: {told[-1]}"
