"""LandscapeLab: the SSR of any network along any of its parameters, or over two, and a whole run across it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from statquest_bp.data import Dataset
from statquest_bp.digits import exact
from statquest_bp.fit import check_match, ssr
from statquest_bp.holds import near_level
from statquest_bp.labs.advice import IN_CODE, scaling
from statquest_bp.labs.given import check_reach, own_data
from statquest_bp.labs.landscape_choices import HERE, ONLY_SHOWN, LandscapeChoices, names_shown
from statquest_bp.labs.ranges import rate_for
from statquest_bp.labs.run_lab import Position
from statquest_bp.network import Network
from statquest_bp.parameters import check_names
from statquest_bp.plots import draw_predictions, draw_ssr_slice, draw_ssr_trace, new_figure
from statquest_bp.plots.style import PREDICTION, SUM, across, moving_line
from statquest_bp.video import DETAILS_1, statquest_network

__all__ = ["LandscapeLab"]


class LandscapeLab(LandscapeChoices):
    """A whole run of gradient descent on a map of the SSR over any two parameters, or on its curve along any one.

    Move where a parameter starts, or the learning rate, and all of it is computed and drawn again.

    `network` is where the run starts (None: the lesson's, as "Details Pt. 1" starts it; for other data a random one
    with two hidden nodes), `learning_rate` its first rate (None: 0.3 / points, in the lesson 0.1), `updates` how many
    it makes, unless every step size is below `min_step` before. `shown` maps parameters to the stretch of them in the
    picture; for the others it is where the path is.
    ValueError for a network that doesn't match the data, and for data too large to be squared; KeyError for an unknown
    parameter.
    """

    interval = 100

    def __init__(
        self,
        network: Network | None = None,
        data: Dataset | None = None,
        learning_rate: float | None = None,
        updates: int = 150,
        shown: Mapping[str, tuple[float, float]] | None = None,
        min_step: float = 1e-5,
    ) -> None:
        self._data = own_data(data)
        if network is None:
            shape = (self.data.inputs.shape[1], 2, self.data.observed.shape[1])
            network = statquest_network(**DETAILS_1) if data is None else Network.random(shape, seed=1)
        check_match(network, self.data)
        check_reach(network)
        rate = rate_for(self.data) if learning_rate is None else learning_rate
        self.max_steps, self.min_step, self._stretches = updates, min_step, dict(shown or {})
        self._names = list(network.parameters)
        run = self._run(network, rate, self._names)
        check_names(self._stretches, self._names)
        x, y = self._names[-1 - network.sizes[-2] :][:2]  # of the last node, in the lesson w3 and w4
        view = self._opening(run, x, y)

        self._has_curve = self.data.inputs.shape[1] == 1
        title = "The fit; dotted: at the start" if self._has_curve else "The fit"
        figure, (left, middle, right) = new_figure(title, "", "SSR against updates", height=300)
        self._fit = draw_predictions(left, network, self.data)
        self._first_fit = moving_line(left, color=SUM, linewidth=2, linestyle=":", alpha=0.7, zorder=3)
        self._slice = draw_ssr_slice(middle, self.data, view.frame)
        levels = self._slice.levels
        self._trace = draw_ssr_trace(right, [run], updates, (levels[0] / 10_000, 3 * levels[-1]))
        right.set(xlim=(-0.2, 1.6 * updates + 1), ylabel="")
        self._predicted = moving_line(right, color=PREDICTION, linewidth=3, linestyle=":")
        self._moments = np.unique(np.append(0, np.geomspace(1, max(updates, 1), 200).round())).astype(np.int64)

        self._begin(network, rate, figure, view)
        self.state = self._start = self.state._replace(step=self._last)
        self._add_controls()

    def begin_anew(self, network: Network, learning_rate: float) -> None:
        """Show the whole run from this network, of the same shape, at this learning rate; Reset comes back to it."""
        x, y = self._start.view.frame[:2]
        run = self._run(network, learning_rate, self._names)
        self._start = Position(run, learning_rate, len(run) - 1, self._opening(run, x, y))
        self._act(lambda: self._start)

    def _mark_prediction(self, height: float | None) -> None:
        self._predicted.set_data(*(([], []) if height is None else (self._predicted.axes.get_xlim(), [height] * 2)))

    def _toggle_play(self) -> Position:
        self._play.step = max(1, self._last // 100)  # however long the run, it plays in ten seconds
        return super()._toggle_play()

    def _draw(self) -> None:
        view, start = self.state.view, self.run[0].network
        if view.frame != self._slice.shown:
            self._slice.show(view.frame)
            self.picture.draw_background()
        self._fit.update(self.network)
        if self._has_curve:
            grid = across(self._first_fit.axes)
            curves = np.pad(start.predict(grid), [(0, 1), (0, 0)], constant_values=np.nan)  # a gap behind each output's
            self._first_fit.set_data(np.tile([*grid, np.nan], curves.shape[1]), curves.T.ravel())
        self._slice.follow(self._through, self.run, self.state.step)
        self._trace.update([self.run], [""], self._moments, self.state.step)
        if "others" in self.controls:
            all_shown = self.controls["others"].value
            for name in self._names:
                here = all_shown or name in names_shown(view.frame)
                self.controls[name].layout.display = None if here else "none"

    def _numbers(self) -> str:
        shown, start, here = names_shown(self.state.view.frame), self.run[0].network.parameters, self.network.parameters
        moved = ", ".join(f"{name} from {self.number(start[name])} to {self.number(here[name])}" for name in shown)
        return "<br>".join(
            [
                f"Step {self.state.step} of {self._last}: {self._shown_ssr()}, at the start {exact(self.run.ssr[0])}. "
                f"{self._why_ended()}",
                f"{moved}{self._off()}.",
                self._slice_in_words(),
                *["No line of equal SSR crosses this part of the map."] * self._slice.empty,
                *(scaling(self.data, IN_CODE) if self._is_held else []),
            ]
        )

    @property
    def _is_held(self) -> bool:
        """Whether the run got no lower than a level line, or diverged."""
        diverged = self._ended and self.run.status == "diverged"
        return bool(self.state.step) and (diverged or near_level(self.ssr, self.data))

    def _off(self) -> str:
        frame = self.state.view.frame
        spot = [self.network.parameters[name] for name in names_shown(frame)] + ([] if frame.y else [self.ssr])
        inside = all(low <= value <= high for value, (low, high) in zip(spot, (frame.xlim, frame.ylim), strict=True))
        return "" if inside else " (off the picture)"

    def _slice_in_words(self) -> str:
        frame, moves, through, _ = self.state.view
        shown = names_shown(frame)
        picture, others = ("map" if frame.y else "curve"), len(self._names) - len(shown)
        if not others:
            return f"There are no other parameters: the {picture} is the whole landscape."
        rest = f"the other {others} parameters" if others > 1 else "the other parameter"
        move = "they move" if others > 1 else "it moves"
        if moves == ONLY_SHOWN:
            return f"The {picture} is a slice with {rest} at the start. Nothing else moves, so the path lies in it."
        if through == HERE:
            return f"The {picture} is a slice with {rest} as here; the path came through other slices."
        there = ssr(self._through.replace(**{name: self.network.parameters[name] for name in shown}), self.data)
        return (
            f"The {picture} is a slice with {rest} at the start. But {move} too, so the path leaves it: "
            f"the slice has SSR {exact(there)} here."
        )

    def _describe(self) -> str:
        frame, here = self.state.view.frame, self.network.parameters
        right = (
            f"a map of the SSR, {frame.x} to the right and {frame.y} upward,"
            if frame.y
            else f"the SSR against {frame.x}"
        )
        at = ", ".join(f"{name} = {exact(here[name])}" for name in names_shown(frame))
        dotted = " Dotted: at the start." if self._has_curve else ""
        return (
            f"Left: {self._fit.describe(self.network)}{dotted} Middle: {right} with the path of "
            f"{self.state.step} updates. It stands at {at}, SSR {exact(self.ssr)}{self._off()}. "
            f"Right: the SSR against the updates, {exact(self.run.ssr[0])} at first. {self._why_ended()}"
        )

    def _summary(self) -> str:
        here = self.network.parameters
        values = ", ".join(f"{name} = {exact(here[name])}" for name in names_shown(self.state.view.frame))
        return f"step {self.state.step} of {self._last}, {values}, SSR = {exact(self.ssr)}"
