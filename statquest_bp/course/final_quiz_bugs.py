"""The quiz, on notebook 08: derivatives measured, and bugs by their symptoms."""

from __future__ import annotations

from statquest_bp.course.final_quiz_draws import Rng, choice, either, fresh, listed, size
from statquest_bp.data import dosage
from statquest_bp.digits import exact, short
from statquest_bp.exercises.multiple_choice import MultipleChoice
from statquest_bp.exercises.numeric import Numeric
from statquest_bp.exercises.quiz import Question
from statquest_bp.fit import ssr
from statquest_bp.video import OPTIMAL, statquest_network

NUDGE = 0.01


@fresh
def measured_by_nudging(rng: Rng) -> Numeric:
    """Central differences from two shown SSRs of a made-up network."""
    name = either(rng, *OPTIMAL)
    net = statquest_network(**{each: size(rng, 0.3, 2) for each in OPTIMAL})
    value = net.parameters[name]
    low, high = value - NUDGE, value + NUDGE
    below, above = (round(ssr(net.replace(**{name: at}), dosage()), 4) for at in (low, high))
    return Numeric(
        f"With {name} = {exact(low, 2)} the SSR is {exact(below)}, with {name} = {exact(high, 2)} it is "
        f"{exact(above)}. How large, about, is dSSR/d{name} in between?",
        answer=(above - below) / (2 * NUDGE),
        slips={
            f"From {exact(low, 2)} to {exact(high, 2)} it is twice {NUDGE}. Divide by the whole distance.": (
                above - below
            )
            / NUDGE,
            "The sign is turned round: take the SSR at the larger value minus the one at the smaller.": (below - above)
            / (2 * NUDGE),
            "That is by how much the SSR changes. Divide it by the distance.": above - below,
        },
        hints=[
            "A slope is a change in height, divided by the distance.",
            f"The distance is {exact(high, 2)} − {'(' if low < 0 else ''}{exact(low, 2)}{')' if low < 0 else ''} = "
            f"{short(2 * NUDGE)}.",
            f"({exact(above)} − {exact(below)}) / {short(2 * NUDGE)}",
        ],
        why="Slow, but hard to get wrong. So it is how derivatives are checked.",
    )


def name_the_bug(rng: Rng) -> MultipleChoice:
    """Which slip gives a derivative that is off by this factor."""
    points = int(rng.integers(3, 6))
    factors = {
        "The 2 of the square is missing.": (1 / 2, "Then each of yours would be half of the right one."),
        "The residual is turned round.": (-1, "Then only the signs would differ."),
        f"The mean over the {points} points was taken instead of the sum.": (
            1 / points,
            f"Then each of yours would be the right one divided by {points}.",
        ),
    }
    right = either(rng, *factors)
    measured = [size(rng, 1, 9) * points * 2 for _ in range(3)]
    yours = [slope * factors[right][0] for slope in measured]
    return choice(
        rng,
        f"For b3, w4 and w3 your functions give {listed(yours)}. Nudging gives {listed(measured)}. There are {points} "
        "data points. Where do you look first?",
        {
            **{cause: words for cause, (_, words) in factors.items()},
            "A link with the bend’s slope is missing.": "b3, w4 and w3 lie behind the bend: there is no such link in "
            "them. And the factor would change from point to point.",
            right: "Yes: the factor is the same everywhere, and it is this one.",
        },
        answer=right,
        hints=[
            "Divide each of yours by what nudging gives.",
            f"It is {short(factors[right][0])} each time.",
            "Which slip multiplies everything by that?",
        ],
        why="A factor that is the same everywhere comes from the first link, or from the adding up.",
    )


def the_sick_link(rng: Rng) -> MultipleChoice:
    """From which derivatives disagree to the link that only they have."""
    node = either(rng, "1", "2")
    weight, other = ("w3", "w4") if node == "1" else ("w4", "w3")
    symptoms = {
        "dSSR/dPredicted": "all seven",
        f"dPredicted/d{weight}": f"only {weight}",
        f"dy{node}/dx{node}": f"b{node} and w{node}",
        f"dx{node}/dw{node}": f"only w{node}",
        f"dPredicted/d{other}": f"only {other}",
    }
    right = either(rng, *list(symptoms)[:4])
    return choice(
        rng,
        f"You compare your seven derivatives with nudging. What disagrees: {symptoms[right]}. Which link do you "
        "suspect?",
        {
            **{link: f"Then this would disagree: {words}." for link, words in symptoms.items()},
            right: "Yes: every derivative with this link disagrees, and none without it.",
        },
        answer=right,
        hints=[
            "Links that stand in a derivative which agrees are right.",
            "Strike those out. Which links are left?",
            "One that stands in all that disagree, and in no other.",
        ],
        why="Go from b3 backward. The first derivative that disagrees has the sick link.",
    )


QUESTIONS = tuple(Question(make, "08 The bug clinic") for make in (measured_by_nudging, name_the_bug, the_sick_link))
