"""The quiz, on notebooks 05 and 06: the output weights, and the longer chains of the hidden layer."""

from __future__ import annotations

import math

from statquest_bp.activations import sigmoid, softplus
from statquest_bp.chain_rule import chain
from statquest_bp.course.final_quiz_draws import (
    Rng,
    choice,
    either,
    fresh,
    in_brackets,
    listed,
    number,
    size,
    sum_of_products,
)
from statquest_bp.data import dosage
from statquest_bp.digits import short
from statquest_bp.exercises.link_slips import name_of
from statquest_bp.exercises.multiple_choice import MultipleChoice
from statquest_bp.exercises.numeric import Numeric
from statquest_bp.exercises.quiz import Question
from statquest_bp.video import statquest_network

NODES = {"1": "w3", "2": "w4"}  # each node, and the weight behind it


@fresh
def slope_of_an_output_weight(rng: Rng) -> Numeric:
    """dSSR/dw3 or dSSR/dw4 from residuals and node outputs."""
    node = either(rng, *NODES)
    weight = NODES[node]
    misses, outputs = [size(rng, 0.2, 2) for _ in range(3)], [number(rng, 0.2, 2.5) for _ in range(3)]
    total = math.fsum(miss * y for miss, y in zip(misses, outputs, strict=True))
    return Numeric(
        f"The residuals, observed − predicted, are {listed(misses)}. At the same three points y{node} is "
        f"{listed(outputs)}. How large is dSSR/d{weight}?",
        answer=-2 * total,
        slips={
            "The minus is missing: −2 × residual.": 2 * total,
            "The 2 is missing: −2 × residual.": -total,
            f"Without the link y{node} this is b3’s derivative.": -2 * math.fsum(misses),
            "You added up before you multiplied. Multiply point by point, then add.": -2
            * math.fsum(misses)
            * math.fsum(outputs),
        },
        hints=[
            f"Two links for each point: −2 × residual, and what {weight} is multiplied by.",
            f"{weight} is multiplied by y{node}. Multiply point by point, then add.",
            f"−2 × ({sum_of_products(misses, outputs)})",
        ],
        why="The first link is b3’s. Only the last one is new.",
        tolerance=0.006,
    )


def link_of_an_output_weight(rng: Rng) -> MultipleChoice:
    """What the prediction gains when an output weight grows."""
    node = either(rng, *NODES)
    weight, other = NODES[node], "2" if node == "1" else "1"
    return choice(
        rng,
        f"Predicted = y1 × w3 + y2 × w4 + b3. What is dPredicted/d{weight}?",
        {
            f"y{node}": "Yes: what the weight is multiplied by.",
            f"y{other}": f"That belongs to {NODES[other]}, at the other node.",
            weight: f"That is dPredicted/dy{node}: how the prediction changes when y{node} does.",
            f"x{node}": f"x{node} goes into the bend. What comes out of it, and meets {weight}?",
            "1": "That is dPredicted/db3. b3 is just added, a weight isn’t.",
        },
        answer=f"y{node}",
        hints=[
            f"Let {weight} grow by 1, and hold everything else still.",
            f"Which part of the sum has {weight} in it?",
            f"y{node} × {weight}.",
        ],
        why="A weight’s last link is always what arrives at the weight.",
    )


@fresh
def slope_of_the_bend(rng: Rng) -> Numeric:
    """Softplus' slope at some x."""
    node, x = either(rng, *NODES), size(rng, 0.3, 2.5)
    bend, slope = float(softplus(x)), float(sigmoid(x))
    return Numeric(
        f"At one point x{node} = {short(x)}. How large is dy{node}/dx{node}, the slope of the bend there? Two decimals "
        "are enough. (Use a calculator, or a new cell: np.exp.)",
        answer=slope,
        slips={
            "That is softplus itself. Its slope is asked for.": bend,
            "That is 1 / (1 + e^x). The top of the fraction is e^x, too.": 1 - slope,
            "That is e^x alone. Divide it by 1 + e^x.": math.exp(x),
        },
        hints=[
            "A slope of softplus lies between 0 and 1: nearly 0 far to the left, nearly 1 far to the right.",
            "It is e^x / (1 + e^x).",
            f"e^x is {short(math.exp(x))} here, so {short(math.exp(x))} / {short(1 + math.exp(x))}.",
        ],
        why="So no bend ever makes a term larger: at most it lets it through as it is.",
        tolerance=0.006,
    )


