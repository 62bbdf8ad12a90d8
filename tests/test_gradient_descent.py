"""Gradient descent: every step as recorded, and the three ways a run ends."""

import pickle
import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from statquest_bp import Dataset, Network, descend, dosage, gradient, ssr, statquest_network

START = statquest_network(b3=0)
DETAILS_PT_1 = statquest_network(w3=0.36, w4=0.63, b3=0)
DETAILS_PT_2 = statquest_network(w1=2.74, b1=0, w2=-1.13, b2=0, w3=0.36, w4=0.63, b3=0)
NAMES = list(START.parameters)


@pytest.fixture(autouse=True)
def nothing_reaches_the_console(capfd):
    with warnings.catch_warnings(), np.errstate(all="raise"):
        warnings.simplefilter("error")
        yield
    assert capfd.readouterr() == ("", "")


def by_hand(net, data, learning_rate, optimize, updates):
    """Each network of the run, from `gradient` and `replace` alone."""
    yield net
    for _ in range(updates):
        slopes = gradient(net, data)
        net = net.replace(**{name: net.parameters[name] - learning_rate * slopes[name] for name in optimize})
        yield net


# the lesson


def test_the_videos_first_steps():
    run = descend(START, dosage(), learning_rate=0.1, optimize=["b3"])
    assert [round(b3, 2) for b3 in run.parameters["b3"][:3]] == [0, 1.57, 2.19]
    assert round(run[0].gradient["b3"], 1) == -15.7
    assert round(run[0].step_size["b3"], 2) == -1.57
    assert round(run[1].gradient["b3"], 2) == -6.26


def test_b3_ends_at_the_videos_value_when_the_step_size_is_close_to_0():
    run = descend(START, dosage(), optimize=["b3"])
    assert run.status == "converged"
    assert round(run.final.parameters["b3"], 2) == 2.61
    assert abs(run[-1].step_size["b3"]) < 0.001 <= abs(run[-2].step_size["b3"])


def test_each_step_in_b3_shrinks_the_slope_by_1_minus_6_times_the_rate():
    run = descend(START, dosage(), learning_rate=0.1, optimize=["b3"])
    slopes = run.gradient["b3"]
    np.testing.assert_allclose(slopes[1:] / slopes[:-1], 0.4, rtol=1e-10)


def test_a_rate_of_1_over_6_lands_in_one_step():
    run = descend(START, dosage(), learning_rate=1 / 6, optimize=["b3"])
    assert (run.status, len(run)) == ("converged", 2)
    assert abs(run[-1].gradient["b3"]) < 1e-13


def test_a_rate_of_1_over_3_oscillates():
    run = descend(START, dosage(), learning_rate=1 / 3, optimize=["b3"], max_steps=200)
    assert (run.status, len(run)) == ("max steps", 201)
    np.testing.assert_allclose(run.parameters["b3"][::2], 0, atol=1e-10)
    np.testing.assert_allclose(run.parameters["b3"][1::2], 2 * 2.609, atol=1e-3)
    np.testing.assert_allclose(run.ssr, run.ssr[0], rtol=1e-9)


@pytest.mark.parametrize(("rate", "status"), [(0.33, "converged"), (0.34, "diverged"), (0.5, "diverged")])
def test_above_a_rate_of_1_over_3_b3_diverges(rate, status):
    assert descend(START, dosage(), learning_rate=rate, optimize=["b3"]).status == status


def test_details_pt_1_moves_w3_w4_and_b3_to_the_videos_values():
    run = descend(DETAILS_PT_1, dosage(), 0.1, ["w3", "w4", "b3"], max_steps=5000, min_step=1e-6)
    assert run.status == "converged"
    assert [round(run.final.parameters[name], 2) for name in ("w3", "w4", "b3")] == [-1.22, -2.30, 2.61]
    assert run.final == DETAILS_PT_1.replace(**{name: run.final.parameters[name] for name in ("w3", "w4", "b3")})


def test_details_pt_2_ends_at_the_videos_parameters_after_some_7200_updates():
    run = descend(DETAILS_PT_2, dosage(), learning_rate=0.01, max_steps=10_000, min_step=6.99e-6)
    assert run.status == "converged"
    assert 7200 < len(run) - 1 < 7300
    assert run.final.parameters == pytest.approx(dict(statquest_network().parameters), abs=0.006)


