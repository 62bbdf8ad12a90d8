"""A learner's own names in a picture: cut off where long, never a formula, in any script that has a font here."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

from matplotlib.axes import Axes
from matplotlib.font_manager import FontProperties, findfont, fontManager
from matplotlib.ft2font import FT2Font

__all__ = ["FONT", "cut", "fonts_for", "name_axes", "readable"]

FONT = "DejaVu Sans"  # the font of the course: it comes with matplotlib
NO_FONTS = ("Last Resort", "LastResort", ".LastResort")  # a box for every letter

_families: dict[str, str | None] = {}  # of letters looked up before: the font that has it; None: no font here does


def cut(name: str, most: int = 28) -> str:
    """A learner's own name, cut off where it has more than `most` letters; a wide one, such as 温, counts as two."""
    ends = list(accumulate(1 + (unicodedata.east_asian_width(letter) in "FW") for letter in name))
    return name if not ends or ends[-1] <= most else f"{name[: bisect_right(ends, most - 1)].rstrip()}…"


def readable(name: str, most: int = 28) -> str:
    """A learner's own name for a still text: cut off, "$" not the start of a formula, "□" for what no font here has.

    The text needs the family `fonts_for(name)`.
    """
    name = cut(name, most)
    _look_up(name)
    return "".join(letter if _families[letter] else "□" for letter in name).replace("$", r"\$")


def fonts_for(words: str) -> list[str]:
    """The font of the course, and behind it those for the letters that it lacks."""
    _look_up(words)
    return list(dict.fromkeys([FONT, *(family for letter in words if (family := _families[letter]))]))


def name_axes(ax: Axes, x: str, y: str = "") -> None:
    """Write along the axes what is `readable` already, in fonts that have its letters."""
    ax.set_xlabel(x, family=fonts_for(x))
    ax.set_ylabel(y, family=fonts_for(y))


def _look_up(words: str) -> None:
    """Find the font of each letter, once, and look through the installed ones only for letters that need it."""
    left = set(words).difference(_families)
    fonts = _fonts()
    while left and (font := next(fonts, None)):
        family, file = font
        if _letters(file, left):
            found = _letters(_drawn_with(family), left)
            _families.update(dict.fromkeys(found, family))
            left -= found
    _families.update(dict.fromkeys(left))


def _fonts() -> Iterator[tuple[str, str]]:
    """The families and files of the fonts here: the course's own first, others in the order in which they look well."""
    yield FONT, _drawn_with(FONT)
    fonts = {(entry.name, entry.fname): entry for entry in fontManager.ttflist if not entry.name.startswith(NO_FONTS)}
    # matplotlib grumbles about a weight other than 400, and Unifont is made of pixels
    yield from sorted(fonts, key=lambda font: (fonts[font].weight != 400, font[0].startswith("Unifont"), font))


def _drawn_with(family: str) -> str:
    """The file of the family that matplotlib draws with."""
    try:
        return str(findfont(FontProperties(family=[family]), fallback_to_default=False, rebuild_if_missing=False))
    except ValueError:
        return ""


def _letters(file: str, wanted: set[str]) -> set[str]:
    """Which of these letters the font in the file has."""
    try:
        font = FT2Font(file)
    except (OSError, RuntimeError):  # it is gone, or of a kind that can't be drawn with
        return set()
    return {letter for letter in wanted if font.get_char_index(ord(letter))}
