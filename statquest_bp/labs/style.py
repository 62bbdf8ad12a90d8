"""How a lab looks, in the colours of JupyterLab's theme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import ipywidgets

__all__ = ["BESIDE", "LEFT", "STYLE", "toggle_buttons"]

BESIDE = {"width": "auto", "display": "flex", "align_items": "center", "grid_gap": "8px"}  # a text beside its control

# Without a kernel, as in a notebook opened again: one quiet line instead of ipywidgets' red mark at each part, and
# nothing that looks as if it would still answer. Where the kernel has just ended, what is known ahead does answer.
LEFT = """<style>
.jupyter-widgets-disconnected:is(.sq-lab, .sq-exercise, .sq-quiz, .sq-progress)::before,
.sq-lab:has(> .sq-gone)::before {
  content: "This is how it was left. To use it again: Run → Run All Cells."; color: var(--jp-ui-font-color2, #616161);
  font: inherit; font-style: italic; padding: 0 0 4px}
.jupyter-widgets-disconnected:is(.sq-lab, .sq-exercise, .sq-quiz, .sq-progress) .jupyter-widgets-disconnected::before {
  content: none}
:is(.jupyter-widgets-disconnected:is(.sq-lab, .sq-exercise, .sq-quiz, .sq-progress), .sq-lab:has(> .sq-gone))
  :is(button, input, select, .noUi-target) {pointer-events: none}
.sq-lab.sq-lab:has(> .sq-gone.sq-kept)::before {
  content: "The kernel has gone. What it had worked out still follows the slider. For the rest: Run → Run All Cells."}
.sq-lab.sq-lab:has(> .sq-saved)::before {content: none}
.sq-lab.sq-lab:has(> .sq-saved.sq-many)::before {
  content: "One slider moves at a time: taking another puts the first one back."}
.sq-lab.sq-lab:has(> .sq-kept) .sq-kept .noUi-target,
.sq-lab.sq-lab:has(> .sq-kept):has(.sq-control-scrub.sq-kept)
  button:is(.sq-control-back, .sq-control-step, .sq-control-play) {pointer-events: auto}
</style>"""

STYLE = """<style>
.sq-lab {padding: 2px 4px}
.sq-lab .widget-label {min-width: 2.5em; width: auto; font-weight: 600}
.sq-lab .sq-compared [role=status] {min-height: 6em; padding: 4px 12px; line-height: 1.5; overflow-wrap: anywhere;
  border-left: 4px solid #56B4E9}
.sq-lab .sq-readout div {font-variant-numeric: tabular-nums; line-height: 1.55; overflow-wrap: anywhere}
.sq-lab .sq-readout strong {font-size: 115%}
.sq-lab pre {padding: 8px 12px; overflow-x: auto; line-height: 1.4; border: 1px solid var(--jp-border-color1, #888)}
.sq-lab table {border-collapse: collapse; overflow-wrap: normal; font-variant-numeric: tabular-nums; line-height: 1.5}
.sq-lab th, .sq-lab td {padding: 2px 5px; text-align: left; border-bottom: 1px solid var(--jp-border-color1, #888)}
.sq-lab .sq-download a {color: inherit; text-decoration: underline}
.sq-lab tr.sq-now {outline: 2px solid currentColor}
.sq-lab :focus-visible, .sq-lab .jupyter-widgets :focus-visible {
  outline: 3px solid var(--jp-ui-font-color0, #000) !important; outline-offset: 2px}
</style>"""


def toggle_buttons(text: str, options: Sequence[object] | Mapping[str, object]) -> ipywidgets.Widget:
    """Buttons of which one is down, as wide as their words, with a text beside them."""
    return ipywidgets.ToggleButtons(
        options=options, description=text, style={"button_width": "auto"}, layout=dict(BESIDE)
    )