def test_details_pt_2_taken_on_to_a_min_step_of_1e_6_ends_at_every_digit_of_the_video():
    run = descend(DETAILS_PT_2, dosage(), learning_rate=0.01, max_steps=10_000, min_step=1e-6)
    assert {name: round(value, 2) for name, value in run.final.parameters.items()} == statquest_network().parameters


def test_details_pt_2_stops_after_15_updates_with_the_default_min_step_far_from_the_fit():
    run = descend(DETAILS_PT_2, dosage(), learning_rate=0.01)
    assert (run.status, len(run) - 1) == ("converged", 15)
    assert run.ssr[-1] > 0.5


def test_details_pt_2_at_rate_0_1_first_climbs_then_falls_into_a_different_perfect_fit():
    run = descend(DETAILS_PT_2, dosage(), learning_rate=0.1, max_steps=5000, min_step=1e-9)
    assert run.ssr.max() > 2 * run.ssr[0]
    assert run.ssr[-1] < 1e-9
    assert run.final.parameters["b1"] == pytest.approx(-1.93, abs=0.005)


# what is recorded

CASES = [
    (START, dosage(), 0.1, ["b3"]),
    (DETAILS_PT_1, dosage(), 0.1, ["w3", "w4", "b3"]),
    (DETAILS_PT_2, dosage(), 0.1, NAMES),
    (
        Network.random((2, 3, 2), "tanh", "sigmoid", seed=4),
        Dataset([[1, 2], [3, -1]], [[0, 1], [1, 0]]),
        0.05,
        ["w2", "b5"],
    ),
    (
        Network.random((1, 2, 2, 1), "sigmoid", seed=4),
        Dataset([0, 1, 2], [1, 0, 2]),
        0.05,
        ["w1", "b1", "w5", "b4", "w7"],
    ),
]


@pytest.mark.parametrize("case", CASES)
def test_the_record_agrees_with_updates_made_by_hand(case):
    net, data, rate, optimize = case
    run = descend(*case, max_steps=30, min_step=0.0)
    assert (run.status, len(run)) == ("max steps", 31)
    assert run[0].network == net
    for step, expected in zip(run, by_hand(*case, updates=30), strict=True):
        assert step.network.parameters == pytest.approx(dict(expected.parameters), rel=1e-11, abs=1e-13)
        assert (step.network.activation, step.network.output_activation) == (net.activation, net.output_activation)
        assert step.ssr == pytest.approx(ssr(step.network, data), rel=1e-13)
        assert step.gradient == pytest.approx(dict(gradient(step.network, data)), rel=1e-12, abs=1e-14)
        assert step.step_size == {name: rate * step.gradient[name] for name in optimize}
        assert set(step.step_size) == set(optimize)


@pytest.mark.parametrize("case", CASES)
def test_new_is_old_minus_step_size_for_the_optimised_names_and_old_for_the_others(case):
    run = descend(*case, max_steps=10, min_step=0.0)
    for k in range(10):
        for name, old in run[k].network.parameters.items():
            assert run[k + 1].network.parameters[name] == old - run[k].step_size.get(name, 0.0)


def test_the_arrays_over_the_steps_hold_every_name_and_agree_with_the_steps():
    run = descend(DETAILS_PT_1, dosage(), 0.1, ["w3", "b3"], max_steps=20)
    assert list(run.parameters) == list(run.gradient) == NAMES
    assert run.ssr.tolist() == [step.ssr for step in run]
    for name in NAMES:
        assert run.parameters[name].tolist() == [step.network.parameters[name] for step in run]
        assert run.gradient[name].tolist() == [step.gradient[name] for step in run]
    assert len(set(run.parameters["w3"])) == len(run)


@pytest.mark.parametrize("max_steps", [0, 1, 7])
def test_a_run_has_one_step_more_than_updates(max_steps):
    run = descend(DETAILS_PT_2, dosage(), max_steps=max_steps, min_step=0.0)
    assert len(run) == len(run.ssr) == len(run.parameters["b3"]) == len(list(run)) == max_steps + 1
    assert run.status == "max steps"


