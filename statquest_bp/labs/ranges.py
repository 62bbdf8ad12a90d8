"""How far each parameter of the lesson's network can be moved, and which stretch of it a picture shows."""

from __future__ import annotations

__all__ = ["FIT_HEIGHTS", "SHOWN", "slider_range"]

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
FIT_HEIGHTS = (-3.0, 3.6)  # of the squiggle, wherever one of the other six starts


def slider_range(name: str) -> tuple[float, float]:
    """The ends of the slider of a parameter: the course's b3 stays near its lesson, the others go well beyond."""
    if name == "b3":
        return SHOWN["b3"]
    return (-4.0, 4.0) if name.startswith("b") else (-6.0, 6.0)
