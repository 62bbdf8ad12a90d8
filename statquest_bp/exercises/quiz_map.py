"""The questions of a quiz as a row of circles: each shows how its question ended, and leads to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import ipywidgets

from statquest_bp.exercises.quiz_score import BEST, STATES, Points
from statquest_bp.labs.rerun import close_widgets

__all__ = ["QuizMap"]

MARKS: dict[Points, str] = {BEST: "●", 1: "◐", 0: "×", None: "○"}
CLASSES: dict[Points, str] = {BEST: "sq-best", 1: "sq-later", 0: "sq-shown", None: "sq-open"}

STYLE = "".join(
    f'.sq-quiz .sq-map .{CLASSES[points]}::before {{content: "{mark}"; content: "{mark}" / ""}}\n'
    for points, mark in MARKS.items()
)


class QuizMap:
    """A button for each question, in order; `go` is called with the place of the one that is pressed, from 0."""

    def __init__(self, most: int, go: Callable[[int], None]) -> None:
        # one layout and one style for all: each would be a widget more
        layout, style = ipywidgets.Layout(margin="1px"), ipywidgets.ButtonStyle()
        self.buttons = tuple(ipywidgets.Button(layout=layout, style=style) for _ in range(most))
        for place, button in enumerate(self.buttons):
            button.on_click(lambda _, place=place: go(place))
        self._row = ipywidgets.Box()
        self._row.add_class("sq-map")
        legend = ", ".join(f"{MARKS[points]} {words}" for points, words in STATES.items())
        style_sheet = ipywidgets.HTML(f"<style>{STYLE}</style>", layout=ipywidgets.Layout(display="none"))
        self.widget = ipywidgets.VBox([style_sheet, self._row, ipywidgets.HTML(f"<p>{legend}</p>")])

    def show(self, points: Sequence[Points], here: int) -> None:
        """Show a circle for each of the questions; the one at `here` is on the screen."""
        for place, (button, mine) in enumerate(zip(self.buttons, points, strict=False)):
            button.description = f"Question {place + 1}, {STATES[mine]}{', here' if place == here else ''}"
            for name in {*CLASSES.values(), "sq-here"} - {CLASSES[mine]}:
                button.remove_class(name)
            button.add_class(CLASSES[mine])
            if place == here:
                button.add_class("sq-here")
        if len(self._row.children) != len(points):
            self._row.children = self.buttons[: len(points)]

    def close(self) -> None:
        """Close the buttons, also those that a short quiz leaves out."""
        for button in self.buttons:
            close_widgets(button)
