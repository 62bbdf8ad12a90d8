"""ChainRuleLab: a derivative link by link, a data point at a time, with the numbers plugged in, then summed."""

from __future__ import annotations

import html
import re
from typing import NamedTuple

from statquest_bp.chain_rule import Chain, Link, chain
from statquest_bp.digits import bracketed, exact
from statquest_bp.fit import Fitted, fitted, ssr
from statquest_bp.labs.controls import Button, Slider
from statquest_bp.labs.given import LESSON, start_of
from statquest_bp.labs.lab import Lab
from statquest_bp.labs.ranges import FIT_HEIGHTS, SHOWN, slider_range
from statquest_bp.labs.snippets import network_code
from statquest_bp.labs.view import Digits, View
from statquest_bp.network import Network
from statquest_bp.plots import draw_fit, draw_ssr_curve, new_figure

__all__ = ["ChainRuleLab"]


class WorkedOut(NamedTuple):
    """The network on show, and how many parts of the sum have been worked out, of how many."""

    network: Network
    parts: int
    last: int

    def go(self, parts: int) -> WorkedOut:
        """With so many parts worked out, or as many as there are."""
        return self._replace(parts=min(max(parts, 0), self.last))


class SeenChain(NamedTuple):
    """What has been worked out, the whole derivative, and how well the network fits."""

    state: WorkedOut
    chain: Chain
    fit: Fitted

    @property
    def done(self) -> bool:
        """Whether the sum is made."""
        return self.state.parts == self.state.last

    @property
    def per_point(self) -> int:
        """The parts of one data point: the links, and their product."""
        return len(self.chain.links) + 1

    @property
    def point(self) -> int | None:
        """The data point being worked out: none before the first part and none once the sum is made."""
        return None if self.state.parts == 0 or self.done else (self.state.parts - 1) // self.per_point

    @property
    def value(self) -> float:
        """Of the parameter."""
        return self.state.network.parameters[self.chain.parameter]


class ChainRuleView(View[WorkedOut, SeenChain]):
    """Left the residual in question, right the slope of the SSR, below a table with a column for each link."""

    def __init__(self, parameter: str, network: Network) -> None:
        self.parameter = parameter
        # the slope is to be predicted for where the lab begins
        self._start = network.parameters[parameter], ssr(network, LESSON)
        self.figure, (fit, curve) = new_figure("The residual in question", "The slope of the SSR", height=290)
        self.fit = draw_fit(fit, network, LESSON, ylim=(-4, 3) if parameter == "b3" else FIT_HEIGHTS)
        self.curve = draw_ssr_curve(curve, network, LESSON, parameter, SHOWN[parameter])

    def seen(self, state: WorkedOut) -> SeenChain:
        """The derivative, link by link, and the fit."""
        return SeenChain(state, chain(state.network, LESSON, self.parameter), fitted(state.network, LESSON))

    def draw(self, seen: SeenChain, number: Digits) -> None:
        """Move the fit, with the residual of the point in question, and the point on the curve."""
        self.fit.update(seen.state.network, chosen=seen.point, predicted=seen.fit.predicted)
        self.curve.update(seen.value, seen.fit.ssr, slope=seen.chain.total if seen.done else None)

    def mark(self, prediction: float | None, seen: SeenChain) -> None:
        """A line with the slope that was predicted."""
        self.curve.show_predicted_slope(*self._start, prediction)

    def readout(self, seen: SeenChain, number: Digits) -> str:
        """The sum, and the SSR."""
        name = f"dSSR/d{self.parameter}"
        sum_ = f"{name} = the sum of the last column, once every point is worked out"
        if seen.done:
            terms = " + ".join(bracketed(number(term)) for term in seen.chain.terms)
            sum_ = f"{name} = {terms} = <strong>{number(seen.chain.total)}</strong>"
        return f"{sum_}<br>{number.ssr(seen.fit.ssr)} at {self.parameter} = {number(seen.value)}"

    def below(self, seen: SeenChain, number: Digits) -> str:
        """The table of the links, as far as they are worked out."""
        slope, shown = seen.chain, seen.state.parts
        heads = [f"d{link.top}/d{link.bottom}<br>= {html.escape(link.formula)}" for link in slope.links]
        rows = []
        for i, term in enumerate(slope.terms):
            cells = [_plugged_in(seen, link, i, number) for link in slope.links]
            factors = ["1" if link.formula == "1" else bracketed(number(link.values[i])) for link in slope.links]
            cells.append(f"{' × '.join(factors)} = {number(term)}")
            known = shown - i * seen.per_point
            cells = [cell if k < known else "…" for k, cell in enumerate(cells)]
            mark = ' class="sq-now"' if i == seen.point else ""
            dosage = f"{seen.fit.data.inputs[i, 0]:g}"
            rows.append(
                f"<tr{mark}><th scope=row>{dosage}</th>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
            )
        head = "".join(f"<th scope=col>{head}</th>" for head in ("Dosage", *heads, "the links multiplied"))
        return (
            '<div style="overflow: auto; margin: 6px 0">'
            f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
        )

    def label(self, seen: SeenChain, number: Digits) -> str:
        """Both pictures in words."""
        point = seen.point
        residual = "" if point is None else f" The residual at dosage {seen.fit.data.inputs[point, 0]:g} is marked."
        tangent = f" A tangent with slope {number(seen.chain.total)} touches the curve." if seen.done else ""
        return (
            f"Left: the data, the squiggle and its residuals.{residual} Right: the SSR against {self.parameter}, now "
            f"SSR {exact(seen.fit.ssr)} at {self.parameter} = {exact(seen.value, 2)}.{tangent}"
        )

    def code(self, seen: SeenChain) -> str:
        """Each link, and the sum."""
        return (
            "from statquest_bp import chain, dosage, statquest_network\n\n"
            f"network = {network_code(seen.state.network)}\n"
            f'slope = chain(network, dosage(), "{self.parameter}")\n'
            "for link in slope.links:\n"
            '    print(f"d{link.top}/d{link.bottom} =", link.values)\n'
            f'print(f"dSSR/d{self.parameter} = {{slope.total:.4f}}")'
        )

    def summary(self, seen: SeenChain) -> str:
        """The parameter, how far the sum is worked out, and the SSR."""
        total = f", dSSR/d{self.parameter} = {exact(seen.chain.total)}" if seen.done else ""
        return (
            f"{self.parameter} = {exact(seen.value, 2)}, part {seen.state.parts} of {seen.state.last}{total}, "
            f"SSR = {exact(seen.fit.ssr)}"
        )


