"""CodeOnTrial: the learner's own function, tried on many cases; known slips are recognised by what they give."""

from __future__ import annotations

import html
import inspect
import textwrap
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import ipywidgets

from statquest_bp.digits import short
from statquest_bp.exercises.exercise import Checked, Verdict
from statquest_bp.exercises.given import Given, NothingGiven, Trouble
from statquest_bp.exercises.handed_over import in_its_notebook, name_of
from statquest_bp.exercises.made_of import fixed_in, unwritten_in
from statquest_bp.exercises.trial import PATIENCE, TooLong, try_out
from statquest_bp.exercises.trial_cases import Case, Function
from statquest_bp.exercises.trial_forms import form_of
from statquest_bp.exercises.trial_words import all_of, difference, factor, plugged_in, where_right
from statquest_bp.fit import ssr

__all__ = ["CodeOnTrial"]

NUDGE = 0.0001
NOTHING_YET = "Nothing to try yet: hand your function over, its name between the brackets."
TRYING = "Trying…"


class CodeOnTrial(Checked):
    """A function that the learner wrote, `attempt`, tried on `cases` when the cell runs, and held to `reference`.

    Exactly what differs is told: the case, the numbers plugged in, both results. `slips` maps what to say about a slip
    to the function which that slip makes; it is said only if every case agrees. More, where it fits the exercise:

    - `parameter`: for dSSR/dparameter; what nudging it does to the SSR is shown beside (for cases with a network);
    - `planted`: the one of the slips that the learner was given to find. It isn't named before the first hint;
    - `outcome`: makes of the function's value, and its case, what is compared instead: a number or a few words;
    - `returns`: names for the numbers, or arrays, of a function that gives several;
    - `recognise`: what to say about slips that no one function makes, from the cases and what is given in each.

    A function that changes what it is handed isn't right, even if its numbers are.

    `attempt` None: nothing yet. "Check" tries the function again, as it is by then in the notebook. "Show me" shows
    the source of `reference`. ValueError for no cases, a `planted` that is no slip, or other than 3 hints.
    """

    kind = "Your code on trial"

    def __init__(
        self,
        question: str,
        attempt: Any,
        reference: Function,
        cases: Sequence[Case],
        slips: Mapping[str, Function],
        hints: Sequence[str],
        why: str,
        *,
        parameter: str | None = None,
        planted: str | None = None,
        outcome: Callable[[Any, Case], Any] | None = None,
        returns: Sequence[str] = (),
        recognise: Callable[[Sequence[Case], Sequence[Given]], str | None] | None = None,
        kind: str | None = None,
    ) -> None:
        if not cases:
            raise ValueError("a function on trial needs at least one case")
        if planted is not None and planted not in slips:
            raise ValueError(f"the planted slip must be one of the slips; got {planted!r}")
        self.attempt, self.reference, self.cases, self.slips = attempt, reference, tuple(cases), dict(slips)
        self.parameter, self.planted, self.returns = parameter, planted, tuple(returns)
        self._outcome, self._recognise = outcome, recognise
        self._names = list(inspect.signature(reference).parameters)
        self._follows = in_its_notebook(attempt) is attempt
        self._replaced = 0  # how often its cell was run again since
        self._as_planted = False
        self._patience = PATIENCE
        on_trial = f"<p>On trial: <code>{html.escape(name_of(attempt))}</code></p>"
        layout = ipywidgets.Layout(width="100%", margin="0")
        super().__init__(question, ipywidgets.HTML(on_trial, layout=layout), hints, why, kind)
        if attempt is not None:
            self._act(self._check)
        self._first_said = self.feedback.partition("\n")[0]

    def _check(self) -> None:
        self._say(TRYING)  # what was said before isn't so any more, even if this is stopped
        super()._check()

    def _given(self) -> object:
        return self._replaced

    def _count_try(self) -> None:
        if not self._as_planted:  # as it was handed out
            super()._count_try()

    def _judge(self) -> Verdict:
        if self.attempt is None:
            return Verdict(NOTHING_YET, "note")
        now = in_its_notebook(self.attempt) if self._follows else None
        if now is not None and now is not self.attempt:
            self.attempt, self._replaced = now, self._replaced + 1
        self._as_planted = False
        try:
            given = self._results(self.attempt, self._patience)
        except NothingGiven as nothing:
            words = self._nothing_at_times()
            return Verdict(words or str(nothing), "slip" if words else "note")
        except Trouble as trouble:
            self._patience *= 2 if isinstance(trouble, TooLong) else 1
            return Verdict(str(trouble), "note" if trouble.no_try else "slip")
        wanted = self._results(self.reference)
        wrong = [i for i, (right, mine) in enumerate(zip(wanted, given, strict=True)) if not mine.same_as(right)]
        if not wrong:
            return self._right(given)
        if form := form_of(wanted, given, self.returns):
            return Verdict(form, "slip")
        lines = self._where(wrong[0], wanted[wrong[0]], given[wrong[0]])
        return Verdict("\n".join([*lines, *self._what(wrong, wanted, given)]), "slip")

    def _right(self, given: Sequence[Given]) -> Verdict:
        """Right, unless the function does more than it was asked for."""
        changed = next((result.changed for result in given if result.changed), None)
        if changed is None:
            return Verdict(f"Right{all_of(len(self.cases))}.", "right")
        words = f"The result is right, but your function changes {changed} itself, and whoever handed it over still "
        return Verdict(f"{words}needs the old one. Work on a copy: {changed} = {changed}.copy().", "slip")

    def _nothing_at_times(self) -> str | None:
        """What to say of a function that gives something back in some cases only; None if it never does."""
        nothing, something = list[Case](), list[Case]()
        for case in self.cases:
            try:
                self._try(self.attempt, case, self._patience)
                something.append(case)
            except NothingGiven:
                nothing.append(case)
            except Trouble:
                break
        if not (nothing and something) or unwritten_in(self.attempt) is not None:
            return None
        return (
            f"With {nothing[0].name}, your function gives nothing back; with {something[0].name} it does. So its way "
            "ends at times without a “return”. Is the only one inside a loop, or behind an “if”?"
        )

    def _where(self, i: int, wanted: Given, given: Given) -> list[str]:
        """What differs in case `i`, with the numbers plugged in, and what nudging says."""
        case, names, lines = self.cases[i], self.returns, list[str]()
        if wanted.has_parts() and len(names) == len(given.parts()):
            pairs = zip(names, wanted.parts(), given.parts(), strict=True)
            name, wanted, given = next(pair for pair in pairs if not pair[2].same_as(pair[1]))
            names, lines = (), [f"The first that differs is {name}."]
        points = 0 if case.data is None else len(case.data)
        lines.append(f"With {case.name}, {difference(wanted, given, names, points)}")
        lines += plugged_in({**dict(zip(self._names, case.arguments, strict=False)), **case.keywords})
        if self.parameter and case.network and case.data:
            value = case.network.parameters[self.parameter]
            down, up = (ssr(case.network.replace(**{self.parameter: value + by}), case.data) for by in (-NUDGE, NUDGE))
            yours = f"; your function gives {short(given.numbers.item())}" if given.numbers.size == 1 else ""
            lines.append(f"Nudging {self.parameter} by ±{NUDGE} gives {short((up - down) / (2 * NUDGE))}{yours}.")
        return lines

    def _what(self, wrong: Sequence[int], wanted: Sequence[Given], given: Sequence[Given]) -> list[str]:
        """How often it differs, and the slip that does just that; a planted one only after a hint."""
        slip = self._slip(given)
        self._as_planted = slip is not None and slip == self.planted
        if slip is not None and (slip != self.planted or self.hints_given):
            return [slip]
        if len(wrong) < len(self.cases):
            lines = [where_right(self.cases, wrong, self._names)]
            fixed = fixed_in(self.attempt) if slip is None else []
            lines += [f"Should something that is passed in stand where it has {' or '.join(fixed)}?"] if fixed else []
        else:
            lines = [f"It differs{all_of(len(wrong))}."]
            times = factor(wanted, given) if slip is None else None
            lines += [] if times is None else [f"Each time it is {short(times)} × the right number."]
        mend = "Mend it, then run its cell and this one again."
        return [*lines, mend if slip is None else f"Find out why. {mend} A hint helps."]

    def _slip(self, given: Sequence[Given]) -> str | None:
        for message, slip in self.slips.items():
            if all(mine.same_as(theirs) for mine, theirs in zip(given, self._results(slip), strict=True)):
                return message
        return self._recognise(self.cases, given) if self._recognise else None

    def _results(self, function: Function, patience: float | None = None) -> list[Given]:
        return [self._try(function, case, patience) for case in self.cases]

    def _try(self, function: Function, case: Case, patience: float | None) -> Given:
        return try_out(function, case, self._outcome, self._names, patience)

    def _solution(self) -> str:
        return textwrap.dedent(inspect.getsource(self.reference)).rstrip()

    def _show(self) -> None:
        super()._show()
        code = self._solution()
        as_paragraphs = "</p><p>".join(html.escape(line) for line in code.splitlines())
        block = (
            f'</p><pre tabindex="0" style="overflow-x:auto;line-height:1.4;margin:0 0 8px">{html.escape(code)}</pre>'
        )
        self._feedback.value = self._feedback.value.replace(f"{as_paragraphs}</p>", block)

    def _choices(self) -> list[str]:
        return [f"Your function: {self._first_said}"] if self.attempt is not None else []
