"""Notebook 09, the SSR as a landscape: slices through it, learning rates that are too large, a thousand starts."""

from __future__ import annotations

import functools

import numpy as np
import numpy.typing as npt

from statquest_bp.course.lesson import at_the_start, rate_limit
from statquest_bp.data import dosage
from statquest_bp.endings import FIT, endings
from statquest_bp.exercises.multiple_choice import MultipleChoice
from statquest_bp.exercises.numeric import LAB_TASK, Numeric, shown
from statquest_bp.exercises.prediction import Prediction
from statquest_bp.exercises.progress import kept
from statquest_bp.gradient_descent import Run, descend
from statquest_bp.landscape import stable_learning_rate
from statquest_bp.many_starts import descend_many
from statquest_bp.network import Network
from statquest_bp.video import DETAILS_1, exact

UPDATES = 150  # of the notebook's LandscapeLab
STARTS, RATE, MAX_STEPS, MIN_STEP, SEED = 1000, 0.015, 8000, 1e-5, 1  # of its StartsLab
FASTER = 0.1  # the lesson's learning rate, for the thousand starts as well


def _run(rate: float) -> Run:
    """The run of the LandscapeLab at this learning rate."""
    return descend(at_the_start(*DETAILS_1), dosage(), rate, max_steps=UPDATES, min_step=MIN_STEP)


@functools.cache
def diverges_from() -> float:
    """The learning rate, to three decimals, from which on the run of the LandscapeLab diverges."""
    rates = np.arange(0.3, 0.4, 0.001)
    stays = [rate for rate in rates if _run(rate).status != "diverged"]
    return float(max(stays)) + 0.001


@functools.cache
def groups(rate: float) -> npt.NDArray[np.str_]:
    """How each of the thousand starts ends at this learning rate."""
    starts = [Network.random((1, 2, 1), seed=SEED + k) for k in range(STARTS)]
    runs = descend_many(starts, dosage(), rate, max_steps=MAX_STEPS, min_step=MIN_STEP)
    return endings(runs, dosage(), rate)


def count(group: str, rate: float = RATE) -> int:
    """How many of them end so."""
    return int((groups(rate) == group).sum())


@kept
def why_the_path_leaves_the_map() -> MultipleChoice:
    """A map of two parameters is a slice: what the others do isn't in it."""
    right = "The map is drawn for the other five as they were at the start, and they have moved on."
    return MultipleChoice(
        "Press Reset. On the map the path ends where the lines say an SSR above 10. The readout says "
        f"{exact(_run(0.1).ssr[-1])}. How can both be right?",
        {
            "They can’t: on the way something was rounded.": "Nothing is computed from rounded numbers here. What does "
            "the map know of the other five parameters?",
            right: "Yes: what you see is one slice through a landscape of seven dimensions, and the path isn’t in it.",
            "Gradient descent went uphill on its way.": "The picture at the right shows the SSR at each update: it "
            "falls.",
            "The map shows the SSR of one point, the readout of all three.": "Both are the SSR over all points.",
        },
        answer=right,
        hints=[
            "How many parameters does the network have, and how many does the map show?",
            "Press “where it stands” beside “slice through”, and look at the lines.",
            "Now the map is drawn for the five as they are in the end. What did it take them for before?",
        ],
        why="Press “only those shown” beside “descent moves”: now the other five stay where they are, and the path "
        "keeps to the map. With millions of parameters every picture of the SSR is such a slice. Read it with care.",
    )


@kept
def a_rate_too_large_anywhere() -> Numeric:
    """A task in LandscapeLab: where the run diverges."""
    start = at_the_start(*DETAILS_1)
    smooth, limit = stable_learning_rate(start, dosage()), rate_limit("b3")
    return Numeric(
        "Press Reset, then drag the learning rate up slowly, and watch the whole run. It wobbles, leaps to other "
        "places, and comes to rest again. From which learning rate on does it fly off for good (“diverged”)? Two "
        "decimals are enough.",
        answer=diverges_from,
        slips={
            "There it begins to overshoot, but it still gets down, somewhere else. Go on.": smooth,
            "That is where b3 alone lands in one step. Here all seven move: go on until it says “diverged”.": limit / 2,
        },
        hints=[
            "The readout tells in its first line how the run ended.",
            "Use the arrow keys near the place: each is one notch of the slider.",
            f"It is a little above {exact(diverges_from() - 0.02, 2)}.",
        ],
        why=f"Close to {shown(limit)}, the limit for b3 alone: its curvature is 6 everywhere, whatever the other "
        "six are. Below it there may be places flat enough to settle in, and a long leap can find one. Above it there "
        "is none.",
        tolerance=0.012,
        kind=LAB_TASK,
    )


