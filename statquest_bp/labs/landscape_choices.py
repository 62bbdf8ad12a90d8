"""What can be chosen in the LandscapeLab: the picture, the slice, what moves, from where, and how fast."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import ipywidgets

from statquest_bp.data import Dataset
from statquest_bp.fit import level_line_ssr
from statquest_bp.gradient_descent import Run
from statquest_bp.labs.ranges import REACH, rates, stretch
from statquest_bp.labs.run_lab import Position, RunLab
from statquest_bp.labs.style import BESIDE, toggle_buttons
from statquest_bp.network import Network
from statquest_bp.plots import Frame

__all__ = ["HERE", "ONLY_SHOWN", "LandscapeChoices", "View", "names_shown"]

NO_Y = "none: a curve"
FEW = 12  # parameters: up to here, each has a slider of its own
ALL, ONLY_SHOWN = "all parameters", "only those shown"
START, HERE = "where the path starts", "where it stands"
WIDTH = "320px"  # of a slider


class View(NamedTuple):
    """What the picture shows, which parameters move, where the slice lies, and whose start a slider for all sets."""

    frame: Frame
    moves: str
    through: str
    parameter: str


class LandscapeChoices(RunLab):
    """The base of the LandscapeLab: its state and the controls that change it. It draws nothing.

    A subclass sets `_data`, `_names` (of all parameters) and `_stretches` first, and begins with the view `_opening`.
    """

    _data: Dataset
    _names: list[str]
    _stretches: Mapping[str, tuple[float, float]]

    def _opening(self, run: Run, x: str, y: str) -> View:
        return View(self._framed(run, x, y), ALL, START, x)

    # The controls.

    def _add_controls(self) -> None:
        slowest, fastest = rates(self.data)
        look = {"description": "learning rate", "step": slowest / 2, "readout_format": ".4f", "value": self.state.rate}
        self._slider("learning_rate", slowest, fastest, self._set_rate, WIDTH, **look)
        self._list("x", "x:", self._names, self._set_x)
        self._list("y", "y:", [NO_Y, *self._names], self._set_y)
        self._button(
            "frame",
            "Fit the picture to the path",
            lambda: self._look_at(*self.state.view.frame[:2]),
            "Show the path, unless it flies off",
        )
        self._control("moves", toggle_buttons("descent moves", [ALL, ONLY_SHOWN]), self._set_moves)
        self._control("through", toggle_buttons("slice through", [START, HERE]), self._set_through)
        starts = self._add_start_of_any() if len(self._names) > FEW else self._add_start_of_each()
        chosen = [self.controls[name] for name in ("x", "y", "moves", "through")]
        self._arrange([self.controls["learning_rate"], *starts], chosen, [*self._moves, self.controls["frame"]])

    def _add_start_of_each(self) -> list[Any]:
        """A slider for each parameter: those in the picture stand in the open, the others unfold."""
        self._add_starts(self._names, WIDTH, lambda name: REACH[name[0]])
        others = ipywidgets.ToggleButton(False, description="The other parameters", layout={"width": "auto"})
        others.observe(lambda _: self._act(lambda: self.state), "value")
        self.controls["others"] = others
        return [*(self.controls[name] for name in self._names), others]

    def _add_start_of_any(self) -> list[Any]:
        """One slider for many parameters, and a choice of which of them it moves."""
        self._list("parameter", "start of", self._names, self._set_parameter)
        every = self.run[0].network.vector
        low, high = min(REACH["w"][0], every.min()), max(REACH["w"][1], every.max())
        value = self.run[0].network.parameters[self.state.view.parameter]
        self._slider(
            "start", low, high, lambda value: self._start_at(self.state.view.parameter, value), WIDTH, value=value
        )
        return [self.controls["parameter"], self.controls["start"]]

    def _list(self, name: str, text: str, options: list[str], change: Callable[[str], Position]) -> None:
        self._control(name, ipywidgets.Dropdown(options=options, description=text, layout=BESIDE), change)

    # What changes the state.

    def _set_x(self, x: str) -> Position:
        frame = self.state.view.frame
        return self._look_at(x, frame.x if x == frame.y else frame.y)

    def _set_y(self, y: str) -> Position:
        x, before = self.state.view.frame[:2]
        if y == x:
            x = before or next(name for name in self._names if name != y)
        return self._look_at(x, None if y == NO_Y else y)

    def _look_at(self, x: str, y: str | None) -> Position:
        """The picture of these, framed round the path; where only those shown move, the path is another."""
        view = self.state.view._replace(frame=self.state.view.frame._replace(x=x, y=y))
        run = self.run if view.moves == ALL else self._run(self.run[0].network, self.state.rate, self._moving(view))
        return self._at_end(view._replace(frame=self._framed(run, x, y)), run)

    def _set_moves(self, moves: str) -> Position:
        view = self.state.view._replace(moves=moves)
        return self._at_end(view, self._run(self.run[0].network, self.state.rate, self._moving(view)))

    def _set_through(self, through: str) -> Position:
        return self.state._replace(view=self.state.view._replace(through=through))

    def _set_parameter(self, parameter: str) -> Position:
        return self.state._replace(view=self.state.view._replace(parameter=parameter))

    def _set_rate(self, rate: float) -> Position:
        run = self._run(self.run[0].network, rate, self.optimize)
        return self._at_end(self.state.view, run)._replace(rate=rate)

    def _start_at(self, name: str, value: float) -> Position:
        start = self.run[0].network.replace(**{name: value})
        return self._at_end(self.state.view, self._run(start, self.state.rate, self.optimize))

    def _at_end(self, view: View, run: Run) -> Position:
        """Another run; what is shown is its end, unless an earlier step was chosen that this one has too."""
        last = len(run) - 1
        return self.state._replace(view=view, run=run, step=last if self._ended else min(self.state.step, last))

    def _moving(self, view: View) -> tuple[str, ...]:
        return tuple(self._names) if view.moves == ALL else names_shown(view.frame)

    def _framed(self, run: Run, x: str, y: str | None) -> Frame:
        limits = [self._stretches.get(name) or stretch(run.parameters[name]) for name in (x, y) if name]
        if y is None:
            top = 1.2 * max(level_line_ssr(self.data), min(run.ssr.max(), 3.0 * run.ssr[0]))
            limits.append((-0.05 * top, top))
        return Frame(x, y, *limits)

    # What follows the state.

    @property
    def data(self) -> Dataset:
        """The observed points."""
        return self._data

    @property
    def optimize(self) -> tuple[str, ...]:  # type: ignore[override]
        """The parameters that the run moves."""
        return self._moving(self.state.view)

    @property
    def _reach(self) -> int:
        # Always the same: told of a new end and a new step at once, the browser would send a wrong step back.
        return self.max_steps

    @property
    def _through(self) -> Network:
        """The network that the slice goes through."""
        return self.run[0].network if self.state.view.through == START else self.network

    def _settings(self) -> dict[str, Any]:
        view, start = self.state.view, self.run[0].network.parameters
        settings = {"x": view.frame.x, "y": view.frame.y or NO_Y, "moves": view.moves, "through": view.through}
        if "parameter" in self.controls:
            settings |= {"parameter": view.parameter, "start": start[view.parameter]}
        return super()._settings() | settings


def names_shown(frame: Frame) -> tuple[str, ...]:
    """The parameters in the picture, one or two."""
    return (frame.x,) if frame.y is None else (frame.x, frame.y)
