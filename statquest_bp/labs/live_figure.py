"""A matplotlib figure that moves at the speed of the round trip between browser and kernel.

What stands still is drawn once, by matplotlib. What moves (artists with `animated=True`) is written as a few hundred
bytes of SVG on top of it, each time `update` is called: no redraw, no flicker, no extension. Measured in
`benchmarks/live_picture.py`.
"""

from __future__ import annotations

import base64
import html
import io
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import ipywidgets
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text
from PIL import Image

from statquest_bp.labs.rerun import close_widgets, made_here, view
from statquest_bp.labs.svg import svg_of
from statquest_bp.plots.style import course_look

__all__ = ["LiveFigure"]


class LiveFigure:
    """Shows `figure` as a widget (`widget`), its animated lines, markers and texts moving with every `update()`.

    `describe` returns what is seen in words, with the numbers: it is the picture's text for a screen reader, and what
    stands in a saved notebook beside the still picture. Give the axes fixed limits: only animated artists move. They
    are `moving`, the lowest first. Those `remembered` have a layer of their own below the others, with its own text
    (`memory`): what moves can then be known ahead, though nobody can know what will be remembered.

    Raises TypeError for an animated artist that is neither a line nor a text.
    """

    def __init__(
        self,
        figure: Figure,
        describe: Callable[[], str],
        remembered: Sequence[Artist] = (),
        memory: Callable[[], str] | None = None,
    ) -> None:
        self._moving_text, self._memory_text, self.remembered = describe, memory, remembered
        here = ipywidgets.Layout(grid_area="1 / 1", width="100%", margin="0")
        self._background = ipywidgets.HTML(layout=here)
        self._memory = [ipywidgets.HTML(layout=here)] if remembered else []
        self._overlay = ipywidgets.HTML(layout=here)
        self.widget = ipywidgets.Box(
            [self._background, *self._memory, self._overlay],
            layout=ipywidgets.Layout(display="grid", width="100%", max_width="1400px", overflow="visible"),
        )
        self.widget.add_class("sq-picture")
        self.show(figure)
        self.update()

    def show(self, figure: Figure) -> None:
        """Show `figure` from now on, from the next `update` with what moves on it: for a picture with other axes."""
        figure.set_dpi(72)  # so that matplotlib's pixels are SVG's units
        self.moving = _moving_artists(figure)
        self.figure = figure
        self.draw_background()

    def update(self) -> None:
        """Show the animated artists as they are now. Nothing else is drawn again."""
        for layer in self._memory:
            layer.value = self._layer(self.remembered, self._memory_text() if self._memory_text else "")
        self._overlay.value = self.overlay()

    def draw_background(self) -> None:
        """Draw again what stands still; needed only where a limit, a title or a still artist was changed."""
        visible = [artist for artist in self.moving if artist.get_visible()]
        try:
            for artist in visible:
                artist.set_visible(False)
            svg = self.svg()
        finally:
            for artist in visible:
                artist.set_visible(True)
        self._background.value = (
            f'<img src="data:image/svg+xml,{_as_address(svg.decode())}" alt="" aria-hidden="true" draggable="false"'
            f' style="display:block;width:100%;max-width:none;margin:0;background:white">'
        )

    def describe(self) -> str:
        """What is seen in words, and what is remembered."""
        memory = self._memory_text() if self._memory_text else ""
        return f"{self._moving_text()} {memory}".strip()

    @property
    def moving_layer(self) -> ipywidgets.Widget:
        """The widget that holds what moves."""
        return self._overlay

    def overlay(self, label: str | None = None) -> str:
        """The animated artists as one SVG, with a label (None: the description); the remembered have their own."""
        moving = [artist for artist in self.moving if artist not in self.remembered]
        return self._layer(moving, self._moving_text() if label is None else label)

    def _layer(self, artists: Iterable[Artist], label: str) -> str:
        width, height = self.figure.bbox.size
        body = "".join(svg_of(artist, height) for artist in artists if artist.get_visible())
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{html.escape(label, quote=True)}"'
            f' viewBox="0 0 {width:g} {height:g}" style="display:block;width:100%">{body}</svg>'
        )

    @course_look()
    def png(self) -> bytes:
        """The whole picture as it is now, drawn by matplotlib at twice the size, for where no widget can live.

        It has 256 colours, which nobody can tell from all of them: a notebook with many pictures stays small.
        """
        drawn = Image.open(io.BytesIO(self._saved("png", dpi=144))).convert("RGB")
        buffer = io.BytesIO()
        drawn.quantize(256, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(buffer, "PNG", optimize=True)
        return buffer.getvalue()

    @course_look()
    def svg(self) -> bytes:
        """The whole picture as it is now, drawn by matplotlib as SVG, sharp at any size."""
        return self._saved("svg", metadata={"Date": None, "Creator": None})

    def _saved(self, kind: str, **settings: object) -> bytes:
        buffer = io.BytesIO()
        self.figure.savefig(buffer, format=kind, facecolor="white", **settings)
        for text in self.figure.findobj(Text):
            text._renderer = None  # else it keeps the whole canvas that it was drawn on: 5 MB
        return buffer.getvalue()

    def close(self) -> None:
        """Take the figure off the page, for good."""
        close_widgets(self.widget)

    def __repr__(self) -> str:
        return f"LiveFigure({self.describe()})"

    def _repr_mimebundle_(self, **_: object) -> tuple[dict[str, Any], dict[str, Any]]:
        made_here(self)  # only now: within a lab, it is the lab that is made
        return mimebundle(self.widget, self, repr(self))


def _as_address(svg: str) -> str:
    """The SVG as it can stand in an address between double quotes: without blanks that nobody sees, as plain text.

    That is a third smaller than base64, in every notebook that is saved.
    """
    unseen = r"^.*?(?=<svg )|<!--.*?-->|<metadata>.*?</metadata>"
    for pattern, instead in ((unseen, ""), (r">\s+<", "><"), (r"\s*\n\s*", " ")):
        svg = re.sub(pattern, instead, svg.strip(), flags=re.DOTALL)
    for sign, instead in (("%", "%25"), ("<", "%3C"), ("'", "&#39;"), ("&", "%26"), ("#", "%23"), ('"', "'")):
        svg = svg.replace(sign, instead)
    return svg


def mimebundle(
    widget: ipywidgets.Widget, picture: LiveFigure, text: str
) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """The live `widget` for JupyterLab, a still picture for GitHub, and the numbers as text for whoever compares.

    The picture is described for whoever can't see it: as nbconvert reads it.
    """
    data = view(widget)
    data["text/plain"] = text
    data["image/png"] = base64.b64encode(picture.png()).decode("ascii")
    return data, {"image/png": {"width": round(picture.figure.bbox.width), "alt": picture.describe()}}


def _moving_artists(figure: Figure) -> list[Artist]:
    moving = [artist for artist in figure.findobj() if artist.get_animated()]
    for artist in moving:
        if not isinstance(artist, (Line2D, Text)):
            raise TypeError(f"only lines and texts can move in a LiveFigure; got {artist}")
    return sorted(moving, key=lambda artist: artist.get_zorder())
