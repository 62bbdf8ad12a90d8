"""The buttons that make files of what a playground shows, and the link that saves the last one made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Protocol

import ipywidgets

from statquest_bp.labs.controls import Acting, Button, Part
from statquest_bp.labs.exports import link
from statquest_bp.labs.trained import Trained

__all__ = ["SaveControls"]

LARGEST = 1_500_000  # bytes in a link: Jupyter drops what comes much faster
BUTTONS = {
    "png": ("Picture (PNG)", "The picture as it is now"),
    "svg": ("Picture (SVG)", "The same, sharp at any size"),
    "csv": ("Run (CSV)", "A table: the SSR and every parameter at each update so far"),
    "gif": ("Film (GIF)", "The run up to the update on show; this takes some seconds"),
    "html": (
        "Page (HTML)",
        "The lab as it is now, live without a kernel: a file beside the notebook, to mail or to show",
    ),
}


class Exporting(Protocol):
    """A lab that makes files of what it shows."""

    def export(self, kind: str) -> bytes:
        """The file of one of the kinds of `BUTTONS`."""

    def run_csv(self, every: int = 1) -> bytes:
        """The run as a table, with a row for `every` so many updates."""


class SaveControls:
    """A toggle that unfolds `panel`: a button for each kind of file that `files` makes, and behind them the link."""

    def __init__(self, files: Exporting) -> None:
        self._files = files
        self._toggle = ipywidgets.ToggleButton(False, description="Save…", layout={"width": "auto"})
        self._buttons = [
            Button[Trained](f"save_{kind}", words, partial(self._offer, kind), tooltip)
            for kind, (words, tooltip) in BUTTONS.items()
        ]
        self._link = ipywidgets.HTML()
        self._link.add_class("sq-download")
        self.panel = ipywidgets.Box(
            [*(button.widget for button in self._buttons), self._link],
            layout={"flex_flow": "row wrap", "display": "none"},
        )
        self._toggle.observe(self._unfold, "value")

    @property
    def controls(self) -> Mapping[str, ipywidgets.Widget]:
        """The toggle, and the buttons of the panel."""
        return {"save": self._toggle, **{button.name: button.widget for button in self._buttons}}

    @property
    def row(self) -> Sequence[ipywidgets.Widget]:
        """The toggle."""
        return [self._toggle]

    def join(self, lab: Acting[Trained]) -> None:
        """Make files of what this lab shows."""
        for button in self._buttons:
            button.join(lab)

    def follow(self, state: Trained) -> None:
        """Stay as it is: a file is made when it is asked for."""

    def touched(self, by: Part[Trained]) -> None:
        """Nothing: the last file made can be saved still."""

    def _unfold(self, event: Mapping[str, bool]) -> None:
        self.panel.layout.display = "flex" if event["new"] else "none"

    def _offer(self, kind: str, state: Trained) -> Trained:
        """Put a link to the file behind the buttons, or write one that is too large for a link; the state stays."""
        name, content, remark = f"playground-{state.step}.{kind}", self._files.export(kind), ""
        if kind == "csv" and len(content) > LARGEST:
            every = -(-len(content) // LARGEST)
            content, remark = self._files.run_csv(every), f", every {every}th update; export has them all"
        if kind != "csv" and len(content) > LARGEST:
            Path(name).write_bytes(content)
            told = f"{name} ({len(content) / 1e6:.0f} MB) now stands beside this notebook."
        else:
            told = link(name, content, remark)
        self._link.value = f'<div role="status">{told}</div>'
        return state
