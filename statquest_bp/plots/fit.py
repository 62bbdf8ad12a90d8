"""The data, the squiggle through it, and the residuals between the two."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes

from statquest_bp.data import Dataset
from statquest_bp.digits import exact
from statquest_bp.network import Network
from statquest_bp.plots.names import name_axes, readable
from statquest_bp.plots.style import (
    OBSERVED,
    OUTPUTS,
    PREDICTION,
    RESIDUAL,
    across,
    course_look,
    moving_line,
    moving_text,
)

__all__ = ["Fit", "draw_fit"]


MANY = 30  # observed values: above, they are drawn smaller, and their predictions are not marked


class Fit:
    """The artists of `draw_fit`: `observed` stands still; `squiggle`, `residuals`, `predicted`, `labels` move.

    They show one `output` of the network, each in its own look; `numbers` tells whether residuals have their length
    beside them.
    """

    def __init__(
        self,
        ax: Axes,
        network: Network,
        data: Dataset,
        show_residuals: bool,
        numbers: bool = True,
        output: int = 0,
    ) -> None:
        self.data, self.output = data, output
        self._x = data.inputs[:, 0]
        self._grid = across(ax)
        self._show_residuals = show_residuals
        self._few = data.observed.size <= MANY
        color, dash, marker = OUTPUTS[output % len(OUTPUTS)]
        (self.observed,) = ax.plot(
            self._x,
            data.observed[:, output],
            marker,
            color=OBSERVED if data.observed.shape[1] == 1 else color,
            markersize=11 if self._few else 7,
            clip_on=False,
            zorder=3,
        )
        self.squiggle = moving_line(ax, color=color, linewidth=3.5, linestyle=dash, zorder=4)
        self.residuals = moving_line(ax, color=RESIDUAL, linewidth=3, linestyle="--", zorder=5)
        self.chosen = moving_line(ax, color=RESIDUAL, linewidth=6, solid_capstyle="butt", zorder=5)
        self.predicted = moving_line(
            ax, color=color, linestyle="None", marker=marker, markersize=8, markeredgecolor="white", zorder=6
        )
        self.prediction = moving_line(ax, color=PREDICTION, linestyle="None", marker="D", markersize=11, zorder=7)
        self.labels = [moving_text(ax, va="center", zorder=8) for _ in self._x] if show_residuals and numbers else []
        self.update(network)

    def update(
        self, network: Network, chosen: int | None = None, predicted: npt.NDArray[np.float64] | None = None
    ) -> None:
        """Move everything to `network`; the residual of the point `chosen` (an index) is drawn boldly.

        `predicted` is what it predicts at the data's inputs, (n, n_out), where that is known already.
        """
        predicted = (network.predict(self.data.inputs) if predicted is None else predicted)[:, self.output]
        observed = self.data.observed[:, self.output]
        self.squiggle.set_data(self._grid, network.predict(self._grid)[:, self.output])
        if self._few:
            self.predicted.set_data(self._x, predicted)
        if not self._show_residuals:
            return
        gaps = np.full_like(predicted, np.nan)
        self.residuals.set_data(
            np.column_stack([self._x, self._x, gaps]).ravel(), np.column_stack([observed, predicted, gaps]).ravel()
        )
        bold = [] if chosen is None else [chosen]
        self.chosen.set_data(np.repeat(self._x[bold], 2), np.column_stack([observed[bold], predicted[bold]]).ravel())
        if not self.labels:
            return
        low, high = self.squiggle.axes.get_ylim()
        edge = 0.06 * (high - low)
        for label, x, o, p in zip(self.labels, self._x, observed, predicted, strict=True):
            right_edge = x == self._x.max()
            # beside the middle of a long residual; beyond the dot of a short one, where the squiggle isn't
            height = (o + p) / 2 if abs(o - p) > 3 * edge else o + np.copysign(edge, o - p)
            label.set_position((x + (-0.02 if right_edge else 0.02), min(max(height, low + edge), high - edge)))
            label.set_horizontalalignment("right" if right_edge else "left")
            label.set_text(exact(o - p, 2) if abs(o - p) >= 0.005 else "")


@course_look()
def draw_fit(
    ax: Axes, network: Network, data: Dataset, residuals: bool = True, ylim: tuple[float, float] = (-4, 3)
) -> Fit:
    """Draw one-input `data`, the network's squiggle and (if wanted) each residual, dashed, with its length beside it.

    `fit.update(network)` moves them. `ylim` is fixed from the start: what moves never rescales the axes.
    """
    low, high = float(data.inputs.min()), float(data.inputs.max())
    margin = 0.04 * (high - low or 1.0)
    ax.set(xlim=(low - margin, high + margin), ylim=ylim)
    name_axes(ax, readable(data.input_names[0]), readable(data.observed_names[0]))
    return Fit(ax, network, data, residuals)
