"""Numbers as text: rounded as the videos round them, or exact. Display only: nothing is computed from such text."""

from __future__ import annotations

import re
from collections.abc import Mapping

__all__ = ["as_in_the_video", "bracketed", "exact", "filled", "minus", "short"]

PLACEHOLDER = re.compile(r"{(\w+)(?::(\()?(\w*)\)?)?}")


def as_in_the_video(value: float, is_ssr: bool = False) -> str:
    """`value` rounded for display as the video rounds: two decimals, one from 10 up (an SSR: from 5 up), no 0s behind.

    Display only: nothing is ever computed from the rounded digits.
    """
    decimals = 1 if abs(value) >= (5 if is_ssr else 10) else 2
    text = f"{value:.{decimals}f}".rstrip("0").rstrip(".")
    return minus("0" if text in ("-0", "") else text)


def exact(value: float, decimals: int = 4) -> str:
    """`value` with a fixed number of decimals and a true minus sign; very large values in powers of ten."""
    text = f"{value:.{decimals}f}" if abs(value) < 1e9 else f"{value:.3e}"
    return minus(text.lstrip("-") if not text.strip("-0.") else text)


def minus(text: str) -> str:
    """`text` with a true minus sign for its hyphens before digits."""
    return text.replace("-", "−")


def bracketed(text: str) -> str:
    """A number as text, in brackets where it is negative, so that it can stand behind × or −."""
    return f"({text})" if text.startswith("−") else text


def short(value: float) -> str:
    """`value` with up to four decimals and a true minus sign."""
    text = exact(value)
    return text.rstrip("0").rstrip(".") if "." in text and "e" not in text else minus(text)


def filled(text: str, values: Mapping[str, float | str]) -> str:
    """The text with its numbers: {x} as short as it is, {x:2} with two decimals, {x:()} or {x:(2)} in brackets below 0.

    {x:video} is rounded as the video rounds, {x:ssr} as it rounds an SSR. KeyError for a name without a value.
    """

    def told(found: re.Match[str]) -> str:
        name, bracket, form = found.groups()
        value = values[name]
        if isinstance(value, str):
            return value
        if form in ("video", "ssr"):
            number = as_in_the_video(value, is_ssr=form == "ssr")
        else:
            number = exact(value, int(form)) if form else short(value)
        return bracketed(number) if bracket else number

    return PLACEHOLDER.sub(told, text)
