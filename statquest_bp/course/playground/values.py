"""The numbers in the questions of notebook 09, by the question's name."""

from __future__ import annotations

import functools
import math
import sys

import numpy as np
import numpy.typing as npt

from statquest_bp.course.lesson import Values, at_the_start, curvature, rate_limit
from statquest_bp.data import Dataset, dosage, growth, spring
from statquest_bp.endings import FIT, endings
from statquest_bp.fit import level_line_ssr
from statquest_bp.gradient_descent import Run, descend
from statquest_bp.landscape import stable_learning_rate
from statquest_bp.many_starts import descend_many
from statquest_bp.network import Network
from statquest_bp.video import DETAILS_1, DETAILS_2, LEARNING_RATE

HIDDEN, ACTIVATION, RATE, SEED, UPDATES = 4, "tanh", 0.0015, 1, 3000  # of the notebook's first playground
PLANTS_RATE = 0.003  # of its second
LEVEL = 3.0  # a sum farther than this from 0 is where tanh is level
IDENTITY_NODES, IDENTITY_RATE, MANY_PARAMETERS = 8, 0.001, 150  # of three hidden layers without bends
PATH = 150  # updates of the notebook's LandscapeLab
STARTS, STARTS_RATE, MAX_STEPS, MIN_STEP = 1000, 0.015, 8000, 1e-5  # of its StartsLab


def network(n_in: int = 1, hidden: int = HIDDEN, activation: str = ACTIVATION) -> Network:
    """The network that the notebook's playground begins with, or one much like it."""
    return Network.random((n_in, hidden, 1), activation, seed=SEED)


@functools.cache
def trained(activation: str = ACTIVATION, hidden: int = HIDDEN) -> Run:
    """What becomes of it on the spring, after as many updates as the notebook names."""
    return descend(network(1, hidden, activation), spring(), RATE, max_steps=UPDATES, min_step=0.0)


def line_ssr() -> float:
    """The SSR of the straight line that fits the spring best."""
    data = spring()
    sides = np.column_stack([data.inputs, np.ones(len(data))])
    best = np.linalg.lstsq(sides, data.observed, rcond=None)[0]
    return float(((data.observed - sides @ best) ** 2).sum())


def level_share(data: Dataset) -> float:
    """The share of the hidden nodes' sums, before the training, that are so far from 0 that tanh is level there."""
    return float((np.abs(network(data.inputs.shape[1]).forward(data.inputs).sums[0]) > LEVEL).mean())


def path(rate: float) -> Run:
    """The run of the LandscapeLab at this learning rate."""
    return descend(at_the_start(*DETAILS_1), dosage(), rate, max_steps=PATH, min_step=MIN_STEP)


@functools.cache
def diverges_from() -> float:
    """The learning rate, to three decimals, from which on the run of the LandscapeLab diverges."""
    rates = np.arange(0.3, 0.4, 0.001)
    return float(max(rate for rate in rates if path(rate).status != "diverged")) + 0.001


@functools.cache
def groups(rate: float) -> npt.NDArray[np.str_]:
    """How each of the thousand starts ends at this learning rate."""
    starts = [Network.random((1, 2, 1), seed=SEED + k) for k in range(STARTS)]
    runs = descend_many(starts, dosage(), rate, max_steps=MAX_STEPS, min_step=MIN_STEP)
    return endings(runs, dosage(), rate)


def count(group: str, rate: float = STARTS_RATE) -> int:
    """How many of them end so."""
    return int((groups(rate) == group).sum())


def count_the_parameters() -> Values:
    net = network()
    weights, biases = (sum(array.size for array in arrays) for arrays in (net.weights, net.biases))
    return {"hidden": HIDDEN, "weights": weights, "biases": biases, "parameters": len(net.parameters)}


def more_points_a_smaller_rate() -> Values:
    net, data = network(), spring()
    limit = stable_learning_rate(net, data, net.backward_order[:1])
    return {"lesson_points": len(dosage()), "points": len(data), "limit": limit}


def predict_the_fit() -> Values:
    return {
        "level": level_line_ssr(spring()),
        "straight": line_ssr(),
        "fit": trained().ssr[-1],
        "reached": lambda lab: lab.state.step >= UPDATES,
        "hidden": HIDDEN,
        "activation": ACTIVATION,
        "updates": f"{UPDATES:,}",
    }


def without_a_bend() -> Values:
    return {**predict_the_fit(), "a_picture": 100, "a_little_more": line_ssr() + 0.2}


def many_nodes_without_bends() -> Values:
    return {**predict_the_fit(), "nodes": IDENTITY_NODES, "rate": IDENTITY_RATE, "parameters": MANY_PARAMETERS}


def a_dead_node() -> Values:
    return {"dead": trained("relu", 1).ssr[-1], "straight": line_ssr()}


def why_scaling_helps() -> Values:
    digits = sys.float_info.mant_dig * math.log10(2)
    return {"digits": digits, "water": 150, "percent": 100 * level_share(growth())}


def why_the_path_leaves_the_map() -> Values:
    return {"ssr": path(LEARNING_RATE).ssr[-1]}


def a_rate_too_large_anywhere() -> Values:
    return {
        "diverges_from": diverges_from(),
        "limit_at_the_start": stable_learning_rate(at_the_start(*DETAILS_1), dosage()),
        "limit_of_b3": rate_limit("b3"),
        "curvature": curvature("b3"),
        "a_little_less": diverges_from() - 0.02,
    }


def why_mirrored() -> Values:
    nodes = 10
    return {"nodes": nodes, "one_less": nodes - 1, "times": f"{math.factorial(nodes):,}"}


def predict_how_many_fit() -> Values:
    return {
        "networks": f"{STARTS:,}",
        "starts": STARTS,
        "rate": STARTS_RATE,
        "faster": LEARNING_RATE,
        "percent": 100 * FIT,
        "fits": lambda: count("fit", LEARNING_RATE),  # which takes a second, when it is asked for
        "fits_before": lambda: count("fit"),
        "reached": lambda lab: math.isclose(lab.state.trained.rate, LEARNING_RATE),
    }


def why_they_swing() -> Values:
    return {"faster": LEARNING_RATE, "limit": rate_limit(*DETAILS_2)}
