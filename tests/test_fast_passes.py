"""The twins that descent runs on: number for number what the blackboard's `gradient` gives, only faster."""

import numpy as np
import pytest

from statquest_bp import Dataset, Network, dosage, gradient, ssr, statquest_network
from statquest_bp.activations import ACTIVATIONS
from statquest_bp.fast_pass import FastPass
from statquest_bp.many_networks import ManyNetworks

SHAPES = [(1, 2, 1), (1, 1), (2, 3), (2, 3, 1), (3, 4, 2, 2)]
CASES = [(sizes, bend, last) for sizes in SHAPES for bend in ACTIVATIONS for last in ("identity", "sigmoid")]


def case(sizes, bend, last):
    rng = np.random.default_rng(7)
    networks = [Network.random(sizes, bend, last, seed).with_vector(rng.normal(size=count(sizes))) for seed in (1, 2)]
    return networks, Dataset(rng.normal(size=(5, sizes[0])), rng.normal(size=(5, sizes[-1])))


def count(sizes):
    return len(Network.random(sizes).vector)


@pytest.mark.parametrize(("sizes", "bend", "last"), CASES)
def test_the_twin_of_one_network_is_the_blackboard(sizes, bend, last):
    (net, other), data = case(sizes, bend, last)
    fast = FastPass(net, data)
    for here in (net, other):  # its parameters may be changed in place
        fast.vector[:] = here.vector
        residuals = fast.run()
        assert fast.slopes == pytest.approx(list(gradient(here, data).values()), rel=1e-12, abs=1e-12)
        assert (residuals**2).sum() == pytest.approx(ssr(here, data))


@pytest.mark.parametrize(("sizes", "bend", "last"), CASES)
def test_the_twin_of_many_networks_is_the_blackboard(sizes, bend, last):
    networks, data = case(sizes, bend, last)
    many = ManyNetworks(np.array([net.vector for net in networks]).T.copy(), networks[0], data)
    assert many.run() == pytest.approx([ssr(net, data) for net in networks])
    for slopes, net in zip(many.slopes.T, networks, strict=True):
        assert slopes == pytest.approx(list(gradient(net, data).values()), rel=1e-12, abs=1e-12)


def test_the_blackboard_gives_the_slopes_of_the_lesson():
    assert round(gradient(statquest_network(b3=0), dosage())["b3"], 1) == -15.7
