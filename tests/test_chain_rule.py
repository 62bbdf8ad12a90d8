"""The chain rule, held against central differences and against 50-digit arithmetic that shares no code with it."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mpmath import mp, mpf

from statquest_bp import Dataset, Network, chain, dosage, gradient, ssr, statquest_network

ACTIVATIONS = ["softplus", "relu", "sigmoid", "tanh", "identity"]
DETAILS_PT_2 = statquest_network(w1=2.74, b1=0, w2=-1.13, b2=0, w3=0.36, w4=0.63, b3=0)
BLACK_BOX = statquest_network(w1=-34.4, b1=2.14, w2=-2.52, b2=1.29, w3=-1.30, w4=2.28, b3=-0.58)
repeatable = settings(derandomize=True, deadline=None)


def random_case(sizes, hidden="softplus", output="identity", seed=0, points=3):
    """A network and data that fit each other, every number drawn at random."""
    rng = np.random.default_rng(seed)
    blank = Network.random(sizes, hidden, output, seed=0)
    net = blank.replace(**{name: rng.normal() for name in blank.parameters})
    return net, Dataset(rng.normal(size=(points, sizes[0])), rng.normal(size=(points, sizes[-1])))


cases = st.builds(
    random_case,
    st.tuples(st.integers(1, 3), *[st.integers(1, 3)] * 3).flatmap(lambda s: st.sampled_from([s[:2], s[:3], s])),
    st.sampled_from(ACTIVATIONS),
    st.sampled_from(ACTIVATIONS),
    st.integers(0, 10**6),
    st.integers(1, 3),
)

MP_CURVES = {  # curve and slope
    "softplus": (lambda x: mp.log(1 + mp.exp(x)), lambda x: mp.exp(x) / (1 + mp.exp(x))),
    "relu": (lambda x: max(x, mpf(0)), lambda x: mpf(x > 0)),
    "sigmoid": (lambda x: 1 / (1 + mp.exp(-x)), lambda x: mp.exp(-x) / (1 + mp.exp(-x)) ** 2),
    "tanh": (mp.tanh, lambda x: 1 - mp.tanh(x) ** 2),
    "identity": (lambda x: x, lambda x: mpf(1)),
}


def fifty_digit_gradient(net, data):
    """Each parameter's derivative and its Σ|terms|, number by number; a term is one path at one point."""
    weights, biases = (
        [[list(map(mpf, np.atleast_1d(row).tolist())) for row in a] for a in p] for p in (net.weights, net.biases)
    )
    kinds = [net.activation] * (len(weights) - 1) + [net.output_activation]
    totals = [[[[mpf(0), mpf(0)] for _ in (*row, "bias")] for row in layer] for layer in weights]
    for inputs, observed in zip(data.inputs.tolist(), data.observed.tolist(), strict=True):
        signals, sums = [list(map(mpf, inputs))], []
        for w, b, kind in zip(weights, biases, kinds, strict=True):
            sums.append([mp.fdot(row, signals[-1]) + bias for row, (bias,) in zip(w, b, strict=True)])
            signals.append([MP_CURVES[kind][0](x) for x in sums[-1]])
        slope = [-2 * (o - p) for o, p in zip(observed, signals[-1], strict=True)]
        size = [abs(s) for s in slope]
        for k in reversed(range(len(weights))):
            bend = [MP_CURVES[kinds[k]][1](x) for x in sums[k]]
            slope = [s * d for s, d in zip(slope, bend, strict=True)]
            size = [s * abs(d) for s, d in zip(size, bend, strict=True)]
            for node, parameters in enumerate(totals[k]):
                for total, arriving in zip(parameters, (*signals[k], mpf(1)), strict=True):
                    total[0] += slope[node] * arriving
                    total[1] += size[node] * abs(arriving)
            columns = list(zip(*weights[k], strict=True))
            slope = [mp.fdot(slope, column) for column in columns]
            size = [mp.fdot(size, map(abs, column)) for column in columns]
    return [total for layer in totals for node in layer for total in node]


def assert_right_to_12_digits(net, data):
    with mp.workdps(50):
        for (name, got), (exact, size) in zip(
            gradient(net, data).items(), fifty_digit_gradient(net, data), strict=True
        ):
            assert abs(got - exact) <= 1e-12 * size, f"dSSR/d{name}: {got!r}, should be {mp.nstr(exact, 17)}"


def assert_near_central_differences(net, data):
    for name, got in gradient(net, data).items():
        value, nudge = net.parameters[name], 1e-5
        above, below = (ssr(net.replace(**{name: value + d}), data) for d in (nudge, -nudge))
        measured = (above - below) / (2 * nudge)
        assert got == pytest.approx(measured, rel=1e-6, abs=1e-7 * (1 + above)), f"dSSR/d{name}"


