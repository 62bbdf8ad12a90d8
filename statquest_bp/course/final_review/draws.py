"""The numbers in the questions of the quiz, drawn anew each time, by the question's name.

`right` is the place of the right option, where that is drawn.
"""

from __future__ import annotations

import math

from statquest_bp.chain_rule import chain
from statquest_bp.course.lesson import Values, lowest_b3, rate_limit
from statquest_bp.data import dosage
from statquest_bp.digits import as_in_the_video
from statquest_bp.exercises.drawn import Rng, either, number, numbered, sign, size, three
from statquest_bp.exercises.link_slips import name_of
from statquest_bp.fit import ssr
from statquest_bp.gradient_descent import CLOSE_TO_0, descend
from statquest_bp.video import OPTIMAL, statquest_network

NODES = {"1": "w3", "2": "w4"}  # each node, and the weight behind it
OTHER = {"1": "2", "2": "1"}
NUDGE = 0.01


def height_after_a_move(rng: Rng) -> Values:
    return {"height": number(rng, 1, 6), "slope": size(rng, 0.5, 4), "move": number(rng, 0.05, 0.2, 2)}


def sum_of_a_node(rng: Rng) -> Values:
    node = int(rng.integers(1, 3))
    return {"node": node, "dose": number(rng, 0.2, 0.9), "weight": size(rng, 0.5, 4), "bias": size(rng, 0.3, 2)}


def prediction_from_the_nodes(rng: Rng) -> Values:
    outputs = {name: number(rng, 0.2, 2.5) for name in ("y1", "y2")}
    return outputs | {"w3": size(rng, 0.4, 3), "w4": size(rng, 0.4, 3), "b3": size(rng, 0.3, 3)}


def softplus_far_out(rng: Rng) -> Values:
    far = int(rng.integers(15, 40))
    x = far * sign(rng)
    nearly, inside = ("1 + e^x is nearly e^x", "e^x") if x > 0 else ("e^x is nearly 0", "1")
    return {"x": x, "far": far, "far_below": -far, "nearly": nearly, "inside": inside, "right": 0 if x > 0 else 1}


def what_one_parameter_does(rng: Rng) -> Values:
    comes_in = {
        "b3": "comes in at the very end, after the nodes",
        "w3": "comes in after the bend of node 1",
        "b1": "is added before the bend of node 1",
        "w2": "multiplies the dose, before the bend of node 2",
    }
    name = either(rng, *comes_in)
    kind = "bias it shifts" if name[0] == "b" else "weight it stretches, or flips over below 0"
    return {"name": name, "comes_in": comes_in[name], "kind": kind, "right": list(comes_in).index(name)}


def a_residual(rng: Rng) -> Values:
    return {"observed": number(rng, 0.2, 3), "predicted": size(rng, 0.2, 3)}


def ssr_of_three(rng: Rng) -> Values:
    observed, predicted = three(number, rng, 0, 2), three(number, rng, 0, 2)
    residuals = [one - other for one, other in zip(observed, predicted, strict=True)]
    numbers = numbered("o", observed) | numbered("p", predicted) | numbered("r", residuals)
    return numbers | {"sizes": sum(map(abs, residuals))}


def which_fit_is_better(rng: Rng) -> Values:
    """Several small residuals, and two tiny ones with a large one."""
    one = three(size, rng, 0.5, 0.7)
    other = [size(rng, 0.05, 0.1, 2), size(rng, 1.2, 1.3), size(rng, 0.05, 0.1, 2)]
    better = either(rng, "A", "B")
    a, b, worse = (one, other, "B") if better == "A" else (other, one, "A")
    ssr_a, ssr_b = (sum(residual**2 for residual in residuals) for residuals in (a, b))
    examples = {"large": 1.2, "large_squared": 1.2**2, "small": 0.6, "small_squared": 0.6**2}
    sums = {"ssr_a": ssr_a, "ssr_b": ssr_b}
    return numbered("a", a) | numbered("b", b) | sums | examples | {"better": better, "worse": worse}


def what_fitting_does(rng: Rng) -> Values:
    return {"w2": OPTIMAL["w2"]}


def rates_in_a_row(rng: Rng) -> Values:
    return {"first": number(rng, 1.2, 4), "second": number(rng, 0.3, 0.9), "turns": number(rng, 2, 9)}


the_first_link = a_residual


def slope_of_the_last_bias(rng: Rng) -> Values:
    return numbered("r", three(size, rng, 0.2, 3))


def which_way(rng: Rng) -> Values:
    """All residuals above 0, or all below."""
    side = sign(rng)
    low = {"too": "low", "sign": "negative", "way": "up", "other_sign": "positive", "other_way": "down"}
    high = {"too": "high", "sign": "positive", "way": "down", "other_sign": "negative", "other_way": "up"}
    residuals = [residual * side for residual in three(number, rng, 0.3, 2)]
    return numbered("r", residuals) | (low if side > 0 else high)


def size_of_the_step(rng: Rng) -> Values:
    return {"slope": size(rng, 2, 20), "rate": number(rng, 0.02, 0.3, 2)}


def the_new_value(rng: Rng) -> Values:
    return {"name": either(rng, "b3", "w4", "w3", "b2", "w1"), "old": size(rng, 0.2, 3), **size_of_the_step(rng)}


def slope_after_the_step(rng: Rng) -> Values:
    points = int(rng.integers(2, 6))
    curvature, slope = 2 * points, size(rng, 3, 20)
    rate = number(rng, 0.2 / curvature, 1.6 / curvature, 2)
    return {"points": points, "curvature": curvature, "slope": slope, "rate": rate}


def the_highest_rate(rng: Rng) -> Values:
    return {"curvature": 2 * int(rng.integers(2, 10))}


