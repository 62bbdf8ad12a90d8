"""ProgressCard: how many exercises are solved, of one notebook or of the whole course; it follows along."""

from __future__ import annotations

import difflib
import html
import textwrap
from collections.abc import Callable, Mapping
from typing import Any

import ipywidgets

from statquest_bp.exercises.progress import PROGRESS
from statquest_bp.labs.rerun import close_widgets, made_here, view
from statquest_bp.labs.style import LEFT

__all__ = ["ProgressCard"]

STYLE = """<style>
.sq-progress {padding: 6px 4px 8px 16px; border-left: 4px solid var(--jp-brand-color1, #888)}
.sq-progress p, .sq-progress ul {margin: 0 0 6px; line-height: 1.5; max-width: 75ch}
.sq-progress progress {width: 160px; margin-right: 0.8em; vertical-align: middle}
.sq-progress table {border-collapse: collapse; font-variant-numeric: tabular-nums; line-height: 1.5}
.sq-progress th, .sq-progress td {padding: 2px 12px 2px 0; text-align: left}
.sq-progress tbody th {font-weight: 400}
.sq-progress .jupyter-button:focus-visible:enabled {outline: 3px solid var(--jp-ui-font-color0, #000)}
</style>"""


class ProgressCard:
    """What is solved of the exercises in one `notebook`, "04_gradient_descent", and what is open; or of the course.

    `names` maps each notebook of the course to the names of its exercises. Without a notebook it is a table of all, and
    can delete the progress. It changes as soon as an exercise in the same kernel is solved; `text` has what it says.
    ValueError, with the nearest names, for an unknown notebook.
    """

    def __init__(self, names: Mapping[str, tuple[str, ...]], notebook: str | None = None) -> None:
        self._names = names
        if notebook is not None and notebook not in list(self._names):
            near = difflib.get_close_matches(str(notebook), self._names, n=3, cutoff=0.3) or list(self._names)
            raise ValueError(f"there is no notebook {notebook!r} with exercises; the nearest are {', '.join(near)}")
        self.notebook = notebook
        self.controls: dict[str, ipywidgets.Widget] = {}
        self._said = ipywidgets.HTML(layout=ipywidgets.Layout(width="100%", margin="0"))
        self._body = ipywidgets.HTML(layout=ipywidgets.Layout(width="100%", margin="0", overflow="auto"))
        if notebook is None:
            self._button("delete", "Delete my progress", self._ask)
            self._button("really", "Yes, delete it", self._delete)
            self._button("keep", "No, keep it", lambda: self._close_question("Kept."))
            self._close_question("")
        buttons = ipywidgets.Box(list(self.controls.values()), layout=ipywidgets.Layout(flex_flow="row wrap"))
        style = ipywidgets.HTML(LEFT + STYLE, layout=ipywidgets.Layout(display="none"))
        self.widget = ipywidgets.VBox([style, self._body, buttons, self._said])
        self.widget.add_class("sq-progress")
        PROGRESS.on_change(self._refresh)
        made_here(self)
        self._refresh()

    @property
    def text(self) -> str:
        """In words: how many exercises are solved."""
        solved = PROGRESS.solved()
        everything = [name for names in self._names.values() for name in names]
        course = f"Whole course: {_count(everything, solved)}."
        return course if self.notebook is None else f"In this notebook: {_count(self._here, solved)}. {course}"

    @property
    def open(self) -> list[str]:
        """What is still open in this notebook: each exercise's kind and first words, or its name until it is made."""
        solved = PROGRESS.solved()
        return [_label(name) for name in self._here if name not in solved]

    @property
    def feedback(self) -> str:
        """What was said last about deleting; empty at first."""
        return self._feedback

    def close(self) -> None:
        """Take the card off the page, for good: it follows the progress no longer."""
        PROGRESS.off_change(self._refresh)
        close_widgets(self.widget)

    @property
    def _here(self) -> tuple[str, ...]:
        return () if self.notebook is None else self._names[self.notebook]

    def _refresh(self) -> None:
        counted, what = self.text, self._table() if self.notebook is None else self._list()
        notice = f"<p>{html.escape(PROGRESS.notice)}</p>" if PROGRESS.notice else ""
        self._body.value = f"<p>{html.escape(counted)}</p>{what}{notice}"

    def _list(self) -> str:
        labels = self.open
        bar = f"<p>{_bar(len(self._here) - len(labels), len(self._here), 'Solved in this notebook')}</p>"
        if not labels:
            return f"{bar}<p>Everything here is solved.</p>"
        items = "".join(f"<li>{html.escape(label)}</li>" for label in labels)
        return f"{bar}<p>Still open:</p><ul>{items}</ul>"

    def _table(self) -> str:
        solved, rows = PROGRESS.solved(), []
        for stem, names in self._names.items():
            title, done = html.escape(_title(stem)), sum(name in solved for name in names)
            bar = _bar(done, len(names), f"Solved in {title}")
            rows.append(f"<tr><th scope=row>{title}</th><td>{bar}{done} of {len(names)}</td></tr>")
        head = "<tr><th scope=col>Notebook</th><th scope=col>Solved</th></tr>"
        return f"<table><thead>{head}</thead><tbody>{''.join(rows)}</tbody></table>"

    def _button(self, name: str, text: str, do: Callable[[], None]) -> None:
        button = ipywidgets.Button(description=text, layout=ipywidgets.Layout(width="auto"))
        button.on_click(lambda _: do())
        button.add_class(f"sq-control-{name}")
        self.controls[name] = button

    def _ask(self) -> None:
        for name in ("really", "keep"):
            self.controls[name].layout.display = None
        self._say("That deletes which exercises you have solved, in every notebook. Really?")

    def _close_question(self, say: str) -> None:
        for name in ("really", "keep"):
            self.controls[name].layout.display = "none"
        self._say(say)

    def _delete(self) -> None:
        gone = PROGRESS.delete()
        kept = f"That didn’t work: {PROGRESS.path.name} can’t be deleted here. Try it in the list of files on the left."
        self._close_question("Deleted. You start afresh." if gone else kept)

    def _say(self, text: str) -> None:
        self._feedback = text
        self._said.value = f'<p role="status">{html.escape(text)}</p>'

    def __repr__(self) -> str:
        of = "the course" if self.notebook is None else "this notebook"
        return f"Progress: how many exercises of {of} you have solved (run the cell to see)"

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        return {**view(self.widget), "text/plain": repr(self)}


def _count(names: list[str] | tuple[str, ...], solved: frozenset[str]) -> str:
    return f"{sum(name in solved for name in names)} of {len(names)} solved"


def _bar(done: int, of: int, label: str) -> str:
    return f'<progress value="{done}" max="{of}" aria-label="{label}">{done} of {of}</progress>'


def _label(name: str) -> str:
    in_words = name.rpartition(".")[2].replace("_", " ").capitalize()
    return textwrap.shorten(PROGRESS.first_words.get(name, in_words), 80, placeholder=" …")


def _title(stem: str) -> str:
    number, _, words = stem.partition("_")
    return f"{number} {words.replace('_', ' ').capitalize()}"
