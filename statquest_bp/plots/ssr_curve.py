"""The SSR against one parameter: the curve, where we are on it, its slope there, and the steps taken along it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes

from statquest_bp.data import Dataset
from statquest_bp.landscape import ssr_along
from statquest_bp.network import Network
from statquest_bp.plots.style import PREDICTION, SLOPE, SSR, across, course_look, draw_through, moving_line, moving_text

__all__ = ["SSRCurve", "draw_ssr_curve"]


class SSRCurve:
    """The artists of `draw_ssr_curve`: `curve`, `tried` points, `here`, `tangent`, `step` and `prediction` all move."""

    def __init__(self, ax: Axes, network: Network, data: Dataset, parameter: str) -> None:
        self.ax, self.data, self.parameter = ax, data, parameter
        self.grid = across(ax)
        self.curve = moving_line(ax, color=SSR, linewidth=2.5, zorder=3)
        self.prediction = moving_line(ax, color=PREDICTION, linewidth=3, linestyle=":", zorder=3)
        self.prediction_name = moving_text(ax, ha="center", va="top", zorder=9)
        self.tried = moving_line(ax, color=SSR, linestyle="None", marker="o", markersize=6, zorder=4)
        self.tangent = moving_line(ax, color=SLOPE, linewidth=3, zorder=5)
        self.step = moving_line(ax, color=SLOPE, linewidth=2.5, linestyle="--", zorder=6)
        self.here = moving_line(
            ax, color="black", linestyle="None", marker="o", markersize=11, markeredgecolor="white", zorder=7
        )
        self.show_curve(network)

    def show_curve(self, network: Network, shown: bool = True) -> None:
        """Draw the whole curve for `network`'s other parameters, or hide it."""
        ssr = ssr_along(network, self.data, self.parameter, self.grid) if shown else np.full_like(self.grid, np.nan)
        self.curve.set_data(self.grid, ssr)

    def update(self, value: float, ssr: float, slope: float | None = None, step_to: float | None = None) -> None:
        """Move the point to (`value`, `ssr`), with a tangent of this `slope` and the next step, where given."""
        self.here.set_data([value], [ssr])
        draw_through(self.tangent, None if slope is None else self._tangent(value, ssr, slope))
        floor = self.ax.get_ylim()[0]
        draw_through(self.step, None if step_to is None else ([value, step_to, step_to], [ssr, ssr, floor]))

    def show_tried(self, values: Sequence[float] | npt.ArrayLike, ssrs: Sequence[float] | npt.ArrayLike) -> None:
        """Mark these points on the curve."""
        self.tried.set_data(values, ssrs)

    def show_prediction(self, value: float | None) -> None:
        """Mark what the learner predicted with a dotted upright line; None takes it away."""
        low, high = self.ax.get_ylim()
        draw_through(self.prediction, None if value is None else ([value, value], [low, high]))
        self.prediction_name.set_text("" if value is None else "you predicted")
        self.prediction_name.set_horizontalalignment("center")
        self.prediction_name.set_position((value or 0.0, high - 0.02 * (high - low)))

    def show_predicted_slope(self, value: float, ssr: float, slope: float | None) -> None:
        """Draw the slope that the learner predicted at (`value`, `ssr`), dotted; None takes it away."""
        xs, ys = self._tangent(value, ssr, slope or 0.0)
        draw_through(self.prediction, None if slope is None else (xs, ys))
        self.prediction_name.set_text("" if slope is None else "you predicted")
        self.prediction_name.set_position((xs[1] + 0.1, ys[1]))
        self.prediction_name.set_horizontalalignment("left")

    def _tangent(self, value: float, ssr: float, slope: float) -> tuple[list[float], list[float]]:
        """The ends of the tangent at (`value`, `ssr`), its xs and ys: it looks equally long however steep it is."""
        width, height = np.diff(self.ax.get_xlim())[0], np.diff(self.ax.get_ylim())[0]
        aspect = self.ax.bbox.height / self.ax.bbox.width
        run = float(0.22 * width / np.hypot(1.0, slope * width / height * aspect))
        return [value - run, value + run], [ssr - slope * run, ssr + slope * run]


@course_look()
def draw_ssr_curve(
    ax: Axes,
    network: Network,
    data: Dataset,
    parameter: str,
    values: tuple[float, float],
    ylim: tuple[float, float] | None = None,
) -> SSRCurve:
    """Draw the SSR for `parameter` between the two `values`, the others staying as they are in `network`.

    `ylim` fixes the heights shown; None takes those of the curve.

    `update` moves the point on it, `show_curve` redraws the curve for other parameters.
    """
    if ylim is None:
        top = float(ssr_along(network, data, parameter, np.linspace(*values, 201)).max())
        ylim = (-0.05 * top, 1.07 * top)
    ax.set(xlim=values, ylim=ylim, xlabel=parameter, ylabel="SSR")
    return SSRCurve(ax, network, data, parameter)