def what_the_rate_does(rng: Rng) -> Values:
    """A rate that comes from one side, one that swings, or one that diverges."""
    limit, bottom, right = rate_limit(), lowest_b3(), int(rng.integers(3))
    low, high = ((0.15, 0.4), (0.62, 0.85), (1.1, 1.4))[right]
    rate = number(rng, low * limit, high * limit, 2)
    values = descend(statquest_network(b3=0), dosage(), rate, ["b3"], max_steps=4).parameters["b3"]
    return {
        "values": ", ".join(map(as_in_the_video, values)),
        "distances": ", ".join(as_in_the_video(abs(value - bottom)) for value in values),
        "bottom": bottom,
        "rate": rate,
        "limit": limit,
        "right": right,
    }


def which_step_is_the_last(rng: Rng) -> Values:
    tiny, short, long = size(rng, 0.0002, 0.0008, 4), number(rng, 0.02, 0.06, 2), -number(rng, 1.1, 1.9, 2)
    return {"tiny": tiny, "size": abs(tiny), "short": short, "long": long, "min_step": CLOSE_TO_0}


def slope_of_an_output_weight(rng: Rng) -> Values:
    node = either(rng, *NODES)
    residuals, outputs = three(size, rng, 0.2, 2), three(number, rng, 0.2, 2.5)
    return {"node": node, "weight": NODES[node], **numbered("r", residuals), **numbered("y", outputs)}


def link_of_an_output_weight(rng: Rng) -> Values:
    node = either(rng, *NODES)
    return {"node": node, "weight": NODES[node], "other": OTHER[node], "other_weight": NODES[OTHER[node]]}


def slope_of_the_bend(rng: Rng) -> Values:
    node, x = either(rng, *NODES), size(rng, 0.3, 2.5)
    return {"node": node, "x": x, "top": math.exp(x), "bottom": 1 + math.exp(x)}


def term_of_a_hidden_parameter(rng: Rng) -> Values:
    """What the parameter multiplies, the dosage or 1, is what its node's other parameter doesn't."""
    node, kind = either(rng, *NODES), either(rng, "b", "w")
    residual, weight, bend, dose = size(rng, 0.5, 3), size(rng, 0.5, 3), number(rng, 0.2, 0.8), number(rng, 0.2, 0.8)
    bias, its_weight = ("1", 1.0), ("the dosage", dose)
    (link, last), (others_link, others_last) = (bias, its_weight) if kind == "b" else (its_weight, bias)
    names = {"name": kind + node, "other": ("w" if kind == "b" else "b") + node, "node": node, "behind": NODES[node]}
    links: Values = {"link": link, "last": last, "others_link": others_link, "others_last": others_last}
    return {"residual": residual, "weight": weight, "bend": bend, "dosage": dose, **names, **links}


def which_chain(rng: Rng) -> Values:
    node, kind = either(rng, *NODES), either(rng, "b", "w")
    name, other = kind + node, kind + OTHER[node]

    def links_of(parameter: str) -> list[str]:
        return [name_of(link) for link in chain(statquest_network(), dosage(), parameter).links]

    mine = links_of(name)
    chains = {
        "chain": mine,
        "others_chain": links_of(other),
        "over_the_sum": [*mine[:2], f"dy{node}/d{name}"],
        "over_the_node": [mine[0], f"dPredicted/d{name}"],
        "with_a_gap": [mine[0], *mine[2:]],
    }
    return {"node": node, "name": name, "other": other, **{each: " × ".join(links) for each, links in chains.items()}}


def silent_at_zero(rng: Rng) -> Values:
    return {"residual": size(rng, 0.5, 3)}


def from_a_bias_to_its_weight(rng: Rng) -> Values:
    node = either(rng, *NODES)
    return {"node": node, **numbered("t", three(size, rng, 0.5, 6)), **numbered("d", three(number, rng, 0.1, 2))}


def all_at_once(rng: Rng) -> Values:
    old, slope, rate = size(rng, 0.3, 2), size(rng, 1, 9), number(rng, 0.05, 0.2, 2)
    new = old - rate * slope
    return {"old": old, "new": new, "middle": (old + new) / 2}


def measured_by_nudging(rng: Rng) -> Values:
    """Two SSRs of a made-up network."""
    name = either(rng, *OPTIMAL)
    net = statquest_network(**{each: size(rng, 0.3, 2) for each in OPTIMAL})
    low, high = net.parameters[name] - NUDGE, net.parameters[name] + NUDGE
    below, above = (round(ssr(net.replace(**{name: at}), dosage()), 4) for at in (low, high))
    measured = {"low": low, "high": high, "below": below, "above": above}
    return {"name": name, **measured, "nudge": NUDGE, "distance": 2 * NUDGE}


def name_the_bug(rng: Rng) -> Values:
    points, right = int(rng.integers(3, 6)), int(rng.integers(3))
    factor = (1 / 2, -1, 1 / points)[right]
    measured = [size(rng, 1, 9) * points * 2 for _ in range(3)]
    yours = [slope * factor for slope in measured]
    return {"points": points, "factor": factor, "right": right, **numbered("m", measured), **numbered("y", yours)}


def the_sick_link(rng: Rng) -> Values:
    node, right = either(rng, *NODES), int(rng.integers(4))
    weight, other = NODES[node], NODES[OTHER[node]]
    symptoms = ["all seven", f"only {weight}", f"b{node} and w{node}", f"only w{node}"]
    found = {"symptom": symptoms[right], **{f"s{i}": symptom for i, symptom in enumerate(symptoms, 1)}}
    return {"node": node, "weight": weight, "other": other, "right": right, **found}
