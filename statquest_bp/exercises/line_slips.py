"""What is wrong with a line of links, said from the links themselves: where a way breaks, what isn't on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from statquest_bp.chain_rule import Link
from statquest_bp.exercises.link_slips import name_of
from statquest_bp.links import ways_to

__all__ = ["no_link", "slips_of_the_line"]

Way = tuple[Link, ...]


def no_link(top: str, bottom: str, links: Sequence[Link], parameter: str) -> str:
    """Why dtop/dbottom is no link of the network."""
    name, known = f"d{top}/d{bottom}", {"SSR", *(link.bottom for link in links)}
    for unknown in (top, bottom):
        if unknown not in known:
            return f"{name} can’t be read: there is no {unknown} in this network."
    if (top, bottom) == ("SSR", parameter):
        return f"{name} is what you are to put together. Begin at the SSR: which number is it made of?"
    if top == bottom:
        return f"{name} is 1 and tells nothing: a link leads from one number to another."
    between = ways_to(links, bottom, top)
    if between:
        stops = " and ".join(dict.fromkeys(way[0].bottom for way in between))
        return f"{name} is more than one link: {top} hears of {bottom} only through {stops}. Go from stop to stop."
    if ways_to(links, top, bottom):
        return f"{name} stands on its head. Which of the two changes when the other one does? That one stands on top."
    return f"{name} is always 0: {top} doesn’t depend on {bottom}."


def slips_of_the_line(products: Sequence[Sequence[str]], ways: Sequence[Way], parameter: str) -> Iterator[str]:
    """What is wrong with a sum of products of links, one thing after the other; nothing where each way stands once."""
    whole = [{name_of(link) for link in way} for way in ways]
    walked = list[set[str]]()
    for product in products:
        here = set(product)
        twice = next((name for name in product if product.count(name) > 1), None)
        on = [way for way, names in zip(ways, whole, strict=True) if here <= names]
        if twice:
            yield f"{twice} stands twice in one product. A nudge passes each link of a way once."
        elif here in walked:
            yield "The same way stands there twice. It counts once."
        elif here in whole:
            walked.append(here)
        elif on:
            yield from _where_it_breaks(here, on[0], parameter)
        elif here <= set.union(*whole):
            yield from _two_ways_in_one(here, whole)
        else:
            stray = next(name for name in product if not any(name in names for names in whole))
            yield f"{stray} isn’t on a way from {parameter} to the SSR. Walk back from the SSR: where do you leave it?"
    if walked and len(walked) < len(ways) and len(walked) == len(products):
        yield (
            f"That is one way from {parameter} to the SSR, complete. But a nudge of {parameter} takes every way there "
            "is: look where it forks. What arrives over another way comes on top."
        )


def _where_it_breaks(here: set[str], way: Way, parameter: str) -> Iterator[str]:
    missing = [name_of(link) not in here for link in way]
    first = missing.index(True)
    last = next((i for i in range(first, len(way)) if not missing[i]), len(way)) - 1
    top, bottom = way[first].top, way[last].bottom
    yield f"A link is missing: nothing on your line leads from {top} to {bottom}, on the way back to {parameter}."


def _two_ways_in_one(here: set[str], whole: Sequence[set[str]]) -> Iterator[str]:
    shared = set.intersection(*whole)
    own = " and ".join(sorted(here - shared))
    yield (
        f"Two ways are mixed in one product: {own} aren’t all on one. Links multiply along one way; what another way "
        "brings is a product of its own, behind a +."
    )
