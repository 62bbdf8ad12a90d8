"""FillTheLink: a chain with some of its links left blank; the learner types their formulas."""

from __future__ import annotations

import functools
import html
from collections.abc import Mapping, Sequence

import ipywidgets
import numpy as np
import numpy.typing as npt

from statquest_bp.chain_rule import chain
from statquest_bp.data import Dataset, dosage
from statquest_bp.exercises.exercise import Checked, Verdict
from statquest_bp.exercises.formula import compute
from statquest_bp.exercises.link_slips import FORMULAS, name_of, slips_of, written_out
from statquest_bp.links import quantities
from statquest_bp.network import Network
from statquest_bp.video import OPTIMAL, statquest_network

__all__ = ["FillTheLink"]

Array = npt.NDArray[np.float64]

TRIALS = 3  # networks of random numbers, on which no two different formulas agree by accident


class FillTheLink(Checked):
    """The chain of dSSR/d`parameter` in the lesson's network, with the links whose bottoms are in `blanks` left out.

    A link is named by its bottom: dPredicted/dw3 by "w3". Any formula counts that has the link's value, whatever the
    network. `slips` maps a blank to what is said about its slips and the formula that each gives; those that any link
    invites (the sign, a lost 2, the other node, the curve for its slope …) are recognised without. For example:

        FillTheLink("w3", ["w3"], {"w3": {"That is from w4’s chain.": "y2"}}, hints=[…], why="…")

    One blank is the control "answer"; several are "answer1", "answer2" and so on, in the chain's order. KeyError for
    an unknown parameter, ValueError for a blank that isn't in its chain.
    """

    kind = "Fill in the link"

    def __init__(
        self,
        parameter: str,
        blanks: Sequence[str],
        slips: Mapping[str, Mapping[str, str]],
        hints: Sequence[str],
        why: str,
        question: str | None = None,
        *,
        kind: str | None = None,
    ) -> None:
        self.chain = chain(statquest_network(), dosage(), parameter)
        wanted = [blanks] if isinstance(blanks, str) else list(blanks)
        self._missing = [link for link in self.chain.links if link.bottom in wanted]
        unknown = {*wanted, *slips} - {link.bottom for link in self._missing}
        if unknown or not wanted:
            bottoms = ", ".join(link.bottom for link in self.chain.links)
            raise ValueError(f"blanks, and slips for them, must be among {bottoms}; got {wanted} and {list(slips)}")
        self.slips = {bottom: dict(slips.get(bottom, {})) for bottom in self.answers}
        self._boxes = {link.bottom: self._box(name_of(link)) for link in self._missing}
        self._lines = ipywidgets.VBox([self._line(i) for i in range(len(self.chain.links))])
        alone = len(self._boxes) == 1
        answer = next(iter(self._boxes.values())) if alone else self._lines
        super().__init__(question or self._how(), answer, hints, why, kind)

    @property
    def answers(self) -> dict[str, str]:
        """The right formula for each blank, by the link's bottom, in the chain's order."""
        return {link.bottom: link.formula for link in self._missing}

    def _how(self) -> str:
        missing = ("One link is", "Two links are", "Three links are", "All four links are")[len(self._missing) - 1]
        whole = written_out(self.chain, tuple(self.answers))
        return f"How is dSSR/d{self.chain.parameter} put together? {missing} missing.\n{whole}"

    def _box(self, name: str) -> ipywidgets.Text:
        box = ipywidgets.Text(
            description=f"{name} =",
            placeholder="type a formula",
            continuous_update=False,  # so that Enter, or leaving the box, checks it
            layout=ipywidgets.Layout(width="420px", max_width="100%", margin="2px 0"),
        )
        box.observe(lambda _: self._act(self._check_when_filled), "value")
        return box

    def _line(self, place: int) -> ipywidgets.Widget:
        link = self.chain.links[place]
        if link.bottom in self._boxes:
            return self._boxes[link.bottom]
        given = f"<strong>{name_of(link)} =</strong> {html.escape(link.formula)}"
        return ipywidgets.HTML(given, layout=ipywidgets.Layout(margin="2px 0"))

    def _arrange(self) -> None:
        if len(self._boxes) > 1:
            self.controls |= {f"answer{i}": box for i, box in enumerate(self._boxes.values(), 1)}
        super()._arrange()

    def _answer_area(self) -> ipywidgets.VBox:
        return self._lines

    def _given(self) -> object:
        return tuple(box.value for box in self._boxes.values())

    def _check_when_filled(self) -> None:
        """Check as soon as the last blank is filled; until then a change only takes the old feedback away."""
        if all(box.value.strip() for box in self._boxes.values()):
            self._check()
        else:
            self._say("")

    def _judge(self) -> Verdict:
        verdicts = {bottom: self._judge_link(bottom) for bottom in self._boxes}
        moods = {verdict.mood for verdict in verdicts.values()}
        if moods == {"right"}:
            return Verdict(f"That’s right.\n{written_out(self.chain)}", "right")
        if len(verdicts) == 1:
            return next(iter(verdicts.values()))
        names = {link.bottom: name_of(link) for link in self._missing}
        lines = [f"{names[bottom]}: {verdict.text}" for bottom, verdict in verdicts.items()]
        return Verdict("\n".join(lines), "note" if "note" in moods else "slip")

    def _judge_link(self, bottom: str) -> Verdict:
        typed = self._boxes[bottom].value
        try:
            value = _on_trial(typed)
        except ValueError as error:
            return Verdict(f"{error} Nothing is lost." if typed.strip() else str(error), "note")
        place = [link.bottom for link in self.chain.links].index(bottom)
        if _same(value, _link_on_trial(self.chain.parameter, place)):
            return Verdict("right.", "right")
        link = self.chain.links[place]
        slips = [*self.slips[bottom].items(), *slips_of(link, self.chain)]
        for message, formula in slips:
            if _same(value, _on_trial(formula)):
                return Verdict(message, "slip")
        return Verdict(
            f"“{typed.strip()}” has other values than {name_of(link)}. Each point’s {link.top} is "
            f"{FORMULAS[link.top]}: how much does that change for each 1 of {bottom}?",
            "slip",
        )

    def _solution(self) -> str:
        if len(self._missing) == 1:
            return self._missing[0].formula
        return ", ".join(f"{name_of(link)} = {link.formula}" for link in self._missing)

    def _choices(self) -> list[str]:
        return [
            f"{name_of(link)} = {'____' if link.bottom in self._boxes else link.formula}" for link in self.chain.links
        ]


@functools.cache
def _trials() -> tuple[tuple[Network, Dataset], ...]:
    """Networks and data of seeded random numbers: in the lesson's own, Observed² is Observed, for it is 0 or 1."""
    rng = np.random.default_rng(seed=2021)
    return tuple(
        (statquest_network(**{name: rng.normal() for name in OPTIMAL}), Dataset(rng.normal(size=4), rng.normal(size=4)))
        for _ in range(TRIALS)
    )


def _on_trial(formula: str) -> Array:
    """The formula's values in every trial, (trials, points). ValueError for one that can't be read."""
    values = [quantities(net, data) for net, data in _trials()]
    return np.array([np.broadcast_to(compute(formula, names), names["Input"].shape) for names in values])


def _link_on_trial(parameter: str, place: int) -> Array:
    return np.array([chain(net, data, parameter).links[place].values for net, data in _trials()])


def _same(one: Array, other: Array) -> bool:
    return bool(np.allclose(one, other, rtol=1e-9, atol=1e-12))
