"""TwoRatesLab: all seven parameters at once, from one start, with two learning rates side by side."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from statquest_bp.data import dosage
from statquest_bp.digits import exact
from statquest_bp.fit import Fitted, fitted
from statquest_bp.gradient_descent import Run, descend
from statquest_bp.labs.given import LESSON, lesson_network
from statquest_bp.labs.lab import Lab
from statquest_bp.labs.snippets import network_code
from statquest_bp.labs.steps import Steps
from statquest_bp.labs.view import Digits, View
from statquest_bp.network import Network
from statquest_bp.plots import draw_fit, draw_ssr_trace, new_figure
from statquest_bp.plots.style import draw_through
from statquest_bp.video import DETAILS_2

__all__ = ["TwoRatesLab"]

MAX_STEPS, MIN_STEP = 20_000, 1e-6


class Pace(NamedTuple):
    """Which moment of both runs is on show, and which is the last."""

    last: int
    step: int = 0

    @property
    def ended(self) -> bool:
        """Whether no moment comes after this one."""
        return self.step == self.last

    def at(self, step: int) -> Pace:
        """At this moment, or the nearest there is."""
        return self._replace(step=min(max(step, 0), self.last))

    def forward(self, count: int) -> Pace:
        """So many moments on."""
        return self.at(self.step + count)


class SeenRun(NamedTuple):
    """One of the runs at the moment on show: its learning rate, how many updates it has made, and how well it fits."""

    rate: float
    run: Run
    done: int
    fit: Fitted

    @property
    def status(self) -> str:
        """How the run ended, if it has."""
        return f" ({self.run.status})" if self.done == len(self.run) - 1 else ""


class SeenRates(NamedTuple):
    """How many updates a run has made that goes on that long, and both runs."""

    updates: int
    runs: tuple[SeenRun, SeenRun]

    @property
    def fit(self) -> Fitted:
        """How well the first run fits, for what every lab shows of one network."""
        return self.runs[0].fit


class TwoRatesView(View[Pace, SeenRates]):
    """Left and middle the fits, right the SSR of both runs; `moments` are the updates after which they are shown."""

    def __init__(self, rates: tuple[float, float], runs: tuple[Run, Run]) -> None:
        self._rates, self._runs = rates, runs
        longest = max(map(len, runs)) - 1
        # each update up to 20, then about 5 % more each time
        later = np.geomspace(20, max(longest, 20), 120).round().astype(np.int64)
        self.moments = np.unique(np.minimum(np.concatenate([np.arange(21), later]), longest))
        names = [f"learning rate {rate:g}" for rate in rates]
        self.figure, (left, middle, right) = new_figure(*names, "SSR against updates", height=300)
        self.fits = [draw_fit(ax, runs[0].start, dosage(), ylim=(-2, 4)) for ax in (left, middle)]
        self.trace = draw_ssr_trace(right, runs)
        middle.set_ylabel("")
        right.set_ylabel("")

    def seen(self, state: Pace) -> SeenRates:
        """Both runs at this moment; one that has ended before, at its end."""
        updates = int(self.moments[state.step])

        def at(rate: float, run: Run) -> SeenRun:
            done = min(updates, len(run) - 1)
            return SeenRun(rate, run, done, fitted(run[done].network, LESSON))

        first, second = map(at, self._rates, self._runs)
        return SeenRates(updates, (first, second))

    def draw(self, seen: SeenRates, number: Digits) -> None:
        """Move both fits and both curves."""
        for fit, of in zip(self.fits, seen.runs, strict=True):
            fit.update(of.fit.network, predicted=of.fit.predicted)
        self.trace.update(self._runs, [f"{rate:g}" for rate in self._rates], self.moments, seen.updates)

    def mark(self, prediction: float | None, seen: SeenRates) -> None:
        """The height predicted at the middle dosage, in both fits."""
        for fit in self.fits:
            draw_through(fit.prediction, None if prediction is None else ([0.5], [prediction]))

    def readout(self, seen: SeenRates, number: Digits) -> str:
        """A row for each run."""
        rows = []
        for of in seen.runs:
            cells = [f"{of.done:,}{of.status}", f"<strong>{exact(of.fit.ssr)}</strong>"]
            cells += [number(of.fit.network.parameters[name]) for name in DETAILS_2]
            rows.append(f"<tr><th scope=row>{of.rate:g}</th>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>")
        heads = "".join(f"<th scope=col>{head}</th>" for head in ("learning rate", "updates", "SSR", *DETAILS_2))
        return f"<table><thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table>"

    def label(self, seen: SeenRates, number: Digits) -> str:
        """The three pictures in words."""
        told = " ".join(
            f"With learning rate {of.rate:g} the squiggle passes through "
            f"{', '.join(exact(value, 2) for value in of.fit.predicted[:, 0])}, SSR {exact(of.fit.ssr)}."
            for of in seen.runs
        )
        return (
            "Left and middle: the data, and the squiggle of each run with its residuals, at dosages 0, 0.5 and 1. "
            f"Right: the SSR of both against the updates, after {seen.updates:,}. {told}"
        )

    def code(self, seen: SeenRates) -> str:
        """Both runs, and where they stand."""
        return (
            "from statquest_bp import descend, dosage, statquest_network\n\n"
            f"start = {network_code(self._runs[0].start)}\n"
            f"for rate in {self._rates}:\n"
            f"    run = descend(start, dosage(), rate, max_steps={MAX_STEPS}, min_step={MIN_STEP})\n"
            f"    here = run[min({seen.updates}, len(run) - 1)]\n"
            '    values = ", ".join(f"{name} = {value:.4f}" for name, value in here.network.parameters.items())\n'
            '    print(f"learning rate {rate}: SSR = {here.ssr:.4f}, {values}")'
        )

    def summary(self, seen: SeenRates) -> str:
        """How many updates, and the SSR of each run."""
        ssrs = ", ".join(f"SSR = {exact(of.fit.ssr)} at rate {of.rate:g}" for of in seen.runs)
        return f"after {seen.updates:,} updates: {ssrs}"


class TwoRatesLab(Lab[Pace, SeenRates]):
    """Gradient descent on all seven parameters, twice from the same start: left and middle the fits, right the SSR.

    A step of the lab is one update at first and more and more later on: the runs are long. `network` is the start
    (None: that of the video "Details Pt. 2"). ValueError for another kind of network or a rate that isn't positive.
    """

    view: TwoRatesView

    def __init__(self, rates: tuple[float, float] = (0.01, 0.1), network: Network | None = None) -> None:
        start = lesson_network(network, **DETAILS_2)
        if not (isinstance(rates, (tuple, list)) and len(rates) == 2):
            raise ValueError(f"two learning rates are compared, such as (0.01, 0.1); got {rates!r}")
        first, second = (descend(start, dosage(), rate, max_steps=MAX_STEPS, min_step=MIN_STEP) for rate in rates)
        self.rates, self.runs = (rates[0], rates[1]), (first, second)
        view = TwoRatesView(self.rates, self.runs)
        pace = Pace(len(view.moments) - 1)
        self.steps = Steps(pace, "One update at first, later more at a time", "moment", interval=100, readout=False)
        super().__init__(pace, view, [self.steps], [])  # what every lab has, in a row of its own

    @property
    def updates(self) -> int:
        """How many updates have been made at the moment on show, by a run that goes on that long."""
        return self.seen.updates

    @property
    def networks(self) -> tuple[Network, Network]:
        """Both networks at the moment on show."""
        first, second = self.seen.runs
        return first.fit.network, second.fit.network
