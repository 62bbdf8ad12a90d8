"""What every exercise is made of: a question, a control for the answer, and feedback that says what to make of it."""

from __future__ import annotations

import html
import textwrap
from collections.abc import Callable, Sequence
from typing import Any, Literal, NamedTuple

import ipywidgets

__all__ = ["Checked", "Exercise", "Verdict"]

Mood = Literal["right", "slip", "hint", "note", "error"]
MARKS: dict[Mood, str] = {"right": "✓", "slip": "→", "hint": "?", "note": "", "error": "!"}

STYLE = """<style>
.sq-exercise {padding: 6px 4px 8px 16px; border-left: 4px solid var(--jp-brand-color1, #888)}
.sq-exercise p {margin: 0 0 6px; line-height: 1.5; max-width: 75ch}
.sq-exercise .sq-kind {font-weight: 600; color: var(--jp-ui-font-color1, inherit)}
.sq-exercise .sq-question p {font-size: 115%}
.sq-exercise .widget-label {min-width: 2.5em; width: auto; font-weight: 600}
.sq-exercise .widget-radio-box {margin-bottom: 6px !important}
.sq-exercise .widget-radio-box label {
  position: relative; height: auto; line-height: 1.45; padding: 4px 0 4px 26px; white-space: normal; font-size: 108%;
  max-width: 75ch}
.sq-exercise .widget-radio-box input {position: absolute; left: 2px; top: 4px; margin: 0; height: 1.45em; width: 14px}
.sq-exercise .sq-said {padding: 6px 12px 2px; margin-top: 6px; background: var(--jp-layout-color2, transparent);
  border-left: 4px solid var(--jp-border-color1, #888); font-size: 108%; font-variant-numeric: tabular-nums}
.sq-exercise .sq-said p {color: var(--jp-ui-font-color0, inherit)}
.sq-exercise .sq-right {border-left-color: var(--jp-success-color1, #388e3c)}
.sq-exercise .sq-slip, .sq-exercise .sq-error {border-left-color: var(--jp-warn-color1, #f57c00)}
.sq-exercise .sq-hint {border-left-color: var(--jp-brand-color1, #1976d2)}
.sq-exercise .sq-mark {font-weight: 700; margin-right: 0.5em}
.sq-exercise :focus-visible, .sq-exercise .jupyter-button:focus-visible:enabled, .sq-exercise .noUi-handle:focus {
  outline: 3px solid var(--jp-ui-font-color0, #000); outline-offset: 2px}
</style>"""


class Verdict(NamedTuple):
    """What to say about an answer, and its mood: "right", a "slip" or a "note" about something not understood."""

    text: str
    mood: Mood


