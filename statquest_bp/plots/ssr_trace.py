"""The SSR against the number of updates, for one run or several, both axes in powers of ten."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes

from statquest_bp.plots.style import AXIS_END, PREDICTION, SSR, course_look, draw_through, moving_line, moving_text

__all__ = ["SSRTrace", "draw_ssr_trace", "ssr_limits", "updates_axis"]

DASHES = ("-", "--", "-.", ":")
# A picture leaves out what is beyond these: there every fit looks perfect, and a run has long diverged.
PERFECT_SSR, EXPLODED_SSR = 1e-6, 1e9
PERFECT_SHARE, EXPLODED_SHARE = 1e-6, 1e4  # the same of a run whose start is known, as shares of the SSR there


class Recorded(Protocol):
    """A run, as far as it is drawn here: its SSR at every update, and how many there are, the start being one."""

    @property
    def ssr(self) -> npt.NDArray[np.float64]:
        """The SSR at every update so far, (updates + 1,)."""

    def __len__(self) -> int: ...


class SSRTrace:
    """The artists of `draw_ssr_trace`, one a run: `lines`, `here` (where it stands), `names`; and `prediction`."""

    def __init__(self, ax: Axes, count: int, lowest: float, highest: float) -> None:
        self.ax, self._lowest, self._highest = ax, lowest, min(highest, AXIS_END)
        self.lines = [moving_line(ax, color=SSR, linewidth=2.5, linestyle=DASHES[i % 4]) for i in range(count)]
        self.here = [
            moving_line(
                ax, color="black", linestyle="None", marker="o", markersize=10, markeredgecolor="white", zorder=5
            )
            for _ in range(count)
        ]
        self.prediction = moving_line(ax, color=PREDICTION, linewidth=3, linestyle=":", zorder=4)
        self.names = [moving_text(ax, va="bottom", ha="left", zorder=6) for _ in range(count)]

    def show_prediction(self, height: float | None) -> None:
        """Mark a predicted SSR across the picture; None takes the mark away."""
        draw_through(self.prediction, None if height is None else (self.ax.get_xlim(), [height, height]))

    def update(self, runs: Sequence[Recorded], names: Sequence[str], shown: npt.NDArray[np.int64], step: int) -> None:
        """Draw each run at the steps `shown` (ascending) up to `step`, or to its own end if that comes first."""
        highest = int(np.argmax([run.ssr[min(step, len(run) - 1)] for run in runs]))
        for i, (run, name, line, here, text) in enumerate(
            zip(runs, names, self.lines, self.here, self.names, strict=True)
        ):
            last = min(step, len(run) - 1)
            steps = np.append(shown[shown < last], last)
            line.set_data(steps, run.ssr[steps].clip(self._lowest, AXIS_END))  # what explodes leaves the picture
            height = run.ssr[last].clip(self._lowest, self._highest)
            here.set_data([last], [height])
            text.set_position((last * 1.15 + 0.1, height))
            text.set_verticalalignment("bottom" if i == highest else "top")  # so that no two collide
            text.set_text(name)


@course_look()
def draw_ssr_trace(
    ax: Axes, runs: Sequence[Recorded], longest: int | None = None, heights: tuple[float, float] | None = None
) -> SSRTrace:
    """Axes for the SSR of these runs against the updates; `trace.update` draws them up to a step.

    `longest` (updates) and `heights` (of SSR) make room for runs yet to come; None takes what these runs need.
    """
    longest = max(map(len, runs)) if longest is None else longest + 1
    lowest, highest = heights or (
        max(PERFECT_SSR, min(float(run.ssr.min()) for run in runs)),
        min(EXPLODED_SSR, max(float(run.ssr.max()) for run in runs)),
    )
    updates_axis(ax, longest)
    ax.set_yscale("log")
    ax.set(ylim=(lowest / 3, highest * 3), ylabel="SSR")
    ax.tick_params(labelsize=11)
    ax.minorticks_off()
    return SSRTrace(ax, len(runs), *(heights or (PERFECT_SSR, EXPLODED_SSR)))


def ssr_limits(runs: Sequence[Recorded]) -> tuple[float, float]:
    """Even powers of ten around every SSR so far, so that they seldom change while a run grows.

    Where one is ten times that at the start, they make room at once for all that isn't exploded. A run may leave them
    where it has, or is so near 0 that every fit looks perfect.
    """
    starts = [float(run.ssr[0]) for run in runs]
    lowest = min(max(float(run.ssr.min()), PERFECT_SHARE * start) for run, start in zip(runs, starts, strict=True))
    tops = [float(run.ssr.max()) for run in runs]
    highest = max(top if top <= 10 * start else EXPLODED_SHARE * start for top, start in zip(tops, starts, strict=True))
    low, high = (math.log10(min(max(value, 1e-12), AXIS_END)) / 2 for value in (lowest, highest))
    return 100.0 ** math.floor(low), 100.0 ** max(math.ceil(high), math.floor(low) + 1)


def updates_axis(ax: Axes, longest: int) -> None:
    """Let `ax` run from 0 to `longest` updates in powers of ten, with room for names beside the ends."""
    ax.set_xscale("symlog", linthresh=1)
    ax.set(xlim=(-0.2, 4 * longest), xlabel="updates")
    ax.xaxis.set_major_formatter(lambda updates, _: f"{updates:g}" if updates < 1000 else f"{updates / 1000:g}k")
