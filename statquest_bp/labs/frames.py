"""What a lab will show at each position of a slider, made before the hand gets there.

A frame is what stands in the lab at one position: the text of what moves in the picture, of the readout, and of the
code where that is shown. The lab's view makes it, as always; `frames.js` keeps frames in the browser and paints them
as the slider moves, however far away the kernel is. The kernel stays the one truth: what it sends later is the same,
or comes with a new epoch.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from importlib.resources import files
from time import perf_counter
from typing import Protocol

import anywidget
import ipywidgets
import traitlets

from statquest_bp.labs.controls import HANDLING
from statquest_bp.labs.rerun import close_widgets
from statquest_bp.labs.steps import PAUSE

__all__ = ["Ahead", "Frames"]

SLICE = 0.02  # seconds that the kernel takes for frames before it listens again
Frame = list[str]


class Ahead(Protocol):
    """A lab, for its frames."""

    @property
    def controls(self) -> Mapping[str, ipywidgets.Widget]:
        """The stock widgets, by name."""

    def frames(self, name: str, values: Sequence[float], seconds: float) -> list[tuple[float, Frame | None]]:
        """The frames at these values of a slider, as far as they are made in that time; None where none can be."""


class Frames(anywidget.AnyWidget):
    """Hands a lab's frames to the browser, slice by slice, as it asks for them. It isn't displayed.

    `anchor` is a child of the lab's box by which the browser finds the lab on the page, `texts` are the widgets that a
    frame fills, `sliders` those whose positions have frames, `play` the clock and the button of what the browser can
    play by itself. All else that a frame depends on is the epoch, and what the other controls show.
    """

    _esm = files(__package__).joinpath("frames.js").read_text("utf-8")  # as a path, it would keep every lab for ever
    texts: traitlets.List[str] = traitlets.List().tag(sync=True)
    sliders: traitlets.Dict[str, str] = traitlets.Dict().tag(sync=True)
    play: traitlets.Dict[str, str] = traitlets.Dict().tag(sync=True)  # its clock and its button
    pause = traitlets.Unicode(PAUSE).tag(sync=True)
    anchor = traitlets.Unicode().tag(sync=True)
    root = traitlets.Unicode().tag(sync=True)  # the anchor's class
    epoch = traitlets.Int(0).tag(sync=True)

    def __init__(
        self,
        lab: Ahead,
        anchor: ipywidgets.Widget,
        texts: Sequence[ipywidgets.Widget],
        sliders: Sequence[str],
        play: Mapping[str, ipywidgets.Widget],
    ) -> None:
        super().__init__(
            anchor=_reference(anchor),
            texts=[_reference(text) for text in texts],
            sliders={name: _reference(lab.controls[name]) for name in sliders},
            play={name: _reference(widget) for name, widget in play.items()},
        )
        self.root = f"sq-frames-{self.model_id}"
        anchor.add_class(self.root)
        anchor.observe(lambda _: close_widgets(self), "comm")  # so these are closed with the lab, by whatever way
        self._of = lab
        self.on_msg(self._asked)

    def _asked(self, _: object, asked: Mapping[str, object], __: object) -> None:
        """One slice of frames for a slider that is about to be moved."""
        name, values = str(asked["name"]), asked["values"]
        with HANDLING:
            if self.comm is None:
                return
            began = perf_counter()
            made = self._of.frames(name, values if isinstance(values, list) else [], SLICE)
            at = self.shown_by({key: other for key, other in self._of.controls.items() if key != name})
            frames = zlib.compress(json.dumps(made, ensure_ascii=False).encode(), 1)
            answer = {"epoch": self.epoch, "others": at, "took": 1000 * (perf_counter() - began)}
            self.send(dict(asked) | answer, [frames])

    def shown_by(self, controls: Mapping[str, ipywidgets.Widget]) -> list[list[object]]:
        """For each of these controls, save buttons: a reference to it, the field that says what it shows, and what."""
        return [[_reference(control), *shown] for control in controls.values() if (shown := _shown(control))]


def _reference(widget: ipywidgets.Widget) -> str:
    return f"IPY_MODEL_{widget.model_id}"


def _shown(widget: ipywidgets.Widget) -> tuple[str, object] | None:
    """The field in which the browser keeps what this control shows, and what it is; None for a button."""
    field = "index" if widget.has_trait("index") else "value"
    shown = getattr(widget, field, ())
    return (field, shown) if shown is None or isinstance(shown, (bool, int, float, str)) else None
