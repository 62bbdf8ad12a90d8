"""Commas and points in the numbers of a learner's table: read where they can mean one thing only, else asked about.

Where commas stand between the columns, a point marks decimals, so 1.250 is 1.25: who writes 1.250 for 1250 writes
decimals with commas, and separates with semicolons or tabs. Between those both marks are in use, for decimals and for
thousands; there 1.250 alone tells nothing, but one number such as 0.5, 1.25 or 1234.567 anywhere in the table does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from statquest_bp.csv_cells import WHOLE, Table, quoted

__all__ = ["check_split_decimals", "check_thousands", "may_be_split"]

SIGNED = re.compile(r"\s*[^\d.,\s]?[0-9]+\s*")  # any sign
PADDED = re.compile(r"0[0-9]+")
MAYBE_THOUSANDS = re.compile(r"\D?[1-9][0-9]{0,2}[.,][0-9]{3}")  # 1.250, but not 0.125, 1.25 or 1234.567


def may_be_split(table: Table, outputs: int) -> bool:
    """Whether commas between whole numbers may mark decimals: 0,5,1,2 may be 0.5 and 1.2.

    Names above all columns settle it. Without them there is doubt wherever every other cell can be a number's decimals,
    and in any table of whole numbers with a sign of decimals, such as 05.
    """
    if not table.tight or not all(SIGNED.fullmatch(cell) for line in table.lines for cell in line.cells):
        return False
    columns = [[cell.strip() for cell in column] for column in zip(*(line.cells for line in table.lines), strict=True)]
    half, odd = divmod(len(columns), 2)
    pairs = not odd and all(map(_can_be_decimals, columns[1::2]))
    if table.names is not None:
        return pairs and all(table.names[:half]) and not any(table.names[half:])
    return (pairs and half > outputs) or any(map(_sign_of_decimals, columns, columns[1:]))


def check_split_decimals(table: Table, outputs: int) -> None:
    """ValueError where commas may separate or mark decimals, with what to write for either."""
    if may_be_split(table, outputs):
        line, cells = table.lines[0]
        raise ValueError(
            f"line {line} can mean two things: {len(cells)} whole numbers, or fewer with decimal commas, such as "
            f"{cells[0].strip()},{cells[1].strip()}. If they are whole numbers, write a name for each column above "
            "them; if not, put semicolons between the columns, as in 0,5;1,2"
        )


def _can_be_decimals(column: Sequence[str]) -> bool:
    return all(map(WHOLE.fullmatch, column))


def _sign_of_decimals(before: Sequence[str], behind: Sequence[str]) -> bool:
    """Whether the columns look like the two halves of numbers: 0 before every comma, 0 or 5 behind it, or 05."""
    halves = len(before) > 1 and (set(before) == {"0"} or set(behind) == {"0", "5"})
    return _can_be_decimals(behind) and (halves or any(map(PADDED.fullmatch, behind)))


def check_thousands(table: Table) -> None:
    """ValueError for decimals marked in two ways, and where a mark may be one for thousands: see above."""
    if table.separator == ",":
        return
    marked = [(cell.strip(), line.number) for line in table.lines for cell in line.cells if re.search("[.,]", cell)]
    comma, point = (
        next((f"{quoted(cell)} in line {line}" for cell, line in marked if mark in cell), "") for mark in ",."
    )
    if comma and point:
        raise ValueError(
            f"some numbers have a comma ({comma}) and some a point ({point}): use one of them for decimals, and no "
            "marks for thousands"
        )
    if marked and all(MAYBE_THOUSANDS.fullmatch(cell) for cell, _ in marked):
        cell, line = marked[0]
        whole, decimal = re.sub("[.,]", "", cell), cell.replace(",", ".")
        raise ValueError(
            f"{quoted(cell)} in line {line} can mean {whole} or {decimal}: for {whole} take out all marks for "
            f"thousands, for {decimal} write one more digit, as in {cell}0"
        )
