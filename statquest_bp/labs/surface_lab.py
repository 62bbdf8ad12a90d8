"""SurfaceLab: gradient descent on several parameters at once, on a map of the SSR over any two of them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any

import ipywidgets

from statquest_bp.data import dosage
from statquest_bp.digits import exact
from statquest_bp.gradient_descent import indices
from statquest_bp.labs.given import lesson_network
from statquest_bp.labs.ranges import FIT_HEIGHTS, SHOWN
from statquest_bp.labs.run_lab import RunLab
from statquest_bp.labs.style import BESIDE, toggle_buttons
from statquest_bp.network import Network
from statquest_bp.plots import draw_fit, draw_ssr_surface, new_figure
from statquest_bp.video import DETAILS_1, DETAILS_2, LEARNING_RATE, OPTIMAL

__all__ = ["SurfaceLab"]


class SurfaceLab(RunLab):
    """Descend on two or more parameters at once, on a map of the SSR over any two of them, the others as they are now.

    `optimize` names the parameters. `network` is where the lab begins (None: the lesson's, with these parameters where
    the videos "Details Pt. 1" and "Pt. 2" start them).
    KeyError for an unknown parameter; ValueError for fewer than two, or for another kind of network.
    """

    interval = 150

    def __init__(
        self,
        optimize: Sequence[str] = tuple(DETAILS_1),
        network: Network | None = None,
        learning_rate: float = LEARNING_RATE,
        max_steps: int = 400,
    ) -> None:
        known = list(OPTIMAL)
        self.optimize, self.max_steps = tuple(known[i] for i in indices(known, optimize)), max_steps
        if len(self.optimize) < 2:
            raise ValueError(f"a map needs two or more parameters to move; got {optimize!r}")
        network = lesson_network(network, **{name: DETAILS_2[name] for name in self.optimize})
        self._pairs = {f"{x} and {y}": (x, y) for x, y in combinations(self.optimize, 2)}
        first, (x, y) = next(iter(self._pairs.items()))
        figure, (fit, surface) = new_figure(
            "The fit and its residuals", "Lines of equal SSR, and the path across them", height=290
        )
        self._fit = draw_fit(fit, network, dosage(), ylim=FIT_HEIGHTS)
        self._surface = draw_ssr_surface(surface, network, dosage(), x, y, SHOWN[x], SHOWN[y])
        self._begin(network, learning_rate, figure, view=first)
        rates = self._add_rates(0.6, {})
        starts = self._add_starts(self.optimize, "320px")
        choice = [self._add_pairs()] if len(self._pairs) > 1 else []
        self._arrange(self._moves, [*rates, *choice], starts)

    def _add_pairs(self) -> Any:
        few = len(self._pairs) <= 3
        pair = (
            toggle_buttons("map of", list(self._pairs))
            if few
            else ipywidgets.Dropdown(options=list(self._pairs), description="map of", layout=BESIDE)
        )
        return self._control("pair", pair, lambda view: self.state._replace(view=view))

    @property
    def _predictable(self) -> bool:
        """Whether the map shows, to the right, what a prediction is about: the first of the parameters."""
        return self._surface.x == self.optimize[0]

    def _mark_prediction(self, value: float | None) -> None:
        gone = value is None or not self._predictable
        self._surface.prediction.set_data(*(([], []) if gone else ([value, value], self._surface.ax.get_ylim())))

    def _seen(self) -> str:
        return super()._seen() if self._predictable else self._describe()

    def _draw(self) -> None:
        x, y = self._pairs[self.state.view]
        if (x, y) != (self._surface.x, self._surface.y):
            self._surface.frame(x, y, SHOWN[x], SHOWN[y])
            self.picture.draw_background()
        run, step = self.run, self.state.step
        self._fit.update(self.network)
        self._surface.update(self.network, None if self._ended else run[step + 1].network)
        self._surface.show_path(run.parameters[x][: step + 1], run.parameters[y][: step + 1])

    def _settings(self) -> dict[str, Any]:
        return super()._settings() | ({"pair": self.state.view} if "pair" in self.controls else {})

    def _numbers(self) -> str:
        here, number = self._here, self.number
        rows = [
            f"<tr><th scope=row>{name}</th><td>{number(here.network.parameters[name])}</td>"
            f"<td>{number(here.gradient[name])}</td><td>{number(here.step_size[name])}</td></tr>"
            for name in self.optimize
        ]
        heads = "".join(f"<th scope=col>{head}</th>" for head in ("parameter", "value", "slope", "step size"))
        limit = "".join(f"<br>{line}" for line in self._limit())
        return (
            f"Step {self.state.step}: {self._shown_ssr()}<table><thead><tr>{heads}</tr></thead>"
            f"<tbody>{''.join(rows)}</tbody></table>{self._why_ended()}{limit}"
        )

    def _describe(self) -> str:
        x, y = self._surface.x, self._surface.y
        here = self.network.parameters
        return (
            "Left: the data, the squiggle and its residuals. Right: a map of the SSR with lines of equal height, "
            f"{x} to the right and {y} upward, and the path of {self.state.step} steps so far. It stands at {x} = "
            f"{exact(here[x])}, {y} = {exact(here[y])}, SSR {exact(self.ssr)}. {self._why_ended()}"
        )

    def _summary(self) -> str:
        values = ", ".join(f"{name} = {exact(self.network.parameters[name])}" for name in self.optimize)
        return f"step {self.state.step}, {values}, SSR = {exact(self.ssr)}"
