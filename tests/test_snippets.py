"""The code that labs show: it makes what they hold, to the last digit."""

import numpy as np
import pytest

import statquest_bp
from statquest_bp import Dataset, Network, dosage, statquest_network
from statquest_bp.labs.snippets import data_code, network_code, program

NETWORKS = [
    statquest_network(),
    statquest_network(w1=1 / 3, b3=-2e-17),
    Network.random((1, 2, 1), seed=1),
    Network.random((1, 2, 1), "tanh", seed=1),
    Network.random((1, 2, 1), output_activation="sigmoid", seed=1),
    Network.random((2, 3, 2), "identity", "softplus", seed=2),
]
DATA = [dosage(), Dataset([1, 2], [3.1, 1 / 3]), Dataset([[0, 1], [1, 0]], [[1, 2], [3, 4]])]


def value_of(code):
    return eval(code, vars(statquest_bp).copy())


@pytest.mark.parametrize("network", NETWORKS, ids=repr)
def test_the_code_of_a_network_makes_it(network):
    assert value_of(network_code(network)) == network


@pytest.mark.parametrize("data", DATA, ids=repr)
def test_the_code_of_data_makes_them(data):
    made = value_of(data_code(data))
    np.testing.assert_array_equal(made.inputs, data.inputs)
    np.testing.assert_array_equal(made.observed, data.observed)


def test_the_lessons_network_and_data_go_by_their_names():
    assert network_code(statquest_network(b3=0)) == "statquest_network(b3=0.0)"
    assert data_code(dosage()) == "dosage()"
    assert data_code(Dataset([0, 0.5, 1], [0, 1, 1])) != "dosage()"


def test_a_program_imports_what_it_calls_and_nothing_else():
    code = program("start = Network.random((1, 2, 1), seed=1)", "print(ssr(start, dosage()), start.gradient, ssr)")
    assert code.splitlines()[0] == "from statquest_bp import Network, dosage, ssr"