def test_the_final_network_is_the_last_steps_and_predicts_its_ssr():
    run = descend(DETAILS_PT_2, dosage(), max_steps=5)
    assert run.final == run[-1].network == run[len(run) - 1].network
    assert ssr(run.final, dosage()) == pytest.approx(run.ssr[-1], rel=1e-14)


def test_a_run_can_be_indexed_from_both_ends_and_no_further():
    run = descend(DETAILS_PT_2, dosage(), max_steps=3, min_step=0.0)
    assert [run[k].ssr for k in range(-4, 0)] == run.ssr.tolist()
    assert run[np.int64(1)].network == run[1].network
    for k in (4, -5):
        with pytest.raises(IndexError, match=f"this run has steps 0 to 3; got {k}"):
            run[k]
    for k in (1.0, "1", True, slice(2)):
        with pytest.raises(TypeError, match="a run takes one whole number"):
            run[k]


def test_the_record_is_read_only():
    run = descend(START, dosage(), optimize=["b3"])
    for array in (run.ssr, run.parameters["b3"], run.gradient["b3"]):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1
    for mapping in (run.parameters, run.gradient, run[0].gradient, run[0].step_size):
        with pytest.raises(TypeError, match="does not support item assignment"):
            mapping["b3"] = 1


def test_the_start_network_stays_as_it_is():
    net = statquest_network(b3=0)
    descend(net, dosage())
    assert net == START


def test_the_same_start_gives_the_same_run_and_a_run_survives_pickling():
    run, again = (descend(DETAILS_PT_2, dosage(), max_steps=50) for _ in range(2))
    saved = pickle.loads(pickle.dumps(run))
    assert run.final == again.final == saved.final
    assert run.ssr.tolist() == again.ssr.tolist() == saved.ssr.tolist()


def test_the_repr_says_how_the_run_went():
    assert repr(descend(START, dosage(), optimize=["b3"])) == "Run(9 updates, converged, SSR 20.4236 → 0.0001)"


def test_by_default_the_rate_is_a_tenth_the_limit_1000_updates_and_everything_moves():
    run = descend(DETAILS_PT_2, dosage(), min_step=0.0)
    assert (run.status, len(run)) == ("max steps", 1001)
    assert run[0].step_size == {name: 0.1 * slope for name, slope in run[0].gradient.items()}


# what is optimised


@pytest.mark.parametrize("names", [["b3"], ("w3", "b3"), {"w1", "b1"}, (name for name in ("w4", "b2")), "w2", None])
def test_only_the_named_parameters_move_and_none_means_all(names):
    chosen = (
        {"w4", "b2"} if isinstance(names, type(x for x in ())) else {names} if names == "w2" else set(names or NAMES)
    )
    run = descend(DETAILS_PT_2, dosage(), optimize=names, max_steps=2, min_step=0.0)
    assert {name for name in NAMES if len(set(run.parameters[name])) > 1} == chosen
    assert set(run[0].step_size) == chosen


def test_a_name_given_twice_counts_once():
    once, twice = (descend(START, dosage(), optimize=names) for names in (["b3"], ["b3", "b3"]))
    assert twice.ssr.tolist() == once.ssr.tolist()


# how a run ends


def test_converged_means_that_every_step_is_smaller_than_min_step_and_is_not_taken():
    run = descend(DETAILS_PT_1, dosage(), 0.1, ["w3", "w4", "b3"], max_steps=5000)
    assert run.status == "converged"
    largest = [max(map(abs, step.step_size.values())) for step in run]
    assert all(step >= 0.001 for step in largest[:-1])
    assert largest[-1] < 0.001
    smallest = [min(map(abs, step.step_size.values())) for step in run]
    assert any(step < 0.001 for step in smallest[:-1])  # one small step size isn't enough


@pytest.mark.parametrize(("min_step", "updates"), [(10, 0), (1.6, 0), (1.5, 1)])
def test_a_first_step_below_min_step_ends_the_run_before_any_update(min_step, updates):
    run = descend(START, dosage(), optimize=["b3"], min_step=min_step)  # its first step sizes: −1.5655, −0.626
    assert (run.status, len(run) - 1) == ("converged", updates)


