"""How the squiggle comes about: each node's bend, then scaled by its weight, then added up."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.text import Text

from statquest_bp.data import Dataset
from statquest_bp.network import Network
from statquest_bp.plots.names import name_axes, readable
from statquest_bp.plots.style import NODES, across, course_look, moving_line, moving_text

__all__ = ["Nodes", "draw_nodes"]


class Nodes:
    """The artists of `draw_nodes`, a line and its name for each hidden node: `bends` (y) and `scaled` (y · weight)."""

    def __init__(self, bend_ax: Axes, scaled_ax: Axes, network: Network, data: Dataset) -> None:
        self._grid = across(bend_ax)
        count = network.sizes[1]
        self.bends = [moving_line(bend_ax, color=NODES[i % len(NODES)], linewidth=3.5) for i in range(count)]
        self.scaled = [moving_line(scaled_ax, color=NODES[i % len(NODES)], linewidth=3.5) for i in range(count)]
        self.names = [moving_text(ax, va="bottom", weight="bold") for ax in (bend_ax, scaled_ax) for _ in range(count)]
        self.update(network)

    def update(self, network: Network) -> None:
        """Move the curves, and the names that sit on them, to `network`."""
        outputs = network.forward(self._grid).outputs[0]
        weights = network.weights[1][0]
        n_in, count = network.sizes[0], network.sizes[1]
        for i, y in enumerate(outputs.T):
            self.bends[i].set_data(self._grid, y)
            self.scaled[i].set_data(self._grid, y * weights[i])
            weight = f"w{n_in * count + i + 1}"
            self._name(self.names[i], self.bends[i], f"y{i + 1}", i)
            self._name(self.names[count + i], self.scaled[i], f"y{i + 1} × {weight}", i)

    def _name(self, text: Text, line: Line2D, words: str, i: int) -> None:
        # node 1 is named near the right end, node 2 near the left, where the lesson's curves are far apart;
        # above a curve or below it, whichever side the curve bends away from
        left = i % 2 == 1
        (x, y), (_, y_ahead) = np.asarray(line.get_xydata())[[10, 40] if left else [-10, -40]]
        low, high = line.axes.get_ylim()
        above = y_ahead <= y
        text.set_position((x, min(max(y, low + 0.1 * (high - low)), high - 0.1 * (high - low))))
        text.set_horizontalalignment("left" if left else "right")
        text.set_verticalalignment("bottom" if above else "top")
        text.set_text(words)


@course_look()
def draw_nodes(bend_ax: Axes, scaled_ax: Axes, network: Network, data: Dataset) -> Nodes:
    """Draw each hidden node's output y in `bend_ax`, and in `scaled_ax` the same curve times its output weight.

    `nodes.update(network)` moves them.
    """
    low, high = float(data.inputs.min()), float(data.inputs.max())
    margin = 0.04 * (high - low or 1.0)
    for ax, ylim in ((bend_ax, (-0.5, 8)), (scaled_ax, (-8, 8))):
        ax.set(xlim=(low - margin, high + margin), ylim=ylim)
        name_axes(ax, readable(data.input_names[0]))
    return Nodes(bend_ax, scaled_ax, network, data)
