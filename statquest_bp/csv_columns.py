"""The columns of a learner's table: their names, and a number in every cell."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from typing import cast

from statquest_bp.csv_cells import (
    DATE,
    EMPTY,
    INFINITE,
    MISSING,
    WHOLE,
    WORD,
    Line,
    Table,
    advice,
    number,
    printable,
    quoted,
)
from statquest_bp.csv_marks import check_split_decimals, check_thousands, may_be_split

__all__ = ["read_columns"]

NAMELESS = re.compile("|Unnamed: [0-9]+")  # the latter is how pandas writes it

Numbers = Sequence[list[float | None]]


def read_columns(table: Table, outputs: int, most_inputs: int) -> tuple[list[str] | None, list[list[float]]]:
    """The names of the columns, None where no row holds them, and the rows of numbers. See `csv_text.read_table`."""
    numbers = [[number(cell, table.separator) for cell in line.cells] for line in table.lines]
    names = _names(table.lines[0], numbers)
    if names is not None:
        table, numbers = table._replace(lines=table.lines[1:], names=names), numbers[1:]
        _check_one_row_of_names(table, numbers)
    _check_columns(table, numbers, outputs, most_inputs)
    check_split_decimals(table, outputs)
    rows = _all_numbers(table, numbers)
    check_thousands(table)
    return names, rows


def _names(line: Line, numbers: Numbers) -> list[str] | None:
    """The names in the first line, None where it holds numbers. Both in one are refused: it may be a mistyped point."""
    found = [value is not None for value in numbers[0]]
    if all(found):
        return None
    if any(found):
        value = quoted(line.cells[found.index(True)])
        for cell, is_number, below in zip(line.cells, found, _hold_numbers(numbers[1:]), strict=False):
            if below and not is_number and advice(cell) == WORD:
                raise ValueError(
                    f"line {line.number} holds numbers, such as {value}, but {quoted(cell)} is none: the first row "
                    f"must be all names or all numbers; if {value} is a name, put a letter in front"
                )
        return None
    if not any(_is_name(cell) for cell in line.cells):
        cell = next(cell for cell in line.cells if cell.strip())
        raise ValueError(
            f"line {line.number} can mean two things: {quoted(cell)} may be a name or a number. For names, write plain "
            f"words; for numbers, {advice(cell)}"
        )
    names = [printable(cell) for cell in line.cells]
    for name, count in Counter(names).items():
        if name and count > 1:
            raise ValueError(f"{count} columns are called {quoted(name)}: give each a name of its own")
    if len(numbers) == 1:
        raise ValueError("there are names of columns but no row of numbers below them")
    return names


def _hold_numbers(rows: Numbers) -> list[bool]:
    """Which columns hold a number in any of the rows."""
    return [any(value is not None for value in column) for column in zip(*rows, strict=True)]


def _is_name(cell: str) -> bool:
    return advice(cell) == WORD or (cell.strip()[:1].isalpha() and advice(cell) not in (MISSING, INFINITE))


def _check_one_row_of_names(table: Table, numbers: Numbers) -> None:
    """ValueError where a second row of words, of units perhaps, stands above numbers."""
    line = table.lines[0]
    if any(value is not None for value in numbers[0]):
        return
    for cell, below in zip(line.cells, _hold_numbers(numbers), strict=True):
        if below and advice(cell) == WORD:
            raise ValueError(
                f"line {line.number} holds no numbers, but words such as {quoted(cell)}: above the numbers one row of "
                "names may stand, and nothing else, so take the others out"
            )


def _check_columns(table: Table, numbers: Numbers, outputs: int, most_inputs: int) -> None:
    """ValueError for too few or too many columns, and for those that hold no numbers or only number the rows."""
    width = len(table.columns)
    complaints = [complaint for column in range(width) if (complaint := _complaint(table, numbers, column))]
    if not outputs < width <= outputs + most_inputs:
        split = "; if commas mark decimals, put semicolons between the columns" * may_be_split(table, outputs)
        complaints[:0] = [
            f"with {outputs} observed column{'s' * (outputs > 1)} there must be {1 + outputs} to "
            f"{most_inputs + outputs} columns, the first 1 to {most_inputs} of them inputs; got {width}{split}"
        ]
    if complaints:
        raise ValueError(". Also: ".join(complaints[:3]))


def _complaint(table: Table, numbers: Numbers, column: int) -> str:
    """What is wrong with the column as a whole; "" for nothing."""
    cells = [line.cells[column] for line in table.lines]
    if column == 0 and table.names and NAMELESS.fullmatch(table.names[0]) and all(map(WHOLE.fullmatch, cells)):
        counted = [row[0] for row in numbers]
        counts = counted in (list(range(len(cells))), list(range(1, len(cells) + 1)))
        if counts or len(set(counted)) == len(cells) > 1:
            does = "just counts" if counts else "may just number"
            return f"the first column has no name and {does} the rows: delete it, or give it a name if it is an input"
    kinds = [advice(cell) if row[column] is None else "" for cell, row in zip(cells, numbers, strict=True)]
    filled = [kind for kind in kinds if kind not in (EMPTY, MISSING)]
    words = [i for i, kind in enumerate(kinds) if kind in (WORD, DATE)]
    if not filled:
        return f"{_place(table, column)} is empty: fill it in, or leave that column out"
    if 2 * len(words) > len(filled):
        return (
            f"{_place(table, column)} holds words or dates, such as {quoted(cells[words[0]])} in line "
            f"{table.lines[words[0]].number}: leave that column out, or write numbers in their place"
        )
    return ""


def _place(table: Table, column: int) -> str:
    name = table.names[column] if table.names else ""
    return f"column {table.columns[column]}" + (f" ({quoted(name)})" if name else "")


def _all_numbers(table: Table, numbers: Numbers) -> list[list[float]]:
    """The numbers, all there and finite; ValueError for the first that isn't."""
    for line, row in zip(table.lines, numbers, strict=True):
        for column, value in enumerate(row):
            if value is None or not math.isfinite(value):
                cell = line.cells[column]
                where = f"line {line.number}, {_place(table, column)}"
                if value is not None:
                    raise ValueError(f"{where} must be finite; got {quoted(cell)}")
                what = "is empty" if advice(cell) == EMPTY else f"must be a number; got {quoted(cell)}"
                raise ValueError(f"{where} {what}{_others(table, numbers, advice(cell))}: {advice(cell)}")
    return cast(list[list[float]], numbers)


def _others(table: Table, numbers: Numbers, kind: str) -> str:
    """How many cells are of the same kind, where there are several, so that they can be mended all at once."""
    cells = (
        cell
        for line, row in zip(table.lines, numbers, strict=True)
        for cell, value in zip(line.cells, row, strict=True)
        if value is None
    )
    count = sum(advice(cell) == kind for cell in cells)
    return f" (the first of {count} such cells)" if count > 1 else ""