@pytest.mark.parametrize(
    ("max_steps", "status"), [(0, "max steps"), (8, "max steps"), (9, "converged"), (99, "converged")]
)
def test_what_comes_after_the_last_update_decides_nothing(max_steps, status):
    run = descend(START, dosage(), optimize=["b3"], max_steps=max_steps)
    assert (run.status, len(run) - 1) == (status, min(9, max_steps))


def test_a_step_of_exactly_min_step_is_taken():
    step = abs(descend(START, dosage(), optimize=["b3"])[0].step_size["b3"])
    assert len(descend(START, dosage(), optimize=["b3"], min_step=step)) == 2
    assert len(descend(START, dosage(), optimize=["b3"], min_step=np.nextafter(step, 2))) == 1


def test_the_step_sizes_that_count_are_those_of_the_optimised_parameters():
    line = Network.from_parameters((1, 1), {"w1": 0, "b1": 0})
    data = Dataset([-1, 1], [-5, 5])  # the slope in b1 is 0, in w1 it isn't
    assert descend(line, data, optimize=["b1"]).status == "converged"
    assert len(descend(line, data, optimize=["b1"])) == 1
    assert len(descend(line, data, optimize=["w1"])) > 1


def test_a_min_step_of_0_never_converges():
    perfect = Network.from_parameters((1, 1), {"w1": 1, "b1": 0})
    run = descend(perfect, Dataset([0, 1], [0, 1]), min_step=0.0, max_steps=20)
    assert (run.status, len(run)) == ("max steps", 21)
    assert run[-1].step_size == {"w1": 0.0, "b1": 0.0}
    assert descend(perfect, Dataset([0, 1], [0, 1]), min_step=5e-324).status == "converged"


@pytest.mark.parametrize("size", [1e-3, 1.0, 30.0])
def test_a_run_has_diverged_once_the_ssr_passes_a_million_times_the_larger_of_1_and_its_start(size):
    line = Network.from_parameters((1, 1), {"w1": 0, "b1": 0})
    data = Dataset([0], [size])  # the residual doubles with every step: SSR = size² · 4^k
    run = descend(line, data, learning_rate=1.5, optimize=["b1"], min_step=1e-9)
    limit = 1e6 * max(1.0, size**2)
    assert run.status == "diverged"
    assert all(value <= limit for value in run.ssr[:-1])
    assert limit < run.ssr[-1] < 4.001 * limit
    assert run.ssr[1] == pytest.approx(4 * size**2)


@pytest.mark.parametrize(
    ("net", "data", "rate"),
    [
        (START, dosage(), 1e300),
        (START, dosage(), 1.7e308),
        (START, Dataset([1e300], [0]), 0.1),
        (START.replace(w3=1e300), dosage(), 0.1),
        (START.replace(w1=1e308, b1=1e308), Dataset([1e308], [-1e308]), 0.1),
        (DETAILS_PT_2, Dataset([-1e160, 1e160], [1e150, 0]), 1.0),
        (Network.random((1, 2, 1), "relu", seed=1), dosage(), 1e200),
        (Network.random((1, 2, 1), "identity", seed=1), dosage(), 1e5),
        (Network.random((2, 3, 3, 1), "identity", seed=1), Dataset([[1, 2], [3, 4]], [1, 2]), 10.0),
    ],
)
def test_a_run_that_diverges_says_so_and_its_final_network_is_finite(net, data, rate):
    run = descend(net, data, learning_rate=rate)
    assert run.status == "diverged"
    assert all(np.isfinite(value) for step in (run[0], run[-1]) for value in step.network.parameters.values())
    assert np.isfinite(list(run.final.parameters.values())).all()
    assert np.isfinite(run.ssr[1:]).all()
    repr(run)