def _plugged_in(seen: SeenChain, link: Link, i: int, number: Digits) -> str:
    """The link's formula with point i's numbers in place of the symbols, and what it comes to."""
    network, data = seen.state.network, seen.fit.data
    forward = network.forward(data.inputs)
    values = {
        "Observed": data.observed[i, 0],
        "Predicted": forward.predicted[i, 0],
        "Input": data.inputs[i, 0],
        **{f"x{k + 1}": x for k, x in enumerate(forward.sums[0][i])},
        **{f"y{k + 1}": y for k, y in enumerate(forward.outputs[0][i])},
        **network.parameters,
    }
    plugged = re.sub(
        r"[A-Za-z]\w*", lambda m: bracketed(number(values[m[0]])) if m[0] in values else m[0], link.formula
    )
    return plugged if plugged == link.formula else f"{plugged} = {number(link.values[i])}"


class ChainRuleLab(Lab[WorkedOut, SeenChain]):
    """dSSR/d`parameter` for the lesson's network: each link for each point, their products, and at last their sum.

    `network` is where the lab begins (None: the lesson's, with this parameter where the videos start it). KeyError for
    an unknown parameter, ValueError for another kind of network.
    """

    view: ChainRuleView

    def __init__(self, parameter: str = "b3", network: Network | None = None) -> None:
        network, self.parameter = start_of(parameter, network), parameter
        links = chain(network, LESSON, parameter).links
        start = WorkedOut(network, 0, len(LESSON) * (len(links) + 1) + 1)  # every point, and the sum
        slider = Slider[WorkedOut](
            parameter,
            *slider_range(parameter),
            lambda state: state.network.parameters[parameter],
            lambda state, value: state._replace(network=state.network.replace(**{parameter: value})),
            start=network.parameters[parameter],
        )
        moves = [
            Button[WorkedOut]("back", "◂ Back", lambda state: state.go(state.parts - 1), "Take the last part back"),
            Button[WorkedOut]("step", "Next ▸", lambda state: state.go(state.parts + 1), "Work out the next part"),
            Button[WorkedOut]("all", "All of it", lambda state: state.go(state.last), "Work out everything"),
        ]
        super().__init__(start, ChainRuleView(parameter, network), [slider], moves)

    @property
    def chain(self) -> Chain:
        """The derivative on show, link by link."""
        return self.seen.chain
