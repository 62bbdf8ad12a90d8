"""Notebook 09, other data and networks: layers, bends, scaling. The rest is in `playground_landscapes`."""

from __future__ import annotations

import functools

import numpy as np

from statquest_bp.course import playground_landscapes
from statquest_bp.data import Dataset, dosage, growth, spring
from statquest_bp.exercises.multiple_choice import MultipleChoice
from statquest_bp.exercises.numeric import LAB_TASK, Numeric, shown
from statquest_bp.exercises.prediction import Prediction
from statquest_bp.exercises.progress import kept
from statquest_bp.fit import level_line_ssr
from statquest_bp.gradient_descent import Run, descend
from statquest_bp.landscape import stable_learning_rate
from statquest_bp.network import Network
from statquest_bp.video import exact

HIDDEN, ACTIVATION, RATE, SEED, UPDATES = 4, "tanh", 0.0015, 1, 3000  # of the notebook's first playground
PLANTS_RATE = 0.003  # of its second
LEVEL = 3.0  # a sum farther than this from 0 is where tanh is level


def network(n_in: int = 1, hidden: int = HIDDEN, activation: str = ACTIVATION) -> Network:
    """The network that the notebook's playground begins with, or one much like it."""
    return Network.random((n_in, hidden, 1), activation, seed=SEED)


@functools.cache
def trained(activation: str = ACTIVATION, hidden: int = HIDDEN) -> Run:
    """What becomes of it on the spring, after as many updates as the notebook names."""
    return descend(network(1, hidden, activation), spring(), RATE, max_steps=UPDATES, min_step=0.0)


@functools.cache
def line_ssr() -> float:
    """The SSR of the straight line that fits the spring best."""
    data = spring()
    sides = np.column_stack([data.inputs, np.ones(len(data))])
    best = np.linalg.lstsq(sides, data.observed, rcond=None)[0]
    return float(((data.observed - sides @ best) ** 2).sum())


@kept
def count_the_parameters() -> Numeric:
    """The parameters of a network with one hidden layer."""
    net = network()
    weights, biases = (sum(array.size for array in arrays) for arrays in (net.weights, net.biases))
    return Numeric(
        f"The lesson’s network has 7 parameters. How many has one with {HIDDEN} hidden nodes, one input and one "
        "output?",
        answer=len(net.parameters),
        slips={
            "Those are the weights. Each node that adds up has a bias as well, the output too.": weights,
            "You left out the bias of the output.": weights + biases - 1,
            "You left out the weights behind the hidden nodes: each has one to the output.": weights // 2 + biases,
        },
        hints=[
            "Count per node: what comes in, each with a weight, and one bias.",
            "A hidden node has one weight and one bias. The output has a weight from each hidden node, and a bias.",
            f"{HIDDEN} × 2 for the hidden nodes, and {HIDDEN} + 1 for the output.",
        ],
        why=f"{HIDDEN} × 2 + {HIDDEN} + 1 = {len(net.parameters)}. For the lesson’s two nodes: 2 × 2 + 2 + 1 = 7.",
        kind="From before",
    )


@kept
def more_points_a_smaller_rate() -> Numeric:
    """The stability limit of the last bias, for more points than three."""
    data = spring()
    limit = stable_learning_rate(network(), data, [network().backward_order[0]])
    lesson = len(dosage())
    return Numeric(
        f"With the lesson’s {lesson} points, b3 settles only below a learning rate of 2 / (2 × {lesson}) = 1/3. The "
        f"data of this notebook’s first lab have {len(data)} points. Below which learning rate does the last bias "
        "settle now?",
        answer=limit,
        slips={
            f"That is for the lesson’s {lesson} points. Here there are {len(data)}.": 2 / (2 * lesson),
            "You left out the 2 that comes from the square.": 2 / len(data),
            "That is the curvature. The limit is 2 divided by it.": 2.0 * len(data),
            "That lands in a single step. It settles up to twice that.": limit / 2,
        },
        hints=[
            "The limit is 2 / curvature. What does each point add to the curvature?",
            "Each point adds 2, from the square in the SSR.",
            f"The curvature is 2 × {len(data)} = {2 * len(data)}.",
        ],
        why=f"2 / (2 × {len(data)}) = {shown(limit)}. The SSR is a sum, so more points make steeper slopes, and only a "
        "smaller learning rate keeps the steps short enough. That is why the rates in this notebook are so small.",
        kind="From before",
    )


@kept
def predict_the_fit() -> Prediction:
    """The headline prediction: how well four bends fit the spring. For PlaygroundLab."""
    return Prediction(
        f"The best level line misses the spring’s points by SSR {exact(level_line_ssr(spring()), 1)}, the best "
        f"straight line by {exact(line_ssr(), 1)}. Now a network with one hidden layer of {HIDDEN} {ACTIVATION} nodes "
        f"trains for {UPDATES:,} updates. What is its SSR then?",
        truth=lambda: trained().ssr[-1],
        low=0,
        high=20,
        step=0.1,
        why="A bounce up and down needs a few bends, and each node brings one. What is left over is mostly noise: the "
        "measurements themselves jitter, and a smooth curve can’t follow that.",
    )


