"""What a lab hands out as a file: the run as a table, and as a film."""

from __future__ import annotations

import base64
import csv
import html
import io
from collections.abc import Callable, Iterable

import numpy as np
import numpy.typing as npt
from matplotlib.backends.backend_agg import FigureCanvasAgg
from PIL import Image

from statquest_bp.labs.live_figure import LiveFigure
from statquest_bp.plots.style import course_look
from statquest_bp.training import Training

__all__ = ["TYPES", "film", "link", "run_csv"]

TYPES = {"png": "image/png", "svg": "image/svg+xml", "csv": "text/csv", "gif": "image/gif"}
FRAME, LAST = 90, 2000  # milliseconds that a picture of the film stays, and the last one


def run_csv(training: Training, ssr: npt.NDArray[np.float64], every: int = 1) -> bytes:
    """The run as CSV in UTF-8: a row for each update, or for `every` so many and the last; all digits are kept.

    `ssr` is that of the training, or the same in the units of what was observed; then both are there.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    columns = {"SSR": ssr, **({} if np.array_equal(ssr, training.ssr) else {"SSR (observed 0 to 1)": training.ssr})}
    columns |= training.parameters
    steps = np.unique([*range(0, len(training), every), len(training) - 1])
    writer.writerow(["step", *columns])
    table = np.column_stack([values[steps] for values in columns.values()])
    writer.writerows([step, *row] for step, row in zip(steps.tolist(), table.tolist(), strict=True))
    return text.getvalue().encode()


def film(picture: LiveFigure, show: Callable[[int], None], moments: Iterable[int]) -> bytes:
    """An animated GIF of the picture: `show` moves its artists to each of the moments. It repeats for ever."""
    with course_look():
        canvas = FigureCanvasAgg(picture.figure)
        canvas.draw()  # only what stands still: animated artists are left out
        paper = canvas.copy_from_bbox(picture.figure.bbox)
        frames = []
        for moment in moments:
            show(moment)
            canvas.restore_region(paper)
            for artist in picture.moving:
                picture.figure.draw_artist(artist)
            frames.append(
                Image.fromarray(np.array(canvas.buffer_rgba())[..., :3]).quantize(64, Image.Quantize.FASTOCTREE)
            )
    buffer = io.BytesIO()
    times = [FRAME] * (len(frames) - 1) + [LAST]
    frames[0].save(buffer, "GIF", save_all=True, append_images=frames[1:], duration=times, loop=0)
    return buffer.getvalue()


def link(name: str, content: bytes, remark: str = "") -> str:
    """The HTML of a link that saves `content` as a file of that name, wherever the notebook runs."""
    data = base64.b64encode(content).decode("ascii")
    kind = TYPES[name.rpartition(".")[2]]
    words = f"Download {name} ({max(1, round(len(content) / 1000)):,} kB{remark})"
    return f'<a download="{html.escape(name)}" href="data:{kind};base64,{data}">{html.escape(words)}</a>'
