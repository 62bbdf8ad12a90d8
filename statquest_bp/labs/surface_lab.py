"""SurfaceLab: gradient descent on several parameters at once, on a map of the SSR over any two of them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import ipywidgets

from statquest_bp.data import dosage
from statquest_bp.digits import exact
from statquest_bp.gradient_descent import Run, indices
from statquest_bp.labs.controls import Choice
from statquest_bp.labs.descents import Plan, Position, SeenRun, rate_controls, run_code, seen_run, start_controls
from statquest_bp.labs.given import LESSON, lesson_network
from statquest_bp.labs.lab import Lab
from statquest_bp.labs.ranges import FIT_HEIGHTS, SHOWN
from statquest_bp.labs.steps import Steps
from statquest_bp.labs.style import BESIDE, toggle_buttons
from statquest_bp.labs.view import Digits, View
from statquest_bp.landscape import stable_learning_rate
from statquest_bp.network import Network
from statquest_bp.plots import draw_fit, draw_ssr_surface, new_figure
from statquest_bp.plots.style import draw_through
from statquest_bp.video import DETAILS_1, DETAILS_2, LEARNING_RATE, OPTIMAL

__all__ = ["SurfaceLab"]


class SurfaceView(View[Position, SeenRun]):
    """Left the fit, right a map of the SSR over one of the `pairs`, with the steps so far and the next one."""

    def __init__(self, network: Network, optimize: tuple[str, ...], pairs: dict[str, tuple[str, str]]) -> None:
        self._predicted, self._pairs = optimize[0], pairs
        self._stable = stable_learning_rate(network, LESSON, optimize)
        self.figure, (fit, surface) = new_figure(
            "The fit and its residuals", "Lines of equal SSR, and the path across them", height=290
        )
        self.fit = draw_fit(fit, network, dosage(), ylim=FIT_HEIGHTS)
        x, y = next(iter(pairs.values()))
        self.surface = draw_ssr_surface(surface, network, dosage(), x, y, SHOWN[x], SHOWN[y])

    def seen(self, state: Position) -> SeenRun:
        """The run at the step on show."""
        return seen_run(state)

    def stands_on(self, seen: SeenRun) -> object:
        """The two parameters on the map."""
        return self._pair(seen)

    def stand(self, seen: SeenRun) -> None:
        """Let the map show these two."""
        x, y = self._pair(seen)
        self.surface.frame(x, y, SHOWN[x], SHOWN[y])

    def draw(self, seen: SeenRun, number: Digits) -> None:
        """Move the fit, the lines of equal SSR, and the path."""
        run, step, (x, y) = seen.position.run, seen.position.step, self._pair(seen)
        self.fit.update(seen.here.network, predicted=seen.fit.predicted)
        self.surface.update(seen.here.network, None if seen.position.ended else run[step + 1].network)
        self.surface.show_path(run.parameters[x][: step + 1], run.parameters[y][: step + 1])

    def mark(self, prediction: float | None, seen: SeenRun) -> None:
        """A line where the first of the parameters was predicted to go."""
        ends = self.surface.ax.get_ylim()
        draw_through(self.surface.prediction, None if prediction is None else ([prediction, prediction], ends))

    def question(self, seen: SeenRun) -> object:
        """This run, at whatever step."""
        return seen.question

    def shows_mark(self, seen: SeenRun) -> bool:
        """Whether the map shows, to the right, what a prediction is about: the first of the parameters."""
        return self._pair(seen)[0] == self._predicted

    def readout(self, seen: SeenRun, number: Digits) -> str:
        """A row for each parameter: its value, its slope, its step size."""
        here, plan = seen.here, seen.position.plan
        rows = [
            f"<tr><th scope=row>{name}</th><td>{number(here.network.parameters[name])}</td>"
            f"<td>{number(here.gradient[name])}</td><td>{number(here.step_size[name])}</td></tr>"
            for name in plan.optimize
        ]
        heads = "".join(f"<th scope=col>{head}</th>" for head in ("parameter", "value", "slope", "step size"))
        limit = "".join(f"<br>{line}" for line in seen.limit(self._stable))
        return (
            f"Step {seen.position.step}: {number.ssr(seen.fit.ssr)}<table><thead><tr>{heads}</tr></thead>"
            f"<tbody>{''.join(rows)}</tbody></table>{seen.why_ended}{limit}"
        )

    def label(self, seen: SeenRun, number: Digits) -> str:
        """Both pictures in words."""
        x, y = self._pair(seen)
        here = seen.here.network.parameters
        return (
            "Left: the data, the squiggle and its residuals. Right: a map of the SSR with lines of equal height, "
            f"{x} to the right and {y} upward, and the path of {seen.position.step} steps so far. It stands at {x} = "
            f"{exact(here[x])}, {y} = {exact(here[y])}, SSR {exact(seen.fit.ssr)}. {seen.why_ended}"
        )

    def code(self, seen: SeenRun) -> str:
        """The run, and where it stands."""
        return run_code(seen.position)

    def summary(self, seen: SeenRun) -> str:
        """The step, the parameters, and the SSR."""
        here = seen.here.network.parameters
        values = ", ".join(f"{name} = {exact(here[name])}" for name in seen.position.plan.optimize)
        return f"step {seen.position.step}, {values}, SSR = {exact(seen.fit.ssr)}"

    def _pair(self, seen: SeenRun) -> tuple[str, str]:
        return self._pairs[seen.position.view]


class SurfaceLab(Lab[Position, SeenRun]):
    """Descend on two or more parameters at once, on a map of the SSR over any two of them, the others as they are now.

    `optimize` names the parameters. `network` is where the lab begins (None: the lesson's, with these parameters where
    the videos "Details Pt. 1" and "Pt. 2" start them).
    KeyError for an unknown parameter; ValueError for fewer than two, or for another kind of network.
    """

    view: SurfaceView

    def __init__(
        self,
        optimize: Sequence[str] = tuple(DETAILS_1),
        network: Network | None = None,
        learning_rate: float = LEARNING_RATE,
        max_steps: int = 400,
    ) -> None:
        known = list(OPTIMAL)
        self.optimize = tuple(known[i] for i in indices(known, optimize))
        if len(self.optimize) < 2:
            raise ValueError(f"a map needs two or more parameters to move; got {optimize!r}")
        network = lesson_network(network, **{name: DETAILS_2[name] for name in self.optimize})
        pairs = {f"{x} and {y}": (x, y) for x, y in combinations(self.optimize, 2)}
        plan = Plan(LESSON, self.optimize, max_steps)
        start = Position(plan, plan.run(network, learning_rate), learning_rate, view=next(iter(pairs)))
        self.steps = Steps(start, "One step of gradient descent", interval=150)
        choice = [_choice_of(list(pairs))] if len(pairs) > 1 else []
        starts = start_controls(start, self.optimize, width="320px")
        super().__init__(
            start,
            SurfaceView(network, self.optimize, pairs),
            [self.steps],
            [*rate_controls(start, 0.6, {}), *choice],
            starts,
            [],  # what every lab has, in a row of its own
        )

    @property
    def run(self) -> Run:
        """The whole run that the lab steps through."""
        return self.state.run


def _choice_of(pairs: list[str]) -> Choice[Position]:
    few = len(pairs) <= 3
    return Choice(
        "pair",
        toggle_buttons("map of", pairs)
        if few
        else ipywidgets.Dropdown(options=pairs, description="map of", layout=BESIDE),
        lambda position: position.view,
        lambda position, pair: position._replace(view=pair),
    )
