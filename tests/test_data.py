"""Datasets: what they hold, what they refuse, and that they stay as they are."""

import pickle
import tomllib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from statquest_bp import Dataset, Network, descend, dosage, growth, spring
from statquest_bp.data import DATASETS
from tools import make_data


def test_dosage_holds_the_three_points_of_the_lesson():
    data = dosage()
    assert data.inputs.tolist() == [[0.0], [0.5], [1.0]]
    assert data.observed.tolist() == [[0.0], [1.0], [0.0]]
    assert (data.input_names, data.observed_names) == (("Dosage",), ("Efficacy",))
    assert len(data) == 3
    assert repr(data) == "Dataset(3 points: Dosage → Efficacy)"


def test_a_flat_list_becomes_one_column():
    data = Dataset(range(4), (True, False, 1, 2.5))
    assert data.inputs.shape == data.observed.shape == (4, 1)


def test_a_table_keeps_its_columns():
    data = Dataset([[1, 2], [3, 4], [5, 6]], [[1, 2, 3]] * 3)
    assert data.inputs.tolist() == [[1, 2], [3, 4], [5, 6]]
    assert data.observed.shape == (3, 3)


@pytest.mark.parametrize("dtype", [bool, int, np.uint8, np.float16, np.float32, np.float64])
def test_values_of_every_real_type_become_float64(dtype):
    data = Dataset(np.array([0, 1], dtype), np.array([1, 0], dtype))
    assert data.inputs.dtype == data.observed.dtype == np.float64
    assert data.inputs.tolist() == [[0.0], [1.0]]


def test_columns_are_numbered_where_there_are_several():
    data = Dataset([[1, 2]], [[3, 4, 5]])
    assert data.input_names == ("Input 1", "Input 2")
    assert data.observed_names == ("Observed 1", "Observed 2", "Observed 3")
    assert Dataset([1], [1]).input_names + Dataset([1], [1]).observed_names == ("Input", "Observed")


def test_a_dataset_keeps_a_copy_of_what_it_is_given():
    inputs, observed = np.array([[1.0], [2.0]]), np.array([[3.0], [4.0]])
    data = Dataset(inputs, observed)
    inputs[0] = observed[0] = 99
    assert (data.inputs[0, 0], data.observed[0, 0]) == (1.0, 3.0)


@pytest.mark.parametrize("name", ["inputs", "observed"])
def test_the_arrays_are_read_only(name):
    array = getattr(dosage(), name)
    with pytest.raises(ValueError, match="read-only"):
        array[0] = 1


@pytest.mark.parametrize("name", ["inputs", "observed", "input_names", "observed_names", "anything"])
def test_a_dataset_never_changes(name):
    data = dosage()
    with pytest.raises(AttributeError, match="cannot assign to field"):
        setattr(data, name, [1])
    with pytest.raises(AttributeError, match="cannot delete field"):
        delattr(data, name)
    assert data.inputs.tolist() == [[0.0], [0.5], [1.0]]


def test_a_dataset_survives_pickling():
    data = pickle.loads(pickle.dumps(Dataset([[1, 2]], [3], ["a", "b"], ["c"])))
    assert data.inputs.tolist() == [[1.0, 2.0]]
    assert data.observed.tolist() == [[3.0]]
    assert (data.input_names, data.observed_names) == (("a", "b"), ("c",))
    assert not data.inputs.flags.writeable


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (([], []), ValueError, "inputs is empty: at least one point"),
        (([1], []), ValueError, "observed is empty"),
        (([[]], [1]), ValueError, "inputs is empty"),
        (([1, 2, 3], [1, 2]), ValueError, "got 3 inputs and 2 observed"),
        (([0, float("nan")], [1, 2]), ValueError, "inputs must be finite; got nan at row 2"),
        (([0, 1], [float("-inf"), 2]), ValueError, "observed must be finite; got -inf at row 1"),
        (([[1, 2], [3]], [1, 2]), ValueError, r"inputs must have rows of equal length; got \[\[1, 2\], \[3\]\]"),
        ((5, [1]), ValueError, r"inputs must be a list of numbers or a table.*shape \(\)"),
        (([[[1]]], [1]), ValueError, r"shape \(1, 1, 1\)"),
        ((["low"], [1]), TypeError, "inputs must hold numbers only; got 'low'"),
        (([1, None], [1, 2]), TypeError, "inputs must hold numbers only; got None"),
        (([1], [2j]), TypeError, "observed must hold numbers only; got 2j"),
        (([1], [1], ["a", "b"]), ValueError, r"input_names must name 1 column\(s\); got \['a', 'b'\]"),
        (([1], [1], None, []), ValueError, r"observed_names must name 1 column\(s\); got \[\]"),
        (([1], [1], "a"), TypeError, "input_names must be a list of names.*got .*'a'"),
    ],
)
def test_bad_data_is_refused_with_its_value(arguments, error, message):
    with pytest.raises(error, match=message):
        Dataset(*arguments)


