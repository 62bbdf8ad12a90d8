"""A learner's table from text: columns between commas, semicolons or tabs, below a row of names or without one.

Here the text becomes lines of cells, which `csv_columns` reads. Shape first, then cells: every error says which line
is wrong and what to do, and where a table can mean two things, it asks.
"""

from __future__ import annotations

import csv
import io
import os
import re
from collections import Counter
from collections.abc import Sequence

from statquest_bp.csv_cells import Line, Table, quoted
from statquest_bp.csv_columns import read_columns
from statquest_bp.number_text import as_number

__all__ = ["LIMIT", "read_file", "read_table"]

LIMIT = 1_000_000  # bytes of a file, characters of a text: the "1 MB" of the messages
SEPARATORS = "\t;,"  # where several would do: names and numbers hold commas, hardly ever tabs
INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")  # copied along, unseen


def read_file(path: str | os.PathLike[str]) -> str:
    """The text of the file at `path`, in UTF-8.

    Raises TypeError if `path` isn't one, FileNotFoundError if there is no file, ValueError for a folder, a file
    over 1 MB, one that can't be read, and one in another encoding.
    """
    if not isinstance(path, (str, os.PathLike)):
        raise TypeError(f"the path of a file must be text, such as 'my_data.csv'; got {path!r}")
    name = quoted(str(path), 200)
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


def read_table(text: str, outputs: int = 1, most_inputs: int = 4) -> tuple[list[str] | None, list[list[float]]]:
    """The names of the columns (None where no row names them, "" for one without a name) and the rows of numbers.

    The last `outputs` columns are observed, 1 to `most_inputs` stand before them. The separator is what gives most
    lines the same number of cells, unless a first line says it (sep=;). Blank lines, lines of separators only and
    columns in which every cell is empty hold nothing and are left out. Raises TypeError if `text` isn't
    text, ValueError if it isn't such a table or can mean two things.
    """
    if not isinstance(text, str):
        raise TypeError(f"the data must be text, such as 'Dosage,Efficacy\\n0,0\\n0.5,1'; got {text!r}")
    if len(text) > LIMIT:
        raise ValueError(f"the text has {len(text):,} characters; it may have {LIMIT:,} at most")
    text = INVISIBLE.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        raise ValueError(
            f"line {text.count(chr(10), 0, text.index(chr(0))) + 1} holds a NUL byte, so this is no plain text: save a "
            "spreadsheet as CSV UTF-8 first"
        )
    text, separators = _obeyed(text)
    separator, lines = _split(text, separators)
    tight = separator == "," and re.search("[0-9],[0-9]", text) is not None
    _check_shape(lines, tight)
    columns = [i for i in range(len(lines[0].cells)) if any(line.cells[i].strip() for line in lines)]
    if len(columns) < 2:
        raise ValueError(_one_column(lines[0], separators))
    if len(columns) < len(lines[0].cells):
        lines = [Line(line.number, [line.cells[i] for i in columns]) for line in lines]
    return read_columns(Table(separator, tight, [i + 1 for i in columns], lines), outputs, most_inputs)


def _obeyed(text: str) -> tuple[str, str]:
    """The text without the line that tells spreadsheets the separator, left blank; and the separators that may be."""
    lines = text.split("\n")
    i = next((i for i, line in enumerate(lines) if line.strip()), 0)
    said = lines[i].strip(' "')
    mark = said[4:]
    if said[:4].lower() != "sep=" or (len(mark) > 1 and any(separator in mark for separator in SEPARATORS)):
        return text, SEPARATORS
    if mark == "" or mark not in SEPARATORS:
        raise ValueError(
            f"line {i + 1} says that {quoted(mark)} stands between the columns, which can't be read: save the table "
            "with commas, semicolons or tabs between them"
        )
    lines[i] = ""
    return "\n".join(lines), mark


def _split(text: str, separators: str) -> tuple[str, list[Line]]:
    """What stands between the columns, and the lines cut there."""
    cuts = {separator: _cut(text, separator) for separator in separators if separator in text}
    cuts = cuts or {separators[-1]: _cut(text, separators[-1])}
    if any(not lines and not wrong for lines, wrong in cuts.values()):
        raise ValueError("there is nothing to read: write a row for each point, such as 0.5, 1")
    agreeing = {separator: _agreeing(lines) for separator, (lines, _) in cuts.items()}
    best = max(cuts, key=lambda separator: (agreeing[separator], not cuts[separator][1]))
    lines, wrong = cuts[best]
    if not agreeing[best]:
        wrong = next((wrong for _, wrong in cuts.values() if wrong), "") or _one_column(lines[0], separators)
    if wrong:
        raise ValueError(wrong)
    return best, lines


def _agreeing(lines: Sequence[Line]) -> int:
    """How many lines have the same number of cells, and more than one."""
    return max((count for width, count in _widths(lines).items() if width > 1), default=0)


def _cut(text: str, separator: str) -> tuple[list[Line], str]:
    """The lines that hold something, without the columns at the end in which every cell is empty; and what is wrong."""
    reader = csv.reader(io.StringIO(text), delimiter=separator, skipinitialspace=True, strict=True)
    lines, most, wrong = [], 0, ""
    while True:
        number = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            wrong = f"line {number} can't be split into cells ({error}): look for a quotation mark that has no partner"
            break
        filled = len(cells)
        while filled and not cells[filled - 1].strip():
            filled -= 1
        if filled:
            lines.append(Line(number, cells))
            most = max(most, filled)
    for line in lines:
        del line.cells[most:]
    return lines, wrong


def _widths(lines: Sequence[Line]) -> Counter[int]:
    return Counter(len(line.cells) for line in lines)


def _one_column(line: Line, separators: str) -> str:
    whole = any(separator in line.cells[0] for separator in separators)
    said = len(separators) == 1
    return (
        f"line {line.number} has one column only: at least two are needed, an input and an observed value, with "
        "commas, semicolons or tabs between them"
        + ", and no quotation marks around a whole line" * whole
        + f"; the line sep={separators} says which, so change it or take it out" * said
    )


def _check_shape(lines: Sequence[Line], tight: bool) -> None:
    """ValueError unless all lines have as many cells as most lines have."""
    width = next(width for width, _ in _widths(lines).most_common() if width > 1)
    model = next(line for line in lines if len(line.cells) == width)
    wrong = next((line for line in lines if len(line.cells) != width), None)
    if wrong is None:
        return
    count = len(wrong.cells)
    if wrong is not lines[0]:
        what = f"has {count} cell{'s' * (count > 1)}, but line {model.number} has {width}"
        advice = "every row needs as many; take the line out if it is no row of the table"
    elif count > 1:
        what = f"has {count} cells, but line {model.number} has {width}"
        advice = "every column needs a name of its own, and nothing may stand above the names"
    else:
        what = f"({quoted(wrong.cells[0])}) is no row of the table, whose rows have {width} cells"
        advice = "take out what stands above the table"
    wider = max(wrong, model, key=lambda line: len(line.cells))
    if tight and count > 1 and all(as_number(cell) is not None for cell in wider.cells):
        advice += "; if commas mark decimals, as in 1,5, put semicolons between the columns"
    raise ValueError(f"line {wrong.number} {what}: {advice}")
