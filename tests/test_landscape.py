"""The SSR along a parameter, and the largest learning rate that still settles."""

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from statquest_bp import (
    Dataset,
    Network,
    descend,
    dosage,
    ssr,
    ssr_along,
    ssr_surface,
    stable_learning_rate,
    statquest_network,
)
from statquest_bp.many_networks import LONG

LESSON = statquest_network()
LINE = Network.from_parameters((1, 1), {"w1": 1, "b1": 0})


@pytest.fixture(autouse=True)
def nothing_reaches_the_console():
    with warnings.catch_warnings(), np.errstate(all="raise"):
        warnings.simplefilter("error")
        yield


# ssr_along


@settings(derandomize=True, deadline=None, max_examples=40)
@given(
    st.sampled_from([(1, 1), (1, 2, 1), (2, 3, 2), (1, 2, 2, 1)]),
    st.sampled_from(["softplus", "relu", "sigmoid", "tanh", "identity"]),
    st.lists(st.floats(-9, 9), max_size=4),
    st.integers(0, 999),
)
def test_the_ssr_along_a_parameter_is_that_of_networks_with_it_replaced(sizes, activation, values, seed):
    rng = np.random.default_rng(seed)
    net = Network.random(sizes, activation, "tanh", seed=seed)
    data = Dataset(rng.normal(size=(3, sizes[0])), rng.normal(size=(3, sizes[-1])))
    for name in net.parameters:
        one_by_one = [ssr(net.replace(**{name: value}), data) for value in values]
        np.testing.assert_allclose(ssr_along(net, data, name, values), one_by_one, rtol=1e-12)


def test_the_ssr_along_b3_is_a_parabola_of_curvature_6_with_the_videos_heights():
    heights = ssr_along(LESSON, dosage(), "b3", [0, 1, 2, 3])
    assert [round(heights[k], decimals) for k, decimals in enumerate([1, 1, 2, 2])] == [20.4, 7.8, 1.11, 0.46]
    np.testing.assert_allclose(np.diff(heights, 2), 6, rtol=1e-12)


@pytest.mark.parametrize("shape", [(), (0,), (5,), (2, 3)])
def test_heights_have_the_shape_of_the_values(shape):
    heights = ssr_along(LESSON, dosage(), "w1", np.full(shape, 3.34))
    assert (type(heights), heights.shape, heights.dtype) == (np.ndarray, shape, np.float64)
    np.testing.assert_allclose(heights, ssr(LESSON, dosage()), rtol=1e-12)


def test_heights_too_large_for_float64_are_infinite():
    assert np.isinf(ssr_along(LESSON, dosage(), "b3", [1e300, 2.61])).tolist() == [True, False]


# ssr_surface


@settings(derandomize=True, deadline=None, max_examples=40)
@given(
    st.sampled_from([(1, 1), (1, 2, 1), (2, 3, 2), (1, 2, 2, 1)]),
    st.sampled_from(["softplus", "relu", "sigmoid", "tanh", "identity"]),
    st.lists(st.floats(-9, 9), max_size=4),
    st.integers(0, 999),
)
def test_the_surface_is_the_ssr_of_networks_with_both_parameters_replaced(sizes, activation, xs, seed):
    rng = np.random.default_rng(seed)
    net = Network.random(sizes, activation, "tanh", seed=seed)
    data = Dataset(rng.normal(size=(3, sizes[0])), rng.normal(size=(3, sizes[-1])))
    x, y = rng.choice(list(net.parameters), 2, replace=False)
    ys = rng.normal(size=3)
    surface = ssr_surface(net, data, x, y, xs, ys)
    assert surface.shape == (3, len(xs))
    one_by_one = [[ssr(net.replace(**{x: across, y: up}), data) for across in xs] for up in ys]
    np.testing.assert_allclose(surface, np.reshape(one_by_one, surface.shape), rtol=1e-12)


