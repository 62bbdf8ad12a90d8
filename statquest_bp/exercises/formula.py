"""Formulas as a learner types them, such as −2 × (Observed − Predicted): read safely, and computed as arrays."""

from __future__ import annotations

import ast
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping

import numpy as np
import numpy.typing as npt

from statquest_bp.activations import ACTIVATIONS
from statquest_bp.number_text import MINUS_SIGNS, UNSIGNED

__all__ = ["LINK", "compute"]

Array = npt.NDArray[np.float64]

LONGEST = 200  # characters: far more than any link needs, and too few to nest deeper than Python can follow
EXAMPLE = "3 × (x1 − b2)"

SIGNS = MINUS_SIGNS | str.maketrans(
    {**dict.fromkeys("×·⋅∙•∗", "*"), **dict.fromkeys("÷∕⁄", "/")}
    | {"²": "^2", "³": "^3", "{": "(", "}": ")", "[": "(", "]": ")"}
)
QUANTITY = r"(?:ssr|predicted\d*|[xywb]\d+)"
LINK = re.compile(rf"(?<![a-z_])d({QUANTITY})\s*/\s*d({QUANTITY})", re.ASCII | re.IGNORECASE)
TOKEN = re.compile(
    rf"(?P<number>{UNSIGNED})|(?P<name>{LINK.pattern}|[A-Za-z_]\w*)|(?P<sign>\*\*|[-+*/^()])", re.ASCII | re.IGNORECASE
)
PART_OF_A_LINK = re.compile(rf"d{QUANTITY}(_over_|$)")
SYNONYMS = {"dosage": "input", "dose": "input"}

OPERATORS: Mapping[type[ast.AST], Callable[..., Array]] = {
    ast.Add: np.add,
    ast.Sub: np.subtract,
    ast.Mult: np.multiply,
    ast.Div: np.divide,
    ast.Pow: np.power,
    ast.UAdd: np.positive,
    ast.USub: np.negative,
}
FUNCTIONS: Mapping[str, Callable[[Array], Array]] = {
    "exp": np.exp,
    "log": np.log,
    "ln": np.log,
    "softplus": ACTIVATIONS["softplus"].curve,
    "sigmoid": ACTIVATIONS["sigmoid"].curve,
}


def compute(formula: str, values: Mapping[str, Array], longest: int = LONGEST) -> Array:
    """The formula's value, with `values` for its names, in capitals or not; dose and dosage stand for Input.

    Among the names may be those of links, dy1/dx1.

    It may hold numbers, + − × / ^, brackets (with or without × in front), e, and exp, log, softplus and sigmoid;
    nothing else is ever run. Raises ValueError, in words for the learner, for what can't be read or has no value.
    """
    text = formula.strip()
    if not text:
        raise ValueError(f"Type a formula first, such as {EXAMPLE}.")
    cut = text if len(text) <= 40 else text[:40] + "…"
    if len(text) > longest:
        raise ValueError(f"“{cut}” is too long: {longest} letters and signs are more than enough.")
    known = {_as_python(name): value for name, value in values.items()} | {"e": np.array(np.e)}
    python = "".join(_tokens(unicodedata.normalize("NFKC", text.translate(SIGNS)).rpartition("=")[2], known, values))
    if python.count("(") != python.count(")"):
        raise ValueError(f"“{cut}” can’t be read: it opens and closes a different number of brackets.")
    try:
        tree = ast.parse(python, mode="eval")
        with np.errstate(all="ignore"):
            value = _value(tree.body, known)
    except (SyntaxError, RecursionError, MemoryError):
        raise ValueError(f"“{cut}” can’t be read as a formula. Write it like {EXAMPLE}.") from None
    if not np.all(np.isfinite(value)):
        raise ValueError(f"“{cut}” gives no number everywhere: does it divide by 0, or grow too large?")
    return np.asarray(value, dtype=np.float64)


def _tokens(text: str, known: Mapping[str, Array], names: Iterable[str]) -> Iterator[str]:
    """The formula in Python's signs, piece by piece, with a * wherever two factors stand side by side."""
    rest, after_factor = text.strip(), False
    while rest:
        token = TOKEN.match(rest)
        if token is None:
            raise ValueError(f"“{rest[0]}” can’t be read in a formula. Write it like {EXAMPLE}.")
        kind, word = token.lastgroup, _as_python(token[0]) if LINK.match(token[0]) else token[0].lower()
        if after_factor and (kind == "name" or word == "("):
            yield "*"
        if kind == "number":
            word = word.replace(",", ".")
        elif kind == "name":
            word = word if word in known else SYNONYMS.get(word, word)
            _check_name(word, token[0], known, names)
        after_factor = word == ")" or (kind != "sign" and word not in FUNCTIONS)
        yield f"{'**' if word == '^' else word} "
        rest = rest[token.end() :].lstrip()


def _as_python(name: str) -> str:
    """The name as one word for Python, also that of a link."""
    return re.sub(r"\s*/\s*", "_over_", name.lower())


def _check_name(name: str, typed: str, known: Mapping[str, Array], names: Iterable[str]) -> None:
    if name in known or name in FUNCTIONS:
        return
    if PART_OF_A_LINK.match(name):
        whole = "" if "_over_" in name else "part of "
        raise ValueError(f"“{typed}” is {whole}the name of a link. Type the formula that the link stands for.")
    cut = typed if len(typed) <= 40 else typed[:40] + "…"
    raise ValueError(f"“{cut}” is no name here. The names are {', '.join(name for name in names if '/' not in name)}.")


def _value(node: ast.AST, known: Mapping[str, Array]) -> Array:
    """Compute the tree; whatever isn't listed here can't be read."""
    match node:
        case ast.Constant(value=int() | float() as number):
            return np.array(float(number))
        case ast.Name(id=name) if name in known:
            return known[name]
        case ast.UnaryOp(op=sign, operand=inner) if type(sign) in OPERATORS:
            return OPERATORS[type(sign)](_value(inner, known))
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in OPERATORS:
            return OPERATORS[type(sign)](_value(left, known), _value(right, known))
        case ast.Call(func=ast.Name(id=name), args=[inner], keywords=[]) if name in FUNCTIONS:
            return FUNCTIONS[name](_value(inner, known))
    raise SyntaxError("not a formula")
