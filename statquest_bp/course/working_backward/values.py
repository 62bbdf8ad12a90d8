"""The numbers in the questions of notebook 07, by the question's name."""

from __future__ import annotations

from statquest_bp import walkthrough
from statquest_bp.chain_rule import Chain, chain
from statquest_bp.course.lesson import Values, elsewhere, run_of
from statquest_bp.data import Dataset, dosage
from statquest_bp.digits import exact, short
from statquest_bp.exercises.measured import NUDGE, Place
from statquest_bp.flow import flow
from statquest_bp.gradient_descent import CLOSE_TO_0, Run
from statquest_bp.labs.two_rates_lab import MAX_STEPS, MIN_STEP
from statquest_bp.network import Network
from statquest_bp.video import DETAILS_2, LEARNING_RATE, OPTIMAL, statquest_network
from statquest_bp.walkthrough import multiplications

POINT = 1  # DiagramLab begins with this point, at dosage 0.5
SLOW, FAST = 0.01, 0.1  # learning rates
TOO_LOW = 1.0  # a b3 at which the squiggle hangs below the points, and that no lab of the notebook begins with


def at_the_point() -> dict[str, float]:
    """Every number of the lesson's network at b3 = 0 and the middle point, where DiagramLab begins."""
    return flow(statquest_network(b3=0), dosage(), POINT)


def chains_of(net: Network) -> list[Chain]:
    """The chain of every parameter, in the order of the lesson."""
    return [chain(net, dosage(), name) for name in net.backward_order]


def all_seven(rate: float) -> Run:
    """All seven from where "Details Pt. 2" starts, as TwoRatesLab runs them."""
    return run_of(*DETAILS_2, rate=rate, max_steps=MAX_STEPS, min_step=MIN_STEP)


def one_more_term() -> Values:
    now = at_the_point()
    values = {name: now[name] for name in ("y1", "y2", "w4")}
    return {"dosage": now["Input"], "first": now["dSSR/dPredicted"], **values}


def predict_the_multiplications() -> Values:
    chains = chains_of(statquest_network())
    each_once, each_alone = multiplications(chains)
    links = sum(len(slope.links) for slope in chains)
    return {
        "chains": len(chains),
        "links": links,
        "each_once": each_once,
        "each_alone": each_alone,
        "reached": lambda lab: lab.state.step == walkthrough.LAST,
    }


def how_often_the_first_product() -> Values:
    chains = chains_of(statquest_network())
    behind_the_first = {slope.links[1].bottom for slope in chains}
    parameters = sum(len(slope.links) == 2 for slope in chains)
    return {"chains": len(chains), "parameters": parameters, "nodes": len(behind_the_first) - parameters}


def what_node_1_hands_on() -> Values:
    now = at_the_point()
    return {
        "dosage": now["Input"],
        "first": now["dSSR/dPredicted"],
        "w3": now["w3"],
        "w4": now["w4"],
        "bend_1": now["dy1/dx1"],
        "bend_2": now["dy2/dx2"],
        "product": now["dSSR/dx1"],
        "term_of_w1": now["dSSR/dw1"],
    }


def five_hidden_nodes() -> Values:
    nodes = 5
    each_once, each_alone = multiplications(chains_of(Network.random((1, nodes, 1), seed=0)))
    with_two = multiplications(chains_of(statquest_network()))[0]
    a_node = each_once / nodes
    return {"nodes": nodes, "each_once": each_once, "each_alone": each_alone, "with_two": with_two, "a_node": a_node}


def stopped_too_early() -> Values:
    run = run_of(*DETAILS_2, rate=SLOW, min_step=CLOSE_TO_0)
    return {"status": run.status, "updates": len(run) - 1, "ssr": run.ssr[-1], "close": CLOSE_TO_0}


def predict_the_first_leap() -> Values:
    data, run = dosage(), all_seven(FAST)
    before, after = (run[update].network.predict(data.inputs)[:, 0] for update in (0, 1))
    return {
        "heights": ", ".join(exact(height, 2) for height in before),
        "observed": ", ".join(map(short, data.observed[:, 0])),
        "fast": FAST,
        "dosage": data.inputs[POINT, 0],
        "first_height": before[POINT],
        "height_after": after[POINT],
        "observed_there": data.observed[POINT, 0],
        "reached": lambda lab: lab.updates >= 1,
        "ssr": run.ssr[0],
        "ssr_after": run.ssr[1],
    }


def where_b1_ends() -> Values:
    slow, fast = (all_seven(rate).final.parameters for rate in (SLOW, FAST))
    return {
        "slow": SLOW,
        "fast": FAST,
        "b1": fast["b1"],
        "b2": fast["b2"],
        "b1_if_slow": slow["b1"],
        "b1_at_the_start": DETAILS_2["b1"],
        "apart": slow["b1"] - fast["b1"],
    }


def who_is_right() -> Values:
    return {"slow": SLOW, "fast": FAST}


def be_the_backward_pass() -> Values:
    network = statquest_network(b3=TOO_LOW)
    data = Dataset([dosage().inputs[POINT, 0]], [dosage().observed[POINT, 0]])
    return {"dosage": data.inputs[0, 0], "b3": TOO_LOW, "rate": LEARNING_RATE, "network": network, "data": data}


def be_a_node_with_two_outputs() -> Values:
    node = {name: OPTIMAL[name] for name in ("w1", "b1")}
    outputs = {"w2": OPTIMAL["w3"], "b2": OPTIMAL["b3"], "w3": OPTIMAL["w4"], "b3": OPTIMAL["b3"]}
    network = Network.from_parameters((1, 1, 2), node | outputs)
    data = Dataset([dosage().inputs[POINT, 0]], [[0.5, 0.0]], observed_names=["effect", "side effect"])
    effect, side_effect = data.observed[0]
    numbers = {"dosage": data.inputs[0, 0], "effect": effect, "side_effect": side_effect, "rate": LEARNING_RATE}
    return {**numbers, "network": network, "data": data}


def build_with_two_hidden_layers() -> Values:
    here = Place("here", Network.random((1, 2, 2, 1), seed=0), dosage())
    return {"nudge": NUDGE, "places": (here, elsewhere(*here.network.sizes))}
