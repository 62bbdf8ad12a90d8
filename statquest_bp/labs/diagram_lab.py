"""DiagramLab: the network as a diagram; values flow forward, derivatives flow back, and one chain lights up."""

from __future__ import annotations

from collections.abc import Sequence

from statquest_bp import walkthrough
from statquest_bp.chain_rule import Chain, chain
from statquest_bp.digits import bracketed, exact
from statquest_bp.fit import fitted
from statquest_bp.flow import check_point, flow
from statquest_bp.labs.controls import Button, Choice, Slider
from statquest_bp.labs.given import LESSON, lesson_network
from statquest_bp.labs.lab import Lab
from statquest_bp.labs.ranges import slider_range
from statquest_bp.labs.snippets import network_code
from statquest_bp.labs.style import toggle_buttons
from statquest_bp.labs.sweep import NO_CHAIN, SeenSweep, Sweep, names_of
from statquest_bp.labs.view import Digits, View
from statquest_bp.network import Network
from statquest_bp.parameters import check_names
from statquest_bp.plots import draw_diagram, new_figure
from statquest_bp.plots.diagram import DIAGRAM_SIZE

__all__ = ["DiagramLab"]


class DiagramView(View[Sweep, SeenSweep]):
    """The network as a diagram. `predicted` is the parameter whose derivative the learner may predict, if any."""

    def __init__(self, network: Network, predicted: str | None) -> None:
        self.figure, (ax,) = new_figure("", height=DIAGRAM_SIZE[1])
        ax.set_position((0, 0, 1, 1))
        self.diagram = draw_diagram(ax, network, LESSON)
        self._predicted = "" if predicted is None else f"dSSR/d{predicted} = "

    def seen(self, state: Sweep) -> SeenSweep:
        """The chain of every parameter, and all numbers at the data point."""
        network = state.network
        chains = tuple(chain(network, LESSON, name) for name in network.backward_order)
        return SeenSweep(state, fitted(network, LESSON), chains, flow(network, LESSON, state.point, chains))

    def draw(self, seen: SeenSweep, number: Digits) -> None:
        """Write the numbers, and light up what is new, or the chain."""
        (network, point, step, _), lit = seen.sweep, seen.lit
        new: Sequence[str] = walkthrough.newest(step)
        along = None
        if lit is not None:
            new = (lit.parameter, *names_of(lit))
            along = {lit.parameter, *(link.formula for link in lit.links)}
        self.diagram.update(network, point, seen.shown, new, along, number, seen.values)
        self.diagram.say(self.caption(seen, number))

    def mark(self, prediction: float | None, seen: SeenSweep) -> None:
        """Write down the derivative that was predicted, or where none is asked for, the count of multiplications."""
        what = "" if prediction is None else f"{self._predicted}{exact(prediction, 2)}"
        if prediction is not None and not self._predicted:
            what = f"{prediction:g} multiplications"
        self.diagram.predict(what and f"you predicted {what}")

    def caption(self, seen: SeenSweep, number: Digits) -> str:
        """What stands above the network: how its newest values come about."""
        if seen.lit is not None:
            return f"At dosage {seen.dosage}: {_product(seen, seen.lit, number)}"
        how, step = walkthrough.formulas(seen.chains), seen.sweep.step
        told = [f"{name} = {how[name]}" for name in walkthrough.newest(step) if how.get(name, name) != name]
        way = "Forward" if step <= len(walkthrough.FORWARD) else "Back"
        return f"{way} at dosage {seen.dosage}" + (": " if told else "") + ",   ".join(told)

    def readout(self, seen: SeenSweep, number: Digits) -> str:
        """What the step did, with its numbers; or the chain's product, here and over all points."""
        lit, error = seen.lit, number.ssr(seen.fit.ssr)
        if lit is not None:
            name, terms = f"dSSR/d{lit.parameter}", " + ".join(bracketed(number(float(x))) for x in lit.terms)
            product = _product(seen, lit, number).replace(" = ", f" = {' × '.join(names_of(lit))} = ", 1)
            return (
                f"At dosage {seen.dosage}: {product}<br>Over all points: {name} = {terms} = "
                f"<strong>{number(lit.total)}</strong><br>{error}"
            )
        told = walkthrough.tell(seen.sweep.step, seen.chains, seen.values, number)
        return "<br>".join([told, *_count(seen), error])

    def label(self, seen: SeenSweep, number: Digits) -> str:
        """The diagram in words."""
        signs = ", ".join(f"{name} = {number(value)}" for name, value in seen.sweep.network.parameters.items())
        shown = ", ".join(f"{name} = {number(seen.values[name])}" for name in seen.shown if name != "SSR")
        newest = ", ".join(walkthrough.newest(seen.sweep.step))
        stressed = f" The newest: {newest}." if newest else ""
        if seen.lit is not None:
            stressed = f" The chain of {seen.lit.parameter} is lit: {_product(seen, seen.lit, number)}."
        return (
            f"The network from left to right, at dosage {seen.dosage}: Input, x1 and x2, y1 and y2, Predicted, then "
            "Observed, Residual and its square. The lines of the weights are the thicker the farther a weight is from "
            f"0, and dashed below 0. {self.diagram.pictures.describe(seen.sweep.network)} "
            f"The parameters: {signs}. Known so far: {shown or 'nothing'}.{stressed} "
            f"SSR {exact(seen.fit.ssr)}."
        )

    def code(self, seen: SeenSweep) -> str:
        """The numbers at the data point, and the derivatives there; or the links of the chain."""
        network, at, _, parameter = seen.sweep
        start = (
            "from statquest_bp import chain, dosage, statquest_network\n\n"
            f"network, data, point = {network_code(network)}, dosage(), {at}\n"
        )
        if parameter is None:
            return start + (
                "forward = network.forward(data.inputs)\n"
                'print("x:", forward.sums[0][point], "y:", forward.outputs[0][point])\n'
                'print("Predicted:", forward.predicted[point], "Observed:", data.observed[point])\n'
                "for slope in [chain(network, data, name) for name in network.backward_order]:\n"
                '    print(f"dSSR/d{slope.parameter} at this point = {slope.terms[point]:.4f}")'
            )
        return start + (
            f'slope = chain(network, data, "{parameter}")\n'
            "for link in slope.links:\n"
            '    print(f"d{link.top}/d{link.bottom} = {link.values[point]:.4f}")\n'
            'print(f"dSSR/d{slope.parameter} at this point = {slope.terms[point]:.4f}, in all {slope.total:.4f}")'
        )

    def summary(self, seen: SeenSweep) -> str:
        """The dosage, the step or the chain's derivative, and the SSR."""
        where = f"step {seen.sweep.step} of {walkthrough.LAST}"
        if seen.lit is not None:
            term = exact(float(seen.lit.terms[seen.sweep.point]))
            where = f"dSSR/d{seen.lit.parameter} = {term} here and {exact(seen.lit.total)} over all points"
        return f"dosage {seen.dosage}, {where}, SSR = {exact(seen.fit.ssr)}"


