"""A learner's table as lines of cells, and a cell: the number in it, or in plain words what to do about it."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from statquest_bp.number_text import MINUS_SIGNS, UNSIGNED, as_number

__all__ = [
    "DATE",
    "EMPTY",
    "INFINITE",
    "MISSING",
    "WHOLE",
    "WORD",
    "Line",
    "Table",
    "advice",
    "number",
    "printable",
    "quoted",
]

WHOLE = re.compile(r"\s*[0-9]+\s*")

EMPTY = "fill it in, or leave the whole row out"
MISSING = "a value is missing here: fill it in, or leave the whole row out"
INFINITE = "no value may be infinite"
THOUSANDS = "write one number, without marks for thousands"
PER_CENT = "take the sign out of the whole column; it can stand in the column's name"
DATE = "a date, a time, a range or a fraction is no plain number: write one in its place"
DIGITS = "write it in the digits 0 to 9"
UNIT = "write the number alone; a unit can stand in the column's name"
WORD = "write one in its place, such as −1.5 or 0.25, or leave the whole row out"
COMMA = "between commas, write decimals with a point, as in 1.5, and no marks for thousands"

MONTH = (
    "(?:jan(?:uar)?y?|feb(?:ruar)?y?|mar(?:ch)?|märz?|apr(?:il)?|ma[iy]|jun[ei]?|jul[iy]?|aug(?:ust)?|"
    "sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?)"
)
KINDS = [
    (re.compile(pattern, re.IGNORECASE | re.DOTALL), advice)
    for pattern, advice in (
        (r"", EMPTY),
        (r"-+|\.+|\?+|\*+|#[a-z].*|n\.?[/.]?[ad]\.?|nan|<na>|null|none|missing", MISSING),
        (r"[+-]?(?:inf|infinity|∞)", INFINITE),
        (r"[+-]?[0-9]+(?:[\s'’][0-9]+)+(?:[.,][0-9]*)?", THOUSANDS),
        (r"[+-]?[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]*)?", THOUSANDS),
        (r"[+-]?[0-9]{1,3}(?:,[0-9]{2,3})*,[0-9]{3}(?:\.[0-9]*)?", THOUSANDS),
        (rf"[+-]?{UNSIGNED}\s*[%‰]", PER_CENT),
        (r"[0-9]+(?:[-/.:_][0-9]+)+(?:[t\s].*)?", DATE),
        (rf"(?=.*[0-9])(?:.*[^a-z])?{MONTH}(?:[^a-z].*)?", DATE),
        (r"\W*[^\D0-9].*|0x.*", DIGITS),
        (rf"[^\w.,]*{UNSIGNED}.*", UNIT),
        (r".*", WORD),
    )
]


class Line(NamedTuple):
    """A line of the text: its number, from 1, and its cells."""

    number: int
    cells: list[str]


class Table(NamedTuple):
    """Lines of equally many cells, in `columns` numbered from 1, as in the text; `names` where a row holds them.

    `tight` tells whether commas separate and some comma stands between two digits, as in a number with decimals.
    """

    separator: str
    tight: bool
    columns: list[int]
    lines: list[Line]
    names: list[str] | None = None


def number(cell: str, separator: str) -> float | None:
    """The number in the cell, with a decimal comma only where no commas stand between the columns; None for others."""
    return None if separator == "," and "," in cell else as_number(cell)


@lru_cache(1024)
def advice(cell: str) -> str:
    """What to do about a cell in which no number stands: one of the sentences above, which also tell its kind."""
    if as_number(cell) is not None:
        return COMMA
    plain = cell.strip().translate(MINUS_SIGNS)
    return next(advice for kind, advice in KINDS if kind.fullmatch(plain))


def printable(text: str) -> str:
    """`text` on one line, without the control characters that no picture and no page can show."""
    kept = "".join(c for c in text if c.isspace() or unicodedata.category(c) not in ("Cc", "Cs"))
    return " ".join(kept.split())


def quoted(text: str, most: int = 40) -> str:
    """`text` in quotation marks for a message, cut off where it is long."""
    text = printable(text)
    return f'"{text[:most]}…"' if len(text) > most else f'"{text}"'
