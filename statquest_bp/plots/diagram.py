"""The lesson's network as a diagram: values flow to the right, derivatives flow back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch
from matplotlib.text import Text

from statquest_bp.activations import activation_named
from statquest_bp.data import Dataset
from statquest_bp.digits import exact, minus
from statquest_bp.flow import flow
from statquest_bp.network import Network
from statquest_bp.plots import diagram_layout as layout
from statquest_bp.plots.names import fonts_for
from statquest_bp.plots.node_pictures import NodePictures
from statquest_bp.plots.style import (
    PREDICTION,
    SLOPE,
    SLOPE_TEXT,
    SSR,
    course_look,
    draw_through,
    moving_line,
    moving_text,
)

__all__ = ["DIAGRAM_SIZE", "FORWARD_SIZE", "NEGATIVE", "POSITIVE", "Diagram", "draw_diagram", "line_width"]

DIAGRAM_SIZE, FORWARD_SIZE = layout.SIZE, layout.FORWARD_SIZE
POSITIVE, NEGATIVE = "#332288", "#882255"  # Paul Tol's indigo and wine: unlike every colour that stands for a quantity
FADED = 0.2


def line_width(weight: float) -> float:
    """How wide the line of a weight is, in points: 1.5 for 0, wider the farther from 0, never as wide as 9."""
    return 1.5 + 7.5 * (abs(weight) / (abs(weight) + 4.0))


class Diagram:
    """The artists of `draw_diagram`, by the name of what they show; all of them move.

    `weights` are lines, `parameters` and `boxes` the numbers on the edges and in the nodes. What flows back is keyed
    by what a derivative is taken by: `slopes["y1"]` reads dSSR/dy1 or dPredicted/dy1, and `arrows["y1"]` leads there.
    `pictures` are the curves in the nodes.
    """

    def __init__(self, ax: Axes, network: Network, data: Dataset, back: bool = True) -> None:
        self.data, self._back = data, back
        self._kind = network.kind
        self.weights = {
            name: moving_line(ax, solid_capstyle="butt", dash_capstyle="butt", zorder=3) for name in layout.EDGES
        }
        for name, edge in layout.EDGES.items():
            self.weights[name].set_data(*zip(*edge, strict=True))
        self.arrows = {name: _arrow(ax, path) for name, path in layout.ARROWS.items()}
        self.outline = moving_line(ax, color="black", linewidth=3, zorder=5)
        boxes = layout.BOXES if back else layout.FORWARD
        self.boxes = {name: _text(ax, (*_under(name), "center"), fontsize=14) for name in boxes}
        self.pictures = NodePictures(ax, data)
        self.parameters = {name: _text(ax, place) for name, place in layout.PARAMETERS.items()}
        self.slopes = {name: _text(ax, place, color=SLOPE_TEXT) for name, place in layout.SLOPES.items()}
        self.ssr = _text(ax, layout.SSR_PLACE, color=SSR)
        self.caption = _text(ax, layout.CAPTION, fontsize=15)
        x, y, ha = layout.PREDICTION
        self.prediction = _text(ax, (x - 22, y, ha))
        self.diamond = moving_line(ax, color=PREDICTION, linestyle="None", marker="D", markersize=11, zorder=6)
        self.update(network)

    def update(
        self,
        network: Network,
        point: int = 0,
        shown: Collection[str] | None = None,
        new: Collection[str] = (),
        along: Collection[str] | None = None,
        number: Callable[[float], str] = exact,
        values: Mapping[str, float] | None = None,
        named: bool = False,
    ) -> None:
        """Show `network` at the data point with this index.

        `shown` names the values to show, as `flow` does (None: all but the links), `new` those to stress, `along` the
        weights of a path, beside which the others fade. `number` writes a number; `values` are those of `flow`, where
        they are known already. With `named`, what is shown has its name and no number. Raises ValueError for a point
        that isn't there, and for a network unlike the one drawn at first.
        """
        if network.kind != self._kind:
            raise ValueError(f"the diagram was drawn for another kind of network; got {network!r}")
        values = flow(network, self.data, point) if values is None else values
        if shown is None:
            shown = [name for name in values if name.startswith("dSSR/") or "/" not in name]
        if not self._back:
            shown = [name for name in shown if name in self.boxes]
        self._show_parameters(values, along)
        self._hide_values()
        self.pictures.update(network, values, shown)
        for name, text, lead in self._texts(shown):
            text.set_text(name if named and name not in self.parameters else lead + _short(values[name], number))
            text.set_fontweight("bold" if name in new else "normal")
        for name in shown:
            if "/" in name:
                self.arrows[_bottom(name)].set(visible=True, linewidth=5 if name in new else 2.5)
        self.outline.set_data(*_around([name for name in new if name in layout.BOXES]))

    def _show_parameters(self, values: Mapping[str, float], along: Collection[str] | None) -> None:
        for name, text in self.parameters.items():
            text.set_color(NEGATIVE if values[name] < 0 else POSITIVE)
        for name, line in self.weights.items():
            line.set(linewidth=line_width(values[name]), color=NEGATIVE if values[name] < 0 else POSITIVE)
            line.set(linestyle="--" if values[name] < 0 else "-", alpha=1 if along is None or name in along else FADED)

    def _hide_values(self) -> None:
        for text in (*self.boxes.values(), *self.slopes.values(), self.ssr):
            text.set_text("")
        for arrow in self.arrows.values():
            arrow.set_visible(False)

    def _texts(self, shown: Collection[str]) -> Iterator[tuple[str, Text, str]]:
        """The name of each value to write, where, and what goes before it; parameters are always written."""
        for name, text in self.parameters.items():
            yield name, text, f"{'×' if name in self.weights else '+'} {name} = "
        for name in shown:
            if name in self.boxes:
                yield name, self.boxes[name], ""
            elif "/" in name:
                yield name, self.slopes[_bottom(name)], f"{name} = "
            elif name == "SSR":
                yield name, self.ssr, "SSR = "

    def say(self, caption: str) -> None:
        """Write this above the network."""
        self.caption.set_text(caption)

    def predict(self, words: str) -> None:
        """Write what the learner predicted beside a diamond; "" takes both away."""
        self.prediction.set_text(words)
        x, y, _ = layout.PREDICTION
        draw_through(self.diamond, ([x - 8], [y]) if words else None)


@course_look()
def draw_diagram(ax: Axes, network: Network, data: Dataset, back: bool = True) -> Diagram:
    """Draw a 1-2-1 network in `ax`, which must be DIAGRAM_SIZE points large for its texts to fit.

    A line's width tells how far its weight is from 0, its colour and its dashes the sign. In y1, y2 and Predicted small
    curves show what comes out there for every input. Without `back` it ends at the prediction, FORWARD_SIZE points
    large: only values flow.
    `diagram.update(network)` moves all. Raises ValueError for a network of another shape or with an activation at its
    output.
    """
    if network.sizes != (1, 2, 1) or network.output_activation != "identity":
        raise ValueError(f"the diagram is for a 1-2-1 network whose output only adds up; got {network!r}")
    left, (width, height) = (0.0, layout.SIZE) if back else (layout.FORWARD_LEFT, layout.FORWARD_SIZE)
    ax.set(xlim=(left, left + width), ylim=(0, height))
    ax.axis("off")
    for name in layout.BOXES if back else layout.FORWARD:
        low_x, high_x, low, high = layout.frame(name, -6)
        style = {"boxstyle": "round,pad=6", "facecolor": "white", "edgecolor": layout.COLORS[name], "linewidth": 2.5}
        ax.add_patch(FancyBboxPatch((low_x, low), high_x - low_x, high - low, **style))
        x, y, _ = layout.BOXES[name]
        ax.text(x, y + 12, name, fontsize=13, ha="center", va="center")
    for wire in layout.WIRES if back else layout.FORWARD_WIRES:
        ax.plot(*layout.arrow_path(wire), color="#8C8C8C", linewidth=1.5, zorder=1)
    for x, y, ha, words in layout.notes(network.activation, data, back):
        ax.text(x, y, words, fontsize=12, family=fonts_for(words), ha=ha, va="center", color="#4D4D4D")
    _draw_bends(ax, network.activation)
    _draw_legend(ax, back)
    return Diagram(ax, network, data, back)


def _under(name: str) -> tuple[float, float]:
    """Where the number in a box stands."""
    x, y, _ = layout.BOXES[name]
    return x, y - 9


def _bottom(name: str) -> str:
    """What a derivative is taken by: y1 for dPredicted/dy1."""
    return name.rpartition("/d")[2]


def _draw_bends(ax: Axes, activation: str) -> None:
    """The activation's curve, small, where each node bends its sum."""
    sums = np.linspace(-4, 4, 60)
    heights = activation_named(activation).curve(sums)
    heights = (heights - heights.min()) / (heights.max() - heights.min())
    for x, y, color in layout.BENDS:
        ax.plot(x + 5 * sums, y + 24 * (heights - 0.5), color=color, linewidth=2.5)


