"""ForwardLab: a dose goes through the network, and every number on its way moves with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from statquest_bp.data import Dataset
from statquest_bp.digits import bracketed
from statquest_bp.fit import Fitted, fitted
from statquest_bp.flow import flow
from statquest_bp.labs.controls import Slider
from statquest_bp.labs.given import LESSON, lesson_network
from statquest_bp.labs.lab import Lab
from statquest_bp.labs.snippets import network_code
from statquest_bp.labs.view import Digits, View
from statquest_bp.network import Network
from statquest_bp.plots import draw_diagram, new_figure
from statquest_bp.plots.diagram import FORWARD_SIZE
from statquest_bp.plots.diagram_layout import FORWARD

__all__ = ["ForwardLab"]


class SeenForward(NamedTuple):
    """How well the network fits, the dose on its way, and every number there, by its name."""

    fit: Fitted
    dose: float
    values: Mapping[str, float]


class ForwardView(View[float, SeenForward]):
    """The network as a diagram that ends at the prediction. The state is the dose."""

    def __init__(self, network: Network) -> None:
        self._fit = fitted(network, LESSON)
        self.figure, (ax,) = new_figure("", height=FORWARD_SIZE[1])
        ax.set_position((0, 0, 1, 1))
        self.diagram = draw_diagram(ax, network, LESSON, back=False)

    def seen(self, state: float) -> SeenForward:
        """Every number that the dose makes on its way."""
        return SeenForward(self._fit, state, flow(self._fit.network, Dataset([state], [0.0]), 0))

    def draw(self, seen: SeenForward, number: Digits) -> None:
        """Write the numbers, and move the dots on the curves in the nodes."""
        self.diagram.update(seen.fit.network, number=number, values=seen.values)

    def mark(self, prediction: float | None, seen: SeenForward) -> None:
        """Nothing: nothing is predicted here."""

    def readout(self, seen: SeenForward, number: Digits) -> str:
        """The way of the dose, line by line, and the prediction."""
        told = {name: number(value) for name, value in seen.values.items()}
        inside = {name: bracketed(text) for name, text in told.items()}
        nodes = [
            f"Node {i}: x{i} = {told['Input']} × {inside[f'w{i}']} + {inside[f'b{i}']} = {told[f'x{i}']}, "
            f"bent to y{i} = {told[f'y{i}']}"
            for i in (1, 2)
        ]
        sum_ = f"{told['y1']} × {inside['w3']} + {told['y2']} × {inside['w4']} + {inside['b3']}"
        return "<br>".join([*nodes, f"Predicted = {sum_} = <strong>{told['Predicted']}</strong>"])

    def label(self, seen: SeenForward, number: Digits) -> str:
        """The diagram in words."""
        told = ", ".join(f"{name} = {number(seen.values[name])}" for name in FORWARD)
        parameters = ", ".join(f"{name} = {number(value)}" for name, value in seen.fit.network.parameters.items())
        return (
            f"The network from left to right: {told}. The parameters: {parameters}. The lines of the weights are the "
            "thicker the farther a weight is from 0, and dashed below 0. "
            f"{self.diagram.pictures.describe(seen.fit.network)}"
        )

    def code(self, seen: SeenForward) -> str:
        """The forward pass for this dose."""
        return (
            "from statquest_bp import statquest_network\n\n"
            f"passed = {network_code(seen.fit.network)}.forward([{seen.dose!r}])\n"
            'print("x:", passed.sums[0][0], "y:", passed.outputs[0][0])\n'
            'print(f"predicted = {passed.predicted[0, 0]:.4f}")'
        )

    def summary(self, seen: SeenForward) -> str:
        """The dose, and what is predicted for it."""
        return f"dose {seen.dose:.2f}, predicted {seen.values['Predicted']:.4f}"


class ForwardLab(Lab[float, SeenForward]):
    """The forward pass as a diagram: a slider moves the dose, and every number follows.

    `network` is the one it goes through (None: the lesson's optimum), `dose` where it begins, from 0 to 1. ValueError
    for another dose and for another kind of network.
    """

    view: ForwardView

    def __init__(self, network: Network | None = None, dose: float = 0.5) -> None:
        if not 0 <= dose <= 1:
            raise ValueError(f"dose must be a number from 0 to 1; got {dose!r}")
        slider = Slider[float]("dose", 0, 1, lambda state: state, lambda _, value: value, start=dose)
        super().__init__(float(dose), ForwardView(lesson_network(network)), [slider], [])
