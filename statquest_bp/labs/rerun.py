"""A cell that is run again makes its labs and cards anew; here those of its last run are closed.

ipywidgets keeps every widget until it is closed, and `Out` everything that a cell ended with: without this, a cell that
is run fifty times holds fifty labs.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Protocol

import ipywidgets
from IPython import get_ipython

__all__ = ["Closable", "close_widgets", "made_here", "view"]


class Closable(Protocol):
    """A lab or a card."""

    def close(self) -> None:
        """Take it off the page, for good; from Python it goes on working."""


_new: list[Closable] = []  # what the cell that is running has made so far
_open: dict[str, list[Closable]] = {}  # by cell: what its runs have made and nobody has closed


def made_here(made: Closable) -> None:
    """Note that the cell that is running makes this; its next run closes it, unless it is still in use by then.

    In use is what a name in the notebook stands for, or a list or the like that has a name; and what another lab or
    card holds, as a prediction holds its lab. Where nobody says which cell is running, nothing is ever closed.
    """
    shell = get_ipython()
    if shell is not None and threading.current_thread() is threading.main_thread():  # controls have other threads
        shell.events.register("pre_run_cell", _before)
        shell.events.register("post_run_cell", _after)
        _new.append(made)


def close_widgets(widget: ipywidgets.Widget) -> None:
    """Close `widget` and all that it is made of, layouts and styles too; nothing for what is closed already."""
    if widget.comm is None:
        return
    values = [getattr(widget, name) for name in widget.keys]
    widget.close()
    for part in _flat(values):
        if isinstance(part, ipywidgets.Widget):
            close_widgets(part)


def view(widget: ipywidgets.Widget) -> dict[str, Any]:
    """What JupyterLab shows the widget by; nothing once it is closed."""
    return {} if widget.comm is None else dict(widget._repr_mimebundle_())


def _before(_: object) -> None:
    _new.clear()  # what was made between two cells, by a control, belongs to neither


def _after(_: object) -> None:
    shell: Any = get_ipython()
    made = _new.copy()
    _new.clear()
    try:
        cell = shell.kernel.get_parent()["metadata"]["cellId"]
    except (AttributeError, KeyError, TypeError):
        return
    before = _open.pop(cell, [])
    others = [card for cards in _open.values() for card in cards] + made
    gone = _unused(before, others, shell.user_ns)
    _open[cell] = made + [card for card in before if not _among(card, gone)]
    for card in gone:
        card.close()
        _only_text_in_history(card, shell)
    if gone:
        gc.collect()  # figures are full of cycles, and large


def _unused(cards: list[Closable], others: list[Closable], names: Mapping[str, Any]) -> list[Closable]:
    """Those of the cards that no name stands for, and that none of the others holds, or of the cards in use."""
    public = [value for name, value in names.items() if not name.startswith("_") and name not in ("In", "Out")]
    used = [card for card in cards if _among(card, _flat(public))]
    while True:
        held = list(_flat([list(vars(holder).values()) for holder in [*others, *used]]))
        more = [card for card in cards if _among(card, held) and not _among(card, used)]
        if not more:
            return [card for card in cards if not _among(card, used)]
        used += more


def _only_text_in_history(card: Closable, shell: Any) -> None:
    """Out[3], which is _3 too, keeps what the card says, and not all that it is made of."""
    for history in (*shell.all_ns_refs, shell.user_ns.get("_oh", {})):
        for key, value in history.items():
            if value is card and str(key).removeprefix("_").isdecimal():
                history[key] = repr(card)


def _among(card: object, values: Any) -> bool:
    return any(value is card for value in values)  # by identity: arrays can't be asked whether they are equal


def _flat(values: Collection[Any]) -> Iterator[Any]:
    """The values, and what lists, dictionaries and the like among them hold."""
    for value in values:
        yield value
        if isinstance(value, Mapping):
            yield from value.values()
        elif isinstance(value, (list, tuple, set, frozenset)):
            yield from value
