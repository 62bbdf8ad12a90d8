"""Quiz: many questions with fresh numbers, one at a time, and a score that only the learner sees."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import ipywidgets
import numpy as np

from statquest_bp.exercises.exercise import Checked, Exercise
from statquest_bp.exercises.handed_over import text_of
from statquest_bp.exercises.quiz_map import QuizMap
from statquest_bp.exercises.quiz_number import MOST, drawn, one_of_each, read
from statquest_bp.exercises.quiz_score import BEST, Points, how_many, score
from statquest_bp.exercises.style import QUIZ_STYLE
from statquest_bp.labs.controls import HANDLING
from statquest_bp.labs.rerun import close_widgets, made_here, view
from statquest_bp.labs.style import LEFT

__all__ = ["Question", "Quiz"]


class Question(NamedTuple):
    """`make` returns an exercise whose numbers come from the generator; `notebook` is where to read about it again."""

    make: Callable[[np.random.Generator], Exercise]
    notebook: str


class Quiz:
    """The questions one at a time: 2 points for the first try without a hint, 1 for right later, 0 after "Show me".

    A quiz number fixes all numbers in it, so that a class can take the same; `seed` None draws one. `short`: only one
    question from each notebook, which the quiz number picks; the learner may change to the other version and back, and
    keeps all answers. The circles, and the buttons, lead to any question, and the focus goes with them. "Finish" tells
    the score (`feedback`), what to read again, and a `result` to copy; they are stored nowhere. An exercise is made
    when it is first shown. ValueError for no questions or an impossible `seed`.
    """

    def __init__(self, questions: Sequence[Question], seed: int | None = None, short: bool = False) -> None:
        self.questions = tuple(questions)
        if not self.questions:
            raise ValueError("a quiz needs at least one question")
        if seed is not None and (isinstance(seed, bool) or not isinstance(seed, int) or not 0 <= seed <= MOST):
            raise ValueError(f"seed must be a whole number from 0 to {MOST}, or None; got {seed!r}")
        self.controls: dict[str, ipywidgets.Widget] = {}
        self._exercises: dict[int, Checked] = {}
        self._short = short
        self._head, self._said = (ipywidgets.HTML(layout=ipywidgets.Layout(width="100%")) for _ in range(2))
        self._place = ipywidgets.VBox(layout=ipywidgets.Layout(width="100%", overflow="visible"))
        self._map = QuizMap(len(self.questions), lambda place: self._act(lambda: self._jump(place)))
        self._button("previous", "◂ Previous", lambda: self._jump(self.position - 1))
        self._button("next", "Next ▸", lambda: self._jump(self.position + 1))
        self._button("finish", "Finish", self._finish)
        self._button("new", "New numbers", self._new)
        self._button("length", "", self._change_length)
        self._build_boxes()
        self._start(drawn() if seed is None else seed)
        self._arrange()

    @property
    def seed(self) -> int:
        """The quiz number on which all the numbers depend."""
        return self._seed

    @property
    def exercise(self) -> Checked | None:
        """The exercise on show; None if it couldn't be made."""
        return self._exercises.get(self._asked[self.position])

    @property
    def points(self) -> tuple[Points, ...]:
        """The points for each question that is asked, so far; None while it is open."""
        return tuple(self._points[i] for i in self._asked)

    @property
    def short(self) -> bool:
        """Whether only one question from each notebook is asked."""
        return self._short

    @property
    def result(self) -> str:
        """The score in words, with the quiz number, to copy; empty before "Finish"."""
        return str(self.controls["result"].value)

    @property
    def feedback(self) -> str:
        """What the quiz said last: the score after "Finish"."""
        return self._feedback

    def close(self) -> None:
        """Take the quiz off the page, for good; from Python it goes on working."""
        for exercise in self._exercises.values():
            exercise.close()
        self._map.close()
        close_widgets(self.widget)

    def _start(self, seed: int) -> None:
        self._seed = seed
        gone, self._exercises = self._exercises, {}
        self._points: list[Points] = [None] * len(self.questions)
        self._number.value = str(seed)
        self._ask()
        self._go(0)
        for exercise in gone.values():
            exercise.close()

    def _ask(self) -> None:
        """Decide which questions are asked: all, or one from each notebook."""
        self._asked = one_of_each([question.notebook for question in self.questions], self._seed)
        other, this = len(self.questions), len(self._asked)
        if not self._short:
            self._asked, other, this = list(range(other)), this, other
        self.controls["length"].description = f"{'Whole' if self._short else 'Short'} quiz: {how_many(other)}"
        self.controls["length"].layout.display = "none" if other == this else None

    def _change_length(self) -> None:
        here, self._short = self._asked[self.position], not self._short
        self._ask()
        self._jump(self._asked.index(here) if here in self._asked else 0)

    def _jump(self, position: int) -> None:
        """Go to a question, and take the focus there."""
        if self._go(position) and self.exercise is not None:
            self.exercise.controls["answer"].focus()

    def _go(self, position: int) -> bool:
        """Show the question at `position`; beyond the ends, say so."""
        self._sure = False
        if not 0 <= position < len(self._asked):
            self._say(
                "This is the first question." if position < 0 else "That was the last one. Finish tells your score."
            )
            return False
        self.position = position
        self._say("")
        self._give("")
        if self._asked[position] not in self._exercises:
            self._make(self._asked[position])
        exercise = self.exercise
        self._place.children = (exercise.widget,) if exercise else ()
        self._refresh(exercise.question if exercise else "")
        return True

    def _make(self, i: int) -> None:
        # a generator of its own for each question: which ones were looked at before makes no difference
        rng = np.random.default_rng([self._seed, i])
        try:
            exercise = self.questions[i].make(rng)
            if not isinstance(exercise, Checked):
                raise TypeError(f"a question makes an exercise that is checked, not {exercise!r}")
        except Exception as error:  # in a callback nobody would see it
            self._say(f"This question couldn’t be made: {text_of(error, 300)}. Go on to another; nothing is lost.")
            return
        exercise.on_change(lambda: self._note(i, exercise))
        self._exercises[i] = exercise

    def _note(self, i: int, exercise: Checked) -> None:
        """Give the points for an exercise as soon as it is solved or shown; they stay."""
        if self._exercises.get(i) is exercise and self._points[i] is None:
            if exercise.shown:
                self._points[i] = 0
            elif exercise.solved:
                at_once = exercise.tries <= 1 and not exercise.hints_given
                self._points[i] = BEST if at_once else 1
        self._sure = False
        self._refresh()

    def _finish(self) -> None:
        self._sure = False
        lines = score(self.points, [self.questions[i].notebook for i in self._asked])
        self._say("\n".join(lines))
        self._give("\n".join([f"Quiz number {self._seed}, {how_many(len(self._asked))}.", *lines]))

    def _give(self, result: str) -> None:
        """Show a result to copy, or none."""
        box = self.controls["result"]
        box.value, box.layout.display = result, None if result else "none"

    def _new(self) -> None:
        if any(exercise.tries or exercise.shown for exercise in self._exercises.values()) and not self._sure:
            self._say("With new numbers your answers are gone. Press New numbers again if that is what you want.")
            self._sure = True
        else:
            self._start(drawn())

    def _use_number(self) -> None:
        typed = self._number.value.strip()
        seed = read(typed)
        if seed is None:
            cut = typed if len(typed) <= 40 else typed[:40] + "…"
            self._number.value = str(self._seed)
            self._say(f"“{cut}” is no quiz number. It is a whole number from 0 to {MOST}. Nothing is lost.")
        elif typed != str(self._seed):
            self._start(seed)
            self._say(f"Quiz number {self._seed}: whoever types it gets the same numbers.")

    def _refresh(self, heard: str = "") -> None:
        """Show how far one is; `heard` is a new question, for those who don't see that it is there."""
        points = self.points
        done = f"{len(points) - points.count(None)} of {len(points)} done"
        new = f'<span class="sq-heard">: {html.escape(heard)}</span>' if heard else ""
        at = f"<strong>Question {self.position + 1} of {len(points)}</strong>"
        self._head.value = f'<p role="status">{at}, {done}{new}</p>'
        self._map.show(points, self.position)

    def _say(self, text: str) -> None:
        self._feedback = text
        lines = "".join(f"<p>{html.escape(line)}</p>" for line in text.splitlines())
        self._said.value = f'<div role="status">{lines}</div>'

    def _act(self, do: Callable[[], None]) -> None:
        with HANDLING:
            do()

    def _button(self, name: str, text: str, do: Callable[[], None]) -> None:
        button = ipywidgets.Button(description=text, layout=ipywidgets.Layout(width="auto"))
        button.on_click(lambda _: self._act(do))
        self.controls[name] = button

    def _build_boxes(self) -> None:
        layout = ipywidgets.Layout(width="240px", max_width="100%")
        self._number = ipywidgets.Text(description="Quiz number", continuous_update=False, layout=layout)
        self._number.style.description_width = "auto"
        self.controls["seed"] = self._number
        layout = ipywidgets.Layout(width="100%", max_width="75ch")
        self.controls["result"] = ipywidgets.Textarea(description="Result to copy", rows=6, layout=layout)
        self.controls["result"].style.description_width = "auto"

    def _arrange(self) -> None:
        for name, control in self.controls.items():
            control.add_class(f"sq-control-{name}")
        self._number.observe(lambda _: self._act(self._use_number), "value")
        *row, result = self.controls.values()
        controls = ipywidgets.Box(row, layout=ipywidgets.Layout(flex_flow="row wrap"))
        style = ipywidgets.HTML(LEFT + QUIZ_STYLE, layout=ipywidgets.Layout(display="none"))
        self.widget = ipywidgets.VBox([style, self._head, self._place, controls, self._map.widget, result, self._said])
        self.widget.add_class("sq-quiz")
        made_here(self)

    def __repr__(self) -> str:
        asked = how_many(len(self._asked))
        return f"Quiz: {asked} with fresh numbers each time. Run the cell to take it."

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        return {**view(self.widget), "text/plain": repr(self)}
