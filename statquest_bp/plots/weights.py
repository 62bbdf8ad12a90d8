"""Any network as columns of nodes, a line for each weight."""

from __future__ import annotations

import itertools

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.text import Text

from statquest_bp.data import Dataset
from statquest_bp.digits import exact
from statquest_bp.network import Network
from statquest_bp.parameters import names_of
from statquest_bp.plots.diagram import NEGATIVE, POSITIVE, line_width
from statquest_bp.plots.style import OBSERVED, OUTPUTS, SSR, course_look, moving_line, moving_text, readable

__all__ = ["Weights", "draw_weights"]

LEFT, RIGHT, TOP, BOTTOM = 0.14, 0.82, 0.9, 0.1  # between which nodes stand, as shares of the axes
LETTER, LINE = 6.6, 15.0  # how wide a letter of a number is, and how high a line of them, in points
WIDEST = len("w12 −10.33") * LETTER

Point = tuple[float, float]
Edge = tuple[Point, Point]


class Weights:
    """The artists of `draw_weights`, by parameter; all move.

    `lines` are the weights; `numbers` names and values, where there is room; `gaps` make room for them in the lines.
    """

    def __init__(self, ax: Axes, network: Network) -> None:
        self.sizes = network.sizes
        self._size = np.array(ax.bbox.size) * 72 / ax.figure.dpi  # of the axes, in points
        self.columns = _columns(network.sizes)
        self.lines: dict[str, Line2D] = {}
        self.gaps: dict[str, Line2D] = {}
        self.numbers: dict[str, Text] = {}
        self._slim = min(1.0, 4.0 / max(network.sizes))  # so that many lines leave white between them
        names = iter(names_of(network.sizes))
        for left, right in itertools.pairwise(self.columns):
            layer: dict[str, Edge] = {}
            for end in right:
                layer |= {next(names): (start, end) for start in left}
                self._draw_bias(ax, next(names), end, len(right))
            self._draw_layer(ax, layer)
        self.update(network)

    def _draw_layer(self, ax: Axes, layer: dict[str, Edge]) -> None:
        for name, edge in layer.items():
            self.lines[name] = moving_line(ax, solid_capstyle="butt", dash_capstyle="butt", clip_on=False, zorder=2)
            self.lines[name].set_data(*zip(*edge, strict=True))
        for name, place in _apart(list(layer.values()), self._size, layer):
            self.gaps[name] = moving_line(ax, color="white", linewidth=LINE, solid_capstyle="butt", zorder=3)
            self.numbers[name] = _text(ax, place, "center")

    def _draw_bias(self, ax: Axes, name: str, node: Point, count: int) -> None:
        if count <= 4:  # else the next node stands where its number would
            self.numbers[name] = _text(ax, (node[0], node[1] - 16 / self._size[1]), "top")

    def update(self, network: Network) -> None:
        """Show `network`; ValueError for one with other sizes than the one drawn at first."""
        if network.sizes != self.sizes:
            raise ValueError(f"the network was drawn with sizes {self.sizes}; got {network.sizes}")
        values = network.parameters
        for name, line in self.lines.items():
            below = values[name] < 0
            line.set(linewidth=self._slim * line_width(values[name]), color=NEGATIVE if below else POSITIVE)
            line.set_linestyle("--" if below else "-")
        for name, text in self.numbers.items():
            words = f"{name} {exact(values[name], 2)}"
            text.set(text=words, color=NEGATIVE if values[name] < 0 else POSITIVE)
            if name in self.gaps:
                (x, y), half = text.get_position(), len(words) * LETTER / 2 / self._size[0]
                self.gaps[name].set_data([x - half, x + half], [y, y])

    def describe(self, network: Network) -> str:
        """What is seen, with the numbers."""
        weights = {name: network.parameters[name] for name in self.lines}
        farthest = max(weights, key=lambda name: abs(weights[name]))
        return (
            f"A {'-'.join(map(str, self.sizes))} network with {len(weights)} weight(s), "
            f"{sum(value < 0 for value in weights.values())} of them below 0; farthest from 0 is {farthest} = "
            f"{exact(weights[farthest], 2)}."
        )


def _text(ax: Axes, place: Point, va: str) -> Text:
    text: Text = moving_text(ax, ha="center", va=va, fontsize=11, zorder=4)
    text.set_position(place)
    return text


def _columns(sizes: tuple[int, ...]) -> list[list[Point]]:
    """Where each node stands, column by column, from the top down."""
    columns = []
    for x, count in zip(np.linspace(LEFT, RIGHT, len(sizes)).tolist(), sizes, strict=True):
        middle, apart = (TOP + BOTTOM) / 2 - 0.02, min(0.34, (TOP - BOTTOM) / count)
        columns.append([(x, middle + apart * ((count - 1) / 2 - i)) for i in range(count)])
    return columns


def _apart(edges: list[Edge], size: npt.NDArray[np.float64], names: dict[str, Edge]) -> list[tuple[str, Point]]:
    """Where on its line each weight's number stands: at one x, where the lines are farthest apart, if far enough."""
    start, end = np.array(edges).transpose(1, 0, 2)
    if (end - start)[0, 0] * size[0] < WIDEST + 40:
        return []
    shares = np.linspace(0.4, 0.6, 9)[:, np.newaxis, np.newaxis]
    places = (1 - shares) * start + shares * end
    gaps = np.diff(np.sort(places[..., 1], axis=1), axis=1).min(axis=1, initial=1.0)
    best = int(gaps.argmax())
    return list(zip(names, places[best].tolist(), strict=True)) if gaps[best] * size[1] >= LINE else []


@course_look()
def draw_weights(ax: Axes, network: Network, data: Dataset | None = None) -> Weights:
    """Draw `network` as columns of nodes, from the inputs on the left to the outputs on the right.

    A line's width tells how far its weight is from 0, its colour and its dashes the sign; names and values stand on the
    lines where there is room. `data` names inputs and outputs. `weights.update(network)` moves all.
    """
    ax.set(xlim=(0, 1), ylim=(0, 1))
    ax.axis("off")
    weights = Weights(ax, network)
    height, last = float(ax.bbox.height * 72 / ax.figure.dpi), len(network.sizes) - 1
    radius = 13 if max(network.sizes) <= 4 else 8  # in points
    titles = ["input", *[network.activation] * (last - 1), _output_title(network)]
    for layer, (title, column) in enumerate(zip(titles, weights.columns, strict=True)):
        ax.text(column[0][0], 1, title, ha="center", va="top", fontsize=12)
        for i, (x, y) in enumerate(column):
            color = OBSERVED if layer == 0 else OUTPUTS[i % len(OUTPUTS)][0] if layer == last else SSR
            ax.plot([x], [y], "o", color="white", markeredgecolor=color, markeredgewidth=2.5, markersize=2 * radius)
            if data is not None and layer in (0, last):
                name = (data.observed_names if layer else data.input_names)[i]
                ha = "left" if layer else "right"  # where no weights lead
                ax.text(x, y + (radius + 3) / height, readable(name, 14), ha=ha, va="bottom", fontsize=11)
    for x, color, dash, words in ((0.08, POSITIVE, "-", "weight above 0"), (0.52, NEGATIVE, "--", "weight below 0")):
        ax.plot([x, x + 0.1], [0, 0], color=color, linestyle=dash, linewidth=4, solid_capstyle="butt")
        ax.text(x + 0.12, 0, words, fontsize=11, va="center")
    return weights


def _output_title(network: Network) -> str:
    return "output" if network.output_activation == "identity" else f"output: {network.output_activation}"
