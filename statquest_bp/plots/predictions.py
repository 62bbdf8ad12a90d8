"""The fit of any network to any data: curves for one input, a map for two, predicted against observed for more."""

from __future__ import annotations

import numbers

import numpy as np
import numpy.typing as npt
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import ListedColormap, Normalize, to_hex
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from statquest_bp.data import Dataset
from statquest_bp.digits import exact
from statquest_bp.fit import check_match, residuals, ssr
from statquest_bp.network import Network
from statquest_bp.plots.contours import Contours
from statquest_bp.plots.fit import MANY, Fit
from statquest_bp.plots.names import cut, fonts_for, name_axes, readable
from statquest_bp.plots.style import AXIS_END, OUTPUTS, SSR, around, course_look, moving_line

__all__ = ["Predictions", "draw_predictions"]

CROWD = 200  # points: above, they are drawn small on a map, else each would cover its neighbours
FINE = 31  # how many values of each input a map is computed for
HEIGHTS = ListedColormap(colormaps["plasma"](np.linspace(0, 0.82, 256)))  # no yellow: it can't be seen on white


class Predictions:
    """What `draw_predictions` returns, of one of three kinds; `outputs` are the indices of those on show."""

    def __init__(self, data: Dataset, outputs: list[int]) -> None:
        self.data, self.outputs = data, outputs

    def update(self, network: Network) -> None:
        """Move everything to `network`, of any shape that takes these inputs and predicts these outputs."""
        check_match(network, self.data)
        self._move(network)

    def describe(self, network: Network) -> str:
        """What is seen, with the numbers, in a sentence or two."""
        gaps = residuals(network, self.data)
        row, column = np.unravel_index(int(np.abs(gaps).argmax()), gaps.shape)
        inputs = zip(self.data.input_names, self.data.inputs[row], strict=True)
        where = ", ".join(f"{cut(name)} = {exact(value, 2)}" for name, value in inputs)
        largest = f"the largest residual, {exact(gaps[row, column], 2)}, is at {where}"
        if gaps.shape[1] > 1:
            largest += f", in {cut(self.data.observed_names[column])}"
        return f"{self._seen(network)} SSR {exact(ssr(network, self.data))}; {largest}."

    def _move(self, network: Network) -> None:
        raise NotImplementedError

    def _seen(self, network: Network) -> str:
        raise NotImplementedError

    def _names(self) -> str:
        return " and ".join(cut(self.data.observed_names[output]) for output in self.outputs)

    def _points(self) -> str:
        return "1 point" if len(self.data) == 1 else f"{len(self.data)} points"

    def _legend(self, ax: Axes, lines: bool, **place: object) -> None:
        """Which colour, dashes (where there are `lines`) and marker are which output, where there are several."""
        if len(self.outputs) > 1:
            looks = [OUTPUTS[output] for output in self.outputs]
            handles = [
                Line2D([], [], color=color, linestyle=dash if lines else "None", marker=marker)
                for color, dash, marker in looks
            ]
            names = [readable(self.data.observed_names[output], 12) for output in self.outputs]
            fonts = {"family": fonts_for("".join(names)), "size": 11}
            blank = [" "] * len(names)
            legend = ax.legend(handles, blank, prop=fonts, handlelength=2.5, columnspacing=1, **place)
            for text, name in zip(legend.get_texts(), names, strict=True):
                text.set_text(name)  # as a label, a name that begins with "_" would be left out


