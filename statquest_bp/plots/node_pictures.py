"""Small pictures in nodes: what each has learned to put out, from the lowest input on the left to the highest."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes

from statquest_bp.data import Dataset
from statquest_bp.network import Network
from statquest_bp.plots import diagram_layout as layout
from statquest_bp.plots.style import AXIS_END, OBSERVED, moving_line

__all__ = ["NodePictures", "way", "within"]

Array = npt.NDArray[np.float64]
WIDTH, HEIGHT = 66.0, 24.0  # of a picture, in points
POINTS = 41  # on a curve


class NodePictures:
    """In the diagram's y1, y2 and Predicted: `curves` against the input, `dots` where the values on show lie on them.

    Predicted has what was `observed` beside its curve. The curves of y1 and y2 are as high as their box has room for,
    with 0 in it.
    """

    def __init__(self, ax: Axes, data: Dataset) -> None:
        self._data = data
        inputs = data.inputs[:, 0]
        self._grid = np.linspace(inputs.min(), inputs.max(), POINTS)
        look = {"linestyle": "None", "marker": "o", "zorder": 7}
        colors = {name: layout.COLORS[name] for name in layout.PICTURES}
        self.curves = {name: moving_line(ax, color=color, linewidth=2, zorder=6) for name, color in colors.items()}
        self.observed = moving_line(ax, color=OBSERVED, markersize=4, **look)
        self.dots = {name: moving_line(ax, color=color, markersize=8, **look) for name, color in colors.items()}

    def update(self, network: Network, values: Mapping[str, float], shown: Collection[str]) -> None:
        """Draw the curves of `network`, and dots at those `values` that are `shown`."""
        passed, observed = network.forward(self._grid), self._data.observed[:, 0]
        heights = {f"y{i}": y for i, y in enumerate(passed.outputs[0].T, start=1)}
        heights |= {"Predicted": passed.predicted[:, 0]}
        for name, (x, y) in layout.PICTURES.items():
            beside = observed if name == "Predicted" else np.zeros(1)
            along = x + WIDTH * within([*self._grid, values["Input"], *self._data.inputs[:, 0]], self._grid)
            upward = y + HEIGHT * within([*heights[name], values[name], *observed], [*heights[name], *beside])
            self.curves[name].set_data(along[:POINTS], upward[:POINTS])
            at = slice(POINTS, POINTS + (name in shown and "Input" in shown))
            self.dots[name].set_data(along[at], upward[at])
            if name == "Predicted":
                self.observed.set_data(along[POINTS + 1 :], upward[POINTS + 1 :])

    def describe(self, network: Network) -> str:
        """What is seen: how each curve goes, from left to right."""
        passed = network.forward(self._grid)
        curves = dict(zip(self.curves, [*passed.outputs[0].T, passed.predicted[:, 0]], strict=True))
        how = ", ".join(f"{name} {way(heights)}" for name, heights in curves.items())
        return f"Small curves in the nodes show what comes out for every input, from left to right: {how}."


def way(heights: Array) -> str:
    """How a curve goes, from left to right, in words."""
    with np.errstate(all="ignore"):
        steps = np.diff(heights)
        signs = np.sign(steps[np.abs(steps) > 1e-9 * np.abs(heights).max()])
    turns = [sign for i, sign in enumerate(signs) if i == 0 or sign != signs[i - 1]]
    return ", then ".join("rises" if sign > 0 else "falls" for sign in turns) or "is level"


def within(values: npt.ArrayLike, extent: npt.ArrayLike) -> Array:
    """Where `values` lie between the lowest and the highest of `extent`: from −0.5 to 0.5, and 0 where all are one."""
    held, reach = (np.nan_to_num(each, nan=0.0).clip(-AXIS_END, AXIS_END) for each in (values, extent))
    low, high = reach.min(), reach.max()
    return np.zeros_like(held) if low == high else np.asarray((held - low) / (high - low) - 0.5)
