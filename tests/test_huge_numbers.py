"""Numbers near the end of float64: what is asked for is given, or infinity; never "not a number", never an error."""

import math
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from statquest_bp import (
    Dataset,
    Network,
    chain,
    descend,
    descend_many,
    dosage,
    gradient,
    ssr,
    ssr_along,
    ssr_surface,
    stable_learning_rate,
)
from statquest_bp.activations import ACTIVATIONS
from statquest_bp.chain_rule import dead_nodes
from statquest_bp.endings import endings
from statquest_bp.fit import level_line_ssr
from statquest_bp.parameters import names_of
from statquest_bp.training import Training

SIZES = [0.0, 1e-300, 0.3, 1.0, 2.0, 1e100, 3e154, 1e300, 1e308, 1.7e308]
NUMBERS = st.builds(math.copysign, st.sampled_from(SIZES), st.sampled_from([1.0, -1.0]))


@pytest.fixture(autouse=True)
def every_floating_point_error_is_raised() -> Iterator[None]:
    with np.errstate(all="raise"):
        yield


@st.composite
def networks(draw: st.DrawFn) -> tuple[Network, Dataset]:
    sizes = draw(st.sampled_from([(1, 1), (2, 1), (1, 2, 1), (2, 2, 1), (1, 2, 2), (1, 2, 2, 1)]))
    parameters = {name: draw(NUMBERS) for name in names_of(sizes)}
    points = draw(st.integers(1, 3))
    rows = st.lists(NUMBERS, min_size=points, max_size=points)
    inputs, observed = (np.column_stack([draw(rows) for _ in range(count)]) for count in (sizes[0], sizes[-1]))
    return Network.from_parameters(sizes, parameters, draw(st.sampled_from(list(ACTIVATIONS)))), Dataset(
        inputs, observed
    )


@settings(max_examples=150, deadline=None)
@given(networks(), st.sampled_from([1e-300, 0.1, 1e300]), st.data())
def test_nothing_raises_and_nothing_is_not_a_number(case, rate, draw):
    net, data = case
    names = list(net.parameters)
    optimize = draw.draw(st.lists(st.sampled_from(names), min_size=1, unique=True))
    run = descend(net, data, rate, optimize, max_steps=20)
    runs = descend_many([net, net.replace(**{names[0]: 1.0})], data, rate, optimize, max_steps=20)
    training = Training(net, data, rate)
    training.advance(3)
    x, y = names[0], names[-1]
    numbers = [
        ssr(net, data),
        *gradient(net, data).values(),
        *run.ssr,
        *np.ravel(list(run.gradient.values())),
        *run[-1].step_size.values(),
        *runs.ssr,
        *training.ssr,
        *ssr_along(net, data, x, SIZES),
        *ssr_surface(net, data, x, y, SIZES, SIZES).ravel(),
        stable_learning_rate(net, data),
        level_line_ssr(data),
        dead_nodes(net, data),
        *data.scaled().inputs.ravel(),
    ]
    if len(net.sizes) == 3 and net.sizes[-1] == 1:
        slope = chain(net, data, x)
        numbers += [*np.ravel([link.values for link in slope.links]), *slope.terms, *np.ravel(slope.products)]
        numbers.append(slope.total)
    assert not np.isnan(numbers).any()
    assert len(endings(runs, data, rate)) == 2
    assert np.isfinite(run.vectors).all()
    assert repr(run)
    assert repr(runs)
    assert repr(training)


def slope_beyond_float64(b2: float = 1.0) -> tuple[Network, Dataset]:
    """dSSR/dw1 is 2 × 1e308."""
    parameters = {"w1": 0, "b1": 0, "w2": 1e308, "b2": b2}
    return Network.from_parameters((1, 1, 1), parameters, "identity"), Dataset([1], [0])


def test_an_infinite_slope_of_a_parameter_that_stays_stops_nobody():
    net, data = slope_beyond_float64()
    run = descend(net, data, 0.1, ["b2"], max_steps=1)
    assert run.status == "max steps"
    assert run.final.parameters == {"w1": 0, "b1": 0, "w2": 1e308, "b2": 0.8}
    assert run.ssr.tolist() == pytest.approx([1, 0.64])
    assert run[0].step_size == {"b2": 0.2}
    assert run[0].gradient["w1"] == math.inf
    runs = descend_many([net, slope_beyond_float64(2.0)[0]], data, 0.1, ["b2"], max_steps=1)
    assert runs.status.tolist() == ["max steps"] * 2
    assert runs.parameters["b2"].tolist() == [0.8, 1.6]
    assert runs.ssr.tolist() == pytest.approx([0.64, 2.56])
    assert descend(net, data, 0.1, ["b2"]).status == "converged"


def test_an_infinite_slope_of_a_parameter_that_moves_is_a_divergence():
    net, data = slope_beyond_float64()
    run = descend(net, data, 0.1, ["b2", "w1"])
    assert (run.status, len(run)) == ("diverged", 1)
    assert descend_many([net], data, 0.1, ["b2", "w1"]).status.tolist() == ["diverged"]


def test_what_overflows_on_the_way_is_infinite():
    net = Network.from_parameters((2, 1), {"w1": 1e308, "w2": 1e308, "b1": 0.5})
    assert net.predict([[3e300, 0], [-3e300, 0]])[:, 0].tolist() == [math.inf, -math.inf]
    assert ssr(net, Dataset([[1e300, -1e300]], [0])) == math.inf  # though ∞ − ∞ is no number
    assert gradient(net, Dataset([[1e300, -1e300]], [0]))["w1"] == math.inf


def test_many_values_at_the_end_of_float64_have_a_mean():
    assert level_line_ssr(Dataset([1, 2], [1.7e308, 1.7e308])) == 0
    assert level_line_ssr(Dataset([1, 2], [1e155, 0])) == math.inf
    assert level_line_ssr(dosage()) == pytest.approx(2 / 3)


def test_a_parameter_that_stays_between_two_that_move_may_have_an_infinite_slope_too():
    parameters = {"w1": 0, "b1": 0, "w2": 0, "b2": 0, "w3": 1, "w4": 1e308, "b3": 1}
    net = Network.from_parameters((1, 2, 1), parameters, "identity")
    run = descend(net, Dataset([1], [0]), 0.1, ["b1", "b3"], max_steps=1)
    assert run[0].gradient["w2"] == run[0].gradient["b2"] == math.inf
    assert (run.status, run.final.parameters["w2"], run.final.parameters["b3"]) == ("max steps", 0, 0.8)
