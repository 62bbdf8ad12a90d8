"""How far each parameter can be moved, which stretch of it a picture shows, and how fast it may go."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from statquest_bp.data import Dataset

__all__ = ["FIT_HEIGHTS", "REACH", "SHOWN", "rate_for", "rates", "slider_range", "stretch"]

# Where the SSR curve of one parameter, the others at their optimum, has its valley and not only its walls.
SHOWN: dict[str, tuple[float, float]] = {
    "b3": (-1.0, 4.0),
    "w4": (-5.0, 1.5),
    "w3": (-3.0, 1.0),
    "b2": (-4.0, 2.0),
    "w2": (-6.0, 0.5),
    "b1": (-4.0, 1.0),
    "w1": (-1.0, 6.0),
}
REACH = {"w": (-6.0, 6.0), "b": (-4.0, 4.0)}  # of the sliders: weights and biases
FIT_HEIGHTS = (-3.0, 3.6)  # of the squiggle, wherever one of the other six starts


def slider_range(name: str) -> tuple[float, float]:
    """The ends of the slider of a parameter: the course's b3 stays near its lesson, the others go well beyond."""
    if name == "b3":
        return SHOWN["b3"]
    return REACH[name[0]]


def stretch(values: npt.NDArray[np.float64]) -> tuple[float, float]:
    """What to show of a parameter that takes these values in a run: all that is within 10 of the first, and room."""
    near = values[np.abs(values - values[0]) <= 10.0]
    middle, half = (near.min() + near.max()) / 2.0, max(2.0, 0.65 * np.ptp(near))
    return float(np.floor(2.0 * (middle - half)) / 2.0), float(np.ceil(2.0 * (middle + half)) / 2.0)


def rates(data: Dataset) -> tuple[float, float]:
    """The ends of a slider of the learning rate, the lower being its step too; the last bias bears half the upper."""
    highest = 2.0 / len(data)
    return highest / 200, highest


def rate_for(data: Dataset) -> float:
    """A learning rate to begin with, the smaller the more points add up in the SSR: in the lesson 0.1."""
    return round(0.3 / len(data), 9)
