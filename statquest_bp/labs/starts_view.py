"""What the StartsLab shows: where all the starts end, and the chosen one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from statquest_bp.digits import exact
from statquest_bp.endings import ENDINGS
from statquest_bp.fit import Fitted, fitted, level_line_ssr
from statquest_bp.labs.advice import IN_CODE, scaling
from statquest_bp.labs.landscape_choices import FEW
from statquest_bp.labs.snippets import data_code, program
from statquest_bp.labs.starts_choices import Chosen, StartsPlan
from statquest_bp.labs.view import Digits, View
from statquest_bp.network import Network
from statquest_bp.plots import draw_starts, new_figure

__all__ = ["SeenStarts", "StartsView"]


class SeenStarts(NamedTuple):
    """The chosen start, how well it fits before the training and after it, and the SSR of the best level line."""

    chosen: Chosen
    before: Fitted
    fit: Fitted
    level: float

    @property
    def counts(self) -> str:
        """How many ended how, how long the fits took, and what helps where most starts come to nothing."""
        trained = self.chosen.trained
        told = ", ".join(f"{group} {trained.how_many(group):,}" for group in ENDINGS)
        steps = trained.runs.steps[trained.groups == "fit"]
        took = f" Half of the fits took {np.median(steps):,.0f} updates or fewer." if len(steps) else ""
        held = trained.how_many("level line") + trained.how_many("diverged")
        advice = scaling(self.fit.data, IN_CODE) if 2 * held > trained.plan.starts else []
        return (
            f"{trained.plan.starts:,} starts at learning rate {trained.rate:.4g}: {told}.{took} "
            f"The best level line has SSR {exact(self.level)}.{' '.join(['', *advice])}"
        )


class StartsView(View[Chosen, SeenStarts]):
    """Left all fits, in the middle how good they are, right two of the weights that they found."""

    def __init__(self, plan: StartsPlan, like: Network) -> None:
        self._curves = plan.sizes[0] == 1
        left = "All fits, and the chosen one" if self._curves else "The chosen fit"
        self.figure, axes = new_figure(left, "How good they are", "Which weights they found", height=310)
        self.figure.subplots_adjust(bottom=80 / 310, wspace=0.3)
        self.starts = draw_starts(axes, like, plan.data)
        self._level = level_line_ssr(plan.data)

    def seen(self, state: Chosen) -> SeenStarts:
        """The chosen start, before the training and after it."""
        data = state.trained.plan.data
        return SeenStarts(state, fitted(state.start, data), fitted(state.end, data), self._level)

    def stands_on(self, seen: SeenStarts) -> object:
        """Where all of them end."""
        return seen.chosen.trained.runs

    def stand(self, seen: SeenStarts) -> None:
        """Draw where all of them end."""
        self.starts.show(seen.chosen.trained.runs, seen.chosen.trained.groups)

    def draw(self, seen: SeenStarts, number: Digits) -> None:
        """Mark the chosen start."""
        self.starts.choose(seen.before.network, seen.fit.network, seen.fit.ssr)

    def mark(self, prediction: float | None, seen: SeenStarts) -> None:
        """Write down how many fits were predicted."""
        self.starts.predict("" if prediction is None else f"you predicted {prediction:g} fits")

    def question(self, seen: SeenStarts) -> object:
        """A prediction is of these starts, at whatever learning rate."""
        return seen.chosen.trained.seed

    def readout(self, seen: SeenStarts, number: Digits) -> str:
        """How all of them ended, and the chosen one; its parameters too, where they are few."""
        chosen, runs = seen.chosen, seen.chosen.trained.runs
        k, group = chosen.which, chosen.group
        told = (
            f"{seen.counts}<br>The start of seed {chosen.seed}, in place {chosen.place + 1:,}: from SSR "
            f"{exact(seen.before.ssr)} to {number.ssr(seen.fit.ssr)} in {runs.steps[k]:,} updates "
            f"({runs.status[k]}). That is “{group}”: {ENDINGS[group]}."
        )
        start, end = seen.before.network.parameters, seen.fit.network.parameters
        if len(start) > FEW:
            return told
        start_row, end_row = (list(map(number, values.values())) for values in (start, end))
        return told + _table(["at the", *start], ["start", *start_row], ["end", *end_row])

    def label(self, seen: SeenStarts, number: Digits) -> str:
        """All three pictures in words."""
        x, y = self.starts.x, self.starts.y
        start, end = seen.before.network.parameters, seen.fit.network.parameters
        return (
            f"{seen.counts} Left{': the faint fits of all, and the chosen one' if self._curves else ''}: "
            f"{self.starts.fit.describe(seen.fit.network)} Middle: "
            f"how many end at which SSR, in powers of ten; the chosen one, “{seen.chosen.group}”, at "
            f"{exact(seen.fit.ssr)}. "
            f"Right: {y} against {x} where they end; the chosen one went from {exact(start[x])}, {exact(start[y])} to "
            f"{exact(end[x])}, {exact(end[y])}."
        )

    def code(self, seen: SeenStarts) -> str:
        """All the runs, and where the chosen one ended."""
        plan, rate, first = seen.chosen.trained.plan, seen.chosen.trained.rate, seen.chosen.trained.seed
        return program(
            f"data = {data_code(plan.data)}",
            f"starts = [Network.random({plan.sizes}, seed=seed) for seed in range({first}, {first + plan.starts})]",
            f"runs = descend_many(starts, data, {rate!r}, max_steps={plan.max_steps}, min_step={plan.min_step!r})",
            f"k = {seen.chosen.which}",
            'print(f"start {k}: {runs.status[k]} after {runs.steps[k]} updates, SSR = {runs.ssr[k]:.4f}")',
            "for name, values in runs.parameters.items():",
            '    print(f"{name} = {starts[k].parameters[name]:.4f} -> {values[k]:.4f}")',
        )

    def summary(self, seen: SeenStarts) -> str:
        """How many ended how, and the chosen one."""
        chosen = seen.chosen
        counts = ", ".join(f"{group} {chosen.trained.how_many(group)}" for group in ENDINGS)
        return f"{counts}; chosen: place {chosen.place + 1}, {chosen.group}, SSR = {exact(seen.fit.ssr)}"


def _table(head: Sequence[str], *rows: Sequence[str]) -> str:
    heads = "".join(f"<th scope=col>{cell}</th>" for cell in head)
    body = "".join(f"<tr><th scope=row>{row[0]}</th><td>{'</td><td>'.join(row[1:])}</td></tr>" for row in rows)
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"
