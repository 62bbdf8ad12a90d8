"""Numbers as text: rounded as the videos round them, or exact. Display only: nothing is computed from such text."""

from __future__ import annotations

__all__ = ["digits", "exact", "in_brackets", "minus"]


def digits(value: float, is_ssr: bool = False) -> str:
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


def in_brackets(text: str) -> str:
    """A number as text, in brackets where it is negative, so that it can stand behind × or −."""
    return f"({text})" if text.startswith("−") else text
