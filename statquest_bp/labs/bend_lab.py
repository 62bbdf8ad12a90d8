"""BendLab: a point on the bend of the hidden nodes; what goes in is dragged, what comes out follows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from statquest_bp.activations import softplus
from statquest_bp.digits import bracketed, exact
from statquest_bp.fit import Fitted, fitted
from statquest_bp.labs.controls import Slider
from statquest_bp.labs.given import LESSON, lesson_network
from statquest_bp.labs.lab import Lab
from statquest_bp.labs.view import Digits, View
from statquest_bp.network import Network
from statquest_bp.plots import new_figure
from statquest_bp.plots.style import NODES, OBSERVED, course_look, moving_line, moving_text

__all__ = ["BendLab"]

REACH = 5.0  # of x, to both sides of 0


class SeenBend(NamedTuple):
    """How well the network fits, what goes into the bend and what comes out, and at which dose each node is there."""

    fit: Fitted
    x: float
    y: float
    doses: tuple[float, float]

    @property
    def there(self) -> Iterator[tuple[int, float]]:
        """The nodes, from 1 up, whose sum is x at a dose from 0 to 1, and that dose."""
        return ((node, dose) for node, dose in enumerate(self.doses, start=1) if 0 <= dose <= 1)


class BendView(View[float, SeenBend]):
    """The bend, with the stretch of it that each node uses. The state is x."""

    def __init__(self, network: Network) -> None:
        self._fit = fitted(network, LESSON)
        self.figure, (ax,) = new_figure("softplus: y = log(1 + eˣ)", height=330)
        ax.set(xlim=(-REACH - 0.2, REACH + 0.2), ylim=(-0.35, REACH + 0.35))
        ax.set_xlabel("x, the sum that goes in")
        ax.set_ylabel("y, what comes out")
        x = np.linspace(-REACH, REACH, 121)
        with course_look():
            ax.plot(x, softplus(x), color="#8C8C8C", linewidth=2.5, zorder=2)
            stretches = network.forward(np.linspace(0, 1, 41)).sums[0].T
            for node, (sums, color, beside) in enumerate(zip(stretches, NODES, (-0.07, 0.07), strict=True), start=1):
                words = f"node {node}, from dose 0 to 1"  # its stretch beside the other's, where both use the same
                look = {"color": color, "linewidth": 5, "solid_capstyle": "butt", "label": words, "zorder": 3}
                ax.plot(sums, softplus(sums) + beside, **look)
            ax.legend(loc="lower right")
        self.drop = moving_line(ax, color=OBSERVED, linewidth=1.2, linestyle=":", zorder=4)
        self.point = moving_line(ax, color=OBSERVED, linestyle="None", marker="o", markersize=13, zorder=5)
        self.words = moving_text(ax, va="top", zorder=6, fontsize=16)
        self.words.set_position((-REACH + 0.1, REACH))

    def seen(self, state: float) -> SeenBend:
        """What comes out of the bend, and where the nodes are when it goes in."""
        network = self._fit.network
        with np.errstate(all="ignore"):
            doses = (np.float64(state) - network.biases[0]) / network.weights[0][:, 0]
        first, second = np.where(np.isfinite(doses), doses.round(9), -1.0).tolist()  # 1.0000000000000002 means 1
        return SeenBend(self._fit, state, float(softplus(state)), (first, second))

    def draw(self, seen: SeenBend, number: Digits) -> None:
        """Move the point along the bend."""
        ax = self.point.axes
        self.point.set_data([seen.x], [seen.y])
        self.drop.set_data([seen.x, seen.x, ax.get_xlim()[0]], [ax.get_ylim()[0], seen.y, seen.y])
        self.words.set_text(f"x = {number(seen.x)},  y = {number(seen.y)}")

    def mark(self, prediction: float | None, seen: SeenBend) -> None:
        """Nothing: nothing is predicted here."""

    def readout(self, seen: SeenBend, number: Digits) -> str:
        """The bend with the number in it, and which node is there at which dose."""
        x, power = bracketed(number(seen.x)), float(np.exp(seen.x))
        nodes = [f"Node {node} is here at dose {exact(dose, 2)}." for node, dose in seen.there]
        told = " ".join(nodes) or "Neither node comes here, at any dose from 0 to 1."
        return f"y = log(1 + e^{x}) = log(1 + {number(power)}) = <strong>{number(seen.y)}</strong><br>{told}"

    def label(self, seen: SeenBend, number: Digits) -> str:
        """The picture in words."""
        stretches = self._fit.network.forward([0, 1]).sums[0].T
        used = ", ".join(
            f"node {node} from x = {exact(start, 2)} to {exact(end, 2)}"
            for node, (start, end) in enumerate(stretches.tolist(), start=1)
        )
        return (
            f"The bend, y = log(1 + e^x), from x = {exact(-REACH, 0)} to {exact(REACH, 0)}: level at the left, "
            f"straight at the right. From dose 0 to 1 the nodes use a stretch of it: {used}. The point is at x = "
            f"{number(seen.x)}, y = {number(seen.y)}."
        )

    def code(self, seen: SeenBend) -> str:
        """The bend at x."""
        return (
            "from statquest_bp.activations import softplus\n\n"
            f'print(f"softplus({seen.x!r}) = {{softplus({seen.x!r}):.4f}}")'
        )

    def summary(self, seen: SeenBend) -> str:
        """What goes in, and what comes out."""
        return f"x = {exact(seen.x, 2)}, y = {exact(seen.y)}"


class BendLab(Lab[float, SeenBend]):
    """A point on softplus: a slider moves x, from −5 to 5, and y follows.

    Thick stretches show which part of the bend each hidden node of `network` uses (None: the lesson's optimum).
    ValueError for another kind of network.
    """

    view: BendView

    def __init__(self, network: Network | None = None) -> None:
        slider = Slider[float]("x", -REACH, REACH, lambda state: state, lambda _, value: value, start=0.0)
        super().__init__(0.0, BendView(lesson_network(network)), [slider], [])
