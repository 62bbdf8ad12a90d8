"""SquiggleLab: slide all seven parameters; two curves bend, are scaled and add up to the squiggle."""

from __future__ import annotations

from collections.abc import Sequence

import ipywidgets

from statquest_bp.data import dosage
from statquest_bp.digits import exact
from statquest_bp.labs.given import lesson_network
from statquest_bp.labs.old_lab import Lab
from statquest_bp.labs.snippets import network_code
from statquest_bp.network import Network
from statquest_bp.parameters import check_names
from statquest_bp.plots import draw_fit, draw_nodes, new_figure

__all__ = ["SquiggleLab"]


class SquiggleLab(Lab[Network]):
    """The forward pass in three pictures: each node's bend y, the bend times its weight, and their sum plus b3.

    `first` names the sliders to show at once; the others wait behind a button. `network` is where the lab begins
    (None: the lesson's optimum). KeyError for an unknown name, ValueError for another kind of network.
    """

    def __init__(self, first: Sequence[str] = ("b3",), network: Network | None = None) -> None:
        network = lesson_network(network)
        check_names(first, network.backward_order)
        figure, (bends, scaled, total) = new_figure(
            "1  each node bends: y", "2  times its weight", "3  added up, plus b3", height=300
        )
        self._nodes = draw_nodes(bends, scaled, network, dosage())
        self._fit = draw_fit(total, network, dosage(), residuals=False, ylim=(-4, 6))
        total.set_ylabel("")
        self._build(network, figure)

        def change(name: str):  # type: ignore[no-untyped-def]
            return lambda value: self.state.replace(**{name: value})

        for name, value in network.parameters.items():
            reach = max(4.0 if name.startswith("b") else 6.0, abs(value))
            low, high = (-1.0, 4.0) if name == "b3" and -1 <= value <= 4 else (-reach, reach)
            self._slider(name, low, high, change(name), value=value, width="560px" if name in first else "340px")
        rest = [self.controls[name] for name in network.parameters if name not in first]
        self._more = ipywidgets.Box(rest, layout=ipywidgets.Layout(flex_flow="row wrap", display="none", width="100%"))
        self.controls["more"] = ipywidgets.ToggleButton(
            False, description="The other parameters", layout={"width": "auto"}
        )
        self.controls["more"].observe(self._show_more, "value")
        self._arrange([self.controls[name] for name in first], [self._more], [self.controls["more"]] if rest else [])

    @property
    def network(self) -> Network:  # type: ignore[override]
        """The network on show."""
        return self.state

    def _mark_prediction(self, height: float | None) -> None:
        self._fit.prediction.set_data(*(([], []) if height is None else ([0.5], [height])))  # at the middle dosage

    def code(self) -> str:
        """A few lines of Python that compute what the lab shows now."""
        return (
            "from statquest_bp import dosage, ssr, statquest_network\n\n"
            f"network = {network_code(self.network)}\n"
            'print("predicted:", network.predict([0, 0.5, 1])[:, 0])\n'
            'print(f"SSR = {ssr(network, dosage()):.4f}")'
        )

    def _draw(self) -> None:
        self._nodes.update(self.network)
        self._fit.update(self.network)

    def _settings(self) -> dict[str, float]:
        return dict(self.network.parameters)

    def _predictions(self) -> str:
        return ", ".join(self.number(value) for value in self.network.predict(self.data.inputs)[:, 0])

    def _numbers(self) -> str:
        return f"{self._shown_ssr()}<br>The squiggle at dosage 0, 0.5 and 1: {self._predictions()}; observed: 0, 1, 0."

    def _describe(self) -> str:
        return (
            "Three charts against dosage. The two nodes' bent curves, the curves times their weights, and their sum "
            f"plus b3: a squiggle that passes through {self._predictions()} at dosages 0, 0.5 and 1, where 0, 1 and 0 "
            f"were observed. SSR {exact(self.ssr)}."
        )

    def _summary(self) -> str:
        values = ", ".join(f"{name} = {exact(value, 2)}" for name, value in self.network.parameters.items())
        return f"{values}, SSR = {exact(self.ssr)}"

    def _show_more(self, event: dict[str, bool]) -> None:
        self._more.layout.display = "flex" if event["new"] else "none"
