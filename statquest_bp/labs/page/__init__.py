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
:root {color-scheme: light dark; --jp-ui-font-color0: #000; --jp-ui-font-color1: #212121; --jp-ui-font-color2: #616161}
@media (prefers-color-scheme: dark) {
  :root {--jp-ui-font-color0: #fff; --jp-ui-font-color1: #e0e0e0; --jp-ui-font-color2: #bdbdbd;
    --jp-widgets-label-color: #e0e0e0; --jp-widgets-readout-color: #e0e0e0; --jp-widgets-color: #e0e0e0}
}
.sq-lab.jupyter-widgets-disconnected::before {content: "In a moment, this will be live."}
.sq-lab [disabled], .sq-lab :disabled {opacity: 0.45}
.widget-play {display: none !important}
body {max-width: 1000px; margin: 0 auto; padding: 12px; font: 16px/1.5 system-ui, sans-serif}
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
    state = {"version_major": 2, "version_minor": 0, "state": state_of(lab)}
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


def state_of(lab: Paged) -> dict[str, Any]:
    """The state of the lab's widgets for a page without a kernel, with all frames that it has there."""
    state = dependency_state([lab.widget, lab.ahead], drop_defaults=False)
    frames = {}
    for nth, name in enumerate(lab.ahead.sliders):
        slider = state[lab.controls[name].model_id]["state"]
        _coarsen(slider, MAIN if nth == 0 or name == "scrub" else OTHERS)
        frames[name] = [[value, frame] for value, frame in lab.frames(name, _places(slider), 1e9) if frame]
    for name, control in lab.controls.items():
        steps = (
            name in ("back", "step", "play") and (name != "play" or lab.ahead.play) and len(frames.get("scrub", ())) > 1
        )
        state[control.model_id]["state"]["disabled"] = len(frames.get(name, ())) < 2 and not steps
    _unfold(lab.widget, {lab.controls[name].model_id for name, known in frames.items() if len(known) > 1}, state)
    saved = {"epoch": lab.ahead.epoch, "others": lab.ahead.shown_by(lab.controls), "frames": frames}
    packed = base64.b64encode(
        zlib.compress(json.dumps(saved, ensure_ascii=False, separators=(",", ":")).encode(), 9)
    ).decode()
    state[lab.ahead.model_id]["buffers"] = [{"encoding": "base64", "path": ["saved"], "data": packed}]
    return dict(state)


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
