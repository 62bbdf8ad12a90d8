"""A lab as a page of its own: one file that is live without a kernel and without a network.

The page holds the lab's widgets as they are, the frames that its sliders can have (see `frames.py`), and the stock
scripts that show widgets anywhere: Jupyter's html-manager, anywidget and RequireJS. The same `frames.js` paints.
"""

from __future__ import annotations

import base64
import html
import json
import lzma
import zlib
from collections.abc import Collection, Mapping
from importlib.resources import files
from typing import Any, Protocol

import ipywidgets
from ipywidgets.embed import dependency_state, escape_script

from statquest_bp.labs.frames import Frame, Frames

__all__ = ["Paged", "page_of", "scripts", "state_of"]

MAIN, OTHERS = 600, 60  # notches at most: of the first slider and of a run's steps; of all others
STYLE = """
html:root {color-scheme: light dark; --paper: #fff; --ink: #1a1a1a; --quiet: #595959; --link: #0b5cad}
@media screen and (prefers-color-scheme: dark) {
  html:root {--paper: #15171a; --ink: #e8e8e8; --quiet: #a8a8a8; --link: #8ab8f0}
  html .sq-lab .jupyter-button {background: #3a3d42; color: #e8e8e8}
  html .sq-lab .jupyter-button.mod-active {background: #6a6f77}
}
html:root {--jp-ui-font-color0: var(--ink); --jp-ui-font-color1: var(--ink); --jp-ui-font-color2: var(--quiet);
  --jp-content-font-color1: var(--ink); --jp-layout-color1: var(--paper); --jp-border-color1: #888;
  --jp-widgets-label-color: var(--ink); --jp-widgets-readout-color: var(--ink); --jp-widgets-color: var(--ink);
  --jp-widgets-font-size: 14px}
body {max-width: 940px; margin: 0 auto; padding: 12px; font: 17px/1.6 system-ui, sans-serif;
  background: var(--paper); color: var(--ink)}
.sq-lab {color: var(--ink)}
html .sq-lab .sq-kept .noUi-handle {background: var(--link); border-color: var(--link)}
@media (max-width: 600px) {
  .sq-lab .widget-toggle-buttons .widget-label {flex-shrink: 0}
  /* A wide table stands on its side: its rows are columns. */
  html .sq-lab table:has(th:nth-child(4)) {display: grid; grid-auto-flow: column; justify-content: start}
  html .sq-lab table:has(th:nth-child(4)) :is(thead, tbody) {display: contents}
  html .sq-lab table:has(th:nth-child(4)) tr {display: grid; grid-row: 1 / span 20; grid-template-rows: subgrid}
  html .sq-lab table:has(th:nth-child(4)) :is(th, td) {font-size: 11.5px; padding: 2px 8px 2px 0}
  html .sq-lab table:has(th:nth-child(6)) :is(th, td) {padding-right: 3px}
}
.sq-lab.jupyter-widgets-disconnected::before {content: "In a moment, this will be live."}
.sq-lab [disabled], .sq-lab :disabled, .sq-lab label:has(:disabled) {opacity: 0.55}
.widget-play {display: none !important}
@media print {
  html .sq-lab > :not(.sq-picture, .sq-readout) {display: none}
  html .sq-lab.sq-lab.sq-lab.sq-lab::before {content: none}
}
"""


class Paged(Protocol):
    """A lab, for its page."""

    @property
    def controls(self) -> Mapping[str, ipywidgets.Widget]:
        """The stock widgets, by name."""

    @property
    def widget(self) -> ipywidgets.Widget:
        """All that the lab shows."""

    @property
    def ahead(self) -> Frames:
        """Its frames."""

    def frames(self, name: str, values: list[float], seconds: float) -> list[tuple[float, Frame | None]]:
        """The frames at these values of a slider."""


