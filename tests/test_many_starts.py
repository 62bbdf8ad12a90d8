"""Gradient descent from many starts at once: each ends as `descend` ends it."""

import pickle
import tracemalloc
import warnings

import numpy as np
import pytest

from statquest_bp import Dataset, Network, descend, descend_many, dosage, ssr, statquest_network
from statquest_bp.many_networks import LONG

DETAILS_PT_2 = statquest_network(w1=2.74, b1=0, w2=-1.13, b2=0, w3=0.36, w4=0.63, b3=0)
LINE = Network.from_parameters((1, 1), {"w1": 0, "b1": 0})
SHAPES = [(1, 1), (1, 2, 1), (2, 3, 2), (1, 2, 2, 1), (3, 1, 4, 2)]
ACTIVATIONS = ["softplus", "relu", "sigmoid", "tanh", "identity"]


@pytest.fixture(autouse=True)
def nothing_reaches_the_console(capfd):
    with warnings.catch_warnings(), np.errstate(all="raise"):
        warnings.simplefilter("error")
        yield
    assert capfd.readouterr() == ("", "")


def starts(count, sizes=(1, 2, 1), activation="softplus", output_activation="identity"):
    return [Network.random(sizes, activation, output_activation, seed=k) for k in range(count)]


def random_data(sizes, points, seed=0):
    rng = np.random.default_rng(seed)
    return Dataset(rng.normal(size=(points, sizes[0])), rng.normal(size=(points, sizes[-1])))


def assert_each_ends_as_alone(networks, data, *args, rtol=1e-9, **options):
    """Runs it both ways; the ends of `descend_many`, for more questions."""
    many = descend_many(networks, data, *args, **options)
    alone = [descend(net, data, *args, **options) for net in networks]
    assert many.status.tolist() == [run.status for run in alone]
    assert many.steps.tolist() == [len(run) - 1 for run in alone]
    np.testing.assert_allclose(many.ssr, [run.ssr[-1] for run in alone], rtol=rtol, atol=1e-15)
    for name, ends in many.parameters.items():
        np.testing.assert_allclose(ends, [run.final.parameters[name] for run in alone], rtol=rtol, atol=1e-12)
    assert all(np.isfinite(ends).all() for ends in many.parameters.values())
    return many


# each start ends as it would alone


@pytest.mark.parametrize("sizes", SHAPES)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_every_start_ends_as_descend_ends_it(sizes, activation):
    networks = starts(20, sizes, activation)
    many = assert_each_ends_as_alone(networks, random_data(sizes, 4), 0.02, max_steps=60, min_step=0.02)
    assert len(set(many.steps.tolist())) > 3 or activation == "identity"


@pytest.mark.parametrize("output_activation", ACTIVATIONS)
def test_any_output_activation_bends_the_prediction_too(output_activation):
    networks = starts(20, (2, 3, 2), "tanh", output_activation)
    assert_each_ends_as_alone(networks, random_data((2, 3, 2), 5), 0.05, max_steps=40, min_step=1e-3)


def test_all_three_endings_may_come_from_one_call_in_the_order_of_the_starts():
    networks = [DETAILS_PT_2.replace(b1=b1) for b1 in (0, 3, -3, 4, 0.1, 2.9)]  # the larger y1, the lower the limit
    many = assert_each_ends_as_alone(networks, dosage(), 0.02, ["w3", "b3"], max_steps=100, min_step=1e-3)
    assert set(many.status.tolist()) == {"converged", "max steps", "diverged"}
    assert many.status.tolist() != sorted(many.status.tolist())


def test_a_thousand_updates_of_the_lesson_end_at_the_same_place():
    networks = [DETAILS_PT_2, *(DETAILS_PT_2.replace(w1=w1) for w1 in (1.0, 3.0))]
    assert_each_ends_as_alone(networks, dosage(), 0.01, max_steps=1000, min_step=0.0)


