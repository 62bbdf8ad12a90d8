"""StartsLab: gradient descent from a thousand random starts at once, where each of them ends, and the path of one."""

from __future__ import annotations

import numbers
from collections.abc import Sequence

import ipywidgets
import numpy as np

from statquest_bp.data import Dataset
from statquest_bp.digits import exact
from statquest_bp.endings import ENDINGS
from statquest_bp.fit import level_line_ssr, ssr
from statquest_bp.labs.advice import IN_CODE, scaling
from statquest_bp.labs.given import own_data
from statquest_bp.labs.landscape_choices import FEW
from statquest_bp.labs.landscape_lab import LandscapeLab
from statquest_bp.labs.ranges import rate_for
from statquest_bp.labs.snippets import data_code, program
from statquest_bp.labs.starts_choices import Choice, StartsChoices, Trained, button_for
from statquest_bp.network import Network
from statquest_bp.plots import Starts, draw_starts, new_figure

__all__ = ["StartsLab"]


class StartsLab(StartsChoices):
    """Train many random networks at once; see which fit, how well, and which parameters they have; follow one's path.

    `sizes` are those of the networks, `starts` how many there are, `learning_rate` the first one (None: 0.045 /
    points, in the lesson 0.015; with its 0.1 a third of the runs swing), `seed` that of the first network, the next
    one having seed + 1. `max_steps` and `min_step` are `descend`'s.
    ValueError for sizes that don't match the data, data too large to be squared, or fewer starts than one.
    """

    path: LandscapeLab | None = None  # shows the path last asked for
    _picture: Starts
    _shown: Trained
    _told: ipywidgets.HTML
    _followed: ipywidgets.VBox

    def __init__(
        self,
        data: Dataset | None = None,
        sizes: tuple[int, ...] = (1, 2, 1),
        starts: int = 1000,
        learning_rate: float | None = None,
        seed: int = 1,
        max_steps: int = 8000,
        min_step: float = 1e-5,
    ) -> None:
        if isinstance(starts, bool) or not isinstance(starts, numbers.Integral) or starts < 1:
            raise ValueError(f"starts must be a whole number from 1 up; got {starts!r}")
        self._data = own_data(data)
        self.sizes, self.starts = tuple(sizes), starts
        self.max_steps, self.min_step = max_steps, min_step
        first = Network.random(self.sizes, seed=seed)
        left = "All fits, and the chosen one" if self.sizes[0] == 1 else "The chosen fit"
        figure, axes = new_figure(left, "How good they are", "Which weights they found", height=310)
        figure.subplots_adjust(bottom=80 / 310, wspace=0.3)
        self._picture = draw_starts(axes, first, self.data)
        rate = round(0.15 * rate_for(self.data), 9) if learning_rate is None else learning_rate
        trained = self._train(rate, seed)
        self._shown = trained
        self._picture.show(trained.runs, trained.groups)
        self._build(Choice(trained, 0), figure)
        self._add_controls()
        self._button("follow", "Follow its path", self._follow, "Show the whole descent from this start, below")
        self._followed = ipywidgets.VBox(layout={"width": "100%", "overflow": "visible"})
        groups = [self.controls[button_for(group)] for group in ENDINGS]
        training = [self.controls["learning_rate"], self.controls["seed"]]
        self._arrange([self.controls["start"], self.controls["follow"]], groups, training)
        self.page = ipywidgets.VBox([self.widget, self._followed], layout={"width": "100%", "overflow": "visible"})

    def _follow(self) -> Choice:
        """Show the descent from the chosen start below, in the lab that is there already, if one is."""
        rate, level = self.state.trained.rate, level_line_ssr(self.data)
        if self.path is None:
            self.path = LandscapeLab(self.start, self.data, rate, self.max_steps, min_step=self.min_step)
            self._told = ipywidgets.HTML()
        else:
            self.path.begin_anew(self.start, rate)
        told = f"The path of the start of seed {self.seed}, the chosen one when you asked for it."
        if not abs(self.path.ssr - self.ssr) <= 0.01 * level:
            told += (
                f" Among the others it ended with SSR {exact(self.ssr)}, alone with {exact(self.path.ssr)}: where a "
                "run swings, a difference in the last digit grows until it decides where the run ends."
            )
        self._told.value = f'<div role="status">{told}</div>'
        self._followed.children = [self._told, self.path.widget]
        return self.state

    def code(self) -> str:
        """A few lines of Python that compute what the lab shows now."""
        first, rate = self.state.trained.seed, self.state.trained.rate
        return program(
            f"data = {data_code(self.data)}",
            f"starts = [Network.random({self.sizes}, seed=seed) for seed in range({first}, {first + self.starts})]",
            f"runs = descend_many(starts, data, {rate!r}, max_steps={self.max_steps}, min_step={self.min_step!r})",
            f"k = {self.chosen}",
            'print(f"start {k}: {runs.status[k]} after {runs.steps[k]} updates, SSR = {runs.ssr[k]:.4f}")',
            "for name, values in runs.parameters.items():",
            '    print(f"{name} = {starts[k].parameters[name]:.4f} -> {values[k]:.4f}")',
        )

    def _question(self) -> int:
        """A prediction is of these starts, at whatever learning rate."""
        return self.state.trained.seed

    def _mark_prediction(self, count: float | None) -> None:
        self._picture.predict("" if count is None else f"you predicted {count:g} fits")

    def _draw(self) -> None:
        trained = self.state.trained
        if trained is not self._shown:
            self._shown = trained
            self._picture.show(trained.runs, trained.groups)
            self.picture.draw_background()
        self._picture.choose(self.start, self.network, self.ssr)
        for group in ENDINGS:
            self.controls[button_for(group)].disabled = not self._count(group)

    def _numbers(self) -> str:
        (trained, place), k = self.state, self.chosen
        start, end = self.start.parameters, self.network.parameters
        told = (
            f"{self._counts()}<br>The start of seed {self.seed}, in place {place + 1:,}: from SSR "
            f"{exact(ssr(self.start, self.data))} to {self._shown_ssr()} in {trained.runs.steps[k]:,} updates "
            f"({trained.runs.status[k]}). That is “{self.group}”: {ENDINGS[self.group]}."
        )
        if len(start) > FEW:
            return told
        start_row, end_row = (list(map(self.number, values.values())) for values in (start, end))
        return told + _table(["at the", *start], ["start", *start_row], ["end", *end_row])

    def _counts(self) -> str:
        """How many ended how, and how long the fits took."""
        trained = self.state.trained
        told = ", ".join(f"{group} {self._count(group):,}" for group in ENDINGS)
        steps = trained.runs.steps[trained.groups == "fit"]
        took = f" Half of the fits took {np.median(steps):,.0f} updates or fewer." if len(steps) else ""
        return (
            f"{self.starts:,} starts at learning rate {trained.rate:.4g}: {told}.{took} "
            f"The best level line has SSR {exact(level_line_ssr(self.data))}.{' '.join(['', *self._advice()])}"
        )

    def _advice(self) -> list[str]:
        """What helps where most starts come to nothing, for the data are to be scaled."""
        held = self._count("level line") + self._count("diverged")
        return scaling(self.data, IN_CODE) if 2 * held > self.starts else []

    def _describe(self) -> str:
        x, y = self._picture.x, self._picture.y
        start, end = self.start.parameters, self.network.parameters
        return (
            f"{self._counts()} Left{': the faint fits of all, and the chosen one' if self.sizes[0] == 1 else ''}: "
            f"{self._picture.fit.describe(self.network)} Middle: "
            f"how many end at which SSR, in powers of ten; the chosen one, “{self.group}”, at {exact(self.ssr)}. "
            f"Right: {y} against {x} where they end; the chosen one went from {exact(start[x])}, {exact(start[y])} to "
            f"{exact(end[x])}, {exact(end[y])}."
        )

    def _summary(self) -> str:
        counts = ", ".join(f"{group} {self._count(group)}" for group in ENDINGS)
        return f"{counts}; chosen: place {self.state.place + 1}, {self.group}, SSR = {exact(self.ssr)}"


def _table(head: Sequence[str], *rows: Sequence[str]) -> str:
    heads = "".join(f"<th scope=col>{cell}</th>" for cell in head)
    body = "".join(f"<tr><th scope=row>{row[0]}</th><td>{'</td><td>'.join(row[1:])}</td></tr>" for row in rows)
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"
