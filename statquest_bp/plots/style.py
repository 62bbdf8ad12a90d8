"""One look for every picture: a colour for each quantity, and figures readable when projected.

The colours are Okabe and Ito's, which colour-blind readers can tell apart ("Color Universal Design", 2008).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import matplotlib
import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke

from statquest_bp.plots.names import FONT

__all__ = [
    "NODES",
    "OBSERVED",
    "OUTPUTS",
    "PREDICTION",
    "RESIDUAL",
    "SLOPE",
    "SLOPE_TEXT",
    "SSR",
    "SUM",
    "across",
    "around",
    "course_look",
    "draw_through",
    "moving_line",
    "moving_text",
    "new_figure",
]

NODES = ("#0072B2", "#E69F00")  # blue and orange: the two hidden nodes
SUM = "#009E73"  # green: their sum, the squiggle
RESIDUAL = "#CC79A7"  # reddish purple
SLOPE = "#D55E00"  # vermilion: the tangent, the slope and the step it sets
SLOPE_TEXT = "#B85000"  # the same, dark enough for letters on white
OBSERVED = "#000000"
SSR = "#4D4D4D"
PREDICTION = "#56B4E9"  # sky blue: what the learner predicted
OUTPUTS = ((SUM, "-", "o"), ("#004488", "--", "s"), ("#997700", "-.", "^"))  # an output's colour, dashes and marker

WIDTH = 900  # points
AXIS_END = 1e300  # an axis that ends much farther from 0 has a length beyond float64

LOOK = {
    "font.family": FONT,
    "font.size": 13,
    "axes.titlesize": 14,
    "axes.labelsize": 13,
    "axes.linewidth": 1.0,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.color": "#E6E6E6",
    "lines.linewidth": 2.5,
}


@contextmanager
def course_look() -> Iterator[None]:
    """Inside it, matplotlib draws in the course's look, whatever style the user has set. Serves as a decorator too."""
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(LOOK)
        yield


@course_look()
def new_figure(*titles: str, height: float = 330) -> tuple[Figure, list[Axes]]:
    """A figure `height` points high, with axes side by side: one for each of the `titles`."""
    figure = Figure(figsize=(WIDTH / 72, height / 72), dpi=72, facecolor="white")
    axes = figure.subplots(1, len(titles), squeeze=False)[0]
    for ax, title in zip(axes, titles, strict=True):
        ax.set_title(title)
        ax.set_axisbelow(True)
    figure.subplots_adjust(left=56 / WIDTH, right=1 - 14 / WIDTH, bottom=52 / height, top=1 - 34 / height, wspace=0.24)
    return figure, list(axes)


def across(ax: Axes) -> npt.NDArray[np.float64]:
    """Where along `ax` to compute a curve: 121 values, enough to look smooth when projected."""
    low, high = ax.get_xlim()
    return np.linspace(low, high, 121)


def around(values: npt.ArrayLike, margin: float) -> tuple[float, float]:
    """Limits for an axis that shows all `values`, with `margin` × their range on either side."""
    held = np.clip(values, -AXIS_END, AXIS_END)
    low, high = float(held.min()), float(held.max())
    room = margin * (high - low or abs(high) or 1.0)
    return low - room, high + room


def moving_line(ax: Axes, **look: Any) -> Any:
    """A line of `ax` that moves (animated), empty until its data are set; `look` as for matplotlib's `plot`."""
    (line,) = ax.plot([], [], animated=True, scalex=False, scaley=False, **look)
    return line


def draw_through(line: Any, points: tuple[Any, Any] | None) -> None:
    """Let `line` lead through these points, (xs, ys); None hides it."""
    line.set_data(*(points or ([], [])))


def moving_text(ax: Axes, **look: Any) -> Any:
    """A text of `ax` that moves (animated), empty and unclipped until it is placed."""
    edge = [withStroke(linewidth=3, foreground="white")]  # keeps letters readable on top of lines
    return ax.text(0, 0, "", animated=True, path_effects=edge, **({"fontsize": 13, "clip_on": False} | look))
