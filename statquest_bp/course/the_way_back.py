"""Notebook 07, what a sweep saves: the cost of a wider network, and why it goes backward."""

from __future__ import annotations

from statquest_bp.chain_rule import Chain, chain
from statquest_bp.data import dosage
from statquest_bp.exercises.multiple_choice import MultipleChoice
from statquest_bp.exercises.numeric import Numeric, shown
from statquest_bp.exercises.progress import kept
from statquest_bp.network import Network
from statquest_bp.walkthrough import multiplications


def chains_of(net: Network) -> list[Chain]:
    """The chain of every parameter, in the order of the lesson."""
    return [chain(net, dosage(), name) for name in net.backward_order]


@kept
def five_hidden_nodes() -> Numeric:
    """How many multiplications a network with more hidden nodes takes, with reuse."""
    nodes = 5
    two, more = ((1, hidden, 1) for hidden in (2, nodes))
    shared, alone = multiplications(chains_of(Network.random(more, seed=0)))
    before = multiplications(chains_of(Network.random(two, seed=0)))[0]
    return Numeric(
        f"Give the lesson’s network {nodes} hidden nodes. With two, and with reuse, it took {before} multiplications a "
        "point. How many does it take now?",
        answer=shared,
        slips={
            "That is without reuse. Work out each product once, and hand it on.": alone,
            "That is for two nodes. Each further one has two weights and a bend of its own.": before,
            "That is what the new nodes add. The two others are still there.": shared - before,
        },
        hints=[
            "The new nodes are built like the other two. What did one of those cost?",
            f"Two nodes took {before}: the products behind node 1 and those behind node 2 are equally many.",
            f"{nodes} times half of {before}.",
        ],
        why=f"Each hidden node takes {shown(shared / nodes)}: for the weight that leads out of it, for its y, for its "
        "x, and for the weight that leads into it. The cost grows as the network does, and no faster.",
        tolerance=0.1,
    )


@kept
def why_keep_what_went_forward() -> MultipleChoice:
    """Why the values of the forward pass are kept."""
    right = "The way back stops at once: the links are made of these values."
    return MultipleChoice(
        "After the forward pass someone deletes x1, x2, y1, y2 and the prediction, to save memory. What happens then?",
        {
            "Nothing: on the way back only the parameters are needed.": "Of all the links only w3 and w4 are "
            "parameters. What is dPredicted/dw3 made of? And the slope of softplus?",
            "Only the SSR is lost, and gradient descent doesn’t need it.": "It doesn’t need the SSR, that’s so. But "
            "the derivatives need more than the parameters: look at the links’ formulas.",
            right: "Yes: the first link has the prediction in it, dPredicted/dw3 is y1, and dy1/dx1 is taken at x1.",
            "It can still find b3’s derivative, whose last link is 1.": "The last link is. But the first one is −2 × "
            "(Observed − Predicted), and the prediction is gone.",
        },
        answer=right,
        hints=[
            "Go through the links’ formulas. Which letters are in them?",
            "−2 × (Observed − Predicted), y1, y2, w3, w4, and the slopes at x1 and x2.",
            "How many of those are parameters, and how many came from the forward pass?",
        ],
        why="That is why a forward pass comes first, and why everything on it is kept until the way back is done. In a "
        "large network these values fill most of the memory that training takes.",
    )


@kept
def why_from_the_back() -> MultipleChoice:
    """Why the derivatives are worked out from the output backward."""
    right = (
        "Because the chains agree where they begin, at the SSR: what is worked out there serves all that come later."
    )
    return MultipleChoice(
        "Why does backpropagation begin at the output, and go back from there?",
        {
            "Because b3 is the easiest parameter, and one begins with what is easy.": "Easy for us, yes. But a "
            "computer doesn’t mind a long chain. What does it save by this order?",
            right: "Yes: at the output there is one product to hand on; the chains part only farther back.",
            "Because otherwise the derivatives would come out wrong.": "In any order the links multiply to the same "
            "numbers. The order makes a difference to the work.",
            "Because the last parameters have to be updated before the first ones.": "All are updated together, once "
            "every derivative is known. The order is one of working them out.",
        },
        answer=right,
        hints=[
            "Compare two long chains, link by link. On which side are they the same?",
            "All seven begin with dSSR/dPredicted; dSSR/dw1 and dSSR/db1 differ only in the last link.",
            "Begin where they are the same, and hand on what you have.",
        ],
        why="Propagate means: pass on. What is passed on, from node to node and backward, is dSSR/d(the value there).",
    )


EXERCISES = (five_hidden_nodes, why_keep_what_went_forward, why_from_the_back)
