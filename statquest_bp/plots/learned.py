"""What each node of any network has learned, as a small picture in it: a curve for one input, a map for two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from statquest_bp.data import Dataset
from statquest_bp.network import Network
from statquest_bp.plots.node_pictures import way, within
from statquest_bp.plots.style import moving_line

__all__ = ["Learned"]

Array = npt.NDArray[np.float64]
ACROSS, ROWS = 25, 9  # points along a curve or a row of a map, and the rows of one
LEVELS = (
    (-1 / 6, 0.35),
    (1 / 6, 1.0),
)  # above which a map is shaded: a third and two thirds of the way, light and full


class Learned:
    """The lines of the small pictures, in `lines`: for each column of nodes, for each node, the lines of its picture.

    A curve runs from the lowest input on the left to the highest. A map has the first input to the right and the second
    upward, and is the darker the more comes out. Both are scaled to what comes out of their node, with 0 in it. With
    more than two inputs there is none.
    """

    def __init__(
        self, ax: Axes, data: Dataset, columns: Sequence[Sequence[tuple[float, float]]], radius: float
    ) -> None:
        self._inputs, self._columns = data.inputs.shape[1], columns
        points = np.array(ax.bbox.size) * 72 / ax.figure.dpi  # the size of the axes
        shape = (1.5, 1.0) if self._inputs == 1 else (1.3, 1.3)  # within the circle of a node
        self._size = radius * np.array(shape) / points
        low, high = data.inputs.min(axis=0), data.inputs.max(axis=0)
        along = np.linspace(0.0, 1.0, ACROSS)
        if self._inputs == 1:
            self._grid = low + (high - low) * along[:, None]
            looks: list[dict[str, object]] = [{"linewidth": 1.8}]
        else:
            upward = (np.arange(ROWS) + 0.5) / ROWS
            self._grid = low[:2] + (high - low)[:2] * np.stack(np.meshgrid(along, upward), axis=-1).reshape(-1, 2)
            thick = radius * shape[1] / ROWS + 0.3
            looks = [{"linewidth": thick, "solid_capstyle": "butt", "alpha": alpha} for _, alpha in LEVELS]
        self.lines: list[list[list[Line2D]]] = [
            [[moving_line(ax, zorder=5, **look) for look in looks] if self._inputs <= 2 else [] for _ in column]
            for column in columns
        ]

    def paint(self, column: int, node: int, color: str) -> None:
        """Give the picture of this node its colour."""
        for line in self.lines[column][node]:
            line.set_color(color)

    def update(self, network: Network) -> None:
        """Draw what comes out of each node of `network`."""
        for column, outputs in enumerate(self._outputs(network)):
            for node, heights in enumerate(outputs.T):
                scaled = within(heights, [*heights, 0.0])
                if self._inputs == 1:
                    self._place(column, node, 0, np.linspace(-0.5, 0.5, ACROSS), scaled)
                    continue
                for which, (level, _) in enumerate(LEVELS):
                    self._place(column, node, which, *_shaded(scaled.reshape(ROWS, ACROSS), level))

    def describe(self, network: Network) -> str:
        """What is seen in the hidden nodes."""
        if self._inputs > 2 or len(network.sizes) < 3:
            return ""
        if self._inputs == 2:
            return "Small maps in the nodes are the darker the more comes out there."
        ways = Counter(way(heights) for outputs in self._outputs(network)[1:-1] for heights in outputs.T)
        told = ", it ".join(f"{how} in {count}" for how, count in ways.items())
        return f"Small curves in the nodes show what comes out for every input. Of the hidden nodes, it {told}."

    def _outputs(self, network: Network) -> list[Array]:
        return [self._grid, *network.forward(self._grid).outputs] if self._inputs <= 2 else []

    def _place(self, column: int, node: int, which: int, xs: Array, ys: Array) -> None:
        (x, y), (width, height) = self._columns[column][node], self._size
        self.lines[column][node][which].set_data(x + width * xs, y + height * ys)


def _shaded(heights: Array, level: float) -> tuple[Array, Array]:
    """Strokes along the rows of a map (ROWS, ACROSS) where it is above `level`, as one line that lifts its pen."""
    above = np.pad(heights > level, ((0, 0), (1, 1)))
    change = np.diff(above.astype(int), axis=1)
    ends = []
    for way_in, shift in ((1, 0), (-1, -1)):  # where a stroke begins, and where it ends
        rows, at = np.nonzero(change == way_in)
        inside, outside = at + shift, at - 1 - shift
        edge = (outside < 0) | (outside >= ACROSS)
        beyond = heights[rows, np.clip(outside, 0, ACROSS - 1)]
        here = heights[rows, inside]
        with np.errstate(all="ignore"):
            share = np.where(edge, 0.0, (here - level) / (here - beyond))
        ends.append(inside + share * (outside - inside))
    xs = np.column_stack([*ends, np.full(len(rows), np.nan)]) / (ACROSS - 1) - 0.5
    ys = np.column_stack([(rows + 0.5) / ROWS - 0.5] * 2 + [np.full(len(rows), np.nan)])
    return xs.ravel(), ys.ravel()