@pytest.mark.parametrize("names", [["b3"], ("w3", "w4", "b3"), {"w1", "b1"}, "w2"])
def test_only_the_named_parameters_move(names):
    networks = starts(9)
    many = assert_each_ends_as_alone(networks, dosage(), 0.05, names, max_steps=40)
    moved = {name for name, ends in many.parameters.items() if ends[1] != networks[1].parameters[name]}
    assert moved == ({names} if isinstance(names, str) else set(names))


def test_by_default_the_rate_is_a_tenth_the_limit_1000_updates_and_everything_moves():
    networks = starts(5)
    default = descend_many(networks, dosage())
    spelt_out = descend_many(networks, dosage(), 0.1, list(DETAILS_PT_2.parameters), 1000, 0.001)
    assert default.steps.tolist() == spelt_out.steps.tolist()
    assert default.ssr.tolist() == spelt_out.ssr.tolist()


@pytest.mark.parametrize("points", [1, 3, 3000])
@pytest.mark.parametrize("count", [1, 7])
def test_any_number_of_points_is_taken_whole_or_in_parts(points, count):
    sizes = (2, 3, 1)
    assert points < 3000 or points * 3 * count > LONG
    data = random_data(sizes, points)
    assert_each_ends_as_alone(starts(count, sizes), data, 0.05 / points, max_steps=25, min_step=0.0)


def test_more_starts_than_are_taken_at_a_time_end_alike_wherever_they_stand():
    three = [*starts(2), statquest_network()]
    count = 3 * LONG // 6
    many = descend_many(three * count, dosage(), max_steps=5)
    alone = descend_many(three, dosage(), max_steps=5)
    assert len(many) == 3 * count
    assert (many.steps.reshape(count, 3) == alone.steps).all()
    assert (many.status.reshape(count, 3) == alone.status).all()
    for name, ends in many.parameters.items():
        np.testing.assert_allclose(ends.reshape(count, 3), np.tile(alone.parameters[name], (count, 1)), rtol=1e-12)


# how a run ends


def test_the_limits_hold_for_each_start_alone():
    line = [LINE.replace(b1=b1) for b1 in (0.0, 1.0, 4.0, 1 + 2**-9)]
    many = descend_many(line, Dataset([0], [1]), 1.5, ["b1"], max_steps=50)  # the residual doubles with every step
    assert many.status.tolist() == ["diverged", "converged", "diverged", "diverged"]
    assert many.steps.tolist() == [10, 0, 10, 19]
    np.testing.assert_allclose(many.ssr, [4.0**10, 0, 9 * 4.0**10, 4.0**10])


@pytest.mark.parametrize("max_steps", [0, 1, 7])
def test_max_steps_counts_the_updates(max_steps):
    many = descend_many(starts(3), dosage(), max_steps=max_steps, min_step=0.0)
    assert many.steps.tolist() == [max_steps] * 3
    assert many.status.tolist() == ["max steps"] * 3


def test_a_step_of_exactly_min_step_is_taken():
    start = statquest_network(b3=0)
    step = abs(descend(start, dosage(), optimize=["b3"])[0].step_size["b3"])
    for min_step in (step * (1 - 1e-12), step * (1 + 1e-12)):
        assert_each_ends_as_alone([start], dosage(), 0.1, ["b3"], max_steps=1, min_step=min_step)
    exact = Network.from_parameters((1, 1), {"w1": 0, "b1": 3})  # its slope in b1 is 2 · 3
    assert descend_many([exact], Dataset([0], [0]), 0.5, ["b1"], min_step=3.0).steps.tolist() == [1]


def test_a_min_step_of_0_never_converges():
    perfect = LINE.replace(w1=1)
    assert descend_many([perfect], Dataset([0, 1], [0, 1]), max_steps=9, min_step=0.0).status.tolist() == ["max steps"]
    assert descend_many([perfect], Dataset([0, 1], [0, 1]), min_step=5e-324).status.tolist() == ["converged"]