class Curves(Predictions):
    """One input: a `Fit` for each output, in `fits`."""

    def __init__(self, ax: Axes, network: Network, data: Dataset, outputs: list[int]) -> None:
        super().__init__(data, outputs)
        ax.set(xlim=around(data.inputs, 0.04), ylim=_heights(network, data, outputs))
        one = readable(data.observed_names[outputs[0]]) if len(outputs) == 1 else ""
        name_axes(ax, readable(data.input_names[0]), one)
        _short_ticks(ax)
        few = data.observed.size <= MANY
        self.fits = [Fit(ax, network, data, few, numbers=False, output=output) for output in outputs]
        self._legend(ax, True, loc="upper center", ncols=max(1, int(ax.bbox.width // 120)))

    def _move(self, network: Network) -> None:
        for fit in self.fits:
            fit.update(network)

    def _seen(self, network: Network) -> str:
        curves = "curve" if len(self.outputs) == 1 else f"{len(self.outputs)} curves"
        return (
            f"{self._points()} of {self._names()} against {cut(self.data.input_names[0])}, and the network’s {curves}."
        )


class Map(Predictions):
    """Two inputs: `contours` of the prediction, and points in the colours of what was observed there."""

    def __init__(self, ax: Axes, network: Network, data: Dataset, outputs: list[int]) -> None:
        super().__init__(data, outputs[:1])
        observed, (x, y) = data.observed[:, outputs[0]], data.inputs.T
        levels = MaxNLocator(8).tick_values(*around(observed, 0.02))
        colors = Normalize(levels[0], levels[-1])
        ax.set(xlim=around(x, 0.07), ylim=around(y, 0.07))
        name_axes(ax, *map(readable, data.input_names))
        _short_ticks(ax)
        size, edge = (90, "white") if len(data) <= CROWD else (16, "none")
        self.observed = ax.scatter(x, y, size, observed, cmap=HEIGHTS, norm=colors, edgecolors=edge, zorder=2)
        shown = [to_hex(HEIGHTS(colors(level))) for level in levels]
        self.contours = Contours(ax, levels, shown, toward=((1, 1), (-1, 1)))
        bar = ax.figure.colorbar(ScalarMappable(colors, HEIGHTS), cax=_room_beside(ax), ticks=levels)
        name = readable(data.observed_names[outputs[0]])
        bar.set_label(name, fontsize=12, family=fonts_for(name))
        bar.ax.tick_params(labelsize=11)
        (left, right), (low, high) = ax.get_xlim(), ax.get_ylim()
        self._xs, self._ys = np.linspace(left, right, FINE), np.linspace(low, high, FINE)
        self._grid = np.stack(np.meshgrid(self._xs, self._ys), axis=-1).reshape(-1, 2)
        self._move(network)

    def _heights(self, network: Network) -> npt.NDArray[np.float64]:
        """The prediction over the map; where it isn't a number, it counts as too high."""
        predicted = network.predict(self._grid)[:, self.outputs[0]]
        return np.nan_to_num(predicted, nan=AXIS_END).clip(-AXIS_END, AXIS_END).reshape(FINE, FINE)

    def _move(self, network: Network) -> None:
        self.contours.update(self._xs, self._ys, self._heights(network))

    def _seen(self, network: Network) -> str:
        heights, (x, y) = self._heights(network), map(cut, self.data.input_names)
        return (
            f"A map with {x} to the right and {y} upward: {self._points()} in the colour of the observed "
            f"{self._names()}, and lines of equal prediction, which runs from {exact(heights.min(), 2)} to "
            f"{exact(heights.max(), 2)}."
        )


class AgainstObserved(Predictions):
    """Three inputs or more: the `points` of each output, predicted against observed; the diagonal is a perfect fit."""

    def __init__(self, ax: Axes, network: Network, data: Dataset, outputs: list[int]) -> None:
        super().__init__(data, outputs)
        limits = around(data.observed[:, outputs], 0.12)
        one = readable(self._names()) if len(outputs) == 1 else ""
        ax.set(xlim=limits, ylim=_heights(network, data, outputs))
        name_axes(ax, f"{one} observed".strip(), f"{one} predicted".strip())
        ax.plot(limits, limits, color=SSR, linewidth=1.5, linestyle=":", zorder=1)
        _short_ticks(ax)
        looks = [OUTPUTS[output] for output in outputs]
        self.points = [
            moving_line(ax, color=c, linestyle="None", marker=marker, markersize=9, markeredgecolor="white", zorder=3)
            for c, _, marker in looks
        ]
        self._legend(ax, False, loc="upper left")
        self._move(network)

    def _move(self, network: Network) -> None:
        predicted = network.predict(self.data.inputs)
        for output, points in zip(self.outputs, self.points, strict=True):
            points.set_data(self.data.observed[:, output], predicted[:, output])

    def _seen(self, network: Network) -> str:
        return f"{self._points()} of {self._names()}, predicted against observed: a perfect fit lies on the diagonal."


def _heights(network: Network, data: Dataset, outputs: list[int]) -> tuple[float, float]:
    """Limits for all that was observed, and for what is predicted at first unless that is far off."""
    observed = data.observed[:, outputs]
    predicted = np.nan_to_num(network.predict(data.inputs)[:, outputs])
    return around(np.append(observed, predicted.clip(*around(observed, 2.0))), 0.2)


def _short_ticks(ax: Axes) -> None:
    """Numbers of few digits along the axes, so that they leave room for the names."""
    ax.tick_params(labelsize=11)
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_locator(MaxNLocator(8, steps=[1, 2, 5, 10]))
        axis.get_major_formatter().set_powerlimits((-2, 4))


def _room_beside(ax: Axes) -> Axes:
    """Axes for a colour bar, with room for its numbers and name, taken from the right of `ax`."""
    box, point = ax.get_position(), 1 / (72 * ax.figure.get_figwidth())
    ax.set_position((box.x0, box.y0, box.width - 70 * point, box.height))
    return ax.figure.add_axes((box.x1 - 60 * point, box.y0, 12 * point, box.height))


@course_look()
def draw_predictions(ax: Axes, network: Network, data: Dataset, output: int | None = None) -> Predictions:
    """Draw how `network` fits `data`, by the number of inputs; `predictions.update(network)` moves it.

    - One: the points, and a curve for each output, with dashed residuals where there are few points.
    - Two: a map with lines of equal prediction; points and lines of one colour have one value. It takes some of the
      room of `ax` for its colour bar, and shows one output (the first, unless `output` says which, from 0 up).
    - More: predicted against observed, with the diagonal.

    What was observed sets the limits, once. Raises ValueError where network and data don't match, and for an output
    that isn't there.
    """
    check_match(network, data)
    count = data.observed.shape[1]
    if output is not None and (not isinstance(output, numbers.Integral) or output not in range(count)):
        raise ValueError(f"output must be a whole number from 0 to {count - 1}; got {output!r}")
    outputs = list(range(count)) if output is None else [int(output)]
    kind = {1: Curves, 2: Map}.get(data.inputs.shape[1], AgainstObserved)
    return kind(ax, network, data, outputs)
