"""ChainRuleLab: a derivative link by link, a data point at a time, with the numbers plugged in, then summed."""

from __future__ import annotations

import html
import re
from typing import NamedTuple

import ipywidgets

from statquest_bp.chain_rule import Chain, Link, chain
from statquest_bp.data import dosage
from statquest_bp.digits import bracketed, exact
from statquest_bp.fit import ssr
from statquest_bp.labs.given import start_of
from statquest_bp.labs.old_lab import Lab
from statquest_bp.labs.ranges import FIT_HEIGHTS, SHOWN, slider_range
from statquest_bp.labs.snippets import network_code
from statquest_bp.network import Network
from statquest_bp.plots import draw_fit, draw_ssr_curve, new_figure

__all__ = ["ChainRuleLab"]


class Progress(NamedTuple):
    """The network on show, and how many parts of the sum have been worked out."""

    network: Network
    parts: int


class ChainRuleLab(Lab[Progress]):
    """dSSR/d`parameter` for the lesson's network: each link for each point, their products, and at last their sum.

    `network` is where the lab begins (None: the lesson's, with this parameter where the videos start it). KeyError for
    an unknown parameter, ValueError for another kind of network.
    """

    def __init__(self, parameter: str = "b3", network: Network | None = None) -> None:
        network, self.parameter = start_of(parameter, network), parameter
        figure, (fit, curve) = new_figure("The residual in question", "The slope of the SSR", height=290)
        self._fit = draw_fit(fit, network, dosage(), ylim=(-4, 3) if parameter == "b3" else FIT_HEIGHTS)
        self._curve = draw_ssr_curve(curve, network, dosage(), parameter, SHOWN[parameter])
        self._table = ipywidgets.HTML(layout=ipywidgets.Layout(width="100%", overflow="auto"))
        self._build(Progress(network, 0), figure)
        self._slider(parameter, *slider_range(parameter), self._slide, value=network.parameters[parameter])
        self._button("step", "Next ▸", lambda: self._go(self.state.parts + 1), "Work out the next part")
        self._button("back", "◂ Back", lambda: self._go(self.state.parts - 1), "Take the last part back")
        self._button("all", "All of it", lambda: self._go(self._last), "Work out everything")
        self._arrange(
            [self._table], [self.controls[parameter]], [self.controls[name] for name in ("back", "step", "all")]
        )

    @property
    def network(self) -> Network:  # type: ignore[override]
        """The network on show."""
        return self.state.network

    @property
    def chain(self) -> Chain:
        """The derivative on show, link by link."""
        return chain(self.network, self.data, self.parameter)

    def code(self) -> str:
        """A few lines of Python that compute what the lab shows now."""
        return (
            "from statquest_bp import chain, dosage, statquest_network\n\n"
            f"network = {network_code(self.network)}\n"
            f'slope = chain(network, dosage(), "{self.parameter}")\n'
            "for link in slope.links:\n"
            '    print(f"d{link.top}/d{link.bottom} =", link.values)\n'
            f'print(f"dSSR/d{self.parameter} = {{slope.total:.4f}}")'
        )

    def _mark_prediction(self, slope: float | None) -> None:
        start = self._start.network  # the slope is to be predicted for where the lab begins
        self._curve.show_predicted_slope(start.parameters[self.parameter], ssr(start, self.data), slope)

    @property
    def _value(self) -> float:
        return self.network.parameters[self.parameter]

    @property
    def _per_point(self) -> int:
        return len(self.chain.links) + 1  # the links, and their product

    @property
    def _last(self) -> int:
        return len(self.data) * self._per_point + 1  # every point, and the sum

    @property
    def _point(self) -> int | None:
        """The data point being worked out: none before the first part and none once the sum is made."""
        parts = self.state.parts
        return None if parts in (0, self._last) else (parts - 1) // self._per_point

    def _slide(self, value: float) -> Progress:
        return self.state._replace(network=self.network.replace(**{self.parameter: value}))

    def _go(self, parts: int) -> Progress:
        return self.state._replace(parts=min(max(parts, 0), self._last))

    def _draw(self) -> None:
        done = self.state.parts == self._last
        self._fit.update(self.network, chosen=self._point)
        self._curve.update(self._value, self.ssr, slope=self.chain.total if done else None)
        self._table.value = self._working()

    def _settings(self) -> dict[str, float]:
        return {self.parameter: self._value}

    def _working(self) -> str:
        slope, shown = self.chain, self.state.parts
        heads = [f"d{link.top}/d{link.bottom}<br>= {html.escape(link.formula)}" for link in slope.links]
        rows = []
        for i, term in enumerate(slope.terms):
            cells = [self._plugged_in(link, i) for link in slope.links]
            factors = ["1" if link.formula == "1" else self._signed(link.values[i]) for link in slope.links]
            cells.append(f"{' × '.join(factors)} = {self.number(term)}")
            known = shown - i * self._per_point
            cells = [cell if k < known else "…" for k, cell in enumerate(cells)]
            mark = ' class="sq-now"' if i == self._point else ""
            dosage = f"{self.data.inputs[i, 0]:g}"
            rows.append(
                f"<tr{mark}><th scope=row>{dosage}</th>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
            )
        head = "".join(f"<th scope=col>{head}</th>" for head in ("Dosage", *heads, "the links multiplied"))
        return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"

    def _plugged_in(self, link: Link, i: int) -> str:
        """The link's formula with point i's numbers in place of the symbols, and what it comes to."""
        forward = self.network.forward(self.data.inputs)
        values = {
            "Observed": self.data.observed[i, 0],
            "Predicted": forward.predicted[i, 0],
            "Input": self.data.inputs[i, 0],
            **{f"x{k + 1}": x for k, x in enumerate(forward.sums[0][i])},
            **{f"y{k + 1}": y for k, y in enumerate(forward.outputs[0][i])},
            **self.network.parameters,
        }
        plugged = re.sub(r"[A-Za-z]\w*", lambda m: self._signed(values[m[0]]) if m[0] in values else m[0], link.formula)
        result = self.number(link.values[i])
        return plugged if plugged == link.formula else f"{plugged} = {result}"

    def _signed(self, value: float) -> str:
        return bracketed(self.number(value))

    def _sum(self) -> str:
        slope = self.chain
        if self.state.parts < self._last:
            return f"dSSR/d{self.parameter} = the sum of the last column, once every point is worked out"
        terms = " + ".join(self._signed(term) for term in slope.terms)
        return f"dSSR/d{self.parameter} = {terms} = <strong>{self.number(slope.total)}</strong>"

    def _numbers(self) -> str:
        return f"{self._sum()}<br>{self._shown_ssr()} at {self.parameter} = {self.number(self._value)}"

    def _describe(self) -> str:
        point = self._point
        residual = "" if point is None else f" The residual at dosage {self.data.inputs[point, 0]:g} is marked."
        tangent = (
            f" A tangent with slope {self.number(self.chain.total)} touches the curve."
            if self.state.parts == self._last
            else ""
        )
        return (
            f"Left: the data, the squiggle and its residuals.{residual} Right: the SSR against {self.parameter}, now "
            f"SSR {exact(self.ssr)} at {self.parameter} = {exact(self._value, 2)}.{tangent}"
        )

    def _summary(self) -> str:
        total = f", dSSR/d{self.parameter} = {exact(self.chain.total)}" if self.state.parts == self._last else ""
        return (
            f"{self.parameter} = {exact(self._value, 2)}, part {self.state.parts} of {self._last}{total}, "
            f"SSR = {exact(self.ssr)}"
        )
