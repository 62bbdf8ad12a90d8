"""DiagramLab: the network as a diagram; values flow forward, derivatives flow back, and one chain lights up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from statquest_bp import walkthrough
from statquest_bp.chain_rule import Chain, chain
from statquest_bp.data import dosage
from statquest_bp.digits import bracketed, exact
from statquest_bp.flow import check_point, flow
from statquest_bp.labs.given import lesson_network
from statquest_bp.labs.old_lab import Lab
from statquest_bp.labs.ranges import slider_range
from statquest_bp.labs.snippets import network_code
from statquest_bp.labs.style import toggle_buttons
from statquest_bp.network import Network
from statquest_bp.parameters import check_names
from statquest_bp.plots import draw_diagram, new_figure
from statquest_bp.plots.diagram import DIAGRAM_SIZE

__all__ = ["DiagramLab"]

NONE = "none"


class View(NamedTuple):
    """The network and the data point on show, the step of the sweep, and the parameter whose chain is lit instead."""

    network: Network
    point: int
    step: int
    parameter: str | None


class DiagramLab(Lab[View]):
    """Go through the network step by step, forward and back; or choose a parameter, and see its chain of links.

    `network` is where the lab begins (None: the lesson's, with b3 at 0), `point` the index of the data point, and
    `parameter` the one chosen at first. KeyError for an unknown parameter, ValueError for a point that isn't there
    and for another kind of network.
    """

    def __init__(self, network: Network | None = None, parameter: str | None = None, point: int = 1) -> None:
        network, data = lesson_network(network, b3=0.0), dosage()
        if parameter is not None:
            check_names([parameter], network.backward_order)
        check_point(data, point)
        figure, (ax,) = new_figure("", height=DIAGRAM_SIZE[1])
        ax.set_position((0, 0, 1, 1))
        self._diagram = draw_diagram(ax, network, data)
        self._build(View(network, point, 0, parameter), figure)
        self._button("back", "◂ Back", lambda: self._go(self.state.step - 1), "Take the last step back")
        self._button("step", "Next ▸", lambda: self._go(self.state.step + 1), "Work out the next values")
        self._button("all", "All", lambda: self._go(walkthrough.LAST), "The whole way forward and back")
        whole: dict[str, Any] = {"value": 0, "step": 1, "readout_format": "d"}
        self._slider("scrub", 0, walkthrough.LAST, lambda k: self._go(round(k)), "300px", description="step", **whole)
        points = {f"{value:g}": i for i, value in enumerate(data.inputs[:, 0])}
        self._control("point", toggle_buttons("dosage", list(points.items())), lambda at: self._choose("point", at))
        chains = toggle_buttons("chain of", [NONE, *network.backward_order])
        self._control("parameter", chains, lambda name: self._choose("parameter", name))
        for name, value in network.parameters.items():
            self._slider(name, *slider_range(name), partial(self._slide, name), value=value)
        self._arrange(
            [self.controls[name] for name in ("back", "step", "all", "scrub", "point")],
            [self.controls["parameter"], *(self.controls[name] for name in network.parameters)],
            [],
        )

    @property
    def network(self) -> Network:  # type: ignore[override]
        """The network on show."""
        return self.state.network

    @property
    def chain(self) -> Chain | None:
        """The chain that is lit, if a parameter is chosen."""
        return None if self.state.parameter is None else chain(self.network, self.data, self.state.parameter)

    def code(self) -> str:
        """A few lines of Python that compute what the lab shows now."""
        at = self.state.point
        start = (
            "from statquest_bp import chain, dosage, statquest_network\n\n"
            f"network, data, point = {network_code(self.network)}, dosage(), {at}\n"
        )
        if self.state.parameter is None:
            return start + (
                "forward = network.forward(data.inputs)\n"
                'print("x:", forward.sums[0][point], "y:", forward.outputs[0][point])\n'
                'print("Predicted:", forward.predicted[point], "Observed:", data.observed[point])\n'
                "for slope in [chain(network, data, name) for name in network.backward_order]:\n"
                '    print(f"dSSR/d{slope.parameter} at this point = {slope.terms[point]:.4f}")'
            )
        return start + (
            f'slope = chain(network, data, "{self.state.parameter}")\n'
            "for link in slope.links:\n"
            '    print(f"d{link.top}/d{link.bottom} = {link.values[point]:.4f}")\n'
            'print(f"dSSR/d{slope.parameter} at this point = {slope.terms[point]:.4f}, in all {slope.total:.4f}")'
        )

    def _mark_prediction(self, slope: float | None) -> None:
        parameter = self._start.parameter  # the slope is to be predicted for the parameter that the lab begins with
        of = "" if parameter is None else f"dSSR/d{parameter} = "
        self._diagram.predict("" if slope is None else f"you predicted {of}{exact(slope, 2)}")

    # What changes the state.

    def _choose(self, name: str, value: Any) -> View:
        change: dict[str, Any] = {name: None if value == NONE else value}
        return self.state._replace(**change)

    def _go(self, step: int) -> View:
        return self.state._replace(step=min(max(step, 0), walkthrough.LAST), parameter=None)

    def _slide(self, name: str, value: float) -> View:
        return self.state._replace(network=self.network.replace(**{name: value}))

    # What follows the state.

    @property
    def _values(self) -> dict[str, float]:
        return flow(self.network, self.data, self.state.point)

    @property
    def _dosage(self) -> str:
        return f"{self.data.inputs[self.state.point, 0]:g}"

    @property
    def _shown(self) -> tuple[str, ...]:
        """The names of the values on show: what the sweep has reached, or all that is forward and the chain's links."""
        lit = self.chain
        if lit is None:
            return walkthrough.known(self.state.step)
        return (*walkthrough.known(len(walkthrough.FORWARD)), *_names(lit))

    def _draw(self) -> None:
        lit, step = self.chain, self.state.step
        new: Sequence[str] = walkthrough.newest(step)
        along = None
        if lit is not None:
            new = (lit.parameter, *_names(lit))
            along = {lit.parameter, *(link.formula for link in lit.links)}
        self._diagram.update(self.network, self.state.point, self._shown, new, along, self.number)
        self._diagram.say(self._caption())
        for name in self.network.parameters:
            self.controls[name].layout.display = None if name == self.state.parameter else "none"

    def _settings(self) -> Mapping[str, Any]:
        chosen = {"point": self.state.point, "parameter": self.state.parameter or NONE, "scrub": self.state.step}
        return chosen | dict(self.network.parameters)

    def _chains(self) -> list[Chain]:
        return [chain(self.network, self.data, name) for name in self.network.backward_order]

    def _caption(self) -> str:
        lit, step = self.chain, self.state.step
        if lit is not None:
            return f"At dosage {self._dosage}: {self._product(lit)}"
        how = walkthrough.formulas(self._chains())
        told = [f"{name} = {how[name]}" for name in walkthrough.newest(step) if how.get(name, name) != name]
        way = "Forward" if step <= len(walkthrough.FORWARD) else "Back"
        return f"{way} at dosage {self._dosage}" + (": " if told else "") + ",   ".join(told)

    def _product(self, lit: Chain) -> str:
        at = self.state.point
        factors = ["1" if link.formula == "1" else bracketed(self.number(float(link.values[at]))) for link in lit.links]
        return f"dSSR/d{lit.parameter} = {' × '.join(factors)} = {self.number(float(lit.terms[at]))}"

    def _numbers(self) -> str:
        lit = self.chain
        if lit is not None:
            name, terms = f"dSSR/d{lit.parameter}", " + ".join(bracketed(self.number(float(x))) for x in lit.terms)
            product = self._product(lit).replace(" = ", f" = {' × '.join(_names(lit))} = ", 1)
            return (
                f"At dosage {self._dosage}: {product}<br>Over all points: {name} = {terms} = "
                f"<strong>{self.number(lit.total)}</strong><br>{self._shown_ssr()}"
            )
        told = walkthrough.tell(self.state.step, self._chains(), self._values, self.number)
        return "<br>".join([told, *self._count(), self._shown_ssr()])

    def _count(self) -> list[str]:
        done = [slope for slope in self._chains() if f"dSSR/d{slope.parameter}" in self._shown]
        if not done:
            return []
        reusing, alone = walkthrough.multiplications(done)
        which = f"{len(done)} parameters" if len(done) > 1 else "one parameter"
        return [f"Multiplications for the {which} done so far: {reusing}; without reuse it would be {alone}."]

    def _describe(self) -> str:
        p, values = self.network.parameters, self._values
        signs = ", ".join(f"{name} = {self.number(value)}" for name, value in p.items())
        shown = ", ".join(f"{name} = {self.number(values[name])}" for name in self._shown if name != "SSR")
        lit = self.chain
        newest = ", ".join(walkthrough.newest(self.state.step))
        stressed = f" The newest: {newest}." if newest else ""
        if lit is not None:
            stressed = f" The chain of {lit.parameter} is lit: {self._product(lit)}."
        return (
            f"The network from left to right, at dosage {self._dosage}: Input, x1 and x2, y1 and y2, Predicted, then "
            "Observed, Residual and its square. The lines of the weights are the thicker the farther a weight is from "
            f"0, and dashed below 0. The parameters: {signs}. Known so far: {shown or 'nothing'}.{stressed} "
            f"SSR {exact(self.ssr)}."
        )

    def _summary(self) -> str:
        lit = self.chain
        where = f"step {self.state.step} of {walkthrough.LAST}"
        if lit is not None:
            term = exact(float(lit.terms[self.state.point]))
            where = f"dSSR/d{lit.parameter} = {term} here and {exact(lit.total)} over all points"
        return f"dosage {self._dosage}, {where}, SSR = {exact(self.ssr)}"


def _names(lit: Chain) -> list[str]:
    return [f"d{link.top}/d{link.bottom}" for link in lit.links]
