"""What holds a run near a level line: each rule by a run that shows it, and that following it leads to a fit."""

import numpy as np
import pytest

from statquest_bp import Dataset, Network, descend_many, dosage, growth, spring
from statquest_bp.fit import level_line_ssr
from statquest_bp.holds import HOLDS, near_level, to_scale, what_holds
from statquest_bp.labs.network_controls import RATES
from statquest_bp.training import Training

X = np.linspace(0, 1, 30)
WAVE = np.sin(5 * X)  # three quarters of a wave


def prices(low, high):
    return Dataset(X, low + (high - low) * (1 + WAVE) / 2)


def trained(data, updates, rate, activation="tanh", hidden=(4,), seed=1):
    sizes = (data.inputs.shape[1], *hidden, data.observed.shape[1])
    training = Training(Network.random(sizes, activation, seed=seed), data, rate)
    training.advance(updates)
    return training


def held(*arguments, **settings):
    training = trained(*arguments, **settings)
    return what_holds(training, len(training) - 1)


YEARS = Dataset(1990 + 30 * X, WAVE)


@pytest.mark.parametrize(
    ("run", "first"),
    [
        ((prices(400, 900), 500, 0.003), "observed"),
        ((prices(400, 900), 5, 0.1), "observed"),
        ((prices(45, 58), 3000, 0.01), "observed"),
        ((prices(0.001, 0.003), 300, 0.003, "tanh", (4,), 3), "observed"),
        ((YEARS, 500, 0.003), "inputs"),
        ((dosage(), 300, 0.05, "softplus", ()), "no bend"),
        ((dosage(), 300, 0.05, "identity", (4, 4)), "no bend"),
        ((spring(), 20, 0.1), "rate too large"),
        ((dosage().scaled(), 40, 9.0), "rate too large"),
        ((spring(), 3, 0.0015), "on its way"),
        ((spring(), 1000, 0.0015, "relu", (1,)), "dead nodes"),
        ((dosage(), 1000, 0.005, "softplus", (2,), 2), "rate too small"),
        ((dosage(), 900, 0.05, "softplus", (2,), 20), "start"),
    ],
)
def test_the_first_rule_that_holds_is_told(run, first):
    assert held(*run)[0] == first


def test_every_rule_has_a_name_that_is_explained():
    rules = test_the_first_rule_that_holds_is_told.pytestmark[0].args[1]
    assert {first for _, first in rules} == set(HOLDS)


def test_both_are_told_where_both_must_be_scaled_and_the_observed_values_first():
    assert held(Dataset(1990 + 30 * X, prices(400, 900).observed), 500, 0.003)[:2] == ("observed", "inputs")


def test_nothing_holds_a_run_that_is_fresh_or_lower_than_a_level_line_or_whose_data_are_one():
    assert held(prices(400, 900), 0, 0.003) == ()
    assert held(spring(), 3000, 0.0015) == ()
    assert held(Dataset([0, 1, 2], [500, 500, 500]), 50, 0.01) == ()
    assert held(Dataset([1.0], [500.0]), 50, 0.01) == ()


def test_the_update_on_show_is_judged_not_the_last_one():
    training = trained(spring(), 3000, 0.0015)
    assert what_holds(training, 3) == ("on its way",)
    assert what_holds(training, 0) == what_holds(training, 3000) == ()


def test_a_run_that_has_ended_is_not_on_its_way_however_far_it_came_at_last():
    dead = Network.from_parameters((1, 1, 1), {"w1": 1, "b1": -5, "w2": 1, "b2": 5}, "relu")
    training = Training(dead, dosage(), 1 / 6)  # the rate at which the last bias lands in one step
    training.advance(9)
    assert (training.status, len(training)) == ("converged", 2)
    assert what_holds(training, 1) == ("dead nodes",)


def test_a_lower_rate_is_judged_by_what_it_does_itself():
    training = trained(spring(), 3, 0.02)
    assert what_holds(training, 3) == ("rate too large",)
    lower = training.branch(3, 0.001)
    lower.advance(1)
    assert what_holds(lower, 4) == ("on its way",)


@pytest.mark.parametrize(
    ("data", "names"),
    [
        (dosage(), ()), (spring(), ()), (growth(), ("inputs",)), (growth().scaled(), ()),
        (Dataset([0, 10], [-10, 10]), ()), (Dataset([0, 10.1], [0, 1]), ("inputs",)),
        (Dataset([0, 1], [0, -11]), ("observed",)), (Dataset([0, 0.05], [5, 5.05]), ("observed", "inputs")),
        (Dataset([3, 3], [0, 1]), ()),  # nothing to tell apart, and nothing to mend
        (Dataset([-1e308, 1e308], [0, 1]), ("inputs",)),
    ],
)  # fmt: skip
def test_what_is_far_from_0_or_hardly_varies_is_to_be_scaled_and_then_it_is_not(data, names):
    assert to_scale(data) == names
    assert to_scale(data.scaled(observed=True)) == ()


# followed, the advice leads to a fit


def near(data, rate, activation):
    """How many of 33 starts end near the level line."""
    starts = [Network.random((1, 4, 1), activation, seed=seed) for seed in range(1, 34)]
    runs = descend_many(starts, data, rate, max_steps=6000, min_step=1e-7)
    return sum(near_level(ssr, data) or status == "diverged" for ssr, status in zip(runs.ssr, runs.status, strict=True))


def test_of_132_runs_on_prices_all_end_on_the_level_line_and_scaled_all_but_a_few_leave_it():
    data, bends = prices(400, 900), ("softplus", "relu", "tanh", "sigmoid")
    assert [near(data, 0.003, bend) for bend in bends] == [33] * 4
    assert sum(near(data.scaled(observed=True), 0.003, bend) for bend in bends) <= 3


@pytest.mark.parametrize(
    "data",
    [prices(400, 900), prices(45, 58), prices(0.001, 0.003), YEARS, Dataset(300 * X, 50 * WAVE)],
    ids=["400 to 900", "45 to 58", "thousandths", "years", "both large"],
)
@pytest.mark.parametrize("activation", ["softplus", "relu", "tanh", "sigmoid"])
@pytest.mark.parametrize("rate", [0.05, 0.003, 1e-4])
def test_who_does_what_is_told_gets_clearly_below_the_level_line(data, activation, rate):
    seed = 1
    for _ in range(6):
        training = trained(data, 4000, rate, activation, seed=seed)
        told = what_holds(training, len(training) - 1)
        if not told:
            break
        if {"observed", "inputs"} & set(told):
            data = data.scaled(inputs="inputs" in told, observed="observed" in told)
        elif told[0] == "rate too large":
            rate = max(r for r in RATES if r <= rate / 2.9)
        elif told[0] in ("rate too small", "on its way"):
            rate = min(r for r in RATES if r >= rate * 2.9)
        else:
            seed += 1
    assert training.ssr[-1] < 0.95 * level_line_ssr(data)
