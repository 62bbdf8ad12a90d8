"""SSRLab: slide b3, watch the residuals, and see the SSR curve appear point by point as values are tried."""

from __future__ import annotations

from typing import NamedTuple

from statquest_bp.data import dosage
from statquest_bp.digits import exact
from statquest_bp.fit import Fitted, fitted
from statquest_bp.labs.controls import Button, Slider
from statquest_bp.labs.given import LESSON, lesson_network
from statquest_bp.labs.lab import Lab
from statquest_bp.labs.ranges import SHOWN
from statquest_bp.labs.snippets import network_code
from statquest_bp.labs.view import Digits, View
from statquest_bp.landscape import ssr_along
from statquest_bp.network import Network
from statquest_bp.plots import draw_fit, draw_ssr_curve, new_figure

__all__ = ["SSRLab"]


class Tried(NamedTuple):
    """The network on show, the values of b3 tried so far, and whether the whole curve is shown."""

    network: Network
    values: tuple[float, ...]
    curve: bool

    @property
    def b3(self) -> float:
        """The bias on show."""
        return self.network.parameters["b3"]

    def try_b3(self, b3: float) -> Tried:
        """Show this value, and remember it: by one dot for each twentieth, however slowly the slider moves."""
        spot = round(b3 * 20) / 20
        values = self.values if spot in self.values else (*self.values, spot)
        return self._replace(network=self.network.replace(b3=b3), values=values)

    def toggle_curve(self) -> Tried:
        """Show the whole curve, or hide it again."""
        return self._replace(curve=not self.curve)


class SeenSSR(NamedTuple):
    """What was tried, and how well the network on show fits."""

    tried: Tried
    fit: Fitted


class SSRView(View[Tried, SeenSSR]):
    """Left the fit with its residuals, right the SSR at every b3 that was tried."""

    def __init__(self, network: Network) -> None:
        self.figure, (fit, curve) = new_figure("The fit and its residuals", "The SSR at each b3 you try")
        self.fit = draw_fit(fit, network, dosage())
        self.curve = draw_ssr_curve(curve, network, dosage(), "b3", SHOWN["b3"])
        self.remembered = [self.curve.tried]

    def seen(self, state: Tried) -> SeenSSR:
        """The fit of the network."""
        return SeenSSR(state, fitted(state.network, LESSON))

    def draw(self, seen: SeenSSR, number: Digits) -> None:
        """Move the fit, the point on the curve, and the dots."""
        tried, fit = seen
        self.fit.update(tried.network, predicted=fit.predicted)
        self.curve.show_curve(tried.network, tried.curve)
        self.curve.show_tried(tried.values, ssr_along(tried.network, fit.data, "b3", tried.values))
        self.curve.update(tried.b3, fit.ssr)

    def mark(self, prediction: float | None, seen: SeenSSR) -> None:
        """A line where the lowest SSR was predicted."""
        self.curve.show_prediction(prediction)

    def readout(self, seen: SeenSSR, number: Digits) -> str:
        """The SSR as the sum of the squared residuals."""
        squares = " + ".join(f"({r})²" if r.startswith("−") else f"{r}²" for r in _residuals(seen, number))
        return f"{number.ssr(seen.fit.ssr)} at b3 = {number(seen.tried.b3)}<br>= {squares}"

    def label(self, seen: SeenSSR, number: Digits) -> str:
        """Both pictures in words."""
        return (
            "Left: the data, the squiggle, and a residual at dosages 0, 0.5 and 1: "
            f"{', '.join(_residuals(seen, number))}. Right: the SSR against b3"
            f"{', with the whole curve' if seen.tried.curve else ''}; "
            f"now SSR {exact(seen.fit.ssr)} at b3 = {exact(seen.tried.b3, 2)}."
        )

    def memory(self, seen: SeenSSR) -> str:
        """How many values were tried."""
        count = len(seen.tried.values)
        return f"A dot for each of {count} tried values of b3." if count > 1 else "A dot for one tried value of b3."

    def code(self, seen: SeenSSR) -> str:
        """The residuals and the SSR."""
        return (
            "from statquest_bp import dosage, residuals, ssr, statquest_network\n\n"
            f"network = {network_code(seen.tried.network)}\n"
            'print("residuals:", residuals(network, dosage())[:, 0])\n'
            'print(f"SSR = {ssr(network, dosage()):.4f}")'
        )

    def summary(self, seen: SeenSSR) -> str:
        """b3, the SSR, and how many values were tried."""
        return f"b3 = {exact(seen.tried.b3, 2)}, SSR = {exact(seen.fit.ssr)}, tried {len(seen.tried.values)}"


def _residuals(seen: SeenSSR, number: Digits) -> list[str]:
    return [number(value) for value in seen.fit.residuals[:, 0]]


class SSRLab(Lab[Tried, SeenSSR]):
    """Left the fit with its residuals, right the SSR at every b3 that was tried.

    `network` is where the lab begins (None: the lesson's, with b3 at 0). ValueError for another kind of network.
    """

    view: SSRView

    def __init__(self, network: Network | None = None) -> None:
        network = lesson_network(network, b3=0.0)
        start = Tried(network, (network.parameters["b3"],), False)
        b3 = Slider[Tried]("b3", *SHOWN["b3"], lambda tried: tried.b3, Tried.try_b3, start=start.b3)
        curve = Button[Tried]("curve", "Show the whole curve", Tried.toggle_curve)
        super().__init__(start, SSRView(network), [b3], [curve])