# gradient


@settings(repeatable, max_examples=100)
@given(cases)
def test_gradients_of_random_networks_agree_with_central_differences(case):
    assert_near_central_differences(*case)


@settings(repeatable, max_examples=60)
@given(cases)
def test_gradients_of_random_networks_agree_with_50_digits_to_12(case):
    assert_right_to_12_digits(*case)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_each_activation_gives_the_right_gradient_inside_and_at_the_output(activation):
    for seed in range(3):
        for case in (
            random_case((2, 3, 2), activation, "identity", seed),
            random_case((2, 3, 2), "tanh", activation, seed),
            random_case((1, 2, 3, 1), activation, activation, seed),
        ):
            assert_near_central_differences(*case)
            assert_right_to_12_digits(*case)


@pytest.mark.parametrize("net", [statquest_network(), statquest_network(b3=0), DETAILS_PT_2, BLACK_BOX])
def test_the_lessons_gradients_are_right(net):
    assert_near_central_differences(net, dosage())
    assert_right_to_12_digits(net, dosage())


@pytest.mark.parametrize(("b3", "decimals", "slope_shown"), [(0, 1, -15.7), (1.5655, 2, -6.26)])
def test_the_slope_in_b3_is_as_the_video_shows(b3, decimals, slope_shown):
    assert round(gradient(statquest_network(b3=b3), dosage())["b3"], decimals) == slope_shown


def test_the_gradient_of_a_straight_line_is_what_hand_and_paper_give():
    net = Network.from_parameters((1, 1), {"w1": 2, "b1": 1})  # predicts 1, 3, 5; residuals -1, 7, 0
    assert dict(gradient(net, Dataset([0, 1, 2], [0, 10, 5]))) == {"w1": -14.0, "b1": -12.0}


def test_the_gradient_is_a_read_only_mapping_in_the_order_of_the_parameters():
    slopes = gradient(statquest_network(), dosage())
    assert list(slopes) == ["w1", "b1", "w2", "b2", "w3", "w4", "b3"]
    assert {type(slope) for slope in slopes.values()} == {float}
    with pytest.raises(TypeError, match="does not support item assignment"):
        slopes["b3"] = 0.0


