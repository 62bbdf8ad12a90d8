"""Numbers near the end of float64: what is asked for is given, or infinity; never "not a number", never an error."""

import math
from collections.abc import Callable, Iterator
from itertools import chain as one_after_another
from typing import Any

import mpmath
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
    residuals,
    ssr,
    ssr_along,
    ssr_surface,
    stable_learning_rate,
    statquest_network,
)
from statquest_bp.chain_rule import dead_nodes
from statquest_bp.endings import endings
from statquest_bp.fit import level_line_ssr
from statquest_bp.parameters import names_of
from statquest_bp.training import Training
from statquest_bp.wide import Wide

LARGEST = mpmath.mpf(1.7976931348623157e308)
SIZES = [0.0, 1e-300, 0.3, 1.0, 2.0, 1e100, 3e154, 1e300, 1e308, 1.7e308]
NUMBERS = st.builds(math.copysign, st.sampled_from(SIZES), st.sampled_from([1.0, -1.0]))
BENDS: dict[str, Callable[[Any], Any]] = {
    "softplus": lambda x: x if x > 100 else mpmath.log1p(mpmath.exp(x)),
    "relu": lambda x: max(x, mpmath.mpf(0)),
    "tanh": lambda x: mpmath.sign(x) if abs(x) > 100 else mpmath.tanh(x),
    "sigmoid": lambda x: mpmath.mpf(x > 0) if abs(x) > 1000 else 1 / (1 + mpmath.exp(-x)),
    "identity": lambda x: x,
}


@pytest.fixture(autouse=True)
def every_floating_point_error_is_raised() -> Iterator[None]:
    with np.errstate(all="raise"), mpmath.workdps(50):
        yield


@st.composite
def networks(draw: st.DrawFn, *bends: str) -> tuple[Network, Dataset]:
    sizes = draw(st.sampled_from([(1, 1), (2, 1), (1, 2, 1), (2, 2, 1), (1, 2, 2), (1, 2, 2, 1)]))
    parameters = {name: draw(NUMBERS) for name in names_of(sizes)}
    points = draw(st.integers(1, 3))
    rows = st.lists(NUMBERS, min_size=points, max_size=points)
    inputs, observed = (np.column_stack([draw(rows) for _ in range(count)]) for count in (sizes[0], sizes[-1]))
    return Network.from_parameters(sizes, parameters, draw(st.sampled_from(bends))), Dataset(inputs, observed)


def predicted(net: Network, point: Any) -> list[tuple[Any, Any]]:
    """Each prediction with 50 digits and any exponent, and the size of what was added up on the way to it."""
    signal = [(mpmath.mpf(value), abs(mpmath.mpf(value))) for value in point.tolist()]
    for layer in net.layers:
        bend, before = BENDS[layer.activation.name], signal
        signal = []
        for weights, bias in zip(layer.weights.tolist(), layer.biases.tolist(), strict=True):
            x = sum((w * value for w, (value, _) in zip(weights, before, strict=True)), mpmath.mpf(bias))
            size = sum((abs(w) * size for w, (_, size) in zip(weights, before, strict=True)), abs(mpmath.mpf(bias)))
            signal.append((bend(x), size + 1))
    return signal


def assert_is(value: float, exact: Any, size: Any) -> None:
    """`value` is `exact` but for the rounding of numbers of this size; infinite only where that is beyond float64."""
    off = size * mpmath.mpf(10) ** -12
    if math.isinf(value):
        assert math.copysign(1, value) * exact + off >= LARGEST
    else:
        assert abs(value - exact) <= off


@settings(max_examples=300, deadline=None)
@given(networks(*BENDS))
def test_predictions_and_their_ssr_are_right_or_infinite_whatever_overflows_on_the_way(case):
    net, data = case
    exact = [predicted(net, point) for point in data.inputs]
    for values, there in zip(net.predict(data.inputs).tolist(), exact, strict=True):
        for value, (truth, size) in zip(values, there, strict=True):
            assert_is(value, truth, size)
    pairs = list(zip(data.observed.ravel().tolist(), one_after_another(*exact), strict=True))
    truth = sum((mpmath.mpf(observed) - value) ** 2 for observed, (value, _) in pairs)
    assert_is(ssr(net, data), truth, sum((abs(mpmath.mpf(observed)) + size) ** 2 for observed, (_, size) in pairs))


@settings(max_examples=200, deadline=None)
@given(networks("identity"))
def test_the_slopes_of_a_network_without_bends_are_right_or_infinite(case):
    net, data = case
    names = list(net.parameters)

    def exactly(size_only: bool) -> dict[str, Any]:
        """dSSR/dparameter by the chain rule, with 50 digits; or with everything counted as above 0: its size."""
        of = (lambda value: abs(mpmath.mpf(value))) if size_only else mpmath.mpf
        slopes = dict.fromkeys(names, mpmath.mpf(0))
        for point, observed in zip(data.inputs.tolist(), data.observed.tolist(), strict=True):
            arrived = [[of(value) for value in point]]
            for layer in net.layers:
                table = zip(layer.weights.tolist(), layer.biases.tolist(), strict=True)
                arrived.append(
                    [sum((of(w) * x for w, x in zip(row, arrived[-1], strict=True)), of(bias)) for row, bias in table]
                )
            sign = 1 if size_only else -1
            back = [2 * (value + sign * of(y)) for value, y in zip(arrived[-1], observed, strict=True)]
            position = len(names)
            for layer, came in zip(reversed(net.layers), reversed(arrived[:-1]), strict=True):
                position -= layer.weights.size + layer.biases.size
                for j, d_sum in enumerate(back):
                    for i, x in enumerate([*came, mpmath.mpf(1)]):
                        slopes[names[position + j * (len(came) + 1) + i]] += d_sum * x
                rows = layer.weights.tolist()
                back = [
                    sum((d * of(row[i]) for d, row in zip(back, rows, strict=True)), mpmath.mpf(0))
                    for i in range(len(came))
                ]
        return slopes

    truth, size = exactly(False), exactly(True)
    for name, slope in gradient(net, data).items():
        assert_is(slope, truth[name], size[name] + 1)


