"""How parameters move: each against the number of updates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from statquest_bp.digits import exact
from statquest_bp.network import Network
from statquest_bp.plots.ssr_trace import updates_axis
from statquest_bp.plots.style import course_look, moving_line, moving_text

__all__ = ["ParameterTraces", "draw_parameter_traces"]

COLORS = ("#332288", "#117733", "#882255", "#0F6E84", "#661100", "#AA4499")  # only to tell lines apart
NAMED = 12  # with more lines, their names would cover each other

Array = npt.NDArray[np.float64]


class ParameterTraces:
    """The artists of `draw_parameter_traces`: `lines` by parameter, and `names` where there are few; all move.

    Where there are many, those of one look share a line, which lifts its pen in between: that is faster.
    """

    def __init__(self, ax: Axes, names: Sequence[str]) -> None:
        self.ax = ax
        many = len(names) > NAMED
        width = {"linewidth": 1.5, "alpha": 0.6} if many else {"linewidth": 2.5}
        looks = [(COLORS[i % 6], "--" if name.startswith("b") else "-") for i, name in enumerate(names)]
        drawn = (
            {look: moving_line(ax, color=look[0], linestyle=look[1], **width) for look in dict.fromkeys(looks)}
            if many
            else {}
        )
        self.lines = {
            name: drawn.get(look) or moving_line(ax, color=look[0], linestyle=look[1], **width)
            for name, look in zip(names, looks, strict=True)
        }
        self.names = {
            name: moving_text(ax, va="center", color=line.get_color(), weight="bold", zorder=6)
            for name, line in ({} if many else self.lines).items()
        }

    def update(self, run_columns: Mapping[str, Array], steps: npt.NDArray[np.int64], step: int) -> None:
        """Draw each parameter at the `steps` (ascending) up to `step`, or to the run's own end if that comes first.

        `run_columns` holds each parameter's values over the run, such as `run.parameters`.
        """
        ends = {}
        strokes: dict[Line2D, list[tuple[Array, Array]]] = {}
        for name, line in self.lines.items():
            values = run_columns[name]
            last = min(step, len(values) - 1)
            shown = np.append(steps[steps < last], last)
            strokes.setdefault(line, []).append((shown, values[shown]))
            ends[name] = (last, float(values[last]))
        for line, parts in strokes.items():
            line.set_data(*([_pen_lifted(axis) for axis in zip(*parts, strict=True)] if len(parts) > 1 else parts[0]))
        if self.names:
            low, high = self.ax.get_ylim()
            heights = _apart([height for _, height in ends.values()], 0.065 * (high - low), low, high)
            for (name, text), height in zip(self.names.items(), heights, strict=True):
                text.set_position((ends[name][0] * 1.15 + 0.1, height))
                text.set_text(name)

    def describe(self, network: Network) -> str:
        """What is seen, with the parameters' values in `network`, where the lines end."""
        values = {name: network.parameters[name] for name in self.lines}
        if self.names:
            ends = ", ".join(f"{name} = {exact(value, 2)}" for name, value in values.items())
        else:
            ends = f"between {exact(min(values.values()), 2)} and {exact(max(values.values()), 2)}"
        return f"{len(values)} parameter(s) against the updates; now {ends}."


def _pen_lifted(parts: Sequence[Array]) -> Array:
    """All parts one after the other, with a gap behind each."""
    return np.concatenate([part for values in parts for part in (values, [np.nan])])


def _apart(heights: list[float], gap: float, low: float, high: float) -> list[float]:
    """The `heights`, moved as little as it takes to lie a `gap` apart and within the limits."""
    order = np.argsort(heights)
    steps = gap * np.arange(len(heights))
    slack = np.clip(np.array(heights)[order], low, high) - steps  # they are a gap apart where this never falls
    lifted, lowered = np.maximum.accumulate(slack), np.minimum.accumulate(slack[::-1])[::-1]
    places = np.empty_like(slack)
    places[order] = ((lifted + lowered) / 2).clip(low + gap / 2, high - gap / 2 - steps[-1]) + steps
    return [float(place) for place in places]


@course_look()
def draw_parameter_traces(
    ax: Axes, names: Sequence[str], longest: int, ylim: tuple[float, float] = (-6.0, 6.0)
) -> ParameterTraces:
    """Axes for the parameters with these `names` against up to `longest` updates; `traces.update` draws them.

    Weights are solid, biases dashed. Up to twelve are named at their ends. `ylim` is fixed from the start.
    """
    updates_axis(ax, longest)
    ax.set(ylim=ylim, ylabel="value")
    ax.tick_params(labelsize=11)
    return ParameterTraces(ax, names)
