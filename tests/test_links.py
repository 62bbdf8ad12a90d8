"""Every link of a network of any depth: ways multiply and add up to the gradient, as what is handed back does."""

import numpy as np
import pytest

from statquest_bp import Dataset, Network, chain, dosage, gradient, statquest_network
from statquest_bp.exercises.link_slips import name_of
from statquest_bp.links import handed_back, links_of, quantities, ways_to

RNG = np.random.default_rng(7)
SIZES = [(1, 2, 1), (1, 1), (1, 1, 2, 1), (1, 2, 2, 1), (2, 3, 2), (1, 2, 3, 2, 2)]
any_network = pytest.mark.parametrize("sizes", SIZES, ids=str)


def a_network(sizes: tuple[int, ...]) -> tuple[Network, Dataset]:
    table = RNG.normal(size=(4, sizes[0])), RNG.normal(size=(4, sizes[-1]))
    return Network.random(sizes, seed=3), Dataset(*table)


@any_network
def test_the_links_along_each_way_multiply_and_the_ways_add_up_to_the_gradient(sizes):
    net, data = a_network(sizes)
    links = links_of(net, data)
    for name, slope in gradient(net, data).items():
        terms = [np.prod([link.values for link in way], axis=0) for way in ways_to(links, name)]
        assert np.sum(terms) == pytest.approx(slope, rel=1e-9, abs=1e-12)


@any_network
def test_what_is_handed_back_to_each_parameter_adds_up_to_the_gradient(sizes):
    net, data = a_network(sizes)
    arrived = handed_back(links_of(net, data))
    assert {name: arrived[name].sum() for name in net.parameters} == pytest.approx(dict(gradient(net, data)))


@any_network
def test_no_link_comes_before_one_that_leads_to_its_top(sizes):
    links = links_of(*a_network(sizes))
    last = {link.bottom: i for i, link in enumerate(links)}
    assert [link for i, link in enumerate(links) if last.get(link.top, -1) > i] == []


@pytest.mark.parametrize("parameter", statquest_network().parameters)
def test_in_the_lessons_network_there_is_one_way_and_it_is_the_chain(parameter):
    net, data = statquest_network(b3=0), dosage()
    (way,) = ways_to(links_of(net, data), parameter)
    linked = chain(net, data, parameter).links
    assert [(name_of(link), link.formula) for link in way] == [(name_of(link), link.formula) for link in linked]
    np.testing.assert_allclose([link.values for link in way], [link.values for link in linked], rtol=1e-14)


def test_a_weight_before_two_layers_has_a_way_through_each_node_of_the_second():
    ways = ways_to(links_of(*a_network((1, 2, 2, 1))), "w1")
    assert [" × ".join(map(name_of, way)) for way in ways] == [
        "dSSR/dPredicted × dPredicted/dy3 × dy3/dx3 × dx3/dy1 × dy1/dx1 × dx1/dw1",
        "dSSR/dPredicted × dPredicted/dy4 × dy4/dx4 × dx4/dy1 × dy1/dx1 × dx1/dw1",
    ]


def test_nothing_leads_to_what_the_top_does_not_depend_on():
    links = links_of(*a_network((1, 2, 1)))
    assert ways_to(links, "x2", "y1") == ()
    assert [name_of(link) for link in ways_to(links, "x1", "y1")[0]] == ["dy1/dx1"]


def test_a_number_that_is_given_travels_on_and_the_rest_stays():
    links = links_of(statquest_network(b3=0), dosage())
    right, wrong = handed_back(links), handed_back(links, {"y1": 2.0})
    bend, given = next(link.values for link in links if name_of(link) == "dy1/dx1"), {"y1", "x1", "w1", "b1"}
    np.testing.assert_allclose(wrong["x1"], 2.0 * bend)
    assert {name for name in right if not np.array_equal(right[name], wrong[name])} == given


def test_quantities_are_the_numbers_of_the_forward_pass_by_name():
    net, data = a_network((1, 2, 3, 2, 2))
    values, forward = quantities(net, data), net.forward(data.inputs)
    np.testing.assert_array_equal(values["y4"], forward.outputs[1][:, 1])
    np.testing.assert_array_equal(values["x7"], forward.sums[2][:, 1])
    np.testing.assert_array_equal(values["Predicted2"], forward.predicted[:, 1])
    np.testing.assert_array_equal(values["Observed2"], data.observed[:, 1])
    assert set(values["w1"]) == {net.parameters["w1"]}


def test_an_output_behind_a_bend_is_refused_in_words():
    net = Network.random((1, 2, 1), output_activation="sigmoid", seed=0)
    with pytest.raises(ValueError, match="without a bend; this one is sigmoid"):
        links_of(net, dosage())
