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
from statquest_bp.plots.learned import Learned
from statquest_bp.plots.names import fonts_for, readable
from statquest_bp.plots.style import OBSERVED, OUTPUTS, SSR, course_look, moving_line, moving_text

__all__ = ["Weights", "draw_weights"]

LEFT, RIGHT = 0.1, 0.8  # between which nodes stand, as shares of the axes
ABOVE, BELOW = 50.0, 42.0  # the room that titles and names need, in points
LETTER, LINE, APART = 6.6, 15.0, 20.0  # how wide a letter of a number is, how high a line, how far to the next one
NEAR = 120.0  # points between two columns of nodes: nearer, the numbers would cover each other
SHARES = (0.5, 0.52, 0.54, 0.56, 0.58, 0.6)  # of the way from node to node, where the numbers of a layer may stand

Point = tuple[float, float]
Edge = tuple[Point, Point]


class Weights:
    """The artists of `draw_weights`, by parameter; all move.

    `lines` are the weights; `numbers` names and values, where there is room; `gaps` make room for them in the lines.
    `learned` are the small pictures in the nodes, if it is known what the inputs are.
    """

    def __init__(self, ax: Axes, network: Network, data: Dataset | None) -> None:
        self._kind = network.kind
        self._size = np.array(ax.bbox.size) * 72 / ax.figure.dpi  # of the axes, in points
        most = max(network.sizes)
        self.radius = 16 if most <= 3 else 13 if most == 4 else 9  # of a node, in points
        self.columns = _columns(network.sizes, self._size[1])
        self.learned = None if data is None else Learned(ax, data, self.columns, self.radius)
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
            self.lines[name].set_data(*self._between(*edge))
        for name, place in _apart(layer, self._size).items():
            self.gaps[name] = moving_line(ax, color="white", linewidth=LINE, solid_capstyle="butt", zorder=3)
            self.numbers[name] = _text(ax, place, "center")

    def _between(self, start: Point, end: Point) -> npt.NDArray[np.float64]:
        """The line from the rim of one node to the rim of the other: what moves lies on top of what stands still."""
        way = (np.array(end) - start) * self._size
        trim = way / np.hypot(*way) * (self.radius + 1) / self._size
        return np.array([start + trim, end - trim]).T

    def _draw_bias(self, ax: Axes, name: str, node: Point, count: int) -> None:
        if count <= 4:  # else the next node stands where its number would
            self.numbers[name] = _text(ax, (node[0], node[1] - (self.radius + 3) / self._size[1]), "top")

    def update(self, network: Network) -> None:
        """Show `network`; ValueError for one with other sizes or activations than the one drawn at first."""
        if network.kind != self._kind:
            raise ValueError(f"the picture was drawn for another kind of network; got {network!r}")
        if self.learned is not None:
            self.learned.update(network)
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
            f"A {'-'.join(map(str, network.sizes))} network with {len(weights)} weight(s), "
            f"{sum(value < 0 for value in weights.values())} of them below 0; farthest from 0 is {farthest} = "
            f"{exact(weights[farthest], 2)}. {self.learned.describe(network) if self.learned else ''}"
        ).strip()


def _text(ax: Axes, place: Point, va: str) -> Text:
    text: Text = moving_text(ax, ha="center", va=va, fontsize=11, zorder=4)
    text.set_position(place)
    return text


def _columns(sizes: tuple[int, ...], height: float) -> list[list[Point]]:
    """Where each node stands, column by column, from the top down, in axes `height` points high."""
    top, bottom = 1 - ABOVE / height, BELOW / height
    columns = []
    for x, count in zip(np.linspace(LEFT, RIGHT, len(sizes)).tolist(), sizes, strict=True):
        apart = min(0.45, (top - bottom) / max(1, count - 1))
        columns.append([(x, (top + bottom) / 2 + apart * ((count - 1) / 2 - i)) for i in range(count)])
    return columns


def _apart(layer: dict[str, Edge], size: npt.NDArray[np.float64]) -> dict[str, Point]:
    """Where on its line each weight's number stands: all near the middle, where no two cover each other, or nowhere."""
    start, end = np.array(list(layer.values())).transpose(1, 0, 2)
    if (end - start)[0, 0] * size[0] < NEAR:
        return {}
    for share in SHARES:
        places = (1 - share) * start + share * end
        heights = np.sort(places[:, 1]) * size[1]
        if (np.diff(heights) >= APART).all():
            return dict(zip(layer, places.tolist(), strict=True))
    return {}


@course_look()
def draw_weights(ax: Axes, network: Network, data: Dataset | None = None) -> Weights:
    """Draw `network` as columns of nodes, from the inputs on the left to the outputs on the right.

    A line's width tells how far its weight is from 0, its colour and its dashes the sign; names and values stand on the
    lines where there is room. `data` names inputs and outputs, and with one input or two each node has a small picture
    of what comes out of it. `weights.update(network)` moves all.
    """
    ax.set(xlim=(0, 1), ylim=(0, 1))
    ax.axis("off")
    weights = Weights(ax, network, data)
    width, height = (np.array(ax.bbox.size) * 72 / ax.figure.dpi).tolist()
    last, letters = len(network.sizes) - 1, int((1 - RIGHT) * width / LETTER) + 2  # that have room beside the outputs
    for title, columns in (("input", weights.columns[:1]), (network.activation, weights.columns[1:-1])):
        if columns:  # one title for all hidden layers: they share the activation
            middle = (columns[0][0][0] + columns[-1][0][0]) / 2
            ax.text(middle, 0.98, title, ha="center", va="top", fontsize=12)
    ax.text(weights.columns[-1][0][0], 0.98, _output_title(network), ha="center", va="top", fontsize=12)
    for layer, column in enumerate(weights.columns):
        for i, (x, y) in enumerate(column):
            color = OBSERVED if layer == 0 else OUTPUTS[i % len(OUTPUTS)][0] if layer == last else SSR
            ax.plot(
                [x], [y], "o", color="white", markeredgecolor=color, markeredgewidth=2.5, markersize=2 * weights.radius
            )
            if weights.learned is not None:
                weights.learned.paint(layer, i, color)
            if data is not None and layer in (0, last):
                name = readable((data.observed_names if layer else data.input_names)[i], letters)
                look = {"ha": "left" if layer else "right", "va": "bottom"}  # where no weights lead
                ax.text(x, y + (weights.radius + 3) / height, name, fontsize=11, family=fonts_for(name), **look)
    ax.text(0.04, -0.02, "weights", fontsize=11, va="center")
    for x, color, dash, words in ((0.27, POSITIVE, "-", "above 0"), (0.62, NEGATIVE, "--", "below 0")):
        ax.plot([x, x + 0.1], [-0.02, -0.02], color=color, linestyle=dash, linewidth=4, clip_on=False)
        ax.text(x + 0.12, -0.02, words, fontsize=11, va="center")
    return weights


def _output_title(network: Network) -> str:
    return "output" if network.output_activation == "identity" else f"output: {network.output_activation}"
