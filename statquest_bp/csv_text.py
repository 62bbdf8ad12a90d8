"""A learner's table from text: columns between commas, semicolons or tabs, below a row of names or without one.

Every error says which line and column is wrong, and what would be right.
"""

from __future__ import annotations

import csv
import io
import math
import os
import re
import unicodedata
from collections.abc import Iterator, Sequence

__all__ = ["LIMIT", "read_file", "read_table"]

LIMIT = 1_000_000  # bytes of a file, characters of a text: the "1 MB" of the messages
SEPARATORS = "\t;,"  # the first of them in the first line is the one: names may hold commas, hardly ever tabs

Row = tuple[int, list[str]]  # the line it begins on, and its cells


def read_file(path: str | os.PathLike[str]) -> str:
    """The text of the file at `path`, in UTF-8.

    Raises TypeError for what is no path, FileNotFoundError where there is no file, ValueError for a folder, a file
    over 1 MB, one that can't be read, and one in another encoding.
    """
    if not isinstance(path, (str, os.PathLike)):
        raise TypeError(f"the path of a file must be text, such as 'my_data.csv'; got {path!r}")
    name = _short(str(path), 200)
    if os.path.isdir(path):
        raise ValueError(f"{name} is a folder: give the path of a file in it")
    if not os.path.isfile(path):
        raise FileNotFoundError(f"there is no file {name}: a path begins in the notebook's own folder")
    size = os.path.getsize(path)
    if size > LIMIT:
        raise ValueError(f"{name} has {size:,} bytes; a file may have {LIMIT:,} (1 MB) at most")
    try:
        with open(path, "rb") as file:
            raw = file.read(LIMIT + 1)
    except OSError as error:
        raise ValueError(f"{name} can't be read: {error.strerror}") from None
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ValueError(
            f"{name} is not in UTF-8 (line {line} is the first that isn't): save it as CSV again, "
            'choosing "CSV UTF-8" or the encoding UTF-8'
        ) from None


def read_table(text: str) -> tuple[list[str] | None, list[list[float]]]:
    """The names of the columns (None where no row names them, "" for one without a name) and the rows of numbers.

    Blank lines are left out. Decimal commas are read where semicolons or tabs separate the columns. Raises TypeError
    for what is no text, ValueError for text that is no such table.
    """
    if not isinstance(text, str):
        raise TypeError(f"the data must be text, such as 'Dosage,Efficacy\\n0,0\\n0.5,1'; got {text!r}")
    if len(text) > LIMIT:
        raise ValueError(f"the text has {len(text):,} characters; it may have {LIMIT:,} at most")
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    separator = _separator(text)
    rows = [row for row in _rows(text, separator) if any(cell.strip() for cell in row[1])]
    if not rows:
        raise ValueError("there is nothing to read: write a row for each point, such as 0.5, 1")
    _check_shape(rows, separator)
    names = _names(rows[0], separator)
    if names is not None and len(rows) == 1:
        raise ValueError("there are names of columns but no row of numbers below them")
    points = rows if names is None else rows[1:]
    if separator != ",":
        _check_decimals(points)
    return names, [
        [_number(cell, line, column, names, separator) for column, cell in enumerate(cells)] for line, cells in points
    ]


def _separator(text: str) -> str:
    """What stands between the columns of the first line, outside quotation marks."""
    for line in re.sub(r'"[^"]*"', "-", text).split("\n"):
        if line.strip():
            return next((mark for mark in SEPARATORS if mark in line), ",")
    return ","


def _rows(text: str, separator: str) -> Iterator[Row]:
    nul = text.find("\0")
    if nul >= 0:
        raise ValueError(
            f"line {text.count(chr(10), 0, nul) + 1} holds a NUL byte, so this is no plain text: save a spreadsheet as "
            "CSV UTF-8 first"
        )
    reader = csv.reader(io.StringIO(text), delimiter=separator, skipinitialspace=True, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise ValueError(
                f"line {line} can't be split into cells ({error}): look for a quotation mark that has no partner"
            ) from None
        if cells is None:
            return
        yield line, cells


def _check_shape(rows: Sequence[Row], separator: str) -> None:
    """ValueError unless all rows have as many cells as the first, and that is more than one."""
    first, width = rows[0][0], len(rows[0][1])
    if width == 1:
        raise ValueError(
            f"line {first} has one column only: at least two are needed, an input and an observed value, "
            "with commas, semicolons or tabs between them"
        )
    for line, cells in rows:
        if len(cells) != width:
            commas = "; if commas mark decimals, as in 1,5, put semicolons between the columns"
            raise ValueError(
                f"line {line} has {len(cells)} cell(s), but line {first} has {width}: all rows must have as many"
                + (commas if separator == "," else "")
            )


def _names(row: Row, separator: str) -> list[str] | None:
    """The names in the first row; None where it holds numbers. A row of both is refused: it may be a mistyped point."""
    line, cells = row
    numeric = [_as_number(cell, separator) is not None for cell in cells]
    if all(numeric):
        return None
    if any(numeric):
        number, word = cells[numeric.index(True)], cells[numeric.index(False)]
        raise ValueError(
            f"line {line} holds numbers, such as {_short(number)}, but {_short(word)} is none: the first row must be "
            "all names or all numbers"
        )
    names = [_printable(cell) for cell in cells]
    for i, name in enumerate(names):
        if name and name in names[:i]:
            raise ValueError(f"two columns are called {_short(name)}: give each a name of its own")
    return names


def _check_decimals(rows: Sequence[Row]) -> None:
    """ValueError where some numbers have a decimal comma and others a point: 1,234 may then mean 1234."""
    seen: dict[str, str] = {}
    for line, cells in rows:
        for cell in cells:
            for mark in ",.":
                if mark in cell:
                    seen.setdefault(mark, f"{_short(cell)} in line {line}")
    if len(seen) == 2:
        raise ValueError(
            f"some numbers have a comma ({seen[',']}) and some a point ({seen['.']}): use one of them for decimals, "
            "and no marks for thousands"
        )


def _number(cell: str, line: int, column: int, names: list[str] | None, separator: str) -> float:
    where = f"line {line}, column {column + 1}" + (f" ({_short(names[column])})" if names and names[column] else "")
    number = _as_number(cell, separator)
    if number is None:
        if not cell.strip():
            raise ValueError(f"{where} is empty: fill it in, or leave the whole row out")
        hint = ": write decimals with a point, as in 1.5, and no marks for thousands" if "," in cell else ""
        raise ValueError(f"{where} must be a number; got {_short(cell)}{hint}")
    if not math.isfinite(number):
        raise ValueError(f"{where} must be finite; got {_short(cell)}")
    return number


def _as_number(cell: str, separator: str) -> float | None:
    """The number in `cell`, a true minus sign or a decimal comma allowed; None where it holds none."""
    cell = cell.replace("−", "-")
    try:
        return float(cell if separator == "," else cell.replace(",", "."))
    except ValueError:
        return None


def _printable(text: str) -> str:
    """`text` on one line, without the control characters that no picture and no page can show."""
    kept = "".join(c for c in text if c.isspace() or unicodedata.category(c) not in ("Cc", "Cs"))
    return " ".join(kept.split())


def _short(text: str, most: int = 40) -> str:
    """`text` in quotation marks for a message, cut off where it is long."""
    text = _printable(text)
    return f'"{text[:most]}…"' if len(text) > most else f'"{text}"'
