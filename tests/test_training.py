"""Gradient descent in slices: the same numbers as in one go, whatever the slices, and every update is remembered."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from statquest_bp import Dataset, Network, descend, dosage, ssr, statquest_network, training
from statquest_bp.chain_rule import dead_nodes
from statquest_bp.training import Training
from statquest_bp.video import DETAILS_2

START = statquest_network(**DETAILS_2)
EXACT = {"min_step": 1e-7}


def same(train, run):
    """The recording is that of `descend`, number for number."""
    assert len(train) == len(run)
    np.testing.assert_array_equal(train.ssr, run.ssr)
    for name, values in run.parameters.items():
        np.testing.assert_array_equal(train.parameters[name], values)
    assert train.network(len(train) - 1) == run.final


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(1, 40), min_size=1, max_size=8))
def test_slices_of_any_length_give_what_descend_gives_in_one_go(slices):
    train = Training(START, dosage(), 0.1)
    for updates in slices:
        train.advance(updates)
    same(train, descend(START, dosage(), 0.1, max_steps=sum(slices), **EXACT))
    assert train.status == "going"


def test_it_begins_with_the_start_alone():
    train = Training(START, dosage(), 0.1)
    assert (len(train), train.status, train.rates) == (1, "going", ((0, 0.1),))
    assert train.network(0) == START
    assert train.ssr.tolist() == [ssr(START, dosage())]


@pytest.mark.parametrize("slice_", [1, 3, 1000])
@pytest.mark.parametrize("rate", [0.5, 2.0, 5.0, 1e50])
def test_it_diverges_where_descend_does(rate, slice_):
    train, run = Training(START, dosage(), rate), descend(START, dosage(), rate, max_steps=20_000, **EXACT)
    for _ in range(5000):
        train.advance(slice_)
    same(train, run)
    assert train.status == run.status


def test_a_fall_followed_by_a_climb_counts_from_the_start_of_the_run():
    data = Dataset([1e3], [1e8])  # SSR 1e16 at first, and 1e22 is where it has diverged
    net = Network.random((1, 1), seed=1)
    run = descend(net, data, 1.05e-6, max_steps=20_000, **EXACT)
    train = Training(net, data, 1.05e-6)
    while train.status == "going":
        train.advance(1)
    same(train, run)
    assert train.status == run.status == "diverged"


def test_numbers_beyond_all_bounds_end_it_at_the_last_finite_ones():
    for data in (Dataset([1e300], [1e300]), Dataset([1.0], [1e160])):
        train = Training(START, data, 0.1)
        train.advance(100)
        assert train.status == "diverged"
        assert np.isfinite(train.network(len(train) - 1).vector).all()


def test_it_converges_where_descend_does_and_then_stands_still():
    train, run = Training(START, dosage(), 0.1), descend(START, dosage(), 0.1, max_steps=20_000, **EXACT)
    train.advance(20_000)
    assert train.status == run.status == "converged"
    same(train, run)
    train.advance(10)
    same(train, run)


def test_a_start_at_the_bottom_has_converged_already():
    assert Training(Network.from_parameters((1, 1), {"w1": 2, "b1": 1}), Dataset([0, 1], [1, 3]), 0.1).status == (
        "converged"
    )


def test_it_stops_at_the_limit():
    train = Training(START, dosage(), 0.01, limit=25)
    for _ in range(9):
        train.advance(3)
    assert (len(train), train.status) == (26, "max steps")
    same(train, descend(START, dosage(), 0.01, max_steps=25, **EXACT))


def test_a_branch_goes_on_from_an_earlier_update_with_its_own_rate_and_leaves_the_first_run_alone():
    first = Training(START, dosage(), 0.1)
    first.advance(50)
    other = first.branch(20, 0.01)
    assert (len(other), other.rates, other.learning_rate) == (21, ((0, 0.1), (20, 0.01)), 0.01)
    other.advance(30)
    begin = descend(START, dosage(), 0.1, max_steps=20, **EXACT)
    then = descend(begin.final, dosage(), 0.01, max_steps=30, **EXACT)
    np.testing.assert_array_equal(other.ssr, [*begin.ssr, *then.ssr[1:]])
    assert other.network(50) == then.final
    same(first, descend(START, dosage(), 0.1, max_steps=50, **EXACT))


def test_rates_that_made_no_update_are_forgotten():
    train = Training(START, dosage(), 0.1)
    train.advance(5)
    for rate in (0.2, 0.3, 0.01):
        train = train.branch(5, rate)
    assert train.rates == ((0, 0.1), (5, 0.01))
    assert train.branch(0, 0.5).rates == ((0, 0.5),)


def test_a_run_that_ended_goes_on_with_another_rate_where_there_is_room():
    wild = Training(START, dosage(), 5.0)
    wild.advance(100)
    assert wild.status == "diverged"
    calm = wild.branch(1, 0.001)
    calm.advance(10)
    assert (calm.status, len(calm)) == ("going", 12)
    full = Training(START, dosage(), 0.01, limit=5)
    full.advance(9)
    assert full.branch(5, 0.1).status == "max steps"
    assert full.branch(4, 0.1).status == "going"


def test_as_many_updates_as_fit_into_the_time_and_one_at_least(monkeypatch):
    train, clock = Training(START, dosage(), 0.01), iter(range(10**6))
    monkeypatch.setattr(training, "perf_counter", lambda: next(clock))
    train.advance(1000, seconds=0.5)  # a look at the clock takes a second
    assert len(train) - 1 == 1
    train.advance(1000, seconds=7)
    assert len(train) - 1 == 1 + 1 + 2 + 4 + 8
    train.advance(10)
    assert len(train) - 1 == 26


def test_what_is_recorded_can_be_read_and_not_changed_and_keeps_while_the_run_grows():
    train = Training(START, dosage(), 0.1)
    train.advance(3)
    ssrs, values = train.ssr, train.parameters["w1"]
    kept = ssrs.copy(), values.copy()
    train.advance(500)
    np.testing.assert_array_equal((ssrs, values), kept)
    for array in (ssrs, values):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1


def test_the_room_is_bounded_by_the_limit_and_grows_by_doubling():
    train, rooms = Training(START, dosage(), 0.01, limit=1000), set()
    for _ in range(1000):
        train.advance(1)
        rooms.add(len(train._ssr))
    assert max(rooms) == 1001
    assert len(rooms) <= math.log2(1001) + 1


def test_steps_that_are_not_made_and_settings_without_sense_are_refused():
    train = Training(START, dosage(), 0.1)
    for step in (-1, 1):
        with pytest.raises(IndexError, match=f"steps 0 to 0; got {step}"):
            train.network(step)
        with pytest.raises(IndexError, match="steps 0 to 0"):
            train.branch(step, 0.1)
    for rate in (0, -1, math.nan):
        with pytest.raises(ValueError, match="learning_rate"):
            train.branch(0, rate)
    with pytest.raises(ValueError, match="1 input"):
        Training(START, Dataset([[1, 2]], [1]), 0.1)


def test_the_repr_says_how_far_it_is():
    train = Training(START, dosage(), 0.1)
    train.advance(3)
    assert repr(train) == f"Training(3 updates, going, SSR {train.ssr[0]:.4f} → {train.ssr[3]:.4f})"


def test_a_node_is_dead_where_its_slope_is_0_at_every_point():
    net = Network.from_parameters(
        (1, 2, 1), {"w1": 1, "b1": -2, "w2": 1, "b2": -0.5, "w3": 1, "w4": 1, "b3": 0}, activation="relu"
    )
    assert dead_nodes(net, dosage()) == 1
    assert dead_nodes(net.replace(b1=0), dosage()) == 0
    assert dead_nodes(net.replace(b2=-9), dosage()) == 2
    assert dead_nodes(START, dosage()) == 0
    assert dead_nodes(Network.random((1, 1), seed=0), dosage()) == 0
