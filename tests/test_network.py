"""Networks: their names, their arrays, the forward pass, and that they never change."""

import copy
import itertools
import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from statquest_bp import Network, dosage, statquest_network

LESSON = ["w1", "b1", "w2", "b2", "w3", "w4", "b3"]
SIZES = st.lists(st.integers(1, 4), min_size=2, max_size=5).map(tuple)
repeatable = settings(derandomize=True, deadline=None, max_examples=50)


def numbered(sizes):
    """A network whose every parameter's value tells its name: w7 is 7, b3 is −3."""
    names = Network.random(sizes, seed=0).parameters
    return Network.from_parameters(sizes, {name: float(name[1:]) * (1 if name[0] == "w" else -1) for name in names})


# names


def test_the_lessons_names_run_node_by_node_and_backward_in_reverse():
    assert list(statquest_network().parameters) == LESSON
    assert list(statquest_network().backward_order) == ["b3", "w4", "w3", "b2", "w2", "b1", "w1"]


@pytest.mark.parametrize(
    ("sizes", "names"),
    [
        ((1, 1), "w1 b1"),
        ((3, 1), "w1 w2 w3 b1"),
        ((1, 3), "w1 b1 w2 b2 w3 b3"),
        ((2, 2), "w1 w2 b1 w3 w4 b2"),
        ((1, 2, 1), "w1 b1 w2 b2 w3 w4 b3"),
        ((2, 2, 1), "w1 w2 b1 w3 w4 b2 w5 w6 b3"),
        ((1, 2, 2, 1), "w1 b1 w2 b2 w3 w4 b3 w5 w6 b4 w7 w8 b5"),
    ],
)
def test_each_nodes_weights_come_before_its_bias(sizes, names):
    net = Network.random(sizes, seed=1)
    assert list(net.parameters) == names.split()
    assert list(net.backward_order) == names.split()[::-1]


@repeatable
@given(SIZES)
def test_weights_and_biases_are_numbered_layer_by_layer_as_pytorch_flattens_them(sizes):
    net = numbered(sizes)
    weights = np.concatenate([layer.flatten() for layer in net.weights])
    assert weights.tolist() == list(range(1, len(weights) + 1))
    assert np.concatenate(net.biases).tolist() == [-k for k in range(1, sum(sizes[1:]) + 1)]
    assert [layer.shape for layer in net.weights] == [(n_out, n_in) for n_in, n_out in itertools.pairwise(sizes)]
    assert [layer.shape for layer in net.biases] == [(n_out,) for n_out in sizes[1:]]
    assert len(net.parameters) == len(weights) + sum(sizes[1:])


# making networks


def test_the_order_of_the_mapping_does_not_matter_and_the_values_are_kept_exactly():
    values = {name: 0.1 * k for k, name in enumerate(LESSON)}
    net = Network.from_parameters([1, 2, 1], dict(reversed(values.items())))
    assert dict(net.parameters) == values
    assert list(net.parameters) == LESSON


def test_a_network_knows_its_sizes_and_activations():
    net = Network.from_parameters(np.array([1, 1]), {"w1": np.float32(0.5), "b1": 1}, "tanh", "relu")
    assert (net.sizes, net.activation, net.output_activation) == ((1, 1), "tanh", "relu")
    assert [type(value) for value in net.parameters.values()] == [float, float]
    assert (statquest_network().activation, statquest_network().output_activation) == ("softplus", "identity")


def test_a_random_network_depends_on_its_seed_alone():
    same = Network.random((2, 3, 1), seed=7)
    assert same == Network.random((2, 3, 1), seed=7) == Network.random((2, 3, 1), seed=np.int64(7))
    assert same != Network.random((2, 3, 1), seed=8)
    assert Network.random((2, 3, 1)) != Network.random((2, 3, 1))


def test_a_random_network_has_zero_biases_and_weights_of_variance_1_over_the_values_into_the_node():
    net = Network.random((100, 400, 25), "tanh", "sigmoid", seed=0)
    assert (net.activation, net.output_activation) == ("tanh", "sigmoid")
    assert not any(layer.any() for layer in net.biases)
    for layer, n_in in zip(net.weights, (100, 400), strict=True):
        assert abs(layer.mean()) < 4 / np.sqrt(layer.size * n_in)
        assert layer.var() * n_in == pytest.approx(1, abs=0.05)


