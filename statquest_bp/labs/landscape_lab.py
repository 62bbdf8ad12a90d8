"""LandscapeLab: the SSR of any network along any of its parameters, or over two, and a whole run across it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from statquest_bp.data import Dataset
from statquest_bp.digits import exact
from statquest_bp.fit import check_match, ssr
from statquest_bp.gradient_descent import Run
from statquest_bp.holds import near_level
from statquest_bp.labs.advice import IN_CODE, scaling
from statquest_bp.labs.descents import Plan, Position, SeenRun, run_code, seen_run
from statquest_bp.labs.given import check_reach, own_data
from statquest_bp.labs.lab import Lab
from statquest_bp.labs.landscape_choices import HERE, ONLY_SHOWN, LandscapeChoices, names_shown, sliced_through
from statquest_bp.labs.ranges import rate_for
from statquest_bp.labs.steps import Steps
from statquest_bp.labs.view import Digits, View
from statquest_bp.network import Network
from statquest_bp.parameters import check_names
from statquest_bp.plots import draw_predictions, draw_ssr_slice, draw_ssr_trace, new_figure
from statquest_bp.plots.style import SUM, across, moving_line
from statquest_bp.video import DETAILS_1, statquest_network

__all__ = ["LandscapeLab"]


class LandscapeView(View[Position, SeenRun]):
    """Left the fit, in the middle a slice through the landscape with the path on it, right the SSR."""

    def __init__(self, start: Position) -> None:
        data, updates = start.plan.data, start.plan.max_steps
        self._has_curve = data.inputs.shape[1] == 1
        title = "The fit; dotted: at the start" if self._has_curve else "The fit"
        self.figure, (left, middle, right) = new_figure(title, "", "SSR against updates", height=300)
        self.fit = draw_predictions(left, start.start, data)
        self.first_fit = moving_line(left, color=SUM, linewidth=2, linestyle=":", alpha=0.7, zorder=3)
        self.slice = draw_ssr_slice(middle, data, start.view.frame)
        levels = self.slice.levels
        self.trace = draw_ssr_trace(right, [start.run], updates, (levels[0] / 10_000, 3 * levels[-1]))
        right.set(xlim=(-0.2, 1.6 * updates + 1), ylabel="")
        self._moments = np.unique(np.append(0, np.geomspace(1, max(updates, 1), 200).round())).astype(np.int64)

    def seen(self, state: Position) -> SeenRun:
        """The run at the step on show."""
        return seen_run(state)

    def stands_on(self, seen: SeenRun) -> object:
        """What the picture shows, and between which limits."""
        return seen.position.view.frame

    def stand(self, seen: SeenRun) -> None:
        """Let the picture show this."""
        self.slice.show(seen.position.view.frame)

    def draw(self, seen: SeenRun, number: Digits) -> None:
        """Move the fit, the slice, the path, and the SSR."""
        run, step, start = seen.position.run, seen.position.step, seen.position.start
        self.fit.update(seen.here.network)
        if self._has_curve:
            grid = across(self.first_fit.axes)
            curves = np.pad(start.predict(grid), [(0, 1), (0, 0)], constant_values=np.nan)  # a gap behind each output's
            self.first_fit.set_data(np.tile([*grid, np.nan], curves.shape[1]), curves.T.ravel())
        self.slice.follow(sliced_through(seen.position), run, step)
        self.trace.update([run], [""], self._moments, step)

    def mark(self, prediction: float | None, seen: SeenRun) -> None:
        """A line at the SSR that was predicted."""
        self.trace.show_prediction(prediction)

    def question(self, seen: SeenRun) -> object:
        """This run, at whatever step."""
        return seen.question

    def readout(self, seen: SeenRun, number: Digits) -> str:
        """The step and the SSR, where the path has led from where, and what the slice has to do with it."""
        position = seen.position
        start, here = position.start.parameters, seen.here.network.parameters
        shown = names_shown(position.view.frame)
        moved = ", ".join(f"{name} from {number(start[name])} to {number(here[name])}" for name in shown)
        return "<br>".join(
            [
                f"Step {position.step} of {position.last}: {number.ssr(seen.fit.ssr)}, at the start "
                f"{exact(position.run.ssr[0])}. {seen.why_ended}",
                f"{moved}{_off(seen)}.",
                _slice_in_words(seen),
                *["No line of equal SSR crosses this part of the map."] * self.slice.empty,
                *(scaling(position.plan.data, IN_CODE) if _is_held(seen) else []),
            ]
        )

    def label(self, seen: SeenRun, number: Digits) -> str:
        """The three pictures in words."""
        frame, here = seen.position.view.frame, seen.here.network.parameters
        right = (
            f"a map of the SSR, {frame.x} to the right and {frame.y} upward,"
            if frame.y
            else f"the SSR against {frame.x}"
        )
        at = ", ".join(f"{name} = {exact(here[name])}" for name in names_shown(frame))
        dotted = " Dotted: at the start." if self._has_curve else ""
        return (
            f"Left: {self.fit.describe(seen.here.network)}{dotted} Middle: {right} with the path of "
            f"{seen.position.step} updates. It stands at {at}, SSR {exact(seen.fit.ssr)}{_off(seen)}. "
            f"Right: the SSR against the updates, {exact(seen.position.run.ssr[0])} at first. {seen.why_ended}"
        )

    def code(self, seen: SeenRun) -> str:
        """The run, and where it stands."""
        return run_code(seen.position)

    def summary(self, seen: SeenRun) -> str:
        """The step, the parameters shown, and the SSR."""
        position, here = seen.position, seen.here.network.parameters
        values = ", ".join(f"{name} = {exact(here[name])}" for name in names_shown(position.view.frame))
        return f"step {position.step} of {position.last}, {values}, SSR = {exact(seen.fit.ssr)}"


def _is_held(seen: SeenRun) -> bool:
    """Whether the run got no lower than a level line, or diverged."""
    position = seen.position
    diverged = position.ended and position.run.status == "diverged"
    return bool(position.step) and (diverged or near_level(seen.fit.ssr, position.plan.data))


def _off(seen: SeenRun) -> str:
    frame, here = seen.position.view.frame, seen.here.network.parameters
    spot = [here[name] for name in names_shown(frame)] + ([] if frame.y else [seen.fit.ssr])
    inside = all(low <= value <= high for value, (low, high) in zip(spot, (frame.xlim, frame.ylim), strict=True))
    return "" if inside else " (off the picture)"


def _slice_in_words(seen: SeenRun) -> str:
    here = seen.here.network.parameters
    frame, moves, through, _ = seen.position.view
    shown = names_shown(frame)
    picture, others = ("map" if frame.y else "curve"), len(here) - len(shown)
    if not others:
        return f"There are no other parameters: the {picture} is the whole landscape."
    rest = f"the other {others} parameters" if others > 1 else "the other parameter"
    move = "they move" if others > 1 else "it moves"
    if moves == ONLY_SHOWN:
        return f"The {picture} is a slice with {rest} at the start. Nothing else moves, so the path lies in it."
    if through == HERE:
        return f"The {picture} is a slice with {rest} as here; the path came through other slices."
    there = seen.position.start.replace(**{name: here[name] for name in shown})
    return (
        f"The {picture} is a slice with {rest} at the start. But {move} too, so the path leaves it: "
        f"the slice has SSR {exact(ssr(there, seen.fit.data))} here."
    )


class LandscapeLab(Lab[Position, SeenRun]):
    """A whole run of gradient descent on a map of the SSR over any two parameters, or on its curve along any one.

    Move where a parameter starts, or the learning rate, and all of it is computed and drawn again.

    `network` is where the run starts (None: the lesson's, as "Details Pt. 1" starts it; for other data a random one
    with two hidden nodes), `learning_rate` its first rate (None: 0.3 / points, in the lesson 0.1), `updates` how many
    it makes, unless every step size is below `min_step` before. `shown` maps parameters to the stretch of them in the
    picture; for the others it is where the path is.
    ValueError for a network that doesn't match the data, and for data too large to be squared; KeyError for an unknown
    parameter.
    """

    view: LandscapeView

    def __init__(
        self,
        network: Network | None = None,
        data: Dataset | None = None,
        learning_rate: float | None = None,
        updates: int = 150,
        shown: Mapping[str, tuple[float, float]] | None = None,
        min_step: float = 1e-5,
    ) -> None:
        own, stretches = own_data(data), dict(shown or {})
        if network is None:
            shape = (own.inputs.shape[1], 2, own.observed.shape[1])
            network = statquest_network(**DETAILS_1) if data is None else Network.random(shape, seed=1)
        check_match(network, own)
        check_reach(network)
        names = list(network.parameters)
        check_names(stretches, names)
        x, y = names[-1 - network.sizes[-2] :][:2]  # of the last node, in the lesson w3 and w4
        rate = rate_for(own) if learning_rate is None else learning_rate
        self._choices = choices = LandscapeChoices(names, stretches)
        start = self._opening = choices.opening(Plan(own, tuple(names), updates, min_step), network, rate, x, y)
        self.steps = Steps[Position](
            start,
            "One step of gradient descent",
            interval=100,
            # Always the same, as runs become longer and shorter; and at the end of each the slider stands at its own.
            reach=updates,
            place=lambda position: position.wished,
            readout=False,
            pace=lambda position: max(1, position.last // 100),  # however long the run, it plays in ten seconds
        )
        super().__init__(
            start,
            LandscapeView(start),
            choices.run_row(start),
            choices.look_row(),
            [self.steps, choices.frame_button()],
            [],  # what every lab has, in a row of its own
            reset=lambda _: self._opening,
        )

    def begin_anew(self, network: Network, learning_rate: float) -> None:
        """Show the whole run from this network, of the same shape, at this learning rate; Reset comes back to it."""
        x, y = self._opening.view.frame[:2]
        self._opening = self._choices.opening(self._opening.plan, network, learning_rate, x, y)
        self.act(lambda _: self._opening, by=self.steps)

    @property
    def run(self) -> Run:
        """The whole run that the lab steps through."""
        return self.state.run

    @property
    def optimize(self) -> tuple[str, ...]:
        """The parameters that the run moves."""
        return self.state.plan.optimize
