"""The buttons that make files of what a playground shows, and the link that saves the last one made."""

from __future__ import annotations

from functools import partial
from typing import Any

import ipywidgets

from statquest_bp.labs.exports import link

__all__ = ["SaveControls"]

LARGEST = 1_500_000  # bytes in a link: Jupyter drops what comes much faster
BUTTONS = {
    "png": ("Picture (PNG)", "The picture as it is now"),
    "svg": ("Picture (SVG)", "The same, sharp at any size"),
    "csv": ("Run (CSV)", "A table: the SSR and every parameter at each update so far"),
    "gif": ("Film (GIF)", "The run up to the update on show; this takes some seconds"),
}


class SaveControls:
    """`toggle` unfolds `panel`: a button for each kind of file, and behind them the link."""

    def __init__(self, lab: Any) -> None:
        self._lab = lab
        self.toggle = ipywidgets.ToggleButton(False, description="Save…", layout={"width": "auto"})
        lab.controls["save"] = self.toggle
        buttons = [
            lab._button(f"save_{kind}", words, partial(self._offer, kind), tooltip)
            for kind, (words, tooltip) in BUTTONS.items()
        ]
        self.link = ipywidgets.HTML()
        self.link.add_class("sq-download")
        self.panel = ipywidgets.Box([*buttons, self.link], layout={"flex_flow": "row wrap", "display": "none"})
        self.toggle.observe(self._unfold, "value")

    def _unfold(self, event: dict[str, bool]) -> None:
        self.panel.layout.display = "flex" if event["new"] else "none"

    def _offer(self, kind: str) -> Any:
        """Put a link to the file behind the buttons; the state stays as it is."""
        content, remark = self._lab.export(kind), ""
        if kind == "csv" and len(content) > LARGEST:
            every = -(-len(content) // LARGEST)
            content, remark = self._lab.run_csv(every), f", every {every}th update; export has them all"
        self.link.value = (
            f'<div role="status">{link(f"playground-{self._lab.state.step}.{kind}", content, remark)}</div>'
        )
        return self._lab.state
