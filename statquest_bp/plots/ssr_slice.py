"""A slice through the landscape of the SSR, along one parameter or over two, and a whole run's path across it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.text import Text

from statquest_bp.data import Dataset
from statquest_bp.gradient_descent import Run
from statquest_bp.landscape import ssr_along
from statquest_bp.network import Network
from statquest_bp.plots.ssr_surface import Limits, SSRSurface, levels_for
from statquest_bp.plots.style import SLOPE, SSR, across, course_look, moving_line

__all__ = ["Frame", "SSRSlice", "draw_ssr_slice"]

Array = npt.NDArray[np.float64]

FINE_LEVELS = (1.0, 2.0, 3.0, 5.0, 7.0)  # and their tenths, hundredths …: a map of any stretch has some
ROOM = (24.0, 14.0)  # points to the side and upward that a number on the map takes
APART = 0.01  # of the picture: of the path's dots that are closer, only some are drawn


class Frame(NamedTuple):
    """What a slice shows: the SSR along `x`, or with a `y` over both, between these limits."""

    x: str
    y: str | None
    xlim: Limits
    ylim: Limits


class SSRSlice(SSRSurface):
    """The artists of `draw_ssr_slice`: those of the map, the `curve` that takes its place, the path and its `start`."""

    def __init__(self, ax: Axes, data: Dataset) -> None:
        super().__init__(ax, data, levels_for(data, FINE_LEVELS))
        self.curve = moving_line(ax, color=SSR, linewidth=2.5, zorder=3)
        self.start = moving_line(
            ax, color=SLOPE, linestyle="None", marker="o", markersize=10, markerfacecolor="white", zorder=6
        )
        self.start.set_markeredgewidth(2.5)

    def show(self, frame: Frame) -> None:
        """Let the picture show this frame; what stands still must be drawn again."""
        self.shown = frame
        is_map = frame.y is not None
        self.frame(frame.x, frame.y or "SSR", frame.xlim, frame.ylim)
        self.ax.title.set_text("Lines of equal SSR, and the path" if is_map else "The SSR along one parameter")
        self.curve.set_visible(not is_map)
        for artist in (*self.contours, *self.names):
            artist.set_visible(is_map)

    @property
    def empty(self) -> bool:
        """Whether it is a map that no line crosses."""
        return self.shown.y is not None and not any(line.get_visible() for line in self.contours)

    def follow(self, through: Network, run: Run, step: int) -> None:
        """Draw the slice through this network, and the `run` on it up to this `step`."""
        x, y = self.shown.x, self.shown.y
        xs = run.parameters[x][: step + 1]
        ys = (run.ssr if y is None else run.parameters[y])[: step + 1]
        if y is None:
            grid = across(self.ax)
            self.curve.set_data(grid, ssr_along(through, self.data, x, grid))
            self.here.set_data(xs[-1:], ys[-1:])
        else:  # the map through a network is that through any other point on the map
            self.update(through.replace(**{x: float(xs[-1]), y: float(ys[-1])}))
            self._tidy()
        self.start.set_data(xs[:1], ys[:1])
        self.show_path(*self._thinned(xs, ys))

    def _tidy(self) -> None:
        """Leave out the lines that pass the map by, and the numbers that would cover those of lower lines."""
        for line in self.contours:
            line.set_visible(len(line.get_xdata()) > 1)
        kept: list[Array] = []
        for name in filter(Text.get_text, self.names):
            place = self.ax.transData.transform(name.get_position())
            if all((np.abs(place - other) > ROOM).any() for other in kept):
                kept.append(place)
            else:
                name.set_text("")

    def _thinned(self, xs: Array, ys: Array) -> tuple[Array, Array]:
        """The path without most of its dots where they crowd, so that a long one can move too."""
        (left, right), (low, high) = self.shown.xlim, self.shown.ylim
        with np.errstate(all="ignore"):
            strides = np.hypot(np.diff(xs) / (right - left), np.diff(ys) / (high - low)).clip(max=1.0)
        _, kept = np.unique(np.append(0.0, np.cumsum(strides)) // APART, return_index=True)
        kept = np.unique(np.append(kept, len(xs) - 1))
        return xs[kept], ys[kept]


@course_look()
def draw_ssr_slice(ax: Axes, data: Dataset, frame: Frame) -> SSRSlice:
    """Axes for the SSR on `data` in this `frame`: along one parameter, or with a second one as a map of both.

    `follow` draws the slice through a network and a run's path across it; `show` changes what is shown.
    """
    picture = SSRSlice(ax, data)
    picture.show(frame)
    return picture
