"""The numbers in the questions of notebook 06, by the question's name."""

from __future__ import annotations

import math

import numpy as np

from statquest_bp.activations import softplus_slope
from statquest_bp.chain_rule import chain, gradient
from statquest_bp.course.lesson import Values, at_the_start, elsewhere, first_slope, run_of, worked_out
from statquest_bp.data import dosage
from statquest_bp.digits import exact
from statquest_bp.exercises.measured import NUDGE, Place
from statquest_bp.gradient_descent import Run
from statquest_bp.labs.ranges import slider_range
from statquest_bp.network import Network
from statquest_bp.video import DETAILS_2, LEARNING_RATE, OPTIMAL, statquest_network

TOO_LARGE = 1.0  # a learning rate that throws b2 far to the left


def thrown_out() -> Run:
    """The descent on b2 that ends on the plateau."""
    return run_of("b2", rate=TOO_LARGE)


def in_the_nodes(net: Network, at: int) -> dict[str, float]:
    """The dosage of the data point `at`, and what goes into both bends and comes out of them there."""
    given = dosage().inputs
    forward = net.forward(given)
    (x1, x2), (y1, y2) = forward.sums[0][at], forward.outputs[0][at]
    return {"dosage": given[at, 0], "x1": x1, "x2": x2, "y1": y1, "y2": y2}


def what_a_change_of_w4_does() -> Values:
    nodes, fall = in_the_nodes(statquest_network(), at=1), 1.0
    return {**nodes, "w4": OPTIMAL["w4"], "fall": fall, "change": -fall * nodes["y2"]}


def the_sum_in_node_2() -> Values:
    return {**in_the_nodes(statquest_network(), at=1), **OPTIMAL}


def slope_of_the_bend() -> Values:
    x = 1.0
    return {"x": x, "power": math.exp(x), "bottom": 1 + math.exp(x), "slope": float(softplus_slope(x))}


def predict_the_slope_for_b2() -> Values:
    slope = first_slope("b2")
    first_links = ", ".join(exact(value, 2) for value in slope.links[0].values)
    return {
        "b2": DETAILS_2["b2"],
        "w4": OPTIMAL["w4"],
        "first_links": first_links,
        "first_sum": slope.links[0].values.sum(),
        "bend": slope.links[2].values[0],
        "slope": slope.total,
        "reached": worked_out("b2"),
    }


def a_term_for_b2() -> Values:
    slope, at = first_slope("b2"), 0
    first, w4, bend, _ = (link.values[at] for link in slope.links)
    nodes = in_the_nodes(at_the_start("b2"), at)
    return {**nodes, "b2": DETAILS_2["b2"], "first": first, "w4": w4, "bend": bend, "term": slope.terms[at]}


def where_b2_is_steepest() -> Values:
    far_left, start = slider_range("b2")[0], DETAILS_2["b2"]
    places = np.arange(far_left, start + 0.005, 0.01)  # where the slider can stand
    slopes = [gradient(statquest_network(b2=b2), dosage())["b2"] for b2 in places]
    place = places[np.argmin(slopes)]
    return {
        "b2": start,
        "steepest": min(slopes),
        "slope": slopes[-1],
        "slope_far_left": slopes[0],
        "place": place,
        "left_of_it": place - 0.2,
        "right_of_it": place + 0.2,
    }


def ssr_on_the_plateau() -> Values:
    run = thrown_out()
    return {
        "rate": TOO_LARGE,
        "lesson_rate": LEARNING_RATE,
        "lesson_ssr": run_of("b2").ssr[-1],
        "first_ssr": run.ssr[0],
        "second_ssr": run.ssr[1],
        "ssr": run.ssr[-1],
        "b2": DETAILS_2["b2"],
        "after_one": run.parameters["b2"][1],
        "end": run.final.parameters["b2"],
        "updates": len(run) - 1,
    }


def why_it_stops_out_there() -> Values:
    b2 = thrown_out().final.parameters["b2"]
    return {"b2": b2, "lesson_rate": LEARNING_RATE, "lesson_ssr": run_of("b2").ssr[-1]}


def updates_of_w2() -> Values:
    updates, half = len(run_of("w2")) - 1, TOO_LARGE / 2
    bend = chain(statquest_network(), dosage(), "w2").links[2].values
    return {
        "lesson_rate": LEARNING_RATE,
        "updates": updates,
        "more_than": updates - 10,
        "fewer_than": updates + 10,
        "large_rate": TOO_LARGE,
        "at_the_large_rate": len(run_of("w2", rate=TOO_LARGE)) - 1,
        "half_of_it": half,
        "at_half_of_it": len(run_of("w2", rate=half)) - 1,
        "of_b2": len(run_of("b2")) - 1,
        "bend_at_medium": bend[1],
        "bend_at_high": bend[2],
    }


def a_term_for_w1() -> Values:
    slope, at = first_slope("w1"), 2
    first, w3, bend, _ = (link.values[at] for link in slope.links)
    nodes = in_the_nodes(at_the_start("w1"), at)
    power = math.exp(nodes["x1"])
    return {
        **nodes,
        "w1": DETAILS_2["w1"],
        "w4": OPTIMAL["w4"],
        "first": first,
        "w3": w3,
        "bend": bend,
        "power": power,
        "bottom": 1 + power,
        "term": slope.terms[at],
    }


def where_w1_is_level() -> Values:
    level = run_of("w1", min_step=1e-6).final.parameters["w1"]
    below = math.floor(10 * level) / 10
    return {"w1": DETAILS_2["w1"], "level": level, "below": below, "above": below + 0.1, "best": OPTIMAL["w1"]}


def build_the_chain_of_w1() -> Values:
    here = Place("where the video starts w1", at_the_start("w1"), dosage())
    return {"nudge": NUDGE, "places": (here, elsewhere(*here.network.sizes))}
