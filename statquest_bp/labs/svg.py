"""A small SVG writer for what moves in a LiveFigure: lines, markers and texts, as matplotlib would draw them."""

from __future__ import annotations

import html
from collections.abc import Sized

import matplotlib
import numpy as np
import numpy.typing as npt
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgba
from matplotlib.lines import Line2D
from matplotlib.markers import MarkerStyle
from matplotlib.path import Path
from matplotlib.text import Text

__all__ = ["svg_of"]

FAR = 1e5  # pixels: what lies farther out is drawn there, off the picture, where browsers still compute exactly
LONG = 40  # points: curves
UNSEEN = 0.2  # of a pixel: how far a long line may be off
DASHES = {"--": "lines.dashed_pattern", "-.": "lines.dashdot_pattern", ":": "lines.dotted_pattern"}
CAPS = {"projecting": "square", "butt": "butt", "round": "round"}
ANCHORS = {"left": "start", "center": "middle", "right": "end"}
RISE = {"baseline": 0.0, "bottom": -0.24, "center": 0.26, "center_baseline": 0.38, "top": 0.76}  # in font sizes


def svg_of(artist: Artist, height: float) -> str:
    """One animated line or text as SVG, in a picture `height` units high, cut off at its axes where it clips."""
    drawing = _line(artist, height) if isinstance(artist, Line2D) else _text(artist, height)
    if not drawing or not (artist.get_clip_on() and isinstance(artist.axes, Axes)):
        return drawing
    # An inner svg cuts off what leaves the axes and, unlike a clipPath, needs no id that other pictures could share.
    x, y, w, h = artist.axes.bbox.bounds
    box = f"{x:.2f} {height - y - h:.2f} {w:.2f} {h:.2f}"
    return '<svg x="{}" y="{}" width="{}" height="{}" viewBox="{}">{}</svg>'.format(*box.split(), box, drawing)


def _line(line: Line2D, height: float) -> str:
    points = line.get_transform().transform(line.get_xydata())
    points = np.clip(np.column_stack([points[:, 0], height - points[:, 1]]), -FAR, FAR)
    svg = ""
    if line.get_linestyle() not in ("None", "", " ") and line.get_linewidth():
        svg += _path(_move_and_line(points), None, line.get_color(), line.get_linewidth(), line)
    marker = line.get_marker()
    if marker not in ("None", None, "", " "):
        style = MarkerStyle(marker)
        shape = style.get_path().transformed(style.get_transform())
        shape = Path(shape.vertices * [1, -1] * line.get_markersize(), shape.codes)
        face = line.get_markerfacecolor() if style.is_filled() else None
        paint = _paint(face, line.get_markeredgecolor(), line.get_markeredgewidth(), line.get_alpha())
        finite = points[np.isfinite(points).all(axis=1)].tolist()
        if marker == "o":
            radius, digits = f"{line.get_markersize() / 2:g}", _digits(finite)
            drawn = "".join(f'<circle cx="{x:.{digits}f}" cy="{y:.{digits}f}" r="{radius}"/>' for x, y in finite)
        else:
            drawn = "".join(f'<path d="{_curves(Path(shape.vertices + at, shape.codes))}"/>' for at in finite)
        svg += f"<g{paint}>{drawn}</g>" if drawn else ""
    return svg


def _path(d: str, face: object, edge: object, width: float, line: Line2D) -> str:
    dashed = line.is_dashed()
    cap, join = (
        (line.get_dash_capstyle(), line.get_dash_joinstyle())
        if dashed
        else (line.get_solid_capstyle(), line.get_solid_joinstyle())
    )
    dashes = ""
    if dashed:
        pattern = matplotlib.rcParamsDefault[DASHES[line.get_linestyle()]]
        dashes = ' stroke-dasharray="{}"'.format(",".join(f"{width * length:g}" for length in pattern))
    return (
        f'<path d="{d}"{_paint(face, edge, width, line.get_alpha())}'
        f' stroke-linecap="{CAPS[cap]}" stroke-linejoin="{join}"{dashes}/>'
        if d
        else ""
    )


def _paint(face: object, edge: object, width: float, alpha: float | None) -> str:
    paint = ""
    for what, color in (("fill", face), ("stroke", edge if width else None)):
        if color is None or (isinstance(color, str) and color.lower() == "none"):
            paint += f' {what}="none"'
            continue
        opacity = to_rgba(color, alpha)[3]
        paint += f' {what}="{to_hex(color)}"' + (f' {what}-opacity="{opacity:g}"' if opacity < 1 else "")
    return paint + (f' stroke-width="{width:g}"' if width else "")


def _move_and_line(points: npt.NDArray[np.float64]) -> str:
    """SVG's M and L through `points`, lifting the pen where a coordinate is not a number.

    In a long line, points are left out where nobody could see the difference, as matplotlib does it, and digits.
    """
    if not np.isfinite(points).all(axis=1).any():
        return ""
    path, digits = Path(points), _digits(points)
    path.simplify_threshold = UNSEEN
    path = path.cleaned(remove_nans=True, simplify=len(points) > LONG)
    drawn = zip(path.vertices.tolist(), path.codes.tolist(), strict=True)
    return "".join(
        f"{'M' if code == Path.MOVETO else 'L'}{x:.{digits}f} {y:.{digits}f}" for (x, y), code in drawn if code
    )


def _digits(points: Sized) -> int:
    """How many decimals the coordinates of these points have: one of many may be a twentieth of a unit off."""
    return 1 if len(points) > LONG else 2


def _curves(path: Path) -> str:
    letters = {Path.MOVETO: "M", Path.LINETO: "L", Path.CURVE3: "Q", Path.CURVE4: "C", Path.CLOSEPOLY: "Z"}
    return "".join(
        letters[code] + ("" if code == Path.CLOSEPOLY else " ".join(f"{value:.2f}" for value in values))
        for values, code in path.iter_segments(curves=True, simplify=False)
    )


def _text(text: Text, height: float) -> str:
    words = text.get_text()
    x, y = text.get_transform().transform(text.get_unitless_position()) if words else (np.nan, np.nan)
    if not (np.isfinite(x) and np.isfinite(y)):
        return ""
    size = text.get_fontsize()
    x, y = min(max(x, -FAR), FAR), min(max(height - y, -FAR), FAR)
    turn = f' transform="rotate({-text.get_rotation():g} {x:.2f} {y:.2f})"' if text.get_rotation() else ""
    weight = ' font-weight="bold"' if text.get_fontweight() in ("bold", 700) else ""
    # a white edge under the letters keeps them readable on top of lines
    return (
        f'<text x="{x:.2f}" y="{y + RISE[text.get_verticalalignment()] * size:.2f}" font-size="{size:g}"{weight}{turn}'
        f' font-family="DejaVu Sans, Verdana, sans-serif" text-anchor="{ANCHORS[text.get_horizontalalignment()]}"'
        f' fill="{to_hex(text.get_color())}" stroke="#ffffff" stroke-width="3" stroke-linejoin="round"'
        f' paint-order="stroke">{html.escape(words)}</text>'
    )
