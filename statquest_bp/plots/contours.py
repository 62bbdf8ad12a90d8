"""Lines of equal height over a plane, each with its level written on it, that move."""

from __future__ import annotations

from collections.abc import Sequence

import contourpy
import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes

from statquest_bp.digits import minus
from statquest_bp.plots.style import moving_line, moving_text

__all__ = ["Contours"]

Array = npt.NDArray[np.float64]


class Contours:
    """For each of the `levels` one of the `lines`, in one of the `colors`, and one of the `names` on it.

    The names stand on their lines as far as possible `toward` these sides, (right, up), by turns.
    """

    def __init__(
        self, ax: Axes, levels: Sequence[float], colors: Sequence[str], toward: Sequence[tuple[int, int]] = ((1, 1),)
    ) -> None:
        self.levels = levels
        self._toward = [np.array(toward[i % len(toward)]) for i in range(len(levels))]
        self.lines = [moving_line(ax, color=color, linewidth=1.8, zorder=2) for color in colors]
        self.names = [moving_text(ax, ha="center", va="center", fontsize=11, zorder=3) for _ in levels]

    def update(self, xs: Array, ys: Array, heights: Array) -> None:
        """Move the lines to where the finite `heights` (len(ys), len(xs)) pass their levels."""
        drawing = contourpy.contour_generator(xs, ys, heights)
        low, high = np.array([xs[0], ys[0]]), np.array([xs[-1], ys[-1]])
        for level, line, name, toward in zip(self.levels, self.lines, self.names, self._toward, strict=True):
            rings = [np.asarray(ring) for ring in drawing.lines(level)]
            gap = np.full((1, 2), np.nan)
            line.set_data(*np.vstack([part for ring in rings for part in (ring, gap)] or [gap]).T)
            place = _inside(rings, low, high, toward)
            name.set_text("" if place is None else minus(f"{level:.10g}"))
            name.set_position((0.0, 0.0) if place is None else tuple(place))


def _inside(rings: list[Array], low: Array, high: Array, toward: Array) -> Array | None:
    """Where a line carries its number: as far `toward` one side on it as the picture's edge leaves room.

    Nowhere on a small ring, where the numbers would cover each other.
    """
    if not rings:
        return None
    points = np.vstack(rings)
    share = (points - low) / (high - low)
    room = ((share > 0.05) & (share < 0.95)).all(axis=1)
    if not room.any() or np.ptp(share, axis=0).max() < 0.15:
        return None
    place: Array = points[room][(share[room] @ toward).argmax()]
    return place
