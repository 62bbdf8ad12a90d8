"""What every exercise is made of: a question, a control for the answer, and feedback that says what to make of it."""

from __future__ import annotations

import html
import textwrap
from collections.abc import Callable, Sequence
from typing import Any, Literal, NamedTuple

import ipywidgets

from statquest_bp.exercises.handed_over import text_of
from statquest_bp.exercises.style import STYLE
from statquest_bp.labs.rerun import close_widgets, made_here, view
from statquest_bp.labs.style import LEFT

__all__ = ["HOW", "Checked", "Exercise", "Mood", "Verdict"]

Mood = Literal["right", "slip", "hint", "note", "error"]
WIDTH = 76  # of what a notebook stores: fits a sheet of paper, where longer lines would break inside a word
STORED = "(run the cell to answer)"  # beneath it, for whoever sees no card
MARKS: dict[Mood, str] = {"right": "✓", "slip": "→", "hint": "?", "note": "", "error": "!"}
HOW = ("committed", "first try", "later", "with hints", "shown")  # the later in the row, the more help it took


class Verdict(NamedTuple):
    """What to say about an answer, and its mood: "right", a "slip" or a "note" about something not understood."""

    text: str
    mood: Mood


class Exercise:
    """The base of every kind: a card with the `question`, the `controls` by name, and the `feedback` below them.

    It can be driven from Python: `exercise.controls["answer"].value = …; exercise.controls["check"].click();
    exercise.feedback`. `solved` turns True with the first right answer, and stays so. Texts are plain: a line each
    paragraph. An error behind a control is shown in the feedback, in plain words. What holds an exercise, a quiz or the
    learner's progress, can listen: `on_solved`, `on_change`.
    """

    kind = "Exercise"  # stands above the question, unless an exercise brings its own

    def __init__(self, question: str, answer: ipywidgets.Widget, kind: str | None = None) -> None:
        self.question = question
        self.kind = kind or self.kind
        self.controls: dict[str, ipywidgets.Widget] = {"answer": answer}
        self._solved, self._remark = False, ""
        self._when_solved: list[Callable[[], None]] = []
        self._when_changed: list[Callable[[], None]] = []
        self._feedback = ipywidgets.HTML(layout=ipywidgets.Layout(width="100%", margin="0"))
        self._feedback.add_class("sq-feedback")
        self._say("")

    @property
    def feedback(self) -> str:
        """What the feedback says now, as plain text; empty before the first answer."""
        return self._said

    @property
    def solved(self) -> bool:
        """Whether a right answer has been given. Set True with each one, it tells those who listen each time."""
        return self._solved

    @solved.setter
    def solved(self, solved: bool) -> None:
        """Set it, and tell those who listen if it is True."""
        self._solved = solved
        if solved:
            for tell in self._when_solved:
                tell()

    @property
    def how(self) -> str:
        """How it was solved, or would be by a right answer now, for the learner's progress: one of HOW."""
        return "committed"

    def on_solved(self, tell: Callable[[], None]) -> None:
        """Call `tell` with every right answer."""
        self._when_solved.append(tell)

    def on_change(self, tell: Callable[[], None]) -> None:
        """Call `tell` after every answer, hint or other use of a control."""
        self._when_changed.append(tell)

    def remark(self, text: str) -> None:
        """Put a few words beside the kind: on the screen only, never in what a notebook stores."""
        self._remark = text
        self._head.value = self._heading()

    def close(self) -> None:
        """Take the card off the page, for good; from Python it goes on working."""
        close_widgets(self.widget)

    def _arrange(self) -> None:
        """Stack the question, what the answer is given with, the buttons and the feedback."""
        for name, control in self.controls.items():
            control.add_class(f"sq-control-{name}")
        buttons = [control for name, control in self.controls.items() if not name.startswith("answer")]
        self._head = self._question()
        self.widget = ipywidgets.VBox(
            [
                ipywidgets.HTML(LEFT + STYLE, layout=ipywidgets.Layout(display="none")),
                self._head,
                self._answer_area(),
                ipywidgets.Box(buttons, layout=ipywidgets.Layout(flex_flow="row wrap", width="100%")),
                self._feedback,
            ],
            layout=ipywidgets.Layout(width="100%", max_width="1000px", overflow="visible", margin="4px 0"),
        )
        self.widget.add_class("sq-exercise")
        made_here(self)

    def _answer_area(self) -> ipywidgets.Widget:
        """What stands below the question: the answer's control, unless a subclass has more to show around it."""
        return self.controls["answer"]

    def _question(self) -> ipywidgets.Widget:
        return ipywidgets.HTML(self._heading(), layout=ipywidgets.Layout(width="100%", margin="0"))

    def _heading(self) -> str:
        remark = f'<span class="sq-before">{html.escape(self._remark)}</span>' if self._remark else ""
        kind = f'<p class="sq-kind">{html.escape(self.kind)}{remark}</p>'
        return f'{kind}<div class="sq-question">{_paragraphs(self.question)}</div>'

    def _button(self, name: str, text: str, do: Callable[[], None]) -> None:
        button = ipywidgets.Button(description=text, layout=ipywidgets.Layout(width="auto"))
        button.on_click(lambda _: self._act(do))
        self.controls[name] = button

    def _act(self, do: Callable[[], None]) -> None:
        """Do what a control asks for; an error is told in the feedback, because in a callback nobody would see it."""
        try:
            do()
        except KeyboardInterrupt:
            self._say("You stopped it. Nothing is lost.")
        except (Exception, SystemExit) as error:
            words = text_of(error.args[0] if error.args else type(error).__name__, 300)
            self._say(f"That didn’t work: {words}. Nothing is lost.", "error")
        for tell in self._when_changed:
            tell()

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
            lines += textwrap.wrap(paragraph, WIDTH)
        for choice in self._choices():
            lines += textwrap.wrap(choice, WIDTH, initial_indent="  ", subsequent_indent="      ")
        return "\n".join(lines)

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        return {**view(self.widget), "text/plain": f"{self!r}\n{STORED}"}


