"""What a nudge does, on top of the diagram: how far each value has moved, and the rates on the way back."""

from __future__ import annotations

from collections.abc import Mapping

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.text import Text

from statquest_bp.plots.diagram_layout import ARROWS, BOXES, PARAMETERS, PICTURES, SLOPES, SSR_PLACE, Place, arrow_path
from statquest_bp.plots.style import SLOPE, SLOPE_TEXT, moving_line, moving_text

__all__ = ["RippleMarks"]

DOWNWARD, ACROSS = ARROWS["Predicted"][:2], ARROWS["Predicted"][2:]  # the first link in two: over the square, over −1
WAYS = ARROWS | {"Residual": DOWNWARD, "Predicted": ACROSS}
(_, MID, _), (_, UP, _), (_, DOWN, _) = BOXES["Input"], BOXES["x1"], BOXES["x2"]
CHANGES: dict[str, Place] = {  # at the rim of the box, or beside the number on the edge
    "x1": (290, UP - 27, "center"),
    "x2": (290, DOWN + 27, "center"),
    "y1": (470, UP - 34, "center"),
    "y2": (470, DOWN + 34, "center"),
    "Predicted": (650, PICTURES["Predicted"][1] + 31, "center"),
    "Residual": (865, MID - 34, "center"),
    "Residual²": (865, DOWN + 34, "center"),
    "SSR": (SSR_PLACE[0], SSR_PLACE[1] - 18, "center"),
    "w1": (92, PARAMETERS["w1"][1], "right"),
    "w2": (92, PARAMETERS["w2"][1], "right"),
    "b1": (232, PARAMETERS["b1"][1], "right"),
    "b2": (232, PARAMETERS["b2"][1], "right"),
    "w3": (668, PARAMETERS["w3"][1], "left"),
    "w4": (668, PARAMETERS["w4"][1], "left"),
    "b3": (706, PARAMETERS["b3"][1], "left"),
}
RATES: dict[str, Place] = SLOPES | {"Residual": (802, MID - 35, "right"), "Predicted": (744, MID + 15, "center")}


class RippleMarks:
    """The artists, by the value they belong to: `changes`, and on the way back `rates` beside `arrows`."""

    def __init__(self, ax: Axes) -> None:
        self.changes = {name: _text(ax, place) for name, place in CHANGES.items()}
        self.rates = {name: _text(ax, place, color=SLOPE_TEXT) for name, place in RATES.items()}
        self.arrows: dict[str, Line2D] = {name: moving_line(ax, color=SLOPE, zorder=4) for name in WAYS}
        for name, way in WAYS.items():
            self.arrows[name].set_data(*arrow_path(way))

    def update(self, changes: Mapping[str, str], rates: Mapping[str, str], new: str) -> None:
        """Write these, and stress the arrow that is new."""
        for name, text in self.changes.items():
            text.set_text(changes.get(name, ""))
        for name, text in self.rates.items():
            text.set_text(f"× {rates[name]}" if name in rates else "")
        for name, arrow in self.arrows.items():
            arrow.set(visible=name in rates, linewidth=5 if name == new else 2.5)


def _text(ax: Axes, place: Place, **look: object) -> Text:
    x, y, ha = place
    text: Text = moving_text(ax, ha=ha, va="center", zorder=8, weight="bold", fontsize=11, **look)
    text.set_position((x, y))
    return text