@pytest.mark.parametrize(
    ("net", "data", "rate"),
    [
        (DETAILS_PT_2, dosage(), 1e300),
        (DETAILS_PT_2, dosage(), 1.7e308),
        (DETAILS_PT_2, Dataset([1e300], [0]), 0.1),
        (DETAILS_PT_2.replace(w3=1e300), dosage(), 0.1),
        (DETAILS_PT_2.replace(w1=1e308, b1=1e308), Dataset([1e308], [-1e308]), 0.1),
        (DETAILS_PT_2, Dataset([-1e160, 1e160], [1e150, 0]), 1.0),
        (LINE, Dataset([0], [1e150]), 5e9),
        (LINE, Dataset([0], [1e152]), 5e2),
        (Network.random((1, 2, 1), "relu", seed=1), dosage(), 1e200),
        (Network.random((1, 2, 1), "identity", seed=1), dosage(), 1e5),
        (Network.random((2, 3, 3, 1), "tanh", "identity", seed=1), Dataset([[1, 2], [3, 4]], [1, 2]), 10.0),
    ],
)
def test_a_run_that_leaves_the_finite_numbers_ends_where_it_was_finite_last(net, data, rate):
    first = next(iter(net.parameters))
    many = assert_each_ends_as_alone([net, net.replace(**{first: 0.5}), net], data, rate, max_steps=30)
    assert many.status[0] == "diverged"
    assert len(many) == 3


def test_a_parameter_that_overflows_is_not_kept_even_where_the_prediction_stays_finite():
    net = Network.from_parameters((1, 1, 1), {"w1": 1.7976e308, "b1": 0, "w2": 1e153, "b2": 0}, "sigmoid")
    many = assert_each_ends_as_alone([net], Dataset([1e-308], [1e154]), 1.7e308, ["w1"], max_steps=1)
    assert (many.status[0], many.network(0)) == ("diverged", net)


def test_far_from_0_no_digit_is_lost():
    """On the far left softplus is e^x, and a large weight brings it back into sight."""
    far = [DETAILS_PT_2.replace(b1=b1, w3=np.exp(-b1)) for b1 in (-30.0, -300.0)]
    assert_each_ends_as_alone(far, dosage(), 1e-3, ["b3", "w2"], max_steps=20)
    assert_each_ends_as_alone([DETAILS_PT_2.replace(b1=750.0, w3=1e-3)], dosage(), 1e-7, max_steps=20, min_step=0.0)


# what comes back


def test_the_ends_are_arrays_over_the_starts_with_every_name():
    many = descend_many(starts(4), dosage(), max_steps=3)
    assert list(many.parameters) == list(DETAILS_PT_2.parameters)
    for ends in (*many.parameters.values(), many.ssr, many.status, many.steps):
        assert (type(ends), ends.shape) == (np.ndarray, (4,))
    assert (len(many), many.ssr.dtype, many.steps.dtype, many.status.dtype.kind) == (4, np.float64, np.int64, "U")


def test_each_end_is_a_network_of_the_starts_shape_with_that_ssr():
    many = descend_many(starts(4, (2, 3, 1), "tanh", "sigmoid"), random_data((2, 3, 1), 5), max_steps=9, min_step=0.0)
    for k in (0, 2, np.int64(3), -1):
        end = many.network(k)
        assert (end.sizes, end.activation, end.output_activation) == ((2, 3, 1), "tanh", "sigmoid")
        assert end.parameters == {name: ends[k] for name, ends in many.parameters.items()}
        assert ssr(end, random_data((2, 3, 1), 5)) == pytest.approx(many.ssr[k], rel=1e-12)
    with pytest.raises(IndexError, match="4"):
        many.network(4)


