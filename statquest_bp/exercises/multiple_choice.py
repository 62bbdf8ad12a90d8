"""MultipleChoice: choose one of a few options; each has its own feedback."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import ipywidgets

from statquest_bp.exercises.exercise import Checked, Verdict

__all__ = ["MultipleChoice"]


class MultipleChoice(Checked):
    """One right option among several. `options` maps each option's text to the feedback for choosing it.

    The feedback names the slip behind a wrong option, and confirms the right one, `answer`, before `why`. ValueError
    if `answer` isn't among two or more options.
    """

    kind = "Choose one"

    def __init__(
        self,
        question: str,
        options: Mapping[str, str],
        answer: str,
        hints: Sequence[str],
        why: str,
        *,
        kind: str | None = None,
    ) -> None:
        if answer not in options or len(options) < 2:
            raise ValueError(f"the answer must be one of two or more options; got {answer!r} of {list(options)!r}")
        self.options, self.answer = dict(options), answer
        # value=None: nothing is chosen for the learner
        radio = ipywidgets.RadioButtons(
            options=list(options), value=None, layout=ipywidgets.Layout(width="100%", margin="0")
        )
        radio.observe(lambda _: self._act(lambda: self._say("")), "value")  # the feedback is for the choice before
        super().__init__(question, radio, hints, why, kind)

    def _judge(self) -> Verdict:
        chosen = self.controls["answer"].value
        if chosen is None:
            return Verdict("Choose one of the options first, then press Check.", "note")
        return Verdict(self.options[chosen], "right" if chosen == self.answer else "slip")

    def _solution(self) -> str:
        return self.answer

    def _choices(self) -> list[str]:
        return [f"( ) {option}" for option in self.options]
