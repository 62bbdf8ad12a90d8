"""Where everything in the diagram stands, in points; the lower node is the upper one in the mirror."""

from __future__ import annotations

import numpy as np

from statquest_bp.data import Dataset
from statquest_bp.plots.names import readable
from statquest_bp.plots.style import NODES, OBSERVED, RESIDUAL, SSR, SUM, WIDTH

__all__ = ["ARROWS", "BENDS", "BOXES", "CAPTION", "COLORS", "EDGES", "FORWARD", "FORWARD_LEFT", "FORWARD_SIZE"]
__all__ += ["FORWARD_WIRES", "LEGEND_Y", "PARAMETERS", "PICTURES", "PREDICTION", "SIZE", "SLOPES", "Place"]
__all__ += ["SSR_PLACE", "WIRES", "arrow_path", "frame", "notes"]

Point = tuple[float, float]
Place = tuple[float, float, str]  # x, y, and what of the text stands there: its left, center or right

SIZE: tuple[float, float] = (WIDTH, 456)
MID, UP, DOWN = 228, 328, 128  # the middle row, and those of the two nodes
HALF = 25  # half a box's height
ROOM = 34  # that a picture takes in a box, beside its number


def _mirrored(*points: Point) -> list[Point]:
    return [(x, 2 * MID - y) for x, y in points]


BOXES: dict[str, tuple[float, float, float]] = {  # centre and half the width
    "Input": (60, MID, 42),
    "x1": (290, UP, 42),
    "x2": (290, DOWN, 42),
    "y1": (470, UP, 42),
    "y2": (470, DOWN, 42),
    "Predicted": (650, MID, 55),
    "Observed": (830, UP, 48),
    "Residual": (830, MID, 48),
    "Residual²": (830, DOWN, 48),
}
FORWARD_LEFT, FORWARD_SIZE = -90.0, (WIDTH, 416)  # of a picture that ends at the prediction
FORWARD = ("Input", "x1", "x2", "y1", "y2", "Predicted")
PICTURES = {"y1": (470, UP + 40), "y2": (470, DOWN - 40), "Predicted": (650, MID + 40)}  # the middle of each
COLORS = {"Input": OBSERVED, "x1": NODES[0], "x2": NODES[1], "y1": NODES[0], "y2": NODES[1]}
COLORS |= {"Predicted": SUM, "Observed": OBSERVED, "Residual": RESIDUAL, "Residual²": SSR}

EDGES: dict[str, list[Point]] = {"w1": [(108, MID + 5), (242, UP - 3)], "w3": [(518, UP - 5), (589, MID + 9)]}
EDGES |= {"w2": _mirrored(*EDGES["w1"]), "w4": _mirrored(*EDGES["w3"])}

WIRES: list[list[Point]] = [  # what carries no weight
    [(334, UP), (425, UP)],
    _mirrored((334, UP), (425, UP)),
    [(290, UP + 44), (290, UP + HALF + 3)],
    _mirrored((290, UP + 44), (290, UP + HALF + 3)),
    [(650, MID - 44), (650, MID - HALF - 3)],
    [(707, MID), (779, MID)],
    [(830, UP - HALF - 2), (830, MID + HALF + 3)],
    [(830, MID - HALF - 2), (830, DOWN + HALF + 3)],
]
FORWARD_WIRES = WIRES[:5]
BENDS = [(380, UP + 22, NODES[0]), (380, DOWN - 22, NODES[1])]

PARAMETERS: dict[str, Place] = {
    "w1": (208, UP + 11, "right"),
    "w2": (208, DOWN - 11, "right"),
    "w3": (550, UP + 12, "left"),
    "w4": (550, DOWN + 3, "left"),
    "b1": (290, UP + 53, "center"),
    "b2": (290, DOWN - 53, "center"),
    "b3": (650, MID - 54, "center"),
}
SLOPES: dict[str, Place] = {
    "w1": (206, UP - 8, "right"),
    "w2": (206, DOWN + 8, "right"),
    "w3": (550, UP - 7, "left"),
    "w4": (550, DOWN - 16, "left"),
    "b1": (290, UP + 72, "center"),
    "b2": (290, DOWN - 72, "center"),
    "b3": (578, MID - 73, "left"),
    "x1": (290, UP - 39, "center"),
    "x2": (290, DOWN + 39, "center"),
    "y1": (530, UP - 58, "right"),
    "y2": (530, DOWN + 58, "right"),
    "Predicted": (592, MID + 70, "left"),
}
SSR_PLACE: Place = (830, DOWN - 58, "center")
CAPTION: Place = (WIDTH / 2, 434, "center")
PREDICTION: Place = (WIDTH - 18, 404, "right")
LEGEND_Y = 18

ARROWS: dict[str, list[Point]] = {  # from what is known to the derivative that follows from it
    "Predicted": [(812, DOWN + HALF + 2), (812, MID - HALF - 4), (780, MID - 14), (709, MID - 14)],
    "y1": [(576, MID + 4), (514, UP - 21)],
    "x1": [(426, UP - 14), (335, UP - 14)],
    "w1": [(245, UP + 11), (214, UP + 11)],
    "b1": [(272, UP + HALF + 2), (272, UP + 44)],
    "w3": [(592, MID + 20), (550, UP - 26)],
}
ARROWS |= {f"{name[0]}{number}": _mirrored(*ARROWS[f"{name[0]}1"]) for name, number in (("y", 2), ("x", 2), ("w", 2))}
ARROWS |= {"b2": _mirrored(*ARROWS["b1"]), "w4": _mirrored((593, MID + 20), (558, UP - 37))}
ARROWS |= {"b3": [(632, MID - HALF - 2), (632, MID - 44)]}


def frame(name: str, room: float = 0) -> tuple[float, float, float, float]:
    """The left, right, lower and upper edge of this box, with some room around it."""
    x, y, half = BOXES[name]
    low, high = y - HALF - room, y + HALF + room
    if name in PICTURES:
        low, high = (low, high + ROOM) if PICTURES[name][1] > y else (low - ROOM, high)
    return x - half - room, x + half + room, low, high


def notes(activation: str, data: Dataset, back: bool) -> list[tuple[float, float, str, str]]:
    """The small print: place and words."""
    bends = [(386, y, "center", activation) for y in (UP + 48, DOWN - 48)]
    forward = [(60, MID - 39, "center", readable(data.input_names[0])), *bends]
    name = readable(data.observed_names[0])
    if not back:
        return [*forward, (650, MID + 70, "center", name)]
    return [
        *forward,
        (830, UP + 39, "center", name),
        (830, DOWN - 39, "center", f"all {len(data)} points:"),
    ]


def arrow_path(points: list[Point]) -> tuple[list[float], list[float]]:
    """An arrow from each odd point to the even one after it, all drawn as one line that lifts its pen in between."""
    strokes = []
    for tail, tip in np.array(points).reshape(-1, 2, 2):
        ahead = (tip - tail) / np.hypot(*(tip - tail))
        aside = np.array([-ahead[1], ahead[0]])
        lift = (np.nan, np.nan)
        strokes += [tail, tip, lift, tip - 8 * ahead + 5 * aside, tip, tip - 8 * ahead - 5 * aside, lift]
    xs, ys = np.array(strokes).T.tolist()
    return xs, ys