@kept
def predict_how_many_fit() -> Prediction:
    """The headline prediction of the thousand starts: what longer steps do. For StartsLab."""
    return Prediction(
        f"So many of the {STARTS:,} networks fit at a learning rate of {shown(RATE)}: see the lab. The lesson’s rate "
        f"was {shown(FASTER)}: steps more than six times as long, and as many updates. How many will fit then, with an "
        f"SSR below {FIT:.0%} of a level line’s?",
        truth=lambda: count("fit", FASTER),
        low=200,
        high=STARTS,
        step=10,
        why="Longer steps get farther, but they also cross valleys that are too narrow for them. Where a run ends is "
        "decided by its start and its steps: so people start several times, and keep the best.",
    )


@kept
def why_mirrored() -> MultipleChoice:
    """The fits come in pairs: the nodes can be swapped."""
    right = "Swap node 1 and node 2 with all their weights: the squiggle is the same, so each fit is there twice."
    return MultipleChoice(
        "In the picture at the right, each cluster has a partner on the other side of the dotted line. Why?",
        {
            "Because the data are symmetric: 0, 1, 0.": "With other data there would be pairs as well. What could "
            "change places without changing any prediction?",
            right: "Yes: w1 and w2 change places, and with them b1 and b2, w3 and w4.",
            "Because the random weights are drawn in pairs.": "Each is drawn on its own. And look where they end, not "
            "where they start.",
            "Because w1 and w2 have to be equal in the end.": "Equal ones lie on the dotted line. Are there many fits?",
        },
        answer=right,
        hints=[
            "The dotted line is where w1 = w2. Which two nodes do these weights lead to?",
            "What happens to the predictions if node 1 takes over all that belongs to node 2, and the other way round?",
            "Predicted = y1 × w3 + y2 × w4 + b3: a sum doesn’t care about the order.",
        ],
        why="You have met it as “nodes swapped”, at the end of the notebook on working backward. With 10 hidden nodes "
        "each fit is there 10 × 9 × … × 1 = 3,628,800 times. So there never is *the* right set of parameters.",
    )


@kept
def why_they_swing() -> MultipleChoice:
    """At a learning rate above a fit's own limit, runs swing about it."""
    right = f"Where they are the SSR curves so sharply that {shown(FASTER)} is above the limit there."
    return MultipleChoice(
        f"Now set the learning rate to the lesson’s {shown(FASTER)}. Longer steps, and yet there are fewer fits. Far "
        "more networks “swing” instead: some of their updates raise the SSR again. Why don’t they come to rest?",
        {
            "They need more updates.": "More updates would only be more leaps to and fro. How far does each leap go?",
            "They have diverged.": "Then their SSR would explode. It goes up and down, and stays below a level line’s.",
            right: "Yes: each step crosses the bottom and lands as high on the other side.",
            "Their slopes are close to 0.": "Then their steps would be short, and the SSR would hardly change.",
        },
        answer=right,
        hints=[
            "What did b3 do at a learning rate of exactly its limit?",
            "A limit is 2 / curvature. Is the curvature the same at every place?",
            "At the video’s own fit the limit for all seven is 0.09: you have seen it in the notebook on working "
            "backward.",
        ],
        why="So the learning rate picks among the valleys: narrow ones can’t hold a run with long steps, and the runs "
        "that come to rest are those that have found a wide one.",
    )


EXERCISES = (
    why_the_path_leaves_the_map,
    a_rate_too_large_anywhere,
    why_mirrored,
    predict_how_many_fit,
    why_they_swing,
)
