"""What a lab knows of a prediction: the number to mark in its picture, and what stands below it on how close it was."""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import Any, Generic, TypeVar

import ipywidgets

from statquest_bp.labs.view import Shown, View

__all__ = ["Predicted"]

Seen = TypeVar("Seen", bound=Shown)


class Predicted(Generic[Seen]):
    """The prediction that a lab with this view shows, if any; `widget` is what stands below the picture."""

    def __init__(self, view: View[Any, Seen]) -> None:
        self._view = view
        self._value: float | None = None
        self._about: object = None
        self._compare: Callable[[], str] | None = None
        self.widget = ipywidgets.HTML(layout=ipywidgets.Layout(display="none", width="100%", margin="2px 0"))
        self.widget.add_class("sq-compared")

    def predict(self, value: float | None, seen: Seen) -> None:
        """Mark this from now on; it is about what is seen now, unless what it is compared with says more."""
        if self._compare is None:
            self._about = self._view.question(seen)
        self._value = value

    def compare_with(self, compare: Callable[[], str], seen: Seen) -> None:
        """Ask `compare` what to say from now on, as long as what is seen now is what is seen."""
        self._compare, self._about = compare, self._view.question(seen)

    def marked(self, seen: Seen) -> float | None:
        """The prediction, as long as what it is about is what is seen, and the picture has a place for it."""
        here = self._value is not None and self._is_about(seen) and self._view.shows_mark(seen)
        return self._value if here else None

    def follow(self, seen: Seen) -> None:
        """Say below the picture what there is to say."""
        said = self._compare() if self._compare is not None and self._is_about(seen) else ""
        lines = "<br>".join(map(html.escape, said.splitlines()))
        self.widget.value = f'<div role="status">{lines}</div>'
        self.widget.layout.display = None if said else "none"

    def _is_about(self, seen: Seen) -> bool:
        return bool(self._view.question(seen) == self._about)
