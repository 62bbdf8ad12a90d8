"""How a lab looks, in the colours of JupyterLab's theme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import ipywidgets

__all__ = ["BESIDE", "STYLE", "toggle_buttons"]

BESIDE = {"width": "auto", "display": "flex", "align_items": "center", "grid_gap": "8px"}  # a text beside its control

STYLE = """<style>
.sq-lab {padding: 2px 4px}
.sq-lab .widget-label {min-width: 2.5em; width: auto; font-weight: 600}
.sq-lab .sq-readout div {font-variant-numeric: tabular-nums; line-height: 1.55; overflow-wrap: anywhere}
.sq-lab .sq-readout strong {font-size: 115%}
.sq-lab pre {padding: 8px 12px; overflow-x: auto; line-height: 1.4; border: 1px solid var(--jp-border-color1, #888)}
.sq-lab table {border-collapse: collapse; font-variant-numeric: tabular-nums; line-height: 1.5}
.sq-lab th, .sq-lab td {padding: 2px 5px; text-align: left; border-bottom: 1px solid var(--jp-border-color1, #888)}
.sq-lab .sq-download a {color: inherit; text-decoration: underline}
.sq-lab tr.sq-now {outline: 2px solid currentColor}
.sq-lab :focus-visible, .sq-lab .jupyter-widgets :focus-visible {
  outline: 3px solid var(--jp-ui-font-color0, #000) !important; outline-offset: 2px}
</style>"""


def toggle_buttons(text: str, options: Sequence[Any] | Mapping[str, Any]) -> Any:
    """Buttons of which one is down, as wide as their words, with a text beside them."""
    return ipywidgets.ToggleButtons(
        options=options, description=text, style={"button_width": "auto"}, layout=dict(BESIDE)
    )