@kept
def without_a_bend() -> Numeric:
    """A task in PlaygroundLab: no hidden layer makes a straight line."""
    return Numeric(
        "Set “hidden layers” to 0 and press Play, with 100 updates a picture, until the SSR hardly changes any more. "
        "Where does it end? One decimal is enough.",
        answer=line_ssr,
        slips={
            "That is the SSR of a level line. Let it go on: the line still turns.": lambda: level_line_ssr(spring()),
            f"That is the network with {HIDDEN} hidden nodes. Set “hidden layers” to 0 first.": lambda: trained().ssr[
                -1
            ],
        },
        hints=[
            "What does the picture at the left look like, without any hidden layer?",
            "Input × weight + bias is a straight line. You have met its SSR above.",
            f"It is a little below {exact(line_ssr() + 0.2, 1)}.",
        ],
        why=f"Without a bend there is only Input × w1 + b1, a straight line, and the best straight line has SSR "
        f"{exact(line_ssr(), 2)}. However long you train it, it stays one.",
        tolerance=0.06,
        kind=LAB_TASK,
    )


@kept
def many_nodes_without_bends() -> MultipleChoice:
    """Layers of straight lines make a straight line."""
    right = f"The straight line’s, {exact(line_ssr(), 1)}: sums of straight lines are straight."
    return MultipleChoice(
        "Now take three hidden layers of 8 nodes, and “identity” as the activation: each node hands on its sum as it "
        "is. What is the lowest SSR that this large network can reach? (Try it: a learning rate of 0.001 will do.)",
        {
            "Close to 0: it has more than 150 parameters.": "Parameters alone don’t bend anything. What comes out of a "
            "node that hands on its sum?",
            right: "Yes. A straight line times a weight, plus others, plus a bias: still a straight line.",
            f"That of the {HIDDEN} {ACTIVATION} nodes, since it has at least as many.": "Those nodes bend. Set the "
            "activation to identity and look at the curve.",
            f"The level line’s, {exact(level_line_ssr(spring()), 1)}: the layers cancel out.": "A slope is still "
            "possible: what does a single node without a bend make of its input?",
        },
        answer=right,
        hints=[
            "Follow an input through two layers on paper, without any bend.",
            "(Input × w1 + b1) × w2 + b2 = Input × (w1 × w2) + (b1 × w2 + b2).",
            "That is one weight and one bias again, whatever the number of layers.",
        ],
        why="Without bends all layers collapse into one weight and one bias. The activation function is what makes "
        "depth worth anything.",
    )


@kept
def a_dead_node() -> MultipleChoice:
    """A ReLU node that is off at every point can't learn any more."""
    right = "At every point its sum is below 0, where ReLU is level: one link of each of its chains is 0."
    return MultipleChoice(
        "Set one hidden layer with 1 node, activation relu, start no. 1, and press Play. The "
        f"SSR stands still at {exact(trained('relu', 1).ssr[-1], 2)}, and the lab says that a node is dead. What has "
        "happened?",
        {
            "The learning rate is too small for ReLU.": "A larger one changes nothing now: a slope of 0 times any "
            "learning rate is 0.",
            right: "Yes: the slopes of its weight and bias are 0, so they stay where they are, for good.",
            "It has found the best fit that one node can make.": f"The straight line reaches {exact(line_ssr(), 2)}, "
            "and one ReLU node could do at least that.",
            "ReLU has no derivative, so backpropagation doesn’t work.": "It has one everywhere but at the corner. Look "
            "at what that derivative is to the left of the corner.",
        },
        answer=right,
        hints=[
            "Which factor do the chains of this node’s weight and bias share?",
            "dy1/dx1 is the slope of the bend. What is ReLU’s slope where x1 is below 0?",
            "It is 0. Then the whole product is 0, for each point.",
        ],
        why="It is the plateau of the hidden layer’s notebook once more, only perfectly level. A new start, or a "
        "smaller first step, avoids it. In large networks some dead nodes do little harm: the others carry on.",
    )


def level_share(data: Dataset) -> float:
    """The share of the hidden nodes' sums, before the training, that are so far from 0 that tanh is level there."""
    return float((np.abs(network(data.inputs.shape[1]).forward(data.inputs).sums[0]) > LEVEL).mean())


@kept
def why_scaling_helps() -> MultipleChoice:
    """What scaled inputs change for gradient descent."""
    share = f"{level_share(growth()):.0%}"
    right = "Large inputs make large sums, and there tanh is level: almost nothing flowed back to the hidden layer."
    return MultipleChoice(
        "Scaling the inputs changes none of the plants, and still the fit becomes far better. Why?",
        {
            right: "Yes: one link of each of those chains is the slope of the bend, and far from 0 it is close to 0.",
            "Smaller numbers make the SSR smaller.": "The SSR compares predicted with observed, and both are as they "
            "were.",
            "The computer is more exact with numbers between 0 and 1.": "It computes with 16 digits either way.",
            "Scaling removes the noise from the measurements.": "Every point is still there, at the same height.",
        },
        answer=right,
        hints=[
            "Look at the last number that is printed above, for both. What is a bend’s slope out there?",
            "Which links does the chain of a first-layer weight have? One of them is the slope of the bend.",
            "A water of 150, times any weight, is a large sum. How steep is tanh there?",
        ],
        why=f"Unscaled, {share} of the sums lie where tanh is level: those nodes are all but dead. Scaled, none do. "
        "Inputs of very different sizes do harm as well, since each weight’s slope is multiplied by its input.",
    )


EXERCISES = (
    count_the_parameters,
    more_points_a_smaller_rate,
    predict_the_fit,
    without_a_bend,
    many_nodes_without_bends,
    a_dead_node,
    why_scaling_helps,
    *playground_landscapes.EXERCISES,
)