def test_text_among_numbers_is_named_itself():
    with pytest.raises(TypeError, match="inputs must hold numbers only; got 'low'"):
        Dataset([1, "low"], [1, 2])


def test_a_whole_number_too_long_for_an_int64_is_a_number_too():
    assert Dataset([2**70], [1]).inputs[0, 0] == 2.0**70


def test_names_that_are_no_list_are_refused_with_their_value():
    with pytest.raises(TypeError, match=r"input_names .*got 5"):
        Dataset([1], [1], input_names=5)


# inputs from 0 to 1


def test_scaled_inputs_run_from_0_to_1_in_proportion_and_say_so():
    data = Dataset([[20, -5], [30, 5], [60, 0]], [[1], [2], [3]], ["Age", "Change"], ["Effect"])
    scaled = data.scaled()
    np.testing.assert_allclose(scaled.inputs, [[0, 0], [0.25, 1], [1, 0.5]])
    assert scaled.input_names == ("Age (0 to 1)", "Change (0 to 1)")
    assert scaled.observed.tolist() == data.observed.tolist()
    assert (scaled.observed_names, data.inputs[0, 0]) == (("Effect",), 20)


def test_what_was_observed_is_scaled_in_the_same_way_where_it_is_asked_for():
    data = Dataset([20, 30, 60], [[1, 500], [2, 400], [5, 800]], ["Age"], ["Effect", "Price"])
    both, only = data.scaled(observed=True), data.scaled(inputs=False, observed=True)
    np.testing.assert_allclose(both.inputs[:, 0], [0, 0.25, 1])
    np.testing.assert_array_equal(only.inputs, data.inputs)
    for scaled in (both, only):
        np.testing.assert_allclose(scaled.observed, [[0, 0.25], [0.25, 0], [1, 1]])
        assert scaled.observed_names == ("Effect (0 to 1)", "Price (0 to 1)")
    assert (both.input_names, only.input_names) == (("Age (0 to 1)",), ("Age",))


def test_a_constant_input_becomes_0_and_what_runs_from_0_to_1_stays():
    scaled = Dataset([[7, 0], [7, 0.3], [7, 1]], [1, 2, 3], ["a", "a"]).scaled()
    assert scaled.inputs.tolist() == [[0, 0], [0, 0.3], [0, 1]]
    assert scaled.input_names == ("a (always 0)", "a")


def test_a_range_too_large_for_a_number_is_scaled_too():
    assert Dataset([-1e308, 0, 1e308], [1, 2, 3]).scaled().inputs[:, 0].tolist() == [0.0, 0.5, 1.0]


@settings(deadline=None)
@given(st.lists(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=2, max_size=2), min_size=1))
def test_scaling_holds_for_any_numbers_keeps_their_order_and_a_second_one_changes_nothing(rows):
    data = Dataset(rows, [0] * len(rows))
    once = data.scaled()
    for before, after in zip(data.inputs.T, once.inputs.T, strict=True):
        assert (after.min(), after.max()) == (0.0, 1.0 if before.min() < before.max() else 0.0)
        assert (np.diff(after[np.argsort(before)]) >= 0).all()
    twice = once.scaled()
    assert (twice.inputs.tolist(), twice.input_names) == (once.inputs.tolist(), once.input_names)


# the data sets of the package


@pytest.mark.parametrize(
    ("make", "points", "names"),
    [(spring, 40, "Time (s) → Height (cm)"), (growth, 60, "Temperature (°C), Water (ml) → Growth (cm)")],
)
def test_the_data_sets_hold_what_they_promise(make, points, names):
    assert repr(make()) == f"Dataset({points} points: {names})"


def test_made_again_the_data_sets_are_the_stored_ones():
    assert {path.name: path.read_text("utf-8") for path in DATASETS.glob("*.csv")} == make_data.files()


def test_an_installed_package_has_its_data_sets_and_their_licence():
    package = DATASETS.parent
    project = tomllib.loads((package.parent / "pyproject.toml").read_text("utf-8"))
    patterns = project["tool"]["setuptools"]["package-data"]["statquest_bp"]
    shipped = {path.relative_to(package) for pattern in patterns for path in package.glob(pattern)}
    assert {Path("datasets/spring.csv"), Path("datasets/growth.csv"), Path("datasets/README.md")} <= shipped
    assert "CC0" in (DATASETS / "README.md").read_text("utf-8")


def ssr_after(data, *sizes):
    return descend(Network.random(sizes, "tanh", seed=1), data, 0.003, max_steps=3000, min_step=0.0).ssr


def test_a_small_network_learns_the_spring():
    ssr = ssr_after(spring(), 1, 4, 1)
    assert ssr[-1] < 0.03 * ssr[0]


def test_a_small_network_learns_the_growth_once_the_inputs_are_scaled_and_not_before():
    unscaled, scaled = ssr_after(growth(), 2, 4, 1), ssr_after(growth().scaled(), 2, 4, 1)
    assert scaled[-1] < 0.1 * scaled[0]
    assert unscaled[-1] > 10 * scaled[-1]