class Exercise:
    """The base of every kind: a card with the `question`, the `controls` by name, and the `feedback` below them.

    It can be driven from Python: `exercise.controls["answer"].value = …; exercise.controls["check"].click();
    exercise.feedback`. `solved` turns True with the first right answer, and stays so. Texts are plain: a line each
    paragraph. An error behind a control is shown in the feedback, in plain words.
    """

    kind = "Exercise"  # stands above the question, unless an exercise brings its own

    def __init__(self, question: str, answer: Any, kind: str | None = None) -> None:
        self.question = question
        self.kind = kind or self.kind
        self.solved = False
        self.controls: dict[str, Any] = {"answer": answer}
        self._feedback = ipywidgets.HTML(layout=ipywidgets.Layout(width="100%", margin="0"))
        self._feedback.add_class("sq-feedback")
        self._say("")

    @property
    def feedback(self) -> str:
        """What the feedback says now, as plain text; empty before the first answer."""
        return self._said

    def _arrange(self) -> None:
        """Stack the question, the answer's control, the buttons and the feedback."""
        for name, control in self.controls.items():
            control.add_class(f"sq-control-{name}")
        buttons = [control for name, control in self.controls.items() if name != "answer"]
        self.widget = ipywidgets.VBox(
            [
                ipywidgets.HTML(STYLE, layout=ipywidgets.Layout(display="none")),
                self._question(),
                self.controls["answer"],
                ipywidgets.Box(buttons, layout=ipywidgets.Layout(flex_flow="row wrap", width="100%")),
                self._feedback,
            ],
            layout=ipywidgets.Layout(width="100%", max_width="1000px", overflow="visible", margin="4px 0"),
        )
        self.widget.add_class("sq-exercise")

    def _question(self) -> Any:
        kind = f'<p class="sq-kind">{html.escape(self.kind)}</p>'
        text = f'{kind}<div class="sq-question">{_paragraphs(self.question)}</div>'
        return ipywidgets.HTML(text, layout=ipywidgets.Layout(width="100%", margin="0"))

    def _button(self, name: str, text: str, do: Callable[[], None]) -> None:
        button = ipywidgets.Button(description=text, layout=ipywidgets.Layout(width="auto"))
        button.on_click(lambda _: self._act(do))
        self.controls[name] = button

    def _act(self, do: Callable[[], None]) -> None:
        """Do what a control asks for; an error is told in the feedback, because in a callback nobody would see it."""
        try:
            do()
        except Exception as error:
            self._say(
                f"That didn’t work: {error.args[0] if error.args else type(error).__name__}. Nothing is lost.", "error"
            )

    def _say(self, text: str, mood: Mood = "note") -> None:
        self._said = text
        mark = f'<span class="sq-mark" aria-hidden="true">{MARKS[mood]}</span>' if MARKS[mood] else ""
        body = f'<div class="sq-said sq-{mood}">{_paragraphs(text, mark)}</div>' if text else ""
        self._feedback.value = f'<div role="status">{body}</div>'

    def _choices(self) -> list[str]:
        """Lines for the repr: what there is to answer with."""
        return []

    def __repr__(self) -> str:
        lines = []
        for paragraph in f"{self.kind}: {self.question}".splitlines():
            lines += textwrap.wrap(paragraph, 100)
        for choice in self._choices():
            lines += textwrap.wrap(choice, 100, initial_indent="  ", subsequent_indent="      ")
        return "\n".join(lines)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {**self.widget._repr_mimebundle_(), "text/plain": repr(self)}


class Checked(Exercise):
    """An exercise whose answer is checked: three `hints`, from a nudge to nearly the answer, then "Show me" and `why`.

    A subclass judges the answer (`_judge`) and tells the right one (`_solution`). ValueError unless there are 3 hints.
    """

    def __init__(self, question: str, answer: Any, hints: Sequence[str], why: str, kind: str | None) -> None:
        if isinstance(hints, str) or len(hints) != 3:
            raise ValueError(f"an exercise needs three hints, from a nudge to nearly the answer; got {hints!r}")
        super().__init__(question, answer, kind)
        self.hints, self.why = tuple(hints), why
        self._hints_given = 0
        self._button("check", "Check", self._check)
        self._button("hint", "Hint 1 of 3", self._hint)
        self._button("show", "Show me", self._show)
        self.controls["show"].layout.display = "none"  # until the hints are used up
        self._arrange()

    def _judge(self) -> Verdict:
        raise NotImplementedError

    def _solution(self) -> str:
        raise NotImplementedError

    def _check(self) -> None:
        verdict = self._judge()
        right = verdict.mood == "right"
        self.solved = self.solved or right
        self._say(f"{verdict.text}\n{self.why}" if right else verdict.text, verdict.mood)

    def _hint(self) -> None:
        self._hints_given = given = min(self._hints_given + 1, 3)
        self._say("\n".join(f"Hint {i}: {hint}" for i, hint in enumerate(self.hints[:given], 1)), "hint")
        if given < 3:
            self.controls["hint"].description = f"Hint {given + 1} of 3"
        else:
            self.controls["hint"].description = "Hints again"
            self.controls["show"].layout.display = None

    def _show(self) -> None:
        self._say(f"The answer: {self._solution()}\n{self.why}", "hint")


def _paragraphs(text: str, mark: str = "") -> str:
    """`text` as HTML, a paragraph each line; the mark stands before the first."""
    paragraphs = [f"<p>{html.escape(line)}</p>" for line in text.splitlines()]
    return "".join(paragraphs).replace("<p>", f"<p>{mark}", 1)
