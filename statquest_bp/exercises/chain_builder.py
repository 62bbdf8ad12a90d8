"""ChainBuilder: a derivative put together on an empty line; whether it is right, a measured nudge of the SSR says."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence

import ipywidgets
import numpy as np
import numpy.typing as npt

from statquest_bp.chain_rule import Link
from statquest_bp.digits import exact, short
from statquest_bp.exercises.exercise import Checked, Mood, Verdict
from statquest_bp.exercises.formula import compute
from statquest_bp.exercises.line_of_links import (
    last_first,
    products_on,
    put_on,
    read_line,
    with_numbers,
    without_last,
)
from statquest_bp.exercises.line_slips import no_link, slips_of_the_line
from statquest_bp.exercises.link_slips import name_of
from statquest_bp.exercises.measured import Place, measured
from statquest_bp.labs.controls import HANDLING
from statquest_bp.links import links_of, quantities, ways_to

__all__ = ["ChainBuilder"]

Array = npt.NDArray[np.float64]

LONGEST = 600  # letters and signs: two ways of six links, spelled out with their formulas
FACTORS = {  # by how much the SSR's slope is too much for a line, and what that tells
    -1.0: "The size is right, the sign isn’t: where does a minus belong?",
    2.0: "Everywhere yours is half of what is measured. A 2 comes down from the square.",
    -2.0: "A factor −2 is missing. It comes from the square: −2 × (Observed − Predicted).",
}
SAME_NUMBER = "The numbers agree all the same: a link that is 1 changes no product."
NO_SLIP_KNOWN = "That isn’t what the nudge measures. Go along the way once more, link by link, or take a hint."


class ChainBuilder(Checked):
    """dSSR/d`parameter`, to be put together on an empty line: links by name or as formulas, × and +.

    `palette` has what there is to pick, in order: a link's name, or a formula in brackets; and what to say about it if
    it is a decoy, an empty text if it isn't. "Try it" works the line out at each data point of the first of the
    `places`, adds up, and holds it to the slope of the SSR measured there, and at the other places, so that no chance
    hit counts. ValueError for fewer than two places, and where the palette lacks a link that is needed.
    """

    kind = "Build the chain"

    def __init__(
        self,
        question: str,
        parameter: str,
        places: Sequence[Place],
        palette: Mapping[str, str],
        hints: Sequence[str],
        why: str,
        *,
        kind: str | None = None,
    ) -> None:
        if len(places) < 2:
            raise ValueError("a line must be tried at two places or more, or a chance hit would count")
        self.parameter, self.places, self.palette = parameter, tuple(places), dict(palette)
        self._links = links_of(places[0].network, places[0].data)
        needed = [name_of(link) for way in self.ways for link in way]
        lacks = [name for name in dict.fromkeys(needed) if self.palette.get(name) != ""]
        if lacks:
            raise ValueError(f"what can be picked must have {', '.join(lacks)}, without a text: they are no decoys")
        line = ipywidgets.Textarea(
            description=f"dSSR/d{parameter} = Σ",
            placeholder="an empty line: type the links, or pick them below",
            rows=3,
            continuous_update=False,
            layout=ipywidgets.Layout(width="100%", max_width="760px", margin="2px 0"),
        )
        line.observe(lambda _: self._act(lambda: self._say("")), "value")  # the feedback is for the line before
        super().__init__(question, line, hints, why, kind)

    @property
    def ways(self) -> tuple[tuple[Link, ...], ...]:
        """Every way from the SSR back to the parameter: what has to stand on the line, a product each."""
        return ways_to(self._links, self.parameter)

    def _arrange(self) -> None:
        pieces = [*self.palette, "+"] if len(self.ways) > 1 else [*self.palette]
        for i, piece in enumerate(pieces, 1):
            self._button(f"answer{i}", piece, functools.partial(self._change, functools.partial(put_on, piece=piece)))
        pick = [self.controls[f"answer{i}"] for i in range(1, len(pieces) + 1)]
        self._button("last_first", "Last one first", lambda: self._change(last_first))
        self._button("remove", "Remove the last", lambda: self._change(without_last))
        self._button("empty", "Empty the line", lambda: self._change(lambda line: ""))
        self.controls["check"].description = "Try it"
        row = ipywidgets.Layout(flex_flow="row wrap", width="100%", align_items="center")
        self._to_pick = ipywidgets.Box([ipywidgets.HTML("Pick:"), *pick], layout=row)
        super()._arrange()

    def _answer_area(self) -> ipywidgets.VBox:
        return ipywidgets.VBox([self.controls["answer"], self._to_pick])

    def _change(self, how: Callable[[str], str]) -> None:
        """Change the line, and say how it reads now: what stands in a box isn't spoken when it changes."""
        with HANDLING:
            line = self.controls["answer"]
            line.value = how(line.value)
            self._say(f"On the line: {line.value}" if line.value else "The line is empty.")

    def _judge(self) -> Verdict:
        known = {name.lower(): name for name in ["SSR", *quantities(self.places[0].network, self.places[0].data)]}
        line, links = read_line(self.controls["answer"].value, known)
        if not line:
            return Verdict("The line is empty. Pick a link or type one: which does every chain begin with?", "note")
        names = {name_of(link) for link in self._links}
        for top, bottom in links:
            if f"d{top}/d{bottom}" not in names:
                return Verdict(no_link(top, bottom, self._links, self.parameter), "slip")
        if [] in (products_on(line) or ()):
            return Verdict("Beside a + nothing stands. Put another product there, or take the + away.", "note")
        try:
            terms = [_terms(line, place) for place in self.places]
        except ValueError as error:
            return Verdict(f"{error} Nothing is lost.", "note")
        slopes = [measured(place, self.parameter) for place in self.places]

        def agrees(factor: float = 1.0) -> bool:
            return all(slope.agrees(factor * term.sum()) for slope, term in zip(slopes, terms, strict=True))

        products = products_on(line)
        decoys = [said for piece, said in self.palette.items() if said and _compact(piece) in _compact(line)]
        wrong = decoys or list(slips_of_the_line(products, self.ways, self.parameter) if products else ())
        if agrees() and not (wrong and products):
            return self._verdict([self._praise(products)], "right", line, terms)
        wrong += [SAME_NUMBER] if agrees() else []
        wrong = wrong or [said for factor, said in FACTORS.items() if agrees(factor)] or [NO_SLIP_KNOWN]
        return self._verdict(wrong, "slip", line, terms)

    def _verdict(self, said: Sequence[str], mood: Mood, line: str, terms: Sequence[Array]) -> Verdict:
        return Verdict("\n".join([*said, *self._worked_out(line, terms)]), mood)

    def _praise(self, products: list[list[str]] | None) -> str:
        in_order = [[name_of(link) for link in way] for way in self.ways]
        mixed = any(product not in in_order for product in products or ())
        return "That’s right." + (" (In any order: the links of a way multiply.)" if mixed else "")

    def _worked_out(self, line: str, terms: Sequence[Array]) -> Iterator[str]:
        """The line with its numbers at each data point of the first place; and what was measured at each place."""
        first, *others = self.places
        values = _values(first)
        for i, (dose, term) in enumerate(zip(first.data.inputs[:, 0], terms[0], strict=True)):
            numbers = with_numbers(line, {name: value[i] for name, value in values.items()})
            yield f"At {short(dose)}: {numbers} = {exact(term)}"
        yield f"Added up, your line gives {exact(terms[0].sum(), 3)}."
        yield f"Measured {first.where}: {measured(first, self.parameter)}."
        for place, term in zip(others, terms[1:], strict=True):
            slope = exact(measured(place, self.parameter).slope, 3)
            yield f"Measured {place.where}: {slope}. There your line gives {exact(term.sum(), 3)}."

    def _solution(self) -> str:
        return " + ".join(" × ".join(map(name_of, way)) for way in self.ways)

    def _choices(self) -> list[str]:
        return [f"dSSR/d{self.parameter} = Σ ____", f"To pick from: {', '.join(self.palette)}"]


def _values(place: Place) -> dict[str, Array]:
    links = links_of(place.network, place.data)
    return quantities(place.network, place.data) | {name_of(link): link.values for link in links}


def _terms(line: str, place: Place) -> Array:
    """What the line is at each data point, (n,). ValueError, in words, if it can't be read."""
    value = compute(line, _values(place), LONGEST)
    return np.broadcast_to(value, len(place.data)).astype(np.float64)


def _compact(text: str) -> str:
    return "".join(text.replace("-", "−").split())
