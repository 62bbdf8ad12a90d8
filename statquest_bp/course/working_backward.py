"""Notebook 07: one sweep back through the network. Why backward is in `the_way_back`, the descent in `two_fits`."""

from __future__ import annotations

from statquest_bp.course import the_way_back, two_fits
from statquest_bp.course.the_way_back import chains_of
from statquest_bp.data import dosage
from statquest_bp.exercises.fill_the_link import FillTheLink
from statquest_bp.exercises.numeric import LAB_TASK, Numeric, shown
from statquest_bp.exercises.prediction import Prediction
from statquest_bp.exercises.progress import kept
from statquest_bp.flow import flow
from statquest_bp.video import exact, statquest_network
from statquest_bp.walkthrough import multiplications

POINT = 1  # DiagramLab begins with this point, at dosage 0.5


def _flow() -> dict[str, float]:
    """Every number of the lesson's network at b3 = 0 and the middle point, where DiagramLab begins."""
    return flow(statquest_network(b3=0), dosage(), POINT)


@kept
def one_more_term() -> Numeric:
    """Retrieval from 05: one point's term of dSSR/dw4."""
    now = _flow()
    first = now["dSSR/dPredicted"]
    return Numeric(
        f"At dosage {shown(now['Input'])} dSSR/dPredicted is {exact(first)}, y1 is {exact(now['y1'])}, y2 is "
        f"{exact(now['y2'])} and w4 is {exact(now['w4'], 2)}. How large is this point’s term of dSSR/dw4?",
        answer=now["dSSR/dw4"],
        slips={
            "That is w3’s term. Which node does w4 come after?": now["dSSR/dw3"],
            "You multiplied by w4 itself. In the prediction, what is w4 multiplied with?": now["dSSR/dy2"],
            "You added. The links of one chain multiply.": first + now["y2"],
            "That is the first link alone. It is what b3 gets, whose second link is 1.": first,
        },
        hints=[
            "Two links: one that every chain begins with, and one that is about w4.",
            "Predicted = y1 × w3 + y2 × w4 + b3. How much does it grow for each 1 of w4?",
            f"{exact(first)} × {exact(now['y2'])}",
        ],
        why="dSSR/dPredicted × y2. The first link is the same for w3 and b3: nobody has to work it out again.",
        kind="From before",
    )


@kept
def links_back_to_b2() -> FillTheLink:
    """Retrieval from 06: the two links in the middle of b2's chain."""
    return FillTheLink(
        "b2",
        ["y2", "x2"],
        slips={"y2": {"That would be the link to w4. Here y2 is what changes, and w4 stays.": "y2"}},
        hints=[
            "Go back along the network: the prediction, the node’s output y2, its sum x2, then b2.",
            "Predicted contains y2 × w4. And y2 is softplus of x2, so the other link is the slope of softplus.",
            "The first is w4. The second is a fraction: e^x2 divided by what?",
        ],
        why="Write “1” instead of the last link, and you have b2’s chain; write “Input”, and it is w2’s.",
        kind="From before",
    )


@kept
def predict_the_multiplications() -> Prediction:
    """The headline prediction: how many multiplications all seven derivatives take at one point, with reuse."""
    chains = chains_of(statquest_network())
    links = sum(len(slope.links) for slope in chains)
    shared, alone = multiplications(chains)
    return Prediction(
        f"The {len(chains)} chains have {links} links in all. With the links’ values given, how few multiplications "
        f"can you manage with at one point, for all {len(chains)} derivatives? (A link that is 1 needs none.)",
        truth=shared,
        low=0,
        high=30,
        step=1,
        why=f"Each chain from its own start takes {alone}. But many begin alike: with each product worked out only "
        f"once, {shared} are left.",
    )


@kept
def how_often_the_first_product() -> Numeric:
    """A task in DiagramLab: how many steps reuse dSSR/dPredicted."""
    chains = chains_of(statquest_network())
    short = sum(len(slope.links) == 2 for slope in chains)
    return Numeric(
        "Press Next, one step at a time, and watch what the readout says after “Reused”. How many steps reuse "
        "dSSR/dPredicted?",
        answer=lambda: len({slope.links[1].bottom for slope in chains}),
        slips={
            f"All {len(chains)} chains begin with it, that’s so. But b2, w2, b1 and w1 take over a product in which it "
            "is contained already. Count the steps that name it.": lambda: len(chains),
            "Those are b3, w4 and w3. The steps through the weights, back into the nodes, reuse it too.": lambda: short,
        },
        hints=[
            "It is known after the first step back. From there on, look at each readout once.",
            "First the three parameters of the output. Which values does the prediction depend on besides those?",
            "b3, w4, w3, and then y2 and y1: count them.",
        ],
        why="b3, w4 and w3 end with it; y2 and y1 hand it on into the nodes. So the next steps needn’t know "
        "dSSR/dPredicted at all: they need only what the step before them has worked out.",
        tolerance=0.1,
        kind=LAB_TASK,
    )


@kept
def what_node_1_hands_on() -> Numeric:
    """A task in DiagramLab: the product that b1 and w1 both take over."""
    now = _flow()
    return Numeric(
        f"Stay at dosage {shown(now['Input'])}, with all parameters as they were, and press All. dSSR/db1 and dSSR/dw1 "
        "both take over one product, and have only their own last link to add. How large is that product?",
        answer=now["dSSR/dx1"],
        slips={
            "That is dSSR/dw1, with its last link, the Input, already in. What was it before?": now["dSSR/dw1"],
            "That belongs to node 2: b2 and w2 take it over.": now["dSSR/dx2"],
            "That is dSSR/dy1, one step too early: the slope of the bend is still missing.": now["dSSR/dy1"],
            "That is only dy1/dx1, a single link. The product has everything in it from the SSR on.": now["dy1/dx1"],
            "That is dSSR/dPredicted, which all chains share. These two share more.": now["dSSR/dPredicted"],
        },
        hints=[
            "Write down both chains. Up to where are they the same?",
            "x1 = Input × w1 + b1. Both reach the SSR only through x1.",
            "It is dSSR/dx1: look for it in the picture, or take a step back from b1.",
        ],
        why=f"dSSR/dx1 = {exact(now['dSSR/dx1'])}. Times 1 it is dSSR/db1, times the Input, {shown(now['Input'])}, it "
        f"is dSSR/dw1 = {exact(now['dSSR/dw1'])}. Neither starts at the SSR again.",
        kind=LAB_TASK,
    )


EXERCISES = (
    one_more_term,
    links_back_to_b2,
    predict_the_multiplications,
    how_often_the_first_product,
    what_node_1_hands_on,
    *the_way_back.EXERCISES,
    *two_fits.EXERCISES,
)
