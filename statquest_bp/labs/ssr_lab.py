"""SSRLab: slide b3, watch the residuals, and see the SSR curve appear point by point as values are tried."""

from __future__ import annotations

from typing import NamedTuple

from statquest_bp.data import dosage
from statquest_bp.digits import exact
from statquest_bp.fit import residuals
from statquest_bp.labs.given import lesson_network
from statquest_bp.labs.lab import Lab
from statquest_bp.labs.ranges import SHOWN
from statquest_bp.labs.snippets import network_code
from statquest_bp.landscape import ssr_along
from statquest_bp.network import Network
from statquest_bp.plots import draw_fit, draw_ssr_curve, new_figure

__all__ = ["SSRLab"]


class Tried(NamedTuple):
    """The network on show, the values of b3 tried so far, and whether the whole curve is shown."""

    network: Network
    values: tuple[float, ...]
    curve: bool


class SSRLab(Lab[Tried]):
    """Left the fit with its residuals, right the SSR at every b3 that was tried.

    `network` is where the lab begins (None: the lesson's, with b3 at 0). ValueError for another kind of network.
    """

    def __init__(self, network: Network | None = None) -> None:
        network = lesson_network(network, b3=0.0)
        figure, (fit, curve) = new_figure("The fit and its residuals", "The SSR at each b3 you try")
        self._fit = draw_fit(fit, network, dosage())
        self._curve = draw_ssr_curve(curve, network, dosage(), "b3", SHOWN["b3"])
        b3 = network.parameters["b3"]
        self._build(Tried(network, (b3,), False), figure)
        self._slider("b3", *SHOWN["b3"], self._try, value=b3)
        self._button("curve", "Show the whole curve", lambda: self.state._replace(curve=not self.state.curve))
        self._arrange([self.controls["b3"]], [self.controls["curve"]])

    @property
    def network(self) -> Network:  # type: ignore[override]
        """The network on show."""
        return self.state.network

    def _mark_prediction(self, b3: float | None) -> None:
        self._curve.show_prediction(b3)

    def code(self) -> str:
        """A few lines of Python that compute what the lab shows now."""
        return (
            "from statquest_bp import dosage, residuals, ssr, statquest_network\n\n"
            f"network = {network_code(self.network)}\n"
            'print("residuals:", residuals(network, dosage())[:, 0])\n'
            'print(f"SSR = {ssr(network, dosage()):.4f}")'
        )

    def _try(self, b3: float) -> Tried:
        network = self.network.replace(b3=b3)
        spot = round(b3 * 20) / 20  # one dot for each twentieth, however slowly the slider moves
        tried = self.state.values if spot in self.state.values else (*self.state.values, spot)
        return self.state._replace(network=network, values=tried)

    def _draw(self) -> None:
        network = self.network
        self._fit.update(network)
        self._curve.show_curve(network, self.state.curve)
        self._curve.show_tried(self.state.values, ssr_along(network, self.data, "b3", self.state.values))
        self._curve.update(network.parameters["b3"], self.ssr)

    def _settings(self) -> dict[str, float]:
        return {"b3": self.network.parameters["b3"]}

    def _residuals(self) -> list[str]:
        return [self.number(value) for value in residuals(self.network, self.data)[:, 0]]

    def _numbers(self) -> str:
        squares = " + ".join(f"({r})²" if r.startswith("−") else f"{r}²" for r in self._residuals())
        return f"{self._shown_ssr()} at b3 = {self.number(self.network.parameters['b3'])}<br>= {squares}"

    def _describe(self) -> str:
        tried = len(self.state.values)
        return (
            "Left: the data, the squiggle, and a residual at dosages 0, 0.5 and 1: "
            f"{', '.join(self._residuals())}. Right: the SSR against b3, at {tried} tried "
            f"{'value' if tried == 1 else 'values'} of b3{' with the whole curve' if self.state.curve else ''}; "
            f"now SSR {exact(self.ssr)} at b3 = {exact(self.network.parameters['b3'], 2)}."
        )

    def _summary(self) -> str:
        return (
            f"b3 = {exact(self.network.parameters['b3'], 2)}, SSR = {exact(self.ssr)}, tried {len(self.state.values)}"
        )
