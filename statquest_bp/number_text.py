"""What counts as a number in a text: one strict grammar for tables, answers and formulas.

Python's own `float` takes too much for a number: 2020_01, the digits of every script, nan and infinity.
"""

from __future__ import annotations

import re

__all__ = ["MINUS_SIGNS", "UNSIGNED", "as_number"]

MINUS_SIGNS = dict.fromkeys(map(ord, "−–—‐‑﹣－"), "-")  # for str.translate: what people and programs write for a minus
UNSIGNED = r"(?:[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)"  # digits 0 to 9, and a point or a comma for decimals
NUMBER = re.compile(rf"[+-]?{UNSIGNED}(?:[eE][+-]?[0-9]+)?")


def as_number(text: str) -> float | None:
    """The number that `text` is, such as −1.57, 0,25 or 1e-3, infinite where it is too large; None for anything else.

    Blanks around it don't count; any minus sign will do.
    """
    text = text.strip().translate(MINUS_SIGNS)
    return float(text.replace(",", ".")) if NUMBER.fullmatch(text) else None
