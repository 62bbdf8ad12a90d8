"""NudgeLab: one parameter is nudged; the ripple travels to the SSR, and comes back as derivatives."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from statquest_bp import walkthrough
from statquest_bp.chain_rule import Chain, chain
from statquest_bp.digits import bracketed, exact
from statquest_bp.fit import Fitted, fitted
from statquest_bp.flow import check_point
from statquest_bp.labs.controls import Button, Choice, Slider
from statquest_bp.labs.given import LESSON, start_of
from statquest_bp.labs.lab import Lab
from statquest_bp.labs.snippets import network_code
from statquest_bp.labs.style import toggle_buttons
from statquest_bp.labs.view import Digits, View
from statquest_bp.network import Network
from statquest_bp.plots import draw_diagram, new_figure
from statquest_bp.plots.diagram import DIAGRAM_SIZE
from statquest_bp.plots.ripple import RippleMarks
from statquest_bp.ripple import Rate, Ripple, ripple

__all__ = ["NudgeLab"]

NUDGES = (1.0, 0.1, 0.01, 0.001)
FORWARD = walkthrough.known(len(walkthrough.FORWARD))


class Nudged(NamedTuple):
    """The network before the nudge, the data point on show, how large the nudge is, and how far the ripple has come."""

    network: Network
    point: int
    nudge: float
    step: int
    last: int

    def at(self, step: int) -> Nudged:
        """At this step of the ripple, or the nearest there is."""
        return self._replace(step=min(max(step, 0), self.last))


class SeenNudge(NamedTuple):
    """How well the network fits before the nudge, all that moves with it, and the exact derivative."""

    state: Nudged
    fit: Fitted
    ripple: Ripple
    chain: Chain

    @property
    def moved(self) -> tuple[str, ...]:
        """What has moved so far."""
        return self.ripple.path[: self.state.step]

    @property
    def back(self) -> tuple[Rate, ...]:
        """The rates that are known so far, on the way back."""
        return self.ripple.rates[: max(0, self.state.step - len(self.ripple.path))]

    @property
    def done(self) -> bool:
        """Whether the rates are multiplied."""
        return self.state.step == self.state.last

    @property
    def dosage(self) -> str:
        """The dosage of the data point."""
        return f"{self.fit.data.inputs[self.state.point, 0]:g}"


class NudgeView(View[Nudged, SeenNudge]):
    """The network as a diagram, and on it how far each value has moved, and the rates on the way back."""

    def __init__(self, parameter: str, network: Network) -> None:
        self.parameter = parameter
        self.figure, (ax,) = new_figure("", height=DIAGRAM_SIZE[1])
        ax.set_position((0, 0, 1, 1))
        self.diagram = draw_diagram(ax, network, LESSON)
        self.marks = RippleMarks(ax)

    def seen(self, state: Nudged) -> SeenNudge:
        """All that moves, up to the SSR, and back."""
        moves = ripple(state.network, LESSON, state.point, self.parameter, state.nudge)
        return SeenNudge(state, fitted(state.network, LESSON), moves, chain(state.network, LESSON, self.parameter))

    def draw(self, seen: SeenNudge, number: Digits) -> None:
        """Write the values as far as they have moved, by how much, and the rates."""
        moved = _with_ssr(seen.moved)
        values = {**seen.ripple.before, **{name: seen.ripple.after[name] for name in moved}}
        newest = [] if seen.back else list(seen.moved[-1:])
        along = {self.parameter, *(link.formula for link in seen.chain.links)}
        self.diagram.update(seen.state.network, seen.state.point, FORWARD, newest, along, number, values)
        self.diagram.say(self.caption(seen, number))
        rates = {rate.bottom: bracketed(number(_shown(rate))) for rate in seen.back}
        new = seen.back[-1].bottom if seen.back and not seen.done else ""
        self.marks.update({name: _signed(seen.ripple.change(name)) for name in moved}, rates, new)

    def mark(self, prediction: float | None, seen: SeenNudge) -> None:
        """Nothing: nothing is predicted here."""

    def caption(self, seen: SeenNudge, number: Digits) -> str:
        """What stands above the network: the newest value, or the newest rate."""
        if seen.done:
            return f"Rates in a row multiply: {_product(seen, number)}"
        if seen.back:
            return _measured(seen.back[-1], seen.ripple, number)
        if not seen.moved:
            return f"At dosage {seen.dosage}, before the nudge"
        name = seen.moved[-1]
        formula = walkthrough.FORWARD_FORMULAS.get(name, name)
        lead = name if formula == name else f"{name} = {formula}"
        return f"{lead} moves by {_signed(seen.ripple.change(name))}"

    def readout(self, seen: SeenNudge, number: Digits) -> str:
        """What the newest step says, and the SSR."""
        after = seen.ripple.after["SSR"] if "Residual²" in seen.moved else seen.fit.ssr
        return f"{self._told(seen, number)}<br>{number.ssr(after)}"

    def _told(self, seen: SeenNudge, number: Digits) -> str:
        moves, name = seen.ripple, self.parameter
        if seen.done:
            moved, slope = moves.change("SSR"), moves.change("SSR") / seen.state.nudge
            return (
                f"Rates in a row multiply: {_product(seen, number)}. That is how much this point’s Residual² moves for "
                f"each 1 of {name}.<br>Over all points the SSR moved by {_signed(moved)}, which is "
                f"<strong>{number(slope)}</strong> for each 1 of {name}. The smaller the nudge, the nearer it comes to "
                f"dSSR/d{name} = {number(seen.chain.total)}."
            )
        if seen.back:
            rate = seen.back[-1]
            if rate.formula.strip("−") == "1":
                sign = ": the minus sign again" if rate.formula == "−1" else ""
                return f"Back: {_measured(rate, moves, number)}. It is {rate.formula}, whatever the nudge{sign}."
            near = f"{rate.name} = {rate.formula} = {number(rate.derivative)}"
            if exact(rate.measured) == exact(rate.derivative):
                return f"Back: {_measured(rate, moves, number)}. That is {near}."
            return f"Back: {_measured(rate, moves, number)}. The smaller the nudge, the nearer it comes to {near}."
        if not seen.moved:
            return f"Nothing has moved yet. <em>Next</em> nudges {name} by {seen.state.nudge:g}."
        newest = seen.moved[-1]
        way = f"from {number(moves.before[newest])} to {number(moves.after[newest])}"
        if newest == name:
            return f"{name} goes {way}. What feels that first?"
        told = f"{newest} moves by {_signed(moves.change(newest))}, {way}."
        if newest == "Residual":
            told += " Predicted stands in it with a minus sign, so it moves the other way."
        if newest == "Residual²":
            told += f" All points feel the nudge: the SSR moves by {_signed(moves.change('SSR'))}."
        return told

    def label(self, seen: SeenNudge, number: Digits) -> str:
        """The diagram in words."""
        moves, moved = seen.ripple, _with_ssr(seen.moved)
        values = ", ".join(
            f"{name} = {number((moves.after if name in moved else moves.before)[name])}"
            for name in (*seen.state.network.parameters, *FORWARD)
        )
        told = ", ".join(f"{name} by {_signed(moves.change(name))}" for name in moved)
        rates = ", ".join(f"{rate.name} {number(_shown(rate))}" for rate in seen.back)
        return (
            f"The network at dosage {seen.dosage}: {values}. Moved so far: {told or 'nothing'}."
            + (f" Rates on the way back: {rates}." if rates else "")
            + f" {self.caption(seen, number)}."
        )

    def code(self, seen: SeenNudge) -> str:
        """The ripple, measured."""
        state, name = seen.state, self.parameter
        return (
            "from statquest_bp import dosage, ssr, statquest_network\n\n"
            f"network, data, point, nudge = {network_code(state.network)}, dosage(), {state.point}, {state.nudge!r}\n"
            f'nudged = network.replace({name}=network.parameters["{name}"] + nudge)\n'
            "before, after = ((data.observed - net.predict(data.inputs))[point, 0] for net in (network, nudged))\n"
            'print(f"Residual moves by {after - before:.6f}, Residual² by {after**2 - before**2:.6f}")\n'
            "change = ssr(nudged, data) - ssr(network, data)\n"
            'print(f"SSR moves by {change:.6f}: {change / nudge:.4f} for each 1")'
        )

    def summary(self, seen: SeenNudge) -> str:
        """The nudge, how far the ripple has come, and what the SSR does in the end."""
        state = seen.state
        value = exact(state.network.parameters[self.parameter], 2)
        return (
            f"{self.parameter} = {value} nudged by {state.nudge:g}, dosage {seen.dosage}, step {state.step} of "
            f"{state.last}, SSR = {exact(seen.fit.ssr)}"
        )


def _with_ssr(moved: Sequence[str]) -> list[str]:
    return [*moved, *(["SSR"] if "Residual²" in moved else [])]


def _signed(change: float) -> str:
    text = exact(change, 6)
    return text if text.startswith("−") else f"+{text}"


def _shown(rate: Rate) -> float:
    """As measured; where nothing moves that it could be measured by, the derivative."""
    return rate.measured if math.isfinite(rate.measured) else rate.derivative


def _measured(rate: Rate, moves: Ripple, number: Digits) -> str:
    if not math.isfinite(rate.measured):
        return f"{rate.name}: {rate.bottom} doesn’t move, so there is nothing to measure"
    top, bottom = _signed(moves.change(rate.top)), _signed(moves.change(rate.bottom))
    return f"{rate.name} ≈ {top} / ({bottom}) = {number(rate.measured)}"


def _product(seen: SeenNudge, number: Digits) -> str:
    factors = " × ".join(bracketed(number(_shown(rate))) for rate in seen.ripple.rates)
    return f"{factors} = {number(seen.ripple.change('Residual²') / seen.state.nudge)}"


class NudgeLab(Lab[Nudged, SeenNudge]):
    """Nudge one parameter, and follow what moves, step by step: to the SSR, and back as rates that multiply.

    `network` is the one before the nudge (None: the lesson's, with this parameter where the videos start it), `point`
    the index of the data point. KeyError for an unknown parameter, ValueError for a point that isn't there and for
    another kind of network.
    """

    view: NudgeView

    def __init__(self, parameter: str = "b3", network: Network | None = None, point: int = 0) -> None:
        network = start_of(parameter, network)
        check_point(LESSON, point)
        last = 2 * len(ripple(network, LESSON, point, parameter, 0.01).path)
        points = [(f"{value:g}", at) for at, value in enumerate(LESSON.inputs[:, 0])]
        nudges = [(f"{nudge:g}", nudge) for nudge in NUDGES]
        moves: list[Button[Nudged] | Slider[Nudged]] = [
            Button("back", "◂ Back", lambda state: state.at(state.step - 1), "Take the last step back"),
            Button("step", "Next ▸", lambda state: state.at(state.step + 1), "Let the ripple travel on"),
            Button("all", "All", lambda state: state.at(state.last), "All the way to the SSR and back"),
            Slider(
                "scrub",
                0,
                last,
                lambda state: state.step,
                lambda state, step: state.at(round(step)),
                start=0,
                width="300px",
                description="step",
                step=1,
                readout_format="d",
            ),
        ]
        choices = [
            Choice[Nudged](
                "nudge",
                toggle_buttons(f"nudge {parameter} by", nudges),
                lambda state: state.nudge,
                lambda state, nudge: state._replace(nudge=nudge),
            ),
            Choice[Nudged](
                "point",
                toggle_buttons("dosage", points),
                lambda state: state.point,
                lambda state, at: state._replace(point=at),
            ),
        ]
        start = Nudged(network, point, 0.01, 0, last)
        choices[0].widget.value = start.nudge
        super().__init__(start, NudgeView(parameter, network), moves, choices)