def _product(seen: SeenSweep, lit: Chain, number: Digits) -> str:
    at = seen.sweep.point
    factors = ["1" if link.formula == "1" else bracketed(number(float(link.values[at]))) for link in lit.links]
    return f"dSSR/d{lit.parameter} = {' × '.join(factors)} = {number(float(lit.terms[at]))}"


def _count(seen: SeenSweep) -> list[str]:
    done = [slope for slope in seen.chains if f"dSSR/d{slope.parameter}" in seen.shown]
    if not done:
        return []
    reusing, alone = walkthrough.multiplications(done)
    which = f"{len(done)} parameters" if len(done) > 1 else "one parameter"
    return [f"Multiplications for the {which} done so far: {reusing}; without reuse it would be {alone}."]


class DiagramLab(Lab[Sweep, SeenSweep]):
    """Go through the network step by step, forward and back; or choose a parameter, and see its chain of links.

    `network` is where the lab begins (None: the lesson's, with b3 at 0), `point` the index of the data point, and
    `parameter` the one chosen at first. KeyError for an unknown parameter, ValueError for a point that isn't there
    and for another kind of network.
    """

    view: DiagramView

    def __init__(self, network: Network | None = None, parameter: str | None = None, point: int = 1) -> None:
        network = lesson_network(network, b3=0.0)
        if parameter is not None:
            check_names([parameter], network.backward_order)
        check_point(LESSON, point)
        points = [(f"{value:g}", at) for at, value in enumerate(LESSON.inputs[:, 0])]
        chains = toggle_buttons("chain of", [NO_CHAIN, *network.backward_order])
        super().__init__(
            Sweep(network, point, 0, parameter),
            DiagramView(network, parameter),
            [*_moves(), Choice("point", toggle_buttons("dosage", points), lambda sweep: sweep.point, Sweep.at_point)],
            [
                Choice("parameter", chains, lambda sweep: sweep.parameter or NO_CHAIN, Sweep.choose),
                *(_slider(name, value) for name, value in network.parameters.items()),
            ],
            [],
        )

    @property
    def chain(self) -> Chain | None:
        """The chain that is lit, if a parameter is chosen."""
        return self.seen.lit


def _moves() -> list[Button[Sweep] | Slider[Sweep]]:
    """What goes through the sweep."""
    return [
        Button("back", "◂ Back", lambda sweep: sweep.at(sweep.step - 1), "Take the last step back"),
        Button("step", "Next ▸", lambda sweep: sweep.at(sweep.step + 1), "Work out the next values"),
        Button("all", "All", lambda sweep: sweep.at(walkthrough.LAST), "The whole way forward and back"),
        Slider(
            "scrub",
            0,
            walkthrough.LAST,
            lambda sweep: sweep.step,
            lambda sweep, step: sweep.at(round(step)),
            start=0,
            width="300px",
            description="step",
            step=1,
            readout_format="d",
        ),
    ]


def _slider(name: str, start: float) -> Slider[Sweep]:
    """The slider of a parameter, there while that one is chosen."""
    return Slider(
        name,
        *slider_range(name),
        lambda sweep: sweep.network.parameters[name],
        lambda sweep, value: sweep.move(name, value),
        start=start,
        shown=lambda sweep: sweep.parameter == name,
    )