@pytest.mark.parametrize("sizes", [(), (1,), (1, 0), (1, -2, 1), (1, 2.0, 1), (True, 1), "121", (1, "2"), (1, None)])
@pytest.mark.parametrize("make", [Network.random, lambda sizes: Network.from_parameters(sizes, {})])
def test_sizes_that_make_no_network_are_refused(make, sizes):
    with pytest.raises(ValueError, match="sizes must be two or more whole numbers from 1 up, such as") as e:
        make(sizes)
    assert repr(sizes) in str(e.value)


@pytest.mark.parametrize("seed", [-1, 1.5, "1", True])
def test_a_seed_that_is_no_whole_number_is_refused(seed):
    with pytest.raises(ValueError, match=f"seed must be a whole number from 0 up, or None; got {seed!r}"):
        Network.random((1, 1), seed=seed)


@pytest.mark.parametrize(
    ("make", "error", "message"),
    [
        (lambda: Network.random(3), TypeError, r"sizes must list the nodes in each layer.*got 3"),
        (lambda: Network.random((1, 2, 1), "swish"), ValueError, "there is no activation 'swish'"),
        (lambda: Network.random((1, 1), "relu", "swish"), ValueError, "there is no activation 'swish'"),
        (lambda: Network.random((1, 1), "swish"), ValueError, "there is no activation 'swish'"),
        (lambda: Network.from_parameters((1, 1), [1, 2]), TypeError, r"parameters must map names.*got \[1, 2\]"),
        (lambda: Network.from_parameters((1, 2, 1), {"w1": 1, "b3": 2}), ValueError, "no value .* b1, w2, b2, w3, w4$"),
        (lambda: Network.from_parameters((1, 1), {"w1": 1, "b1": 2, "b2": 3}), KeyError, "no parameter 'b2'.*b1"),
        (lambda: Network.from_parameters((1, 1), {"w1": 1, "b1": 2}, "Relu"), ValueError, "no activation 'Relu'"),
    ],
)
def test_parts_that_make_no_network_are_refused_with_their_value(make, error, message):
    with pytest.raises(error, match=message):
        make()


CHANGES = [
    lambda **values: statquest_network(**values),
    lambda **values: statquest_network().replace(**values),
    lambda **values: Network.from_parameters((1, 2, 1), dict(statquest_network().parameters) | values),
]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize(
    ("name", "value", "error", "message"),
    [
        ("b3", float("nan"), ValueError, "b3 must be finite; got nan"),
        ("w1", float("-inf"), ValueError, "w1 must be finite; got -inf"),
        ("w4", np.float64("inf"), ValueError, "w4 must be finite; got .*inf"),
        ("b3", "1", TypeError, "b3 must be a number; got '1'"),
        ("b3", None, TypeError, "b3 must be a number; got None"),
        ("b3", True, TypeError, "b3 must be a number; got True"),
        ("b3", 1j, TypeError, "b3 must be a number; got 1j"),
        ("b3", np.array([1.0]), TypeError, r"b3 must be a number; got array\(\[1.\]\)"),
        ("B3", 1.0, KeyError, "there is no parameter 'B3' in this network; the nearest are b3"),
        ("w5", 1.0, KeyError, "there is no parameter 'w5'.*the nearest are w"),
        ("bias", 1.0, KeyError, "there is no parameter 'bias'.*the nearest are .*b1"),
    ],
)
def test_a_bad_parameter_is_refused_with_its_value_or_the_nearest_names(change, name, value, error, message):
    with pytest.raises(error, match=message):
        change(**{name: value})


# the lesson's network


def test_the_lessons_network_has_the_videos_two_decimals_exactly():
    assert list(statquest_network().parameters.values()) == [3.34, -1.43, -3.53, 0.57, -1.22, -2.30, 2.61]


