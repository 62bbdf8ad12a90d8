"""Quiz: many questions with fresh numbers, one at a time, and a score that only the learner sees."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import ipywidgets
import numpy as np

from statquest_bp.exercises.exercise import Checked, Exercise
from statquest_bp.exercises.handed_over import text_of
from statquest_bp.labs.rerun import close_widgets, made_here, view
from statquest_bp.labs.style import LEFT

__all__ = ["Question", "Quiz"]

MOST = 999_999  # the largest quiz number: easy to read out in a classroom
BEST = 2  # points for a right answer at the first try and without a hint
OPEN = "○"
MARKS = {None: OPEN, 0: "×", 1: "◐", BEST: "●"}

STYLE = """<style>
.sq-quiz {padding: 4px; border-top: 2px solid var(--jp-border-color1, #888)}
.sq-quiz p {margin: 4px 0; line-height: 1.5; max-width: 75ch}
.sq-quiz .sq-dots {letter-spacing: 0.15em; font-size: 115%}
.sq-quiz .sq-here {font-weight: 700; text-decoration: underline; text-underline-offset: 4px}
.sq-quiz .jupyter-button:focus-visible:enabled {outline: 3px solid var(--jp-ui-font-color0, #000); outline-offset: 2px}
</style>"""


class Question(NamedTuple):
    """`make` returns an exercise whose numbers come from the generator; `notebook` is where to read about it again."""

    make: Callable[[np.random.Generator], Exercise]
    notebook: str


class Quiz:
    """The questions one at a time: 2 points for the first try without a hint, 1 for right later, 0 after "Show me".

    A quiz number fixes all numbers in it, so that a class can take the same; `seed` None draws one. "Finish" tells the
    score (`feedback`), and what to read again; it is stored nowhere. An exercise is made when it is first shown.
    ValueError for no questions or an impossible `seed`.
    """

    def __init__(self, questions: Sequence[Question], seed: int | None = None) -> None:
        self.questions = tuple(questions)
        if not self.questions:
            raise ValueError("a quiz needs at least one question")
        if seed is not None and (isinstance(seed, bool) or not isinstance(seed, int) or not 0 <= seed <= MOST):
            raise ValueError(f"seed must be a whole number from 0 to {MOST}, or None; got {seed!r}")
        self.controls: dict[str, ipywidgets.Widget] = {}
        self._exercises: dict[int, Checked] = {}
        self._head, self._said = (ipywidgets.HTML(layout=ipywidgets.Layout(width="100%")) for _ in range(2))
        self._place = ipywidgets.VBox(layout=ipywidgets.Layout(width="100%", overflow="visible"))
        self._button("previous", "◂ Previous", lambda: self._go(self.position - 1))
        self._button("next", "Next ▸", lambda: self._go(self.position + 1))
        self._button("finish", "Finish", self._finish)
        self._button("new", "New numbers", self._new)
        self._build_number_box()
        self._start(_drawn() if seed is None else seed)
        self._arrange()

    @property
    def seed(self) -> int:
        """The quiz number on which all the numbers depend."""
        return self._seed

    @property
    def exercise(self) -> Checked | None:
        """The exercise on show; None if it couldn't be made."""
        return self._exercises.get(self.position)

    @property
    def points(self) -> tuple[int | None, ...]:
        """The points for each question so far; None while it is open."""
        return tuple(self._points)

    @property
    def feedback(self) -> str:
        """What the quiz said last: the score after "Finish"."""
        return self._feedback

    def close(self) -> None:
        """Take the quiz off the page, for good; from Python it goes on working."""
        for exercise in self._exercises.values():
            exercise.close()
        close_widgets(self.widget)

    def _start(self, seed: int) -> None:
        self._seed = seed
        gone, self._exercises = self._exercises, {}
        self._points: list[int | None] = [None] * len(self.questions)
        self._number.value = str(seed)
        self._go(0)
        for exercise in gone.values():
            exercise.close()

    def _go(self, position: int) -> None:
        """Show the question at `position`; beyond the ends, say so."""
        self._sure = False
        if not 0 <= position < len(self.questions):
            self._say(
                "This is the first question." if position < 0 else "That was the last one. Finish tells your score."
            )
            return
        self.position = position
        self._say("")
        if position not in self._exercises:
            self._make(position)
        exercise = self.exercise
        self._place.children = (exercise.widget,) if exercise else ()
        self._refresh()

    def _make(self, position: int) -> None:
        # a generator of its own for each question: which ones were looked at before makes no difference
        rng = np.random.default_rng([self._seed, position])
        try:
            exercise = self.questions[position].make(rng)
            if not isinstance(exercise, Checked):
                raise TypeError(f"a question makes an exercise that is checked, not {exercise!r}")
        except Exception as error:  # in a callback nobody would see it
            self._say(f"This question couldn’t be made: {text_of(error, 300)}. Go on to another; nothing is lost.")
            return
        exercise.on_change(lambda: self._note(position, exercise))
        self._exercises[position] = exercise

    def _note(self, position: int, exercise: Checked) -> None:
        """Give the points for an exercise as soon as it is solved or shown; they stay."""
        if self._exercises.get(position) is exercise and self._points[position] is None:
            if exercise.shown:
                self._points[position] = 0
            elif exercise.solved:
                at_once = exercise.tries <= 1 and not exercise.hints_given
                self._points[position] = BEST if at_once else 1
        self._sure = False
        self._refresh()

    def _finish(self) -> None:
        self._sure = False
        got = sum(points or 0 for points in self._points)
        lines = [f"You have {got} of {BEST * len(self.questions)} points."]
        for points, what in ((BEST, "Right at the first try"), (1, "Right later"), (0, "Shown"), (None, "Still open")):
            numbers = [str(i) for i, mine in enumerate(self._points, 1) if mine == points]
            if numbers:
                lines.append(f"{what}: question{'s' if len(numbers) > 1 else ''} {', '.join(numbers)}.")
        self._say("\n".join([*lines, *self._read_again()]))

    def _read_again(self) -> list[str]:
        """The notebooks whose questions were answered, but not at the first try: most points lost first."""
        lost: dict[str, int] = {}
        for question, points in zip(self.questions, self._points, strict=True):
            if points is not None and points < BEST:
                lost[question.notebook] = lost.get(question.notebook, 0) + BEST - points
        if not lost:
            return ["Nothing to read again."] if None not in self._points else []
        return [f"Worth reading again: {', '.join(sorted(lost, key=lambda notebook: -lost[notebook]))}."]

    def _new(self) -> None:
        if any(exercise.tries or exercise.shown for exercise in self._exercises.values()) and not self._sure:
            self._say("With new numbers your answers are gone. Press New numbers again if that is what you want.")
            self._sure = True
        else:
            self._start(_drawn())

    def _use_number(self) -> None:
        typed = self._number.value.strip()
        if typed == str(self._seed):
            return
        if typed.isdecimal() and len(typed) <= len(str(MOST)):
            self._start(int(typed))
            self._say(f"Quiz number {self._seed}: whoever types it gets the same numbers.")
        else:
            cut = typed if len(typed) <= 40 else typed[:40] + "…"
            self._number.value = str(self._seed)
            self._say(f"“{cut}” is no quiz number. It is a whole number from 0 to {MOST}. Nothing is lost.")

    def _refresh(self) -> None:
        here, of = self.position + 1, len(self.questions)
        dots = [
            f'<span class="sq-here">{MARKS[points]}</span>' if i == self.position else MARKS[points]
            for i, points in enumerate(self._points)
        ]
        done = f"{of - self._points.count(None)} of {of} done"
        legend = "● right at the first try, ◐ right later, × shown, ○ open"
        self._head.value = (
            f'<p role="status"><strong>Question {here} of {of}</strong>, {done}</p>'
            f'<p aria-hidden="true"><span class="sq-dots">{"".join(dots)}</span> &ensp; {legend}</p>'
        )

    def _say(self, text: str) -> None:
        self._feedback = text
        lines = "".join(f"<p>{html.escape(line)}</p>" for line in text.splitlines())
        self._said.value = f'<div role="status">{lines}</div>'

    def _button(self, name: str, text: str, do: Callable[[], None]) -> None:
        button = ipywidgets.Button(description=text, layout=ipywidgets.Layout(width="auto"))
        button.on_click(lambda _: do())
        self.controls[name] = button

    def _build_number_box(self) -> None:
        layout = ipywidgets.Layout(width="240px", max_width="100%")
        self._number = ipywidgets.Text(description="Quiz number", continuous_update=False, layout=layout)
        self._number.style.description_width = "auto"
        self.controls["seed"] = self._number

    def _arrange(self) -> None:
        for name, control in self.controls.items():
            control.add_class(f"sq-control-{name}")
        self._number.observe(lambda _: self._use_number(), "value")
        controls = ipywidgets.Box(list(self.controls.values()), layout=ipywidgets.Layout(flex_flow="row wrap"))
        style = ipywidgets.HTML(LEFT + STYLE, layout=ipywidgets.Layout(display="none"))
        self.widget = ipywidgets.VBox([style, self._head, self._place, controls, self._said])
        self.widget.add_class("sq-quiz")
        made_here(self)

    def __repr__(self) -> str:
        number = len(self.questions)
        return (
            f"Quiz: {number} question{'s' if number > 1 else ''} with fresh numbers each time. Run the cell to take it."
        )

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        return {**view(self.widget), "text/plain": repr(self)}


def _drawn() -> int:
    return int(np.random.default_rng().integers(MOST + 1))
