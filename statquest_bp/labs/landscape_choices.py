"""What can be chosen in the LandscapeLab: the picture, the slice, what moves, from where, and how fast."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import ipywidgets

from statquest_bp.data import Dataset
from statquest_bp.fit import level_line_ssr
from statquest_bp.gradient_descent import Run
from statquest_bp.labs.controls import Button, Choice, Part, Slider, Switch
from statquest_bp.labs.descents import Plan, Position, start_controls
from statquest_bp.labs.ranges import REACH, rates, stretch
from statquest_bp.labs.style import BESIDE, toggle_buttons
from statquest_bp.network import Network
from statquest_bp.plots import Frame

__all__ = ["FEW", "HERE", "ONLY_SHOWN", "LandscapeChoices", "Look", "Path", "names_shown", "sliced_through"]

NO_Y = "none: a curve"
FEW = 12  # parameters: up to here, each has a slider of its own
ALL, ONLY_SHOWN = "all parameters", "only those shown"
START, HERE = "where the path starts", "where it stands"
WIDTH = "320px"  # of a slider


class Look(NamedTuple):
    """What the picture shows, which parameters move, where the slice lies, and whose start a slider for all sets."""

    frame: Frame
    moves: str
    through: str
    parameter: str


class Path(Position):
    """A position in a run, in a `Look` as its view: at the end of this run, it is at that of any other too."""

    __slots__ = ()

    def at(self, step: int) -> Path:
        """At this step of the run, or the nearest there is."""
        return self._replace(wished=self.plan.max_steps if step >= self.last else max(step, 0))


class LandscapeChoices:
    """The controls of the LandscapeLab but its steps, and what they change.

    `names` are those of all parameters; `stretches` says what to show of some of them, whatever path there is.
    """

    def __init__(self, names: Sequence[str], stretches: Mapping[str, tuple[float, float]]) -> None:
        self._names, self._stretches = list(names), stretches

    def opening(self, plan: Plan, network: Network, rate: float, x: str, y: str) -> Path:
        """The end of the run from this network, on a map of these two parameters."""
        run = plan.run(network, rate)
        return Path(plan, run, rate, plan.max_steps, Look(self._framed(plan.data, run, x, y), ALL, START, x))

    # The controls.

    def run_row(self, start: Position) -> list[Part[Position]]:
        """The learning rate, and where the run starts."""
        slowest, fastest = rates(start.plan.data)
        rate = Slider[Position](
            "learning_rate",
            slowest,
            fastest,
            lambda position: position.rate,
            Position.at_rate,
            start=start.rate,
            width=WIDTH,
            description="learning rate",
            step=slowest / 2,
            readout_format=".4f",
        )
        return [rate, *(self._start_of_any(start) if len(self._names) > FEW else self._start_of_each(start))]

    def look_row(self) -> list[Part[Position]]:
        """What the picture shows, what moves, and where the slice lies."""
        return [
            _list("x", "x:", self._names, lambda position: position.view.frame.x, self._set_x),
            _list("y", "y:", [NO_Y, *self._names], lambda position: position.view.frame.y or NO_Y, self._set_y),
            Choice(
                "moves",
                toggle_buttons("descent moves", [ALL, ONLY_SHOWN]),
                lambda position: position.view.moves,
                lambda position, moves: self._looking(position, position.view._replace(moves=moves)),
            ),
            Choice(
                "through",
                toggle_buttons("slice through", [START, HERE]),
                lambda position: position.view.through,
                lambda position, through: position._replace(view=position.view._replace(through=through)),
            ),
        ]

    def frame_button(self) -> Button[Position]:
        """What brings a path back that has left the picture."""
        return Button(
            "frame",
            "Fit the picture to the path",
            lambda position: self._look_at(position, *position.view.frame[:2]),
            "Show the path, unless it flies off",
        )

    def _start_of_each(self, start: Position) -> list[Part[Position]]:
        """A slider for each parameter: those in the picture stand in the open, the others unfold."""
        others = ipywidgets.ToggleButton(False, description="The other parameters", layout={"width": "auto"})
        sliders = start_controls(
            start,
            self._names,
            _start_at,
            WIDTH,
            lambda name: REACH[name[0]],
            lambda position, name: bool(others.value) or name in names_shown(position.view.frame),
        )
        return [*sliders, Switch[Position]("others", others)]

    def _start_of_any(self, start: Position) -> list[Part[Position]]:
        """One slider for many parameters, and a choice of which of them it moves."""
        every = start.start.vector
        slider = Slider[Position](
            "start",
            min(REACH["w"][0], every.min()),
            max(REACH["w"][1], every.max()),
            lambda position: position.start.parameters[position.view.parameter],
            lambda position, value: _start_at(position, position.view.parameter, value),
            start=start.start.parameters[start.view.parameter],
            width=WIDTH,
        )
        return [
            _list(
                "parameter",
                "start of",
                self._names,
                lambda position: position.view.parameter,
                lambda position, parameter: position._replace(view=position.view._replace(parameter=parameter)),
            ),
            slider,
        ]

    # What changes the state.

    def _set_x(self, position: Position, x: str) -> Position:
        frame = position.view.frame
        return self._look_at(position, x, frame.x if x == frame.y else frame.y)

    def _set_y(self, position: Position, y: str) -> Position:
        x, before = position.view.frame[:2]
        if y == x:
            x = before or next(name for name in self._names if name != y)
        return self._look_at(position, x, None if y == NO_Y else y)

    def _look_at(self, position: Position, x: str, y: str | None) -> Position:
        """The picture of these, framed round the path; where only those shown move, the path is another."""
        view = position.view._replace(frame=position.view.frame._replace(x=x, y=y))
        new = position._replace(view=view) if view.moves == ALL else self._looking(position, view)
        return new._replace(view=view._replace(frame=self._framed(new.plan.data, new.run, x, y)))

    def _looking(self, position: Position, view: Look) -> Position:
        """What moves in this view, moved."""
        optimize = tuple(self._names) if view.moves == ALL else names_shown(view.frame)
        plan = position.plan._replace(optimize=optimize)
        return position._replace(plan=plan, run=plan.run(position.start, position.rate), view=view)

    def _framed(self, data: Dataset, run: Run, x: str, y: str | None) -> Frame:
        limits = [self._stretches.get(name) or stretch(run.parameters[name]) for name in (x, y) if name]
        if y is None:
            top = 1.2 * max(level_line_ssr(data), min(run.ssr.max(), 3.0 * run.ssr[0]))
            limits.append((-0.05 * top, top))
        return Frame(x, y, *limits)


def _list(
    name: str,
    text: str,
    options: list[str],
    value: Callable[[Position], str],
    change: Callable[[Position, str], Position],
) -> Choice[Position]:
    return Choice(name, ipywidgets.Dropdown(options=options, description=text, layout=BESIDE), value, change)


def _start_at(position: Position, name: str, value: float) -> Position:
    """The run from another value of one parameter, at the same step."""
    start = position.start.replace(**{name: value})
    return position._replace(run=position.plan.run(start, position.rate))


def names_shown(frame: Frame) -> tuple[str, ...]:
    """The parameters in the picture, one or two."""
    return (frame.x,) if frame.y is None else (frame.x, frame.y)


def sliced_through(position: Position) -> Network:
    """The network that the slice goes through."""
    return position.start if position.view.through == START else position.run[position.step].network