@settings(max_examples=150, deadline=None)
@given(networks(*BENDS), st.sampled_from([1e-300, 0.1, 1e300]), st.data())
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
        *residuals(net, data).ravel(),
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
        assert slope.total == pytest.approx(gradient(net, data)[x], rel=1e-9, abs=1e-9) or not np.all(slope.terms)
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


def test_a_product_beyond_float64_that_is_multiplied_by_0_is_0():
    net = statquest_network(w1=1e308, b1=1e308, w3=0)
    forward = net.forward([10.0])
    assert forward.sums[0][0, 0] == forward.outputs[0][0, 0] == math.inf
    assert net.predict([10.0]) == pytest.approx(net.replace(w1=1.0, b1=1.0).predict([10.0]))
    slopes = gradient(net, Dataset([10.0], [0.0]))
    assert (slopes["w1"], slopes["w3"]) == (0, math.inf)
    assert chain(net, Dataset([10.0], [0.0]), "w1").total == 0


def test_what_cancels_beyond_float64_leaves_the_rest():
    net = Network.from_parameters((2, 1), {"w1": 1e308, "w2": 1e308, "b1": 0.5})
    assert net.predict([[1e300, -1e300], [3e300, -1e300], [-3e300, 1e300]])[1:, 0].tolist() == [math.inf, -math.inf]
    three = Network.from_parameters((3, 1), {"w1": 1e308, "w2": -1e308, "w3": -1e308, "b1": 0})
    assert three.predict([[2.0, 1.5, 1.5]])[0, 0] == pytest.approx(-1e308)  # the first two alone are at the end
    assert three.predict([[2.0, 1.0, 0.5]])[0, 0] == pytest.approx(5e307)


def test_wide_numbers_add_and_multiply_as_numbers_do():
    one, other = Wide.of([[3.0, 0.0, -5.0]]), Wide.of([[0.25, 2.0, 5.0]])
    assert one.plus(other).value.tolist() == [[3.25, 2.0, 0.0]]
    assert one.times(other).value.tolist() == [[0.75, 0.0, -25.0]]
    assert one.dot(other.T).value.tolist() == [[-24.25]]
    assert one.beside(np.ones((1, 1))).value.tolist() == [[3.0, 0.0, -5.0, 1.0]]
    far = Wide.of([[1e300]]).times(Wide.of([[1e300]]))
    assert far.value == math.inf
    assert far.times(Wide.of([[1e-300]])).value == pytest.approx(1e300)
    assert far.plus(far.times(Wide.of([[-1.0]]))).plus(Wide.of([[1.0]])).value == 1


def test_many_values_at_the_end_of_float64_have_a_mean():
    assert level_line_ssr(Dataset([1, 2], [1.7e308, 1.7e308])) == 0
    assert level_line_ssr(Dataset([1, 2], [1e155, 0])) == math.inf
    assert level_line_ssr(dosage()) == pytest.approx(2 / 3)


def test_terms_beyond_float64_that_cancel_have_a_total():
    net, _ = slope_beyond_float64()
    slope = chain(net, Dataset([1, -1], [0, 0]), "w1")
    assert slope.terms.tolist() == [math.inf, -math.inf]
    assert slope.total == 0


def test_a_parameter_that_stays_between_two_that_move_may_have_an_infinite_slope_too():
    parameters = {"w1": 0, "b1": 0, "w2": 1e308, "b2": 0, "w3": 1, "w4": 0, "b3": 1}
    net = Network.from_parameters((1, 2, 1), parameters, "identity")
    run = descend(net, Dataset([1], [0]), 0.1, ["b1", "b3"], max_steps=1)
    huge = descend(net.replace(w3=0, w4=1e308), Dataset([1], [0]), 0.1, ["w1", "b3"], max_steps=1)
    assert (run.status, run.final.parameters["b1"], run.final.parameters["b3"]) == ("max steps", -0.2, 0.8)
    assert huge.status == "diverged"  # w2 × w4 overflows on the way to the SSR
    far = net.replace(w2=0, w4=1e308)
    run = descend(far, Dataset([1], [0]), 0.1, ["b1", "b3"], max_steps=1)
    assert run[0].gradient["w2"] == run[0].gradient["b2"] == np.inf
    assert (run.status, run.final.parameters["w2"], run.final.parameters["b3"]) == ("max steps", 0, 0.8)