@settings(repeatable, max_examples=20)
@given(cases)
def test_twice_the_same_points_give_twice_the_gradient(case):
    net, data = case
    twice = Dataset(np.tile(data.inputs, (2, 1)), np.tile(data.observed, (2, 1)))
    doubled = {name: 2 * slope for name, slope in gradient(net, data).items()}
    assert gradient(net, twice) == pytest.approx(doubled, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_enormous_numbers_give_no_warning(name):
    net = Network.from_parameters((1, 2, 1), dict.fromkeys(statquest_network().parameters, 1e300), name, name)
    with np.errstate(all="raise"):
        slopes = gradient(net, Dataset([1e300, -1e300, 1e-300], [1, 2, 3]))
        links = chain(net, Dataset([1e300, -1e300, 1e-300], [1, 2, 3]), "w1").links
    assert slopes.keys() == net.parameters.keys()
    assert len(links) >= 4


# chain


@pytest.mark.parametrize(
    ("parameter", "text"),
    [
        ("b3", "dSSR/db3 = Σ dSSR/dPredicted × dPredicted/db3"),
        ("w4", "dSSR/dw4 = Σ dSSR/dPredicted × dPredicted/dw4"),
        ("w3", "dSSR/dw3 = Σ dSSR/dPredicted × dPredicted/dw3"),
        ("b2", "dSSR/db2 = Σ dSSR/dPredicted × dPredicted/dy2 × dy2/dx2 × dx2/db2"),
        ("w2", "dSSR/dw2 = Σ dSSR/dPredicted × dPredicted/dy2 × dy2/dx2 × dx2/dw2"),
        ("b1", "dSSR/db1 = Σ dSSR/dPredicted × dPredicted/dy1 × dy1/dx1 × dx1/db1"),
        ("w1", "dSSR/dw1 = Σ dSSR/dPredicted × dPredicted/dy1 × dy1/dx1 × dx1/dw1"),
    ],
)
def test_the_lessons_chains_read_like_the_blackboard(parameter, text):
    result = chain(statquest_network(b3=0), dosage(), parameter)
    assert str(result) == text
    assert result.parameter == parameter


def test_the_chain_for_b3_holds_the_videos_numbers():
    first, second = chain(statquest_network(b3=0), dosage(), "b3").links
    assert first.formula == "−2 × (Observed − Predicted)"
    assert first.values.round(2).tolist() == [-5.21, -5.22, -5.23]  # −2 × (0 + 2.6), −2 × (1 + 1.61), −2 × (0 + 2.61)
    assert (second.formula, second.values.tolist()) == ("1", [1.0, 1.0, 1.0])


@pytest.mark.parametrize("output", ACTIVATIONS)
@pytest.mark.parametrize("hidden", ACTIVATIONS)
@pytest.mark.parametrize("sizes", [(1, 2, 1), (1, 3, 1), (2, 2, 1), (3, 1, 1)])
def test_links_multiply_to_terms_and_terms_add_up_to_the_gradient(sizes, hidden, output):
    net, data = random_case(sizes, hidden, output, points=4)
    slopes = gradient(net, data)
    for name in net.parameters:
        result = chain(net, data, name)
        product = np.ones(4)
        for link in result.links:
            assert link.values.shape == (4,)
            product = product * link.values
        size = abs(product).sum()
        np.testing.assert_allclose(result.terms, product, rtol=1e-14)
        assert result.total == pytest.approx(product.sum(), rel=0, abs=1e-14 * size)
        assert result.total == pytest.approx(slopes[name], rel=0, abs=1e-12 * size)
        assert type(result.total) is float


@pytest.mark.parametrize("output", ACTIVATIONS)
@pytest.mark.parametrize("hidden", ACTIVATIONS)
@pytest.mark.parametrize("sizes", [(1, 2, 1), (1, 3, 1), (2, 2, 1), (3, 1, 1)])
def test_each_link_hangs_on_the_one_before_and_its_formula_gives_its_values(sizes, hidden, output):
    net, data = random_case(sizes, hidden, output, points=4)
    forward = net.forward(data.inputs)
    for point in range(4):
        known = {"e": np.e, "tanh": np.tanh, "sigmoid": lambda x: 1 / (1 + np.exp(-x))} | dict(net.parameters)
        known |= {f"x{k}": x for k, x in enumerate((*forward.sums[0][point], forward.sums[1][point, 0]), start=1)}
        known |= {f"y{k}": y for k, y in enumerate(forward.outputs[0][point], start=1)}
        known |= {f"Input_{k}": value for k, value in enumerate(data.inputs[point], start=1)}
        known |= {"Input": data.inputs[point, 0]} if sizes[0] == 1 else {}
        known |= {"Observed": data.observed[point, 0], "Predicted": forward.predicted[point, 0]}
        for name in net.parameters:
            links = chain(net, data, name).links
            assert (links[0].top, links[-1].bottom) == ("SSR", name)
            assert all(link.bottom == after.top for link, after in itertools.pairwise(links))
            for link in links:
                formula = link.formula.replace("Input ", "Input_")
                for sign, python in {"^": "**", "×": "*", "−": "-", "²": "**2", ", else": " else"}.items():
                    formula = formula.replace(sign, python)
                assert eval(formula, known) == pytest.approx(link.values[point], rel=1e-9, abs=1e-12), link


@pytest.mark.parametrize("output", ["identity", "sigmoid"])
def test_the_products_are_the_links_multiplied_up_one_by_one(output):
    net, data = random_case((2, 3, 1), "tanh", output, points=4)
    for name in net.parameters:
        result = chain(net, data, name)
        assert len(result.products) == len(result.links)
        so_far = np.ones(4)
        for link, product in zip(result.links, result.products, strict=True):
            so_far = so_far * link.values
            np.testing.assert_allclose(product, so_far, rtol=1e-14)
        np.testing.assert_allclose(result.products[-1], result.terms, rtol=1e-14)


def test_every_chain_begins_with_the_same_link():
    first = {tuple(chain(DETAILS_PT_2, dosage(), name).links[0].values) for name in DETAILS_PT_2.parameters}
    assert len(first) == 1


@pytest.mark.parametrize("sizes", [(1, 1), (1, 2, 2), (1, 2, 2, 1)])
def test_a_chain_needs_one_hidden_layer_and_one_output(sizes):
    shape = "-".join(map(str, sizes))
    with pytest.raises(ValueError, match=f"one hidden layer and one output, such as 1-2-1; got a {shape} network"):
        chain(*random_case(sizes), "w1")


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ((statquest_network(), dosage(), "w5"), KeyError, "no parameter 'w5' in this network; the nearest are w"),
        ((statquest_network(), dosage(), "B3"), KeyError, "no parameter 'B3' in this network; the nearest are b3"),
        ((statquest_network(), dosage(), None), KeyError, "no parameter None"),
        ((statquest_network(), Dataset([[1, 2]], [1]), "b3"), ValueError, r"1 input\(s\) but the data has 2"),
        (("net", dosage(), "b3"), TypeError, "expected a Network first; got 'net'"),
        ((statquest_network(), None, "b3"), TypeError, "expected a Dataset second; got None"),
    ],
)
def test_a_chain_for_nothing_known_is_refused_with_its_value(arguments, error, message):
    with pytest.raises(error, match=message):
        chain(*arguments)
