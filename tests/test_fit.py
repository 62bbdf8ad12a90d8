"""Residuals and their sum of squares."""

import numpy as np
import pytest

from statquest_bp import Dataset, Network, dosage, gradient, in_own_units, residuals, ssr, statquest_network
from statquest_bp.fit import level_line_ssr

LINE = Network.from_parameters((1, 1), {"w1": 2, "b1": 1})  # predicted = 2 · input + 1


@pytest.mark.parametrize(("b3", "ssr_shown"), [(0, "20.4"), (1, "7.8"), (2, "1.11"), (3, "0.46")])
def test_the_videos_ssr(b3, ssr_shown):
    decimals = len(ssr_shown.partition(".")[2])
    assert round(ssr(statquest_network(b3=b3), dosage()), decimals) == float(ssr_shown)


def test_residuals_are_observed_minus_predicted():
    assert residuals(LINE, Dataset([0, 1, 2], [0, 10, 5])).tolist() == [[-1.0], [7.0], [0.0]]


def test_the_ssr_adds_the_squares_over_all_points():
    result = ssr(LINE, Dataset([0, 1, 2], [0, 10, 5]))
    assert result == 50.0
    assert type(result) is float


def test_the_ssr_adds_the_squares_over_all_outputs():
    two = Network.from_parameters((1, 2), {"w1": 1, "b1": 0, "w2": -1, "b2": 3})
    data = Dataset([1, 2], [[2, 2], [0, 4]])
    assert residuals(two, data).tolist() == [[1.0, 0.0], [-2.0, 3.0]]
    assert ssr(two, data) == 14.0


@pytest.mark.parametrize("big", [1e155, 1e300])
def test_predictions_too_large_to_square_give_an_infinite_ssr_and_no_warning(big):
    net = LINE.replace(w1=big, b1=-big)
    with np.errstate(all="raise"):
        assert ssr(net, Dataset([3], [0])) == np.inf


@pytest.mark.parametrize("function", [residuals, ssr, gradient])
@pytest.mark.parametrize(
    ("net", "data", "error", "message"),
    [
        (LINE, Dataset([[1, 2]], [1]), ValueError, r"the network has 1 input\(s\) but the data has 2"),
        (LINE, Dataset([1], [[1, 2, 3]]), ValueError, r"the network has 1 output\(s\) but the data has 3"),
        (dosage(), LINE, TypeError, r"expected a Network first; got Dataset\(3 points"),
        (LINE, [1, 2], TypeError, r"expected a Dataset second; got \[1, 2\]"),
    ],
)
def test_a_network_and_data_that_do_not_match_are_refused(function, net, data, error, message):
    with pytest.raises(error, match=message):
        function(net, data)


def test_the_best_level_line_is_the_mean_of_each_output():
    data = Dataset([0, 1, 2], [[0, 5], [1, 5], [2, 8]])
    level = Network.from_parameters((1, 2), {"w1": 0, "b1": 1, "w2": 0, "b2": 6}, output_activation="identity")
    assert level_line_ssr(data) == pytest.approx(ssr(level, data))
    for nudge in (-0.1, 0.1):
        assert ssr(level.replace(b2=6 + nudge), data) > level_line_ssr(data)


DATA = Dataset([[0, 1], [1, 0], [2, 5]], [[1, 500], [2, 400], [5, 800]])


@pytest.mark.parametrize("hidden", [(), (3,), (2, 4)])
def test_a_network_in_own_units_predicts_what_it_predicted_from_0_to_1_brought_back(hidden):
    net = Network.random((2, *hidden, 2), "tanh", seed=1)
    own = in_own_units(net, DATA)
    low, high = DATA.observed.min(axis=0), DATA.observed.max(axis=0)
    np.testing.assert_allclose(own.predict(DATA.inputs), low + (high - low) * net.predict(DATA.inputs))
    scaled = DATA.scaled(inputs=False, observed=True)
    np.testing.assert_allclose(residuals(own, DATA), (high - low) * residuals(net, scaled), atol=1e-10)
    assert own.parameters["w1"] == net.parameters["w1"] or not hidden
    assert (own.sizes, own.activation) == (net.sizes, net.activation)


def test_what_ran_from_0_to_1_stays_as_it_was_and_equal_values_only_move():
    net = Network.random((1, 2, 1), seed=1)
    assert in_own_units(net, dosage()) == net
    level = Dataset([0, 1], [5, 5])
    np.testing.assert_allclose(in_own_units(net, level).predict([0, 1]), net.predict([0, 1]) + 5)


def test_only_what_comes_out_straight_can_be_brought_back():
    with pytest.raises(ValueError, match=r"only an output without a bend.*this one is sigmoid"):
        in_own_units(Network.random((1, 2, 1), output_activation="sigmoid", seed=1), dosage())
    with pytest.raises(ValueError, match="the network has 2"):
        in_own_units(Network.random((2, 1), seed=1), dosage())


@pytest.mark.filterwarnings("error")
def test_the_ssr_of_a_level_line_too_large_to_square_is_infinite():
    assert level_line_ssr(Dataset([0, 1], [1e160, 0])) == np.inf