class Checked(Exercise):
    """An exercise whose answer is checked: three `hints`, from a nudge to nearly the answer, then "Show me" and `why`.

    A subclass judges the answer (`_judge`) and tells the right one (`_solution`). ValueError unless there are 3 hints.
    `tries` counts the different answers up to the first right one (what can't be read is no try), `hints_given` goes up
    to 3, and `shown` says whether "Show me" was pressed.
    """

    def __init__(
        self, question: str, answer: ipywidgets.Widget, hints: Sequence[str], why: str, kind: str | None
    ) -> None:
        if isinstance(hints, str) or len(hints) != 3:
            raise ValueError(f"an exercise needs three hints, from a nudge to nearly the answer; got {hints!r}")
        super().__init__(question, answer, kind)
        self.hints, self.why = tuple(hints), why
        self.tries = self.hints_given = 0
        self.shown = False
        self._last_tried: object = None
        self._button("check", "Check", self._check)
        self._button("hint", "Hint 1 of 3", self._hint)
        self._button("show", "Show me", self._show)
        self._offer_help(True)
        self._arrange()

    def _judge(self) -> Verdict:
        raise NotImplementedError

    def _solution(self) -> str:
        raise NotImplementedError

    @property
    def how(self) -> str:
        """With which help, or at which try; what was only tried again after it was solved doesn't count."""
        if self.shown or self.hints_given:
            return "shown" if self.shown else "with hints"
        return "first try" if self.tries <= self.solved else "later"

    def _given(self) -> object:
        """The answer as it stands, to tell a new one from the same one checked again; None for one that can't tell."""
        return getattr(self.controls["answer"], "value", None)

    def _check(self) -> None:
        verdict = self._judge()
        right = verdict.mood == "right"
        if verdict.mood != "note" and not self.solved:
            self._count_try()
        self._say(f"{verdict.text}\n{self.why}" if right else verdict.text, verdict.mood)
        self._offer_help(not right)
        if right:
            self.solved = True

    def _offer_help(self, needed: bool) -> None:
        """Show the buttons for hints and the answer, as far as there are any yet, or take them away."""
        self.controls["hint"].layout.display = None if needed else "none"
        self.controls["show"].layout.display = None if needed and self.hints_given == 3 else "none"

    def _count_try(self) -> None:
        """Count the answer, unless it is the last one again: a box that is left for the button is checked twice."""
        given = self._given()
        self.tries += given is None or given != self._last_tried
        self._last_tried = given

    def _hint(self) -> None:
        self.hints_given = given = min(self.hints_given + 1, 3)
        self._say("\n".join(f"Hint {i}: {hint}" for i, hint in enumerate(self.hints[:given], 1)), "hint")
        self.controls["hint"].description = f"Hint {given + 1} of 3" if given < 3 else "Hints again"
        self._offer_help(True)

    def _show(self) -> None:
        self.shown = True
        self._say(f"The answer: {self._solution()}\n{self.why}", "hint")


def _paragraphs(text: str, mark: str = "") -> str:
    """`text` as HTML, a paragraph each line; the mark stands before the first."""
    paragraphs = [f"<p>{html.escape(line)}</p>" for line in text.splitlines()]
    return "".join(paragraphs).replace("<p>", f"<p>{mark}", 1)