@pytest.mark.parametrize("name", LESSON)
def test_a_keyword_overrides_one_parameter_of_the_lessons_network(name):
    expected = dict(statquest_network().parameters) | {name: 0.125}
    assert dict(statquest_network(**{name: 0.125}).parameters) == expected


# immutability, equality, hashing, pickling


@repeatable
@given(SIZES, st.data())
def test_replace_changes_the_named_parameters_and_nothing_else(sizes, draw):
    net = numbered(sizes)
    before = dict(net.parameters)
    changes = draw.draw(st.dictionaries(st.sampled_from(list(before)), st.floats(-9, 9)))
    new = net.replace(**changes)
    assert dict(new.parameters) == before | changes
    assert dict(net.parameters) == before
    assert (new.sizes, new.activation, new.output_activation) == (net.sizes, net.activation, net.output_activation)


def test_replace_keeps_the_activations():
    new = Network.random((1, 2, 1), "tanh", "sigmoid", seed=0).replace(b3=1)
    assert (new.activation, new.output_activation) == ("tanh", "sigmoid")


def test_the_arrays_are_read_only_float64():
    net = statquest_network()
    for array in (*net.weights, *net.biases):
        assert array.dtype == np.float64
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0
    with pytest.raises(TypeError, match="does not support item assignment"):
        net.parameters["b3"] = 0
    assert net == statquest_network()


@pytest.mark.parametrize("name", ["parameters", "weights", "sizes", "activation", "b3", "vector"])
def test_a_network_never_changes(name):
    net = statquest_network()
    with pytest.raises(AttributeError, match="cannot assign to field"):
        setattr(net, name, 1)
    with pytest.raises(AttributeError, match="cannot delete field"):
        delattr(net, name)
    assert net == statquest_network()


def test_changing_the_mapping_a_network_was_made_from_changes_nothing():
    values = dict(statquest_network().parameters)
    net = Network.from_parameters((1, 2, 1), values)
    values["b3"] = 0
    assert net.parameters["b3"] == 2.61


def test_equal_networks_have_equal_hashes():
    net = statquest_network(b3=0.0)
    assert net == statquest_network(b3=-0.0) == statquest_network().replace(b3=0)
    assert hash(net) == hash(statquest_network(b3=-0.0))
    assert len({net, statquest_network(b3=0), statquest_network()}) == 2


@pytest.mark.parametrize(
    "other",
    [
        Network.from_parameters((1, 1), {"w1": 1, "b1": np.nextafter(2, 3)}),
        Network.from_parameters((1, 1), {"w1": 1, "b1": 2}, "relu"),
        Network.from_parameters((1, 1), {"w1": 1, "b1": 2}, output_activation="relu"),
        {"w1": 1, "b1": 2},
    ],
)
def test_networks_that_differ_in_anything_are_not_equal(other):
    assert Network.from_parameters((1, 1), {"w1": 1, "b1": 2}) != other


def test_networks_of_different_sizes_are_not_equal():
    assert numbered((3, 1)).vector.shape == numbered((1, 2)).vector.shape
    assert Network((3, 1), np.zeros(4), "relu", "relu") != Network((1, 2), np.zeros(4), "relu", "relu")


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda net: pickle.loads(pickle.dumps(net))])
def test_a_copied_or_pickled_network_is_equal_and_still_read_only(again):
    net = Network.random((2, 3, 1), "tanh", "sigmoid", seed=3)
    new = again(net)
    assert new == net
    assert new.predict([[1, 2]]).tolist() == net.predict([[1, 2]]).tolist()
    assert not any(array.flags.writeable for array in (*new.weights, *new.biases))


def test_the_repr_names_the_sizes_and_the_parameters():
    text = repr(statquest_network())
    assert text == "Network(1-2-1 softplus: w1=3.34, b1=-1.43, w2=-3.53, b2=0.57, w3=-1.22, w4=-2.3, b3=2.61)"


# the forward pass


