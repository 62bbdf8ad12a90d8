"""The quiz, on notebook 07: all seven at once, and what is reused."""

from __future__ import annotations

import math

from statquest_bp.course.final_quiz_draws import (
    Rng,
    choice,
    either,
    fresh,
    listed,
    number,
    size,
    sum_of_products,
)
from statquest_bp.digits import short
from statquest_bp.exercises.multiple_choice import MultipleChoice
from statquest_bp.exercises.numeric import Numeric
from statquest_bp.exercises.quiz import Question


@fresh
def from_a_bias_to_its_weight(rng: Rng) -> Numeric:
    """Reuse: a hidden weight's terms are its bias' terms times the dosages."""
    node = either(rng, "1", "2")
    terms, doses = [size(rng, 0.5, 6) for _ in range(3)], [number(rng, 0.1, 2) for _ in range(3)]
    total = math.fsum(term * dose for term, dose in zip(terms, doses, strict=True))
    return Numeric(
        f"The three points’ terms of dSSR/db{node} are {listed(terms)}; their dosages are {listed(doses)}. How large "
        f"is dSSR/dw{node}?",
        answer=total,
        slips={
            f"That is dSSR/db{node}. For w{node} each term has one link more.": math.fsum(terms),
            "You added up before you multiplied. Multiply point by point, then add.": math.fsum(terms)
            * math.fsum(doses),
            "That is the mean over the points. Add the terms up.": total / 3,
        },
        hints=[
            f"How do the chains of b{node} and w{node} differ? Only in the last link.",
            f"dx{node}/db{node} = 1 and dx{node}/dw{node} = dosage. So multiply each term by its dosage.",
            sum_of_products(terms, doses),
        ],
        why="Nothing is worked out twice: that makes the way back so cheap, however many parameters there are.",
        tolerance=0.006,
    )


def where_it_begins(rng: Rng) -> MultipleChoice:
    """The order: from the last bias backward."""
    right = "b3, the last bias: nothing lies between it and the prediction."
    return choice(
        rng,
        "With which parameter does the lesson begin its way through the network, and why?",
        {
            right: "Yes: its chain is the shortest, and what it needs all the others need, too.",
            "w1, the first weight: the data come in there.": "The forward pass begins there. The derivatives begin at "
            "the other end: the SSR is there.",
            "The largest one: it has most to say.": "Size has nothing to do with it.",
            "Any: the order doesn’t matter, each chain is worked out from scratch.": "That would give the same "
            "numbers, but nearly all links would be worked out again and again.",
        },
        answer=right,
        hints=[
            "Whose chain has the fewest links?",
            "What sits nearest to the prediction?",
            "The bias that is added at the very end.",
        ],
        why="From the SSR backward, each link is there already when the next parameter needs it: backpropagation.",
    )


def all_at_once(rng: Rng) -> MultipleChoice:
    """In one round every derivative uses the old values."""
    old, slope, rate = size(rng, 0.3, 2), size(rng, 1, 9), number(rng, 0.05, 0.2, 2)
    new = old - rate * slope
    right = f"{short(old)}, the old one"
    return choice(
        rng,
        f"In one round of gradient descent w3 goes from {short(old)} to {short(new)}. b1 moves in the same round, and "
        "its derivative has w3 in it. Which w3?",
        {
            right: "Yes: all derivatives are taken at the place where the round began.",
            f"{short(new)}, the new one": "Then b1’s derivative would belong to another place than w3’s.",
            f"{short((old + new) / 2)}, the middle of both": "The derivatives tell how steep it is at one place: where "
            "you stand.",
            "Neither: w3 isn’t in it": "It is: the way back to b1 leads through dPredicted/dy1 = w3.",
        },
        answer=right,
        hints=[
            "Where do you stand when you look which way is down?",
            "All slopes first, then all steps.",
            "While the slopes are worked out, nothing has moved yet.",
        ],
        why="Otherwise the order of the parameters would matter, and the steps wouldn’t follow the slope.",
    )


def two_perfect_fits(rng: Rng) -> MultipleChoice:
    """Another fit is no mistake."""
    right = "Nothing: the squiggle can run through the same points with other parameters."
    return choice(
        rng,
        "Two runs begin at the same place with different learning rates. Both end with an SSR of nearly 0, but b1 "
        "differs. What is wrong?",
        {
            right: "Yes: both are fits, and the SSR says nothing about which is “the” right one.",
            "One of the derivatives.": "A wrong derivative wouldn’t lead down to an SSR of nearly 0.",
            "One of them isn’t at the bottom.": "An SSR can’t be below 0. Nearly 0 is the bottom.",
            "The lower learning rate: it stopped too early.": "Had it stopped early, its SSR would be larger.",
        },
        answer=right,
        hints=[
            "What does the SSR measure, and what not?",
            "It compares the predictions with the data. Where are the parameters in that?",
            "Three points, and seven parameters to run through them.",
        ],
        why="Seven parameters for three points leave a lot of freedom. The course’s notebook 07 shows two such fits.",
    )


def in_one_sentence(rng: Rng) -> MultipleChoice:
    """What backpropagation is made of."""
    right = "The chain rule gives the derivatives, from the output backward; gradient descent takes the steps."
    return choice(
        rng,
        "How do backpropagation and gradient descent fit a network together?",
        {
            right: "Yes, over and over, until the steps are tiny.",
            "The predictions run backward through the network, and give back the inputs.": "What runs backward are "
            "derivatives, not predictions.",
            "Each parameter is tried at many values, and the one with the lowest SSR is kept.": "That is trying. With "
            "seven parameters it would take for ever.",
            "The residuals are added to the weights, beginning at the output.": "The steps are made of slopes. A "
            "residual is only a part of their first link.",
        },
        answer=right,
        hints=[
            "There are two parts: one finds slopes, the other uses them.",
            "How are the slopes found?",
            "With the chain rule, link by link, from the SSR backward.",
        ],
        why="You have built both with your own hands.",
    )


QUESTIONS = tuple(
    Question(make, "07 Working backward")
    for make in (from_a_bias_to_its_weight, where_it_begins, all_at_once, two_perfect_fits, in_one_sentence)
)
