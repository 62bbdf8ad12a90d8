"""Where many starts end, in three pictures: their fits, how good they are, and two of their parameters."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.lines import Line2D

from statquest_bp.data import Dataset
from statquest_bp.fit import level_line_ssr
from statquest_bp.many_starts import ManyRuns
from statquest_bp.network import Network
from statquest_bp.plots.predictions import draw_predictions
from statquest_bp.plots.style import NODES, PREDICTION, SLOPE, around, course_look, moving_line, moving_text

__all__ = ["Starts", "draw_starts"]

COLORS = {
    "fit": NODES[0],
    "in between": PREDICTION,
    "swinging": NODES[1],
    "level line": "#7A7A7A",
    "diverged": SLOPE,
}
CURVES = 100  # drawn at most: more of them would only cover each other
# The axis of the SSR ends at these shares of a level line's SSR; a better or a worse fit is counted at its end.
BEST_SHARE, WORST_SHARE = 1e-6, 1e2
BINS = 40


class Starts:
    """The artists of `draw_starts`: `still` ones are drawn anew by `show`, `chosen` is moved by `choose`."""

    def __init__(self, axes: Sequence[Axes], like: Network, data: Dataset) -> None:
        self.data, (self._fits, self._heights, self._places) = data, axes
        self.still: list[Artist] = []
        level = level_line_ssr(data) or 1.0
        self._range = BEST_SHARE * level, WORST_SHARE * level
        names = list(like.parameters)
        inputs, nodes = like.sizes[:2]
        self.x, self.y = names[0], names[inputs + 1] if nodes > 1 else names[1]  # the first weights of two nodes
        self._curves, self._has_mirror = inputs == 1, nodes > 1
        self.fit = draw_predictions(self._fits, like, data)
        self.height = moving_line(self._heights, color="black", linewidth=2.5, zorder=5)
        self.way = moving_line(self._places, color="black", linewidth=1.5, linestyle=":", zorder=5)
        ring = {"linestyle": "None", "marker": "o", "markeredgecolor": "black", "markeredgewidth": 2.5}
        self.place = moving_line(self._places, color="white", markersize=12, zorder=6, **ring)
        self.predicted = moving_text(self._heights, ha="left", va="top", zorder=6)
        self._heights.set(xscale="log", xlim=self._range, xlabel="SSR at the end", ylabel="starts")
        mirror = "; dotted: nodes swap" if self._has_mirror else ""
        self._places.set(xlabel=f"{self.x} at the end{mirror}", ylabel=f"{self.y} at the end")

    @course_look()
    def show(self, runs: ManyRuns, groups: npt.NDArray[np.str_]) -> None:
        """Draw where these `runs` end, each in the colour of its group; what stands still must be drawn again."""
        for artist in self.still:
            artist.remove()
        self.still = []
        if self._curves:
            self._show_curves(runs, groups)
        self._show_heights(runs, groups)
        self._show_places(runs, groups)
        counts = {name: int((groups == name).sum()) for name in COLORS}
        handles = [Line2D([], [], color=COLORS[name], linewidth=8) for name, count in counts.items() if count]
        texts = [f"{name}: {count:,}" for name, count in counts.items() if count]
        figure = self._fits.figure
        look = {"loc": "lower center", "ncols": len(texts), "frameon": False, "handlelength": 1.2, "borderaxespad": 0.1}
        self.still.append(figure.legend(handles, texts, **look))

    def choose(self, start: Network, end: Network, ssr: float) -> None:
        """Mark the run from `start` to `end`, and how good it is, in all three pictures."""
        self.fit.update(end)
        self.height.set_data([min(max(ssr, self._range[0] * 1.2), self._range[1] / 1.2)] * 2, self._heights.get_ylim())
        xs, ys = ([net.parameters[name] for net in (start, end)] for name in (self.x, self.y))
        self.way.set_data(xs, ys)
        self.place.set_data(xs[1:], ys[1:])

    def predict(self, text: str) -> None:
        """Write what the learner predicted into the middle picture; "" takes it away."""
        self.predicted.set_text(text)
        self.predicted.set_position((self._range[0] * 2.0, 0.97 * self._heights.get_ylim()[1]))

    def _show_curves(self, runs: ManyRuns, groups: npt.NDArray[np.str_]) -> None:
        low, high = self._fits.get_xlim()
        grid = np.linspace(low, high, 51)
        some = np.linspace(0, len(runs) - 1, min(len(runs), CURVES)).round().astype(int)
        far = 10.0 * np.ptp(self._fits.get_ylim())
        curves = [np.column_stack([grid, runs.network(k).predict(grid)[:, 0].clip(-far, far)]) for k in some.tolist()]
        colors = [COLORS[group] for group in groups[some]]
        drawing = LineCollection(curves, colors=colors, linewidths=1.0, alpha=0.35, zorder=1)
        self.still.append(self._fits.add_collection(drawing, autolim=False))

    def _show_heights(self, runs: ManyRuns, groups: npt.NDArray[np.str_]) -> None:
        edges = np.geomspace(*self._range, BINS + 1)
        heights = runs.ssr.clip(edges[0], edges[-1])
        below = np.zeros(BINS)
        for name, color in COLORS.items():
            counts, _ = np.histogram(heights[groups == name], edges)
            bars = self._heights.bar(edges[:-1], counts, np.diff(edges), below, align="edge", color=color, zorder=2)
            self.still.extend(bars)
            below += counts
        self._heights.set(xlim=self._range, ylim=(0, 1.15 * below.max()))

    def _show_places(self, runs: ManyRuns, groups: npt.NDArray[np.str_]) -> None:
        xs, ys = runs.parameters[self.x], runs.parameters[self.y]
        ended = groups != "diverged" if (groups != "diverged").any() else np.full(len(groups), True)
        limits = around(np.percentile([xs[ended], ys[ended]], [0.5, 99.5]), 0.1)
        self._places.set(xlim=limits, ylim=limits)
        for name, color in COLORS.items():
            of = groups == name
            self.still += self._places.plot(xs[of], ys[of], "o", color=color, markersize=4, alpha=0.6, zorder=2)
        if self._has_mirror:
            self.still += self._places.plot(limits, limits, ":", color="#7A7A7A", linewidth=1.5, zorder=1)


@course_look()
def draw_starts(axes: Sequence[Axes], like: Network, data: Dataset) -> Starts:
    """Axes for where many networks like this one end on `data`: their fits, their SSR, and two of their weights.

    `show` draws the ends of runs, faintly; `choose` marks one of them.
    """
    return Starts(axes, like, data)
