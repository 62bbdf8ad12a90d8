"""Notebook 06: w2, whose chain ends in the input."""

from __future__ import annotations

from statquest_bp.chain_rule import chain
from statquest_bp.course.lesson import run_of
from statquest_bp.data import dosage
from statquest_bp.exercises.fill_the_link import FillTheLink
from statquest_bp.exercises.multiple_choice import MultipleChoice
from statquest_bp.exercises.numeric import LAB_TASK, Numeric, shown
from statquest_bp.exercises.progress import kept
from statquest_bp.video import LEARNING_RATE, exact, statquest_network


@kept
def the_links_of_w2() -> FillTheLink:
    """w2's chain: all but the first link."""
    return FillTheLink(
        "w2",
        ["y2", "x2", "w2"],
        {"w2": {"1 is b2’s link: b2 is simply added. w2 is multiplied with something before that.": "1"}},
        hints=[
            "The way to x2 is the same as for b2. Only the last link is about w2.",
            "x2 = Input × w2 + b2: how much does x2 grow for each 1 of w2?",
            "w4, then the bend’s slope in x2, then what w2 is multiplied with.",
        ],
        why="It is b2’s chain with Input in place of the last 1, just as w4’s was b3’s with y2 in place of the 1. A "
        "weight’s last link is what comes into it.",
    )


@kept
def the_silent_dosage() -> MultipleChoice:
    """Which point says nothing about w2, and why."""
    right = "Input is 0 there, so w2 can’t change this prediction."
    return MultipleChoice(
        "At dosage 0 the term of dSSR/dw2 is 0, wherever w2 stands. Why?",
        {
            "The residual is 0 there.": "With other values of b3 or w4 it is far from 0, and the term is still 0. "
            "Another link must be the reason.",
            right: "Yes: Input is w2’s last link, and 0 × anything is 0. The same goes for w1.",
            "The bend is flat there.": "Node 2 is at its steepest there of all three dosages, near its optimum.",
            "y2 is 0 there.": "Near the optimum y2 is largest there of all three. And it is no link of this chain.",
        },
        answer=right,
        hints=[
            "Go through the links at dosage 0, one by one.",
            "x2 = Input × w2 + b2. What is x2 at dosage 0?",
            "It is b2, whatever w2 is.",
        ],
        why="At dosage 0 neither w1 nor w2 can do anything: what goes into the bends there is b1 and b2 alone.",
    )


@kept
def updates_of_w2() -> Numeric:
    """A task in DescentLab("w2"): how many updates it takes with the lesson's learning rate."""
    run, faster = run_of("w2"), 1.0
    bend = chain(statquest_network(), dosage(), "w2").links[2].values
    return Numeric(
        f"With the learning rate {shown(LEARNING_RATE)}, how many updates does w2 make until it stops by itself?",
        answer=len(run) - 1,
        slips={
            "You counted the start too. Step 0 is where it begins.": len(run),
            f"That is with a learning rate of {shown(faster)}. Press Reset first.": len(run_of("w2", rate=faster)) - 1,
            "That is with a learning rate of 0.5. Press Reset first.": len(run_of("w2", rate=0.5)) - 1,
            "So many b2 needed. w2 takes far more.": len(run_of("b2")) - 1,
        },
        hints=[
            "Press Play and let it run to its end, or drag the slider named “step” to its right end.",
            "The readout says which step you are at, and why it stops.",
            f"More than {len(run) - 11}, fewer than {len(run) + 9}.",
        ],
        why=f"b2 took {len(run_of('b2')) - 1}. w2’s curve is flat near the bottom: dosage 0 is silent, and at the "
        f"other two the bend’s slope is only {exact(bend[1], 2)} and {exact(bend[2], 2)}. With the rate "
        f"{shown(faster)}, which threw b2 out, w2 settles in {len(run_of('w2', rate=faster)) - 1}.",
        tolerance=0.1,
        kind=LAB_TASK,
    )


EXERCISES = (the_links_of_w2, updates_of_w2, the_silent_dosage)
