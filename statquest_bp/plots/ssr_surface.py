"""The SSR over two parameters as a map: lines of equal SSR, the path of descent across them, and the next step."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes

from statquest_bp.data import Dataset
from statquest_bp.fit import level_line_ssr
from statquest_bp.landscape import ssr_surface
from statquest_bp.network import Network
from statquest_bp.plots.contours import Contours
from statquest_bp.plots.style import PREDICTION, SLOPE, course_look, moving_line

__all__ = ["SSRSurface", "draw_ssr_surface", "levels_for"]

FINE = 61  # how many values of each parameter the map is computed for
# The map is cut off at so many times its highest line, and where it isn't finite: lines need finite heights.
CUT_OFF = 1e7

Limits = tuple[float, float]


class SSRSurface:
    """The artists of `draw_ssr_surface`: `contours` and their `names`, `path`, `here` and `step` all move."""

    def __init__(self, ax: Axes, data: Dataset, levels: Sequence[float]) -> None:
        self.ax, self.data, self.levels = ax, data, levels
        greys = np.linspace(0.1, 0.78, len(levels)).round(3)  # the lower, the darker
        self._map = Contours(ax, levels, [str(grey) for grey in greys])
        self.contours, self.names = self._map.lines, self._map.names
        self.path = moving_line(ax, color=SLOPE, linewidth=2, marker="o", markersize=3.5, zorder=5)
        self.step = moving_line(ax, color=SLOPE, linewidth=2.5, linestyle="--", zorder=6)
        self.here = moving_line(
            ax, color="black", linestyle="None", marker="o", markersize=11, markeredgecolor="white", zorder=7
        )
        self.prediction = moving_line(ax, color=PREDICTION, linewidth=3, linestyle=":", zorder=4)

    def frame(self, x: str, y: str, xlim: Limits, ylim: Limits) -> None:
        """Let the map show these two parameters between these limits; what stands still must be drawn again."""
        self.x, self.y = x, y
        self.ax.set(xlim=xlim, ylim=ylim, xlabel=x, ylabel=y)
        self.xs, self.ys = np.linspace(*xlim, FINE), np.linspace(*ylim, FINE)

    def update(self, network: Network, step_to: Network | None = None) -> None:
        """Move the map and the point on it to `network`; the dashed line leads to `step_to`, where there is one."""
        heights = ssr_surface(network, self.data, self.x, self.y, self.xs, self.ys)
        top = CUT_OFF * self.levels[-1]
        self._map.update(self.xs, self.ys, np.nan_to_num(heights.clip(max=top), nan=top))
        here = self._place(network)
        self.here.set_data([here[0]], [here[1]])
        to = here if step_to is None else self._place(step_to)
        self.step.set_data([here[0], to[0]], [here[1], to[1]])

    def show_path(self, xs: npt.ArrayLike, ys: npt.ArrayLike) -> None:
        """Mark the steps that led here."""
        self.path.set_data(xs, ys)

    def _place(self, network: Network) -> tuple[float, float]:
        return network.parameters[self.x], network.parameters[self.y]


def levels_for(data: Dataset, digits: Sequence[float] = (1.0, 3.0)) -> tuple[float, ...]:
    """Heights for the lines of a map: the `digits` times tenths, ones, tens …, over four decades.

    They begin one decade and a bit below the SSR of a level line: within those lines there is a fit. In the lesson,
    where that SSR is 2/3, they run from 0.03 to 100.
    """
    count = len(digits)
    first = math.floor(count * math.log10(level_line_ssr(data) or 1.0)) - count
    return tuple(float(f"{digits[k % count]}e{k // count}") for k in range(first, first + 4 * count))


@course_look()
def draw_ssr_surface(
    ax: Axes, network: Network, data: Dataset, x: str, y: str, xlim: Limits, ylim: Limits
) -> SSRSurface:
    """Draw a map of the SSR over the parameters `x` and `y`, the others staying as they are in `network`.

    `update` moves the point on it, and redraws the map for that network's other parameters; `frame` changes which two
    parameters it shows.
    """
    surface = SSRSurface(ax, data, levels_for(data))
    surface.frame(x, y, xlim, ylim)
    surface.update(network)
    return surface