def test_nothing_in_the_ends_can_be_changed():
    many = descend_many(starts(2), dosage(), max_steps=1)
    for array in (many.parameters["b3"], many.ssr, many.status, many.steps):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = array[1]
    with pytest.raises(TypeError, match="does not support item assignment"):
        many.parameters["b3"] = many.ssr
    with pytest.raises(AttributeError, match="cannot assign"):
        many.ssr = many.steps
    with pytest.raises(AttributeError, match="cannot delete"):
        del many.ssr


def test_the_starts_stay_as_they_are_and_the_ends_survive_pickling():
    networks = starts(3)
    many = descend_many(networks, dosage())
    saved = pickle.loads(pickle.dumps(many))
    assert networks == starts(3)
    assert [saved.network(k) for k in range(3)] == [many.network(k) for k in range(3)]
    assert (saved.status.tolist(), saved.ssr.flags.writeable) == (many.status.tolist(), False)


def test_the_repr_counts_the_endings():
    networks = [statquest_network(b3=b3) for b3 in (0, 1, 2, 1e9)]
    assert repr(descend_many(networks, dosage(), 0.4, ["b3"], 30)) == "ManyRuns(4 starts: 4 diverged)"
    assert repr(descend_many(networks, dosage(), 0.1, ["b3"], 9)) == "ManyRuns(4 starts: 3 converged, 1 max steps)"


def test_any_iterable_of_networks_will_do():
    assert (
        descend_many((net for net in starts(3)), dosage()).ssr.tolist()
        == descend_many(starts(3), dosage()).ssr.tolist()
    )


def test_what_a_start_takes_is_little_more_than_what_comes_back_of_it():
    networks = starts(1) * 20_000
    peaks = []
    for count in (10_000, 20_000):
        tracemalloc.start()
        descend_many(networks[:count], dosage(), max_steps=2, min_step=0.0)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert (peaks[1] - peaks[0]) / 10_000 < 400  # bytes; 7 parameters, SSR, status and steps are 108


# bad input


@pytest.mark.parametrize(
    ("networks", "error", "message"),
    [
        ([], ValueError, "networks is empty: at least one start is needed"),
        (DETAILS_PT_2, TypeError, r"expected a list of Networks first; got Network\(1-2-1 softplus"),
        (3, TypeError, "expected a list of Networks first; got 3"),
        ([DETAILS_PT_2, None], TypeError, r"must hold Networks only; networks\[1\] is None"),
        (
            [DETAILS_PT_2, DETAILS_PT_2, Network.random((1, 3, 1))],
            ValueError,
            r"one shape; networks\[0\] is 1-2-1 softplus identity but networks\[2\] is 1-3-1 softplus identity",
        ),
        (starts(1) + starts(1, activation="tanh"), ValueError, r"networks\[1\] is 1-2-1 tanh identity"),
        (starts(1) + starts(1, output_activation="relu"), ValueError, r"networks\[1\] is 1-2-1 softplus relu"),
        (starts(1, (2, 2, 1)), ValueError, r"the network has 2 input\(s\) but the data has 1"),
    ],
)
def test_networks_that_make_no_sense_together_are_refused(networks, error, message):
    with pytest.raises(error, match=message):
        descend_many(networks, dosage())


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"learning_rate": 0}, ValueError, "learning_rate must be a positive, finite number; got 0"),
        ({"max_steps": 1.5}, ValueError, "max_steps must be a whole number from 0 up; got 1.5"),
        ({"min_step": -1}, ValueError, "min_step must be 0 or more, and finite; got -1"),
        ({"optimize": []}, ValueError, "optimize names no parameter"),
        ({"optimize": ["b4"]}, KeyError, "no parameter 'b4' in this network; the nearest are"),
        ({"data": [1, 2]}, TypeError, r"expected a Dataset second; got \[1, 2\]"),
    ],
)
def test_other_bad_arguments_are_refused_as_descend_does(arguments, error, message):
    with pytest.raises(error, match=message):
        descend_many(**({"networks": starts(2), "data": dosage()} | arguments))
