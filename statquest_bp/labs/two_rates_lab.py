"""TwoRatesLab: all seven parameters at once, from one start, with two learning rates side by side."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from statquest_bp.data import dosage
from statquest_bp.digits import exact
from statquest_bp.fit import ssr
from statquest_bp.gradient_descent import Run, descend
from statquest_bp.labs.given import lesson_network
from statquest_bp.labs.old_step_lab import StepLab
from statquest_bp.labs.snippets import network_code
from statquest_bp.network import Network
from statquest_bp.plots import draw_fit, draw_ssr_trace, new_figure
from statquest_bp.video import DETAILS_2

__all__ = ["TwoRatesLab"]

MAX_STEPS, MIN_STEP = 20_000, 1e-6


class Pace(NamedTuple):
    """Which moment of both runs is on show."""

    step: int


class TwoRatesLab(StepLab[Pace]):
    """Gradient descent on all seven parameters, twice from the same start: left and middle the fits, right the SSR.

    A step of the lab is one update at first and more and more later on: the runs are long. `network` is the start
    (None: that of the video "Details Pt. 2"). ValueError for another kind of network or a rate that isn't positive.
    """

    interval = 100

    def __init__(self, rates: tuple[float, float] = (0.01, 0.1), network: Network | None = None) -> None:
        start = lesson_network(network, **DETAILS_2)
        if not (isinstance(rates, (tuple, list)) and len(rates) == 2):
            raise ValueError(f"two learning rates are compared, such as (0.01, 0.1); got {rates!r}")
        self.rates = tuple(rates)
        self.runs: tuple[Run, Run] = tuple(  # type: ignore[assignment]
            descend(start, dosage(), rate, max_steps=MAX_STEPS, min_step=MIN_STEP) for rate in rates
        )
        longest = max(map(len, self.runs)) - 1
        # each update up to 20, then about 5 % more each time
        later = np.geomspace(20, max(longest, 20), 120).round().astype(np.int64)
        self._shown = np.unique(np.minimum(np.concatenate([np.arange(21), later]), longest))
        names = [f"learning rate {rate:g}" for rate in rates]
        figure, (left, middle, right) = new_figure(*names, "SSR against updates", height=300)
        self._fits = [draw_fit(ax, start, dosage(), ylim=(-2, 4)) for ax in (left, middle)]
        self._trace = draw_ssr_trace(right, self.runs)
        middle.set_ylabel("")
        right.set_ylabel("")
        self._build(Pace(0), figure)
        self._arrange(self._add_moves("One update at first, later more at a time", "moment", readout=False))

    @property
    def updates(self) -> int:
        """How many updates have been made at the moment on show, by a run that goes on that long."""
        return int(self._shown[self.state.step])

    @property
    def networks(self) -> tuple[Network, Network]:
        """Both networks at the moment on show."""
        first, second = (run[min(self.updates, len(run) - 1)].network for run in self.runs)
        return first, second

    @property
    def network(self) -> Network:  # type: ignore[override]
        """The network of the first run, for what every lab shows of one."""
        return self.networks[0]

    @property
    def _last(self) -> int:
        return len(self._shown) - 1

    def _mark_prediction(self, height: float | None) -> None:
        for fit in self._fits:
            fit.prediction.set_data(*(([], []) if height is None else ([0.5], [height])))  # at the middle dosage

    def code(self) -> str:
        """A few lines of Python that compute what the lab shows now."""
        return (
            "from statquest_bp import descend, dosage, statquest_network\n\n"
            f"start = {network_code(self.runs[0][0].network)}\n"
            f"for rate in {self.rates}:\n"
            f"    run = descend(start, dosage(), rate, max_steps={MAX_STEPS}, min_step={MIN_STEP})\n"
            f"    here = run[min({self.updates}, len(run) - 1)]\n"
            '    values = ", ".join(f"{name} = {value:.4f}" for name, value in here.network.parameters.items())\n'
            '    print(f"learning rate {rate}: SSR = {here.ssr:.4f}, {values}")'
        )

    def _draw(self) -> None:
        for fit, network in zip(self._fits, self.networks, strict=True):
            fit.update(network)
        self._trace.update(self.runs, [f"{rate:g}" for rate in self.rates], self._shown, self.updates)

    def _numbers(self) -> str:
        names = list(DETAILS_2)
        rows = []
        for rate, run, network in zip(self.rates, self.runs, self.networks, strict=True):
            done = min(self.updates, len(run) - 1)
            ended = f" ({run.status})" if done == len(run) - 1 else ""
            cells = [f"{done:,}{ended}", f"<strong>{exact(ssr(network, self.data))}</strong>"]
            cells += [self.number(network.parameters[name]) for name in names]
            rows.append(f"<tr><th scope=row>{rate:g}</th>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>")
        heads = "".join(f"<th scope=col>{head}</th>" for head in ("learning rate", "updates", "SSR", *names))
        return f"<table><thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table>"

    def _describe(self) -> str:
        told = " ".join(
            f"With learning rate {rate:g} the squiggle passes through "
            f"{', '.join(exact(value, 2) for value in network.predict(self.data.inputs)[:, 0])}, SSR "
            f"{exact(ssr(network, self.data))}."
            for rate, network in zip(self.rates, self.networks, strict=True)
        )
        return (
            "Left and middle: the data, and the squiggle of each run with its residuals, at dosages 0, 0.5 and 1. "
            f"Right: the SSR of both against the updates, after {self.updates:,}. {told}"
        )

    def _summary(self) -> str:
        ssrs = ", ".join(
            f"SSR = {exact(ssr(network, self.data))} at rate {rate:g}"
            for rate, network in zip(self.rates, self.networks, strict=True)
        )
        return f"after {self.updates:,} updates: {ssrs}"