def page_of(lab: Paged, title: str) -> str:
    """The HTML of the page."""
    widgets, frames = state_of(lab)
    widgets[lab.ahead.model_id]["buffers"] = [{"encoding": "base64", "path": ["saved"], "data": frames}]
    state = {"version_major": 2, "version_minor": 0, "state": widgets}
    view = {"version_major": 2, "version_minor": 0, "model_id": lab.widget.model_id}
    inline = "\n".join(f"<script>{escape_script(script)}</script>" for script in scripts().values())
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{html.escape(title)}</title>
<style>{STYLE}</style>
</head>
<body>
<main>
<h1>{html.escape(title)}</h1>
<noscript><p>This page needs JavaScript.</p></noscript>
<script type="application/vnd.jupyter.widget-view+json">{escape_script(json.dumps(view))}</script>
</main>
<script type="application/vnd.jupyter.widget-state+json">{escape_script(json.dumps(state))}</script>
{inline}
</body>
</html>
"""


def scripts() -> dict[str, str]:
    """The stock scripts in the order in which a page needs them, by name."""
    here = files(__name__)
    stock = {
        name: lzma.decompress(here.joinpath(f"{name}.xz").read_bytes()).decode()
        for name in ("require.js", "embed-amd.js")
    }
    widget = files("anywidget").joinpath("nbextension", "index.js").read_text("utf-8")
    # In a file of its own, a module is called what the file is; here it has to say so.
    named = widget.replace('define(["@jupyter-widgets/base"]', 'define("anywidget", ["@jupyter-widgets/base"]')
    return {"require.js": stock["require.js"], "anywidget.js": named, "embed-amd.js": stock["embed-amd.js"]}


def state_of(lab: Paged) -> tuple[dict[str, Any], str]:
    """The state of the lab's widgets for a page without a kernel, and all frames there, packed, in base 64."""
    state = dict(dependency_state([lab.widget, lab.ahead], drop_defaults=False))
    frames = {}
    for nth, name in enumerate(lab.ahead.sliders):
        slider = state[lab.controls[name].model_id]["state"]
        _coarsen(slider, MAIN if nth == 0 or name == "scrub" else OTHERS)
        known = [[value, frame] for value, frame in lab.frames(name, _places(slider), 1e9) if frame]
        frames[name] = known if len(known) > 1 else []
    live = {name for name, known in frames.items() if known}
    if "scrub" in live:
        live |= {"back", "step", *(["play"] if lab.ahead.play else [])}
    for name, control in lab.controls.items():
        state[control.model_id]["state"]["disabled"] = name not in live
    _unfold(lab.widget, {lab.controls[name].model_id for name in live}, state)
    saved = {"epoch": lab.ahead.epoch, "others": lab.ahead.shown_by(lab.controls), "frames": frames}
    packed = zlib.compress(json.dumps(saved, ensure_ascii=False, separators=(",", ":")).encode(), 9)
    return state, base64.b64encode(packed).decode()


def _coarsen(slider: dict[str, Any], most: int) -> None:
    """Give the slider no more than so many notches, one of them where it stands."""
    low, high, step, value = (slider[field] for field in ("min", "max", "step", "value"))
    times = max(1, -(-round((high - low) / step) // most))
    below, above = (int(round(length / step, 6) // times) for length in (value - low, high - value))
    wide = times * step
    slider |= {"step": wide, "min": value - below * wide, "max": value + above * wide}


def _unfold(widget: ipywidgets.Widget, live: Collection[str], state: Mapping[str, Any]) -> bool:
    """Show what is live, wherever it is folded away; whether there is any in this widget."""
    found = widget.model_id in live
    for child in getattr(widget, "children", ()):
        found |= _unfold(child, live, state)
    if found:
        state[widget.layout.model_id]["state"]["display"] = None
    return found


def _places(slider: Mapping[str, Any]) -> list[float]:
    low, high, step = (slider[field] for field in ("min", "max", "step"))
    return [round(low + notch * step, 9) for notch in range(round((high - low) / step) + 1)]