@pytest.mark.parametrize("output_activation", ["softplus", "relu", "sigmoid", "tanh", "identity"])
@pytest.mark.parametrize(("points", "across"), [(1, 9), (40, 9), (40, LONG // 20), (3, LONG)])  # whole or in parts
def test_a_surface_takes_any_output_activation_number_of_points_and_grid(output_activation, points, across):
    net = Network.random((2, 2, 2), "tanh", output_activation, seed=3)
    rng = np.random.default_rng(3)
    data = Dataset(rng.normal(size=(points, 2)), rng.normal(size=(points, 2)))
    xs, ys = np.linspace(-2, 2, across), [-1.0, 3.0]
    for x, y in [("w1", "w8"), ("b1", "w1"), ("w5", "b3"), ("b3", "b4")]:  # b3, b4: an output apart
        surface = ssr_surface(net, data, x, y, xs, ys)
        for i, j in [(0, 0), (0, len(xs) - 1), (1, 0), (1, len(xs) // 2)]:
            assert surface[i, j] == pytest.approx(ssr(net.replace(**{x: xs[j], y: ys[i]}), data), rel=1e-11)


@pytest.mark.parametrize("names", [("w1", "b1"), ("w1", "w3"), ("b3", "w4"), ("w2", "b2")])
def test_values_far_from_0_give_the_heights_that_ssr_gives(names):
    values = [-1e300, -1e9, -800, -40, 0, 40, 800, 1e9, 1e300]
    surface = ssr_surface(LESSON, dosage(), *names, values, values)
    one_by_one = [
        [ssr(LESSON.replace(**dict(zip(names, (across, up), strict=True))), dosage()) for across in values]
        for up in values
    ]
    np.testing.assert_allclose(surface, one_by_one, rtol=1e-12)
    assert np.isinf(surface).any()


@pytest.mark.parametrize(("across", "up"), [(0, 0), (0, 3), (2, 0), (1, 1), (1, 4), (5, 2)])
def test_a_surface_has_a_row_for_each_y_and_a_column_for_each_x(across, up):
    surface = ssr_surface(LESSON, dosage(), "w3", "b1", np.full(across, -1.22), np.full(up, -1.43))
    assert (type(surface), surface.shape, surface.dtype) == (np.ndarray, (up, across), np.float64)
    np.testing.assert_allclose(surface, ssr(LESSON, dosage()), rtol=1e-9)


@pytest.mark.parametrize(
    ("names", "xs", "ys", "error", "words"),
    [
        (("w3", "w3"), [1.0], [1.0], ValueError, "two different parameters; got 'w3' twice"),
        (("w3", "w9"), [1.0], [1.0], KeyError, "no parameter 'w9'"),
        (("w3", "w4"), [[1.0]], [1.0], ValueError, "values of w3 must be one list"),
        (("w3", "w4"), [1.0], 2.0, ValueError, "values of w4 must be one list"),
        (("w3", "w4"), [1.0], [np.nan], ValueError, "values of w4 must be finite"),
        (("w3", "w4"), ["a"], [1.0], TypeError, "values of w3 must hold numbers only"),
    ],
)
def test_a_surface_that_makes_no_sense_is_refused(names, xs, ys, error, words):
    with pytest.raises(error, match=words):
        ssr_surface(LESSON, dosage(), *names, xs, ys)


def test_the_network_and_the_values_stay_as_they_are():
    values = np.array([0.0, 1.0])
    ssr_along(LESSON, dosage(), "b3", values)[:] = 9
    assert values.tolist() == [0.0, 1.0]
    assert statquest_network() == LESSON


# stable_learning_rate


@pytest.mark.parametrize("b3", [-3, 0, 2.61])
def test_the_limit_for_b3_is_a_third_wherever_it_is(b3):
    assert stable_learning_rate(statquest_network(b3=b3), dosage(), ["b3"]) == pytest.approx(1 / 3, rel=1e-9)


def test_the_limit_for_w3_and_w4_comes_from_the_outputs_of_their_node():
    y1, y2 = LESSON.forward(dosage().inputs).outputs[0].T
    assert stable_learning_rate(LESSON, dosage(), ["w3"]) == pytest.approx(1 / (y1 @ y1), rel=1e-8)
    assert stable_learning_rate(LESSON, dosage(), ["w4"]) == pytest.approx(1 / (y2 @ y2), rel=1e-8)


def test_the_limit_for_several_parameters_is_2_over_the_largest_eigenvalue():
    y1, y2 = LESSON.forward(dosage().inputs).outputs[0].T
    factors = np.column_stack([y1, y2, np.ones(3)])  # predicted is linear in w3, w4 and b3
    expected = 2 / np.linalg.eigvalsh(2 * factors.T @ factors)[-1]
    assert stable_learning_rate(LESSON, dosage(), ["w3", "w4", "b3"]) == pytest.approx(expected, rel=1e-8)
    assert stable_learning_rate(LESSON, dosage(), ["b3", "w4", "w3"]) == pytest.approx(expected, rel=1e-8)


@pytest.mark.parametrize("names", [["b3"], ["w3"], ["w4"], ["w3", "w4", "b3"]])
def test_just_below_the_limit_descent_settles_and_just_above_it_does_not(names):
    limit = stable_learning_rate(LESSON, dosage(), names)
    near = LESSON.replace(**{name: LESSON.parameters[name] + 0.1 for name in names})
    below, above = (descend(near, dosage(), factor * limit, names, 3000, min_step=0.0) for factor in (0.99, 1.01))
    assert below.ssr[-1] < 0.01 * below.ssr[0]
    assert above.status == "diverged"


@pytest.mark.parametrize("names", [["w1"], ["b2"], ["w1", "b1", "w2", "b2"], None])
def test_the_limit_at_the_optimum_holds_for_the_bent_parameters_too(names):
    """Near this optimum: from above the limit a run leaves it, and may settle in another, flatter one."""
    best = descend(LESSON, dosage(), 0.05, names, 20_000, min_step=1e-12).final
    limit = stable_learning_rate(best, dosage(), names)
    near = best.replace(**{name: best.parameters[name] + 1e-4 for name in names or best.parameters})
    below, above = (descend(near, dosage(), factor * limit, names, 3000, min_step=0.0) for factor in (0.98, 1.02))
    assert max(abs(step) for step in below[-1].step_size.values()) < 1e-4
    assert below.ssr[-1] <= below.ssr[0]
    assert above.ssr.max() > 10 * above.ssr[0]


def test_every_parameter_is_meant_where_none_is_named():
    limit = stable_learning_rate(LESSON, dosage())
    assert limit == stable_learning_rate(LESSON, dosage(), None)
    assert limit == pytest.approx(stable_learning_rate(LESSON, dosage(), list(LESSON.parameters)), rel=1e-9)
    assert 0 < limit < stable_learning_rate(LESSON, dosage(), ["b3"])


def test_one_name_alone_may_be_given_as_text():
    assert stable_learning_rate(LESSON, dosage(), "b3") == stable_learning_rate(LESSON, dosage(), ["b3"])


@pytest.mark.parametrize(
    ("net", "data", "names"),
    [
        (LINE, Dataset([0, 0], [1, 2]), ["w1"]),  # the inputs are 0, so w1 changes nothing
        (Network.from_parameters((1, 1), {"w1": 1, "b1": -9}, output_activation="relu"), dosage(), None),  # all clipped
    ],
)
def test_the_limit_is_infinite_where_the_ssr_does_not_curve_upward(net, data, names):
    assert stable_learning_rate(net, data, names) == np.inf


# bad input


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (
            lambda: ssr_along(LESSON, dosage(), "b9", [0]),
            KeyError,
            "no parameter 'b9' in this network; the nearest are b3",
        ),
        (
            lambda: ssr_along(LESSON, dosage(), "b3", [0, np.nan]),
            ValueError,
            "values of b3 must be finite; got nan at row 2",
        ),
        (lambda: ssr_along(LESSON, dosage(), "b3", ["x"]), TypeError, "values of b3 must hold numbers only; got 'x'"),
        (lambda: ssr_along(LESSON, dosage(), "b3", None), TypeError, "values of b3 must hold numbers only; got None"),
        (
            lambda: ssr_along(LESSON, dosage(), "b3", [[1], [2, 3]]),
            ValueError,
            r"equal length; got \[\[1\], \[2, 3\]\]",
        ),
        (lambda: ssr_along(dosage(), LESSON, "b3", [0]), TypeError, "expected a Network first; got Dataset"),
        (lambda: ssr_along(LESSON, Dataset([[1, 2]], [1]), "b3", [0]), ValueError, r"1 input\(s\) but the data has 2"),
        (lambda: stable_learning_rate(LESSON, dosage(), ["b3", "w9"]), KeyError, "no parameter 'w9' in this network"),
        (lambda: stable_learning_rate(LESSON, dosage(), []), ValueError, "optimize names no parameter"),
        (lambda: stable_learning_rate(LESSON, 3, ["b3"]), TypeError, "expected a Dataset second; got 3"),
        (lambda: stable_learning_rate(LINE, Dataset([1], [[1, 2]])), ValueError, r"1 output\(s\) but the data has 2"),
    ],
)
def test_bad_arguments_are_refused_with_their_value(call, error, message):
    with pytest.raises(error, match=message):
        call()


def test_a_name_given_twice_counts_once():
    limit = stable_learning_rate(LESSON, dosage(), ["b3", "b3"])
    assert limit == pytest.approx(stable_learning_rate(LESSON, dosage(), ["b3"]), rel=1e-9)
