"""A line of links as text, dSSR/dPredicted × dPredicted/db3: read, and changed piece by piece."""

from __future__ import annotations

import re
from collections.abc import Mapping

from statquest_bp.digits import bracketed, short
from statquest_bp.exercises.formula import LINK

__all__ = ["last_first", "products_on", "put_on", "read_line", "with_numbers", "without_last"]

SUBSCRIPTS = str.maketrans("₁₂₃₄₅₆₇₈₉", "123456789")
SIGN = re.compile(r"\s*([×*·+])\s*(?![^(]*\))")  # between two pieces; not in brackets
NAME = re.compile(rf"{LINK.pattern}|[A-Za-z]+\d*", re.IGNORECASE)


def read_line(typed: str, known: Mapping[str, str]) -> tuple[str, list[tuple[str, str]]]:
    """The line without what stands before an = or a Σ, and top and bottom of each link on it; `known` spells names.

    Where a × was left out before a link, it is put in.
    """
    line = typed.translate(SUBSCRIPTS).rpartition("=")[2].replace("Σ", " ").strip()
    links = list[tuple[str, str]]()

    def spelled(found: re.Match[str]) -> str:
        top, bottom = (known.get(name.lower(), name) for name in found.groups())
        links.append((top, bottom))
        return f"d{top}/d{bottom}"

    return re.sub(rf"(?<=[\w)])\s*(?={LINK.pattern})", " × ", LINK.sub(spelled, line), flags=re.IGNORECASE), links


def products_on(line: str) -> list[list[str]] | None:
    """The links in each product of the sum, by name; None where something else stands on the line."""
    products = list[list[str]]()
    for product in line.split("+"):
        if re.sub(r"[\s×*·]", "", LINK.sub("", product)):
            return None
        products.append([found[0] for found in LINK.finditer(product)])
    return products


def with_numbers(line: str, values: Mapping[str, float]) -> str:
    """The line with each link and each name replaced by its value."""
    return NAME.sub(lambda found: bracketed(short(values[found[0]])) if found[0] in values else found[0], line)


def put_on(line: str, piece: str) -> str:
    """The line with this piece, or +, at its end, a × before it where one is needed."""
    line = line.strip()
    if not line or line.endswith(("+", "×", "*", "·", "(")):
        return line if piece == "+" else f"{line} {piece}".strip()
    return f"{line} +" if piece == "+" else f"{line} × {piece}"


def without_last(line: str) -> str:
    """The line without its last piece, or without the + at its end."""
    line = line.strip()
    *_, last = [None, *SIGN.finditer(line)]
    if last is None:
        return ""
    before = line[: last.start()]
    return f"{before} +" if last[1] == "+" and last.end() < len(line) else before


def last_first(line: str) -> str:
    """The line with the last piece of its last product brought to that product's front."""
    start = max((sign.end() for sign in SIGN.finditer(line) if sign[1] == "+"), default=0)
    *pieces, last = SIGN.split(line[start:].strip())[::2]
    return line[:start] + " × ".join([last, *pieces]) if last else line
