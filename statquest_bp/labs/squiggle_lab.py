"""SquiggleLab: slide all seven parameters; two curves bend, are scaled and add up to the squiggle."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import ipywidgets

from statquest_bp.digits import exact
from statquest_bp.fit import Fitted, fitted
from statquest_bp.labs.controls import Slider, Switch
from statquest_bp.labs.given import LESSON, lesson_network
from statquest_bp.labs.lab import Lab
from statquest_bp.labs.snippets import network_code
from statquest_bp.labs.view import Digits, View
from statquest_bp.network import Network
from statquest_bp.parameters import check_names
from statquest_bp.plots import draw_fit, draw_nodes, new_figure
from statquest_bp.plots.style import draw_through

__all__ = ["SquiggleLab"]


class SeenSquiggle(NamedTuple):
    """How well the network on show fits."""

    fit: Fitted


class SquiggleView(View[Network, SeenSquiggle]):
    """The forward pass in three pictures: each node's bend y, the bend times its weight, and their sum plus b3."""

    def __init__(self, network: Network) -> None:
        self.figure, (bends, scaled, total) = new_figure(
            "1  each node bends: y", "2  times its weight", "3  added up, plus b3", height=300
        )
        self.nodes = draw_nodes(bends, scaled, network, LESSON)
        self.fit = draw_fit(total, network, LESSON, residuals=False, ylim=(-4, 6))
        total.set_ylabel("")

    def seen(self, state: Network) -> SeenSquiggle:
        """The fit of the network."""
        return SeenSquiggle(fitted(state, LESSON))

    def draw(self, seen: SeenSquiggle, number: Digits) -> None:
        """Move the bends and the squiggle."""
        self.nodes.update(seen.fit.network)
        self.fit.update(seen.fit.network, predicted=seen.fit.predicted)

    def mark(self, prediction: float | None, seen: SeenSquiggle) -> None:
        """A mark where the squiggle was predicted to be, at the middle dosage."""
        draw_through(self.fit.prediction, None if prediction is None else ([0.5], [prediction]))

    def readout(self, seen: SeenSquiggle, number: Digits) -> str:
        """The SSR and the heights of the squiggle."""
        heights = _predictions(seen, number)
        return f"{number.ssr(seen.fit.ssr)}<br>The squiggle at dosage 0, 0.5 and 1: {heights}; observed: 0, 1, 0."

    def label(self, seen: SeenSquiggle, number: Digits) -> str:
        """The three pictures in words."""
        return (
            "Three charts against dosage. The two nodes' bent curves, the curves times their weights, and their sum "
            f"plus b3: a squiggle that passes through {_predictions(seen, number)} at dosages 0, 0.5 and 1, where 0, 1 "
            f"and 0 were observed. SSR {exact(seen.fit.ssr)}."
        )

    def code(self, seen: SeenSquiggle) -> str:
        """What is predicted, and the SSR."""
        return (
            "from statquest_bp import dosage, ssr, statquest_network\n\n"
            f"network = {network_code(seen.fit.network)}\n"
            'print("predicted:", network.predict([0, 0.5, 1])[:, 0])\n'
            'print(f"SSR = {ssr(network, dosage()):.4f}")'
        )

    def summary(self, seen: SeenSquiggle) -> str:
        """All parameters and the SSR."""
        values = ", ".join(f"{name} = {exact(value, 2)}" for name, value in seen.fit.network.parameters.items())
        return f"{values}, SSR = {exact(seen.fit.ssr)}"


def _predictions(seen: SeenSquiggle, number: Digits) -> str:
    return ", ".join(number(value) for value in seen.fit.predicted[:, 0])


class SquiggleLab(Lab[Network, SeenSquiggle]):
    """The forward pass in three pictures: each node's bend y, the bend times its weight, and their sum plus b3.

    `first` names the sliders to show at once; the others wait behind a button. `network` is where the lab begins
    (None: the lesson's optimum). KeyError for an unknown name, ValueError for another kind of network.
    """

    view: SquiggleView

    def __init__(self, first: Sequence[str] = ("b3",), network: Network | None = None) -> None:
        network = lesson_network(network)
        check_names(first, network.backward_order)
        sliders = {name: _slider(name, network, "560px" if name in first else "340px") for name in network.parameters}
        rest = [slider for name, slider in sliders.items() if name not in first]
        button = ipywidgets.ToggleButton(False, description="The other parameters", layout={"width": "auto"})
        self._more = ipywidgets.Box(
            [slider.widget for slider in rest],
            layout=ipywidgets.Layout(flex_flow="row wrap", display="none", width="100%"),
        )
        button.observe(self._show_more, "value")
        more = Switch[Network]("more", button)
        rows = [sliders[name] for name in first], [self._more], [more] if rest else []
        super().__init__(network, SquiggleView(network), *rows, parts=rest if rest else [more])

    def _show_more(self, event: dict[str, bool]) -> None:
        self._more.layout.display = "flex" if event["new"] else "none"


def _slider(name: str, network: Network, width: str) -> Slider[Network]:
    value = network.parameters[name]
    reach = max(4.0 if name.startswith("b") else 6.0, abs(value))
    low, high = (-1.0, 4.0) if name == "b3" and -1 <= value <= 4 else (-reach, reach)
    return Slider(
        name,
        low,
        high,
        lambda network: network.parameters[name],
        lambda network, value: network.replace(**{name: value}),
        start=value,
        width=width,
    )