@fresh
def term_of_a_hidden_parameter(rng: Rng) -> Numeric:
    """One point's term for b1, w1, b2 or w2, four links."""
    node, kind = either(rng, *NODES), either(rng, "b", "w")
    name, behind = kind + node, NODES[node]
    miss, weight = size(rng, 0.5, 3), size(rng, 0.5, 3)
    bend, dose = number(rng, 0.2, 0.8), number(rng, 0.2, 0.8)
    last = dose if kind == "w" else 1.0
    term = -2 * miss * weight * bend * last
    swapped = (
        {f"The last link is missing: without the dosage this is b{node}’s term.": term / dose}
        if kind == "w"
        else {f"There is a dosage too much: that is w{node}’s term.": term * dose}
    )
    return Numeric(
        f"At dosage {short(dose)} the residual is {short(miss)}, {behind} is {short(weight)}, and the slope of node "
        f"{node}’s bend is {short(bend)}. How large is this point’s term of dSSR/d{name}?",
        answer=term,
        slips={
            "The minus is missing: −2 × residual.": -term,
            "The 2 is missing: −2 × residual.": term / 2,
            f"The weight {behind} is missing: the way back leads through it.": term / weight,
            "The slope of the bend is missing.": term / bend,
            **swapped,
        },
        hints=[
            f"Four links: to Predicted, to y{node}, to x{node}, to {name}.",
            f"−2 × residual, {behind}, the bend’s slope, and {'the dosage' if kind == 'w' else '1'}.",
            f"−2 × {in_brackets(miss)} × {in_brackets(weight)} × {short(bend)} × {short(last)}",
        ],
        why="A longer chain, but nothing new in it: each link is one small question.",
        tolerance=0.006,
    )


def which_chain(rng: Rng) -> MultipleChoice:
    """Which links lead from the SSR back to a parameter of the hidden layer."""
    node, kind = either(rng, *NODES), either(rng, "b", "w")
    name, other = kind + node, "2" if node == "1" else "1"

    def links_of(parameter: str) -> list[str]:
        return [name_of(link) for link in chain(statquest_network(), dosage(), parameter).links]

    mine = links_of(name)
    product = " × ".join
    return choice(
        rng,
        f"Which chain for dSSR/d{name} names every stop on the way?",
        {
            product(mine): "Yes: from the SSR back to the parameter, nothing left out.",
            product(links_of(kind + other)): f"That leads to {kind}{other}, through the other node.",
            product(
                [*mine[:2], f"dy{node}/d{name}"]
            ): f"True, but it leaps over a stop: between y{node} and {name} lies x{node}.",
            product(
                [mine[0], f"dPredicted/d{name}"]
            ): f"True, but it leaps over node {node}: {name} comes in there, and not at the prediction.",
            product(
                [*mine[:1], *mine[2:]]
            ): f"How does the change get from y{node} to the prediction? One link is missing.",
        },
        answer=product(mine),
        hints=[
            f"Follow {name} forward: what does it change first, and what does that change?",
            f"{name} → x{node} → y{node} → Predicted → SSR.",
            "One link for each arrow, written down backward.",
        ],
        why="The bottom of each link is the top of the next, without a gap. That is how you check a chain.",
    )


def silent_at_zero(rng: Rng) -> MultipleChoice:
    """A weight that multiplies 0 has no say."""
    miss = size(rng, 0.5, 3)
    return choice(
        rng,
        f"There is a single data point, at dosage 0, and its residual is {short(miss)}. Which derivatives are 0, "
        "whatever the parameters are?",
        {
            "Those for w1 and w2": "Yes: their last link is the dosage.",
            "Those for b1 and b2": "Their last link is 1, at any dosage.",
            "Those for w3 and w4": "Their last links are y1 and y2. Softplus is above 0 everywhere.",
            "All seven": "b3’s is −2 × residual, and the residual isn’t 0.",
            "None of them": "One of the seven’s links is 0 here. Which one has the dosage in it?",
        },
        answer="Those for w1 and w2",
        hints=[
            "A product is 0 when one of its factors is.",
            "Which link has the dosage in it?",
            "dx1/dw1 = dosage, and the same at node 2.",
        ],
        why="At dosage 0 the weights w1 and w2 multiply 0. Nudge them, and nothing happens.",
    )


QUESTIONS = (
    *(Question(make, "05 The output weights") for make in (slope_of_an_output_weight, link_of_an_output_weight)),
    *(
        Question(make, "06 The hidden layer")
        for make in (slope_of_the_bend, term_of_a_hidden_parameter, which_chain, silent_at_zero)
    ),
)