def test_the_forward_pass_keeps_every_value_of_the_lesson():
    net, forward = statquest_network(), statquest_network().forward(dosage().inputs)
    p = net.parameters
    for i, dose in enumerate([0.0, 0.5, 1.0]):
        x1, x2 = dose * p["w1"] + p["b1"], dose * p["w2"] + p["b2"]
        y1, y2 = np.log(1 + np.exp(x1)), np.log(1 + np.exp(x2))
        predicted = y1 * p["w3"] + y2 * p["w4"] + p["b3"]
        assert forward.inputs[i].tolist() == [dose]
        np.testing.assert_allclose(forward.sums[0][i], [x1, x2], rtol=1e-14)
        np.testing.assert_allclose(forward.outputs[0][i], [y1, y2], rtol=1e-14)
        np.testing.assert_allclose([forward.sums[1][i, 0], forward.predicted[i, 0]], predicted, rtol=1e-13)
    assert forward.predicted is forward.outputs[-1]
    assert (len(forward.sums), len(forward.outputs)) == (2, 2)


CURVES = {
    "softplus": lambda x: np.log(1 + np.exp(x)),
    "relu": lambda x: max(x, 0),
    "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
    "tanh": np.tanh,
    "identity": lambda x: x,
}


@repeatable
@given(SIZES, st.sampled_from(list(CURVES)), st.sampled_from(list(CURVES)), st.integers(0, 999))
def test_any_network_predicts_what_its_nodes_compute_one_by_one(sizes, hidden, output, seed):
    rng = np.random.default_rng(seed)
    blank = Network.random(sizes, hidden, output, seed=seed)
    net = blank.replace(**{name: rng.normal() for name in blank.parameters})
    inputs = rng.normal(size=(2, sizes[0]))
    forward = net.forward(inputs)
    for point, row in enumerate(inputs):
        signal, values = row.tolist(), iter(net.parameters.values())
        for k, n_out in enumerate(sizes[1:]):
            curve = CURVES[output if k == len(sizes) - 2 else hidden]
            sums = [sum([next(values) * s for s in signal]) + next(values) for _ in range(n_out)]
            signal = [curve(x) for x in sums]
            np.testing.assert_allclose(forward.sums[k][point], sums, rtol=1e-12, atol=1e-13)
            np.testing.assert_allclose(forward.outputs[k][point], signal, rtol=1e-12, atol=1e-13)
    assert net.predict(inputs).tolist() == forward.predicted.tolist()


@pytest.mark.parametrize(
    ("sizes", "inputs", "shape"),
    [((1, 2, 1), [0, 1, 2, 3], (4, 1)), ((1, 2, 1), [[5]], (1, 1)), ((2, 3), [[1, 2], [3, 4]], (2, 3))],
)
def test_predictions_have_a_row_a_point_and_a_column_an_output(sizes, inputs, shape):
    assert Network.random(sizes, seed=0).predict(inputs).shape == shape


@pytest.mark.parametrize("name", CURVES)
def test_predictions_of_enormous_numbers_give_no_warning(name):
    net = Network.from_parameters((1, 2, 1), dict.fromkeys(LESSON, 1e300), name, name)
    with np.errstate(all="raise"):
        assert net.predict([1e300, -1e300, 1e-300, 0]).shape == (4, 1)


@pytest.mark.parametrize("call", [Network.forward, Network.predict])
@pytest.mark.parametrize(
    ("inputs", "error", "message"),
    [
        ([[1, 2]], ValueError, r"this network takes 1 input\(s\) a point; got 2"),
        ([0, np.nan], ValueError, "inputs must be finite; got nan at row 2"),
        ([], ValueError, "inputs is empty"),
        (0.5, ValueError, r"inputs must be a list of numbers or a table.*shape \(\)"),
        (["a"], TypeError, "inputs must hold numbers only; got 'a'"),
        (None, TypeError, "inputs must hold numbers only; got None"),
    ],
)
def test_bad_inputs_are_refused_with_their_value(call, inputs, error, message):
    with pytest.raises(error, match=message):
        call(statquest_network(), inputs)


@pytest.mark.parametrize("change", CHANGES)
def test_a_whole_number_beyond_float64_is_refused_as_not_finite(change):
    with pytest.raises(ValueError, match="b3 must be finite"):
        change(b3=10**400)
