"""Every activation and its slope, held against 50-digit arithmetic."""

import numpy as np
import pytest
from mpmath import mp, mpf

from statquest_bp.activations import ACTIVATIONS, activation_named

NAMES = ["softplus", "relu", "sigmoid", "tanh", "identity"]
TINY = np.finfo(np.float64).smallest_subnormal

EXACT = {
    "softplus": (lambda x: max(x, 0) + mp.log1p(mp.exp(-abs(x))), lambda x: 1 / (1 + mp.exp(-x))),
    "relu": (lambda x: max(x, mpf(0)), lambda x: mpf(x > 0)),
    "sigmoid": (lambda x: 1 / (1 + mp.exp(-x)), lambda x: 1 / (1 + mp.exp(-x)) / (1 + mp.exp(x))),
    "tanh": (mp.tanh, lambda x: mp.sech(x) ** 2),
    "identity": (lambda x: x, lambda x: mpf(1)),
}
SMALL = np.geomspace(1e-300, 1, 31)
RANGE = np.concatenate([np.linspace(-750, 750, 151), np.linspace(-40, 40, 161), SMALL, -SMALL])


@pytest.fixture(autouse=True)
def fifty_digits_and_no_overflow():
    with mp.workdps(50), np.errstate(over="raise", invalid="raise", divide="raise"):
        yield


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("part", ["curve", "slope"])
def test_curve_and_slope_are_right_to_the_last_digits(name, part):
    exact = EXACT[name][part == "slope"]
    for x, got in zip(RANGE.tolist(), getattr(ACTIVATIONS[name], part)(RANGE).tolist(), strict=True):
        truth = exact(mpf(x))
        assert abs(got - truth) <= 2e-15 * abs(truth) + 4 * TINY, (x, got, truth)


@pytest.mark.parametrize("name", NAMES)
def test_both_at_once_are_right_to_the_last_digits(name):
    curve, slope = ACTIVATIONS[name].curve_and_slope(RANGE)
    slope = np.ones_like(RANGE) if slope is None else slope
    for x, *got in zip(RANGE.tolist(), curve.tolist(), slope.tolist(), strict=True):
        truths = [exact(mpf(x)) for exact in EXACT[name]]
        assert all(abs(g - t) <= 2e-15 * abs(t) + 4 * TINY for g, t in zip(got, truths, strict=True)), (x, got, truths)


@pytest.mark.parametrize("x", [0.0, -0.0, 37.0, 745.0, 746.0, 1e4, 1e300, np.finfo(np.float64).max])
@pytest.mark.parametrize(
    ("name", "above", "below"),  # (curve, slope) far above 0 and far below it
    [
        ("softplus", lambda x: (x, 1), lambda x: (0, 0)),
        ("relu", lambda x: (x, 1), lambda x: (0, 0)),
        ("sigmoid", lambda x: (1, 0), lambda x: (0, 0)),
        ("tanh", lambda x: (1, 0), lambda x: (-1, 0)),
        ("identity", lambda x: (x, 1), lambda x: (x, 1)),
    ],
)
def test_far_from_0_curve_and_slope_are_finite_and_reach_their_limits(name, above, below, x):
    activation = ACTIVATIONS[name]
    at_0 = {"softplus": (np.log(2), 0.5), "sigmoid": (0.5, 0.25), "tanh": (0, 1), "relu": (0, 0), "identity": (0, 1)}
    for value, limit in ((x, above(x)), (-x, below(-x))) if x else ((x, at_0[name]),):
        np.testing.assert_allclose((activation.curve(value), activation.slope(value)), limit, rtol=1e-15, atol=1e-15)
        for size in (1, 999):  # softplus takes another way where there are many
            curve, slope = activation.curve_and_slope(np.full(size, value))
            np.testing.assert_allclose(curve, limit[0], rtol=1e-15, atol=1e-15)
            np.testing.assert_allclose(1.0 if slope is None else slope, limit[1], rtol=1e-15, atol=1e-15)


def test_the_slope_of_relu_is_0_at_its_corner():
    assert ACTIVATIONS["relu"].slope([-0.0, 0.0, TINY, -TINY]).tolist() == [0, 0, 1, 0]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("shape", [(), (4,), (3, 2), (2, 3, 1), (0,)])
def test_any_shape_comes_back_as_it_went_in_and_as_float64(name, shape):
    for function in (ACTIVATIONS[name].curve, ACTIVATIONS[name].slope):
        for dtype in (np.float64, np.float32, np.int64):
            result = function(np.ones(shape, dtype))
            assert (result.shape, result.dtype) == (shape, np.float64)


@pytest.mark.parametrize("name", NAMES)
def test_what_goes_in_is_never_changed_or_shared(name):
    x = np.array([-1.0, 0.0, 2.0])
    for function in (ACTIVATIONS[name].curve, ACTIVATIONS[name].slope):
        result = function(x)
        result[:] = 99
        assert x.tolist() == [-1.0, 0.0, 2.0]


@pytest.mark.parametrize("name", NAMES)
def test_the_slopes_formula_gives_the_slope(name):
    activation = ACTIVATIONS[name]
    formula = activation.slope_formula.format(x="(x)")
    for old, new in {"e^": "e**", "×": "*", "−": "-", "²": "**2", ", else": " else"}.items():
        formula = formula.replace(old, new)
    for x in (-2.0, -0.5, 0.0, 0.3, 3.0):
        names = {"x": x, "e": np.e, "tanh": np.tanh, "sigmoid": lambda x: 1 / (1 + np.exp(-x))}
        assert eval(formula, names) == pytest.approx(float(activation.slope(x)), rel=1e-13)


def test_there_are_five_activations_found_by_name():
    assert list(ACTIVATIONS) == NAMES
    assert [activation_named(name).name for name in NAMES] == NAMES


@pytest.mark.parametrize("name", ["Softplus", "swish", "", None, 1, ["relu"]])
def test_an_unknown_activation_is_refused_with_its_name_and_the_five_there_are(name):
    with pytest.raises(ValueError, match=r"choose one of softplus, relu, sigmoid, tanh, identity$") as e:
        activation_named(name)
    assert f"there is no activation {name!r};" in str(e.value)