def test_a_parameter_that_overflows_is_not_kept_even_where_the_prediction_stays_finite():
    net = Network.from_parameters((1, 1, 1), {"w1": 1.7976e308, "b1": 0, "w2": 1e153, "b2": 0}, "sigmoid")
    run = descend(net, Dataset([1e-308], [1e154]), learning_rate=1.7e308, optimize=["w1"], max_steps=1)
    assert (run.status, run.final) == ("diverged", net)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(
    st.sampled_from([(1, 1), (1, 2, 1), (2, 2, 2), (1, 2, 2, 1)]),
    st.sampled_from(["softplus", "relu", "sigmoid", "tanh", "identity"]),
    st.integers(0, 99),
    st.floats(1e-3, 1e200),
    st.floats(1e-3, 1e200),
)
def test_whatever_the_rate_and_the_data_a_run_keeps_its_promises(sizes, activation, seed, rate, scale):
    rng = np.random.default_rng(seed)
    data = Dataset(scale * rng.normal(size=(3, sizes[0])), rng.normal(size=(3, sizes[-1])))
    run = descend(Network.random(sizes, activation, seed=seed), data, rate, max_steps=20)
    assert all(np.isfinite(values).all() for values in run.parameters.values())
    assert np.isfinite(run.ssr[1:]).all()
    assert 1 <= len(run) <= 21
    assert (len(run) == 21) or run.status != "max steps"
    limit = 1e6 * max(1.0, run.ssr[0])
    assert (run.ssr[:-1] <= limit).all()
    if run.ssr[-1] > limit:
        assert run.status == "diverged"
    if run.status == "converged":
        assert max(map(abs, run[-1].step_size.values())) < 0.001


# bad input


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"learning_rate": 0}, ValueError, "learning_rate must be a positive, finite number; got 0"),
        ({"learning_rate": -0.1}, ValueError, "learning_rate .* got -0.1"),
        ({"learning_rate": float("inf")}, ValueError, "learning_rate .* got inf"),
        ({"learning_rate": float("nan")}, ValueError, "learning_rate .* got nan"),
        ({"learning_rate": "0.1"}, TypeError, "learning_rate must be a number; got '0.1'"),
        ({"learning_rate": None}, TypeError, "learning_rate must be a number; got None"),
        ({"learning_rate": True}, TypeError, "learning_rate must be a number; got True"),
        ({"max_steps": -1}, ValueError, "max_steps must be a whole number from 0 up; got -1"),
        ({"max_steps": 1.5}, ValueError, "max_steps .* got 1.5"),
        ({"max_steps": "9"}, ValueError, "max_steps .* got '9'"),
        ({"max_steps": True}, ValueError, "max_steps .* got True"),
        ({"min_step": -1e-9}, ValueError, "min_step must be 0 or more, and finite; got -1e-09"),
        ({"min_step": float("nan")}, ValueError, "min_step .* got nan"),
        ({"min_step": float("inf")}, ValueError, "min_step .* got inf"),
        ({"min_step": []}, TypeError, r"min_step must be a number; got \[\]"),
        ({"optimize": []}, ValueError, "optimize names no parameter"),
        ({"optimize": ["b3", "b4"]}, KeyError, "no parameter 'b4' in this network; the nearest are"),
        ({"optimize": "b3 w3"}, KeyError, "no parameter 'b3 w3'"),
        ({"optimize": [3]}, KeyError, "no parameter 3"),
        ({"net": None}, TypeError, "expected a Network first; got None"),
        ({"data": [1, 2]}, TypeError, r"expected a Dataset second; got \[1, 2\]"),
        ({"data": Dataset([[1, 2]], [1])}, ValueError, r"1 input\(s\) but the data has 2"),
    ],
)
def test_bad_arguments_are_refused_with_their_value(arguments, error, message):
    with pytest.raises(error, match=message):
        descend(**({"net": START, "data": dosage()} | arguments))


@pytest.mark.parametrize("name", ["learning_rate", "min_step"])
def test_a_whole_number_beyond_float64_is_refused_as_not_finite(name):
    with pytest.raises(ValueError, match=f"{name} must be .*finite"):
        descend(START, dosage(), **{name: 10**400})


def test_names_to_optimize_that_are_no_names_are_refused_with_their_value():
    with pytest.raises(TypeError, match=r"optimize .*got 5"):
        descend(START, dosage(), optimize=5)