def _draw_legend(ax: Axes, back: bool) -> None:
    y = layout.LEGEND_Y
    for x, color, dash, words in ((18, POSITIVE, "-", "weight above 0"), (200, NEGATIVE, "--", "weight below 0")):
        ax.plot([x, x + 44], [y, y], color=color, linestyle=dash, linewidth=4, solid_capstyle="butt")
        ax.text(x + 52, y, words, fontsize=12, va="center")
    ax.text(372, y, "the thicker, the farther from 0", fontsize=12, va="center")
    if not back:
        return
    ax.plot(*layout.arrow_path([(648, y), (604, y)]), color=SLOPE, linewidth=2.5)
    ax.text(656, y, "what flows back: derivatives", fontsize=12, va="center")


def _arrow(ax: Axes, path: list[tuple[float, float]]) -> Line2D:
    arrow: Line2D = moving_line(ax, color=SLOPE, zorder=4)
    arrow.set_data(*layout.arrow_path(path))
    return arrow


def _text(ax: Axes, place: tuple[float, float, str], **look: object) -> Text:
    x, y, ha = place
    text: Text = moving_text(ax, ha=ha, va="center", zorder=6, **look)
    text.set_position((x, y))
    return text


def _short(value: float, number: Callable[[float], str]) -> str:
    """`value` as `number` writes it, or with fewer digits where it would be too long for a node."""
    text = number(value)
    return text if len(text) <= 9 else minus(f"{value:.6g}" if abs(value) < 1e6 else f"{value:.2e}")


def _around(names: list[str]) -> tuple[list[float], list[float]]:
    """A frame around each of these boxes, as one line that lifts its pen in between."""
    xs: list[float] = []
    ys: list[float] = []
    for name in names:
        left, right, low, high = layout.frame(name, 4)
        xs += [left, right, right, left, left, np.nan]
        ys += [low, low, high, high, low, np.nan]
    return xs, ys
