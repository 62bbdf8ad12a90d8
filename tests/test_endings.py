"""How runs end: each rule against the runs themselves."""

import numpy as np
import pytest

from statquest_bp import Dataset, Network, descend, descend_many, dosage, ssr, statquest_network
from statquest_bp.endings import ENDINGS, endings
from statquest_bp.fit import level_line_ssr

LEVEL = level_line_ssr(dosage())
STARTS = [Network.random((1, 2, 1), seed=seed) for seed in range(1, 61)]


@pytest.mark.parametrize(("rate", "updates"), [(0.02, 1500), (0.05, 3000), (0.1, 1500), (0.3, 1500), (0.6, 1500)])
def test_every_run_ends_by_the_first_rule_that_holds(rate, updates):
    runs = descend_many(STARTS, dosage(), rate, max_steps=updates, min_step=1e-5)
    groups = endings(runs, dosage(), rate)
    assert groups.shape == (60,)
    for k, group in enumerate(groups.tolist()):
        end = runs.network(k)
        if runs.status[k] == "diverged":
            assert group == "diverged"
        elif ssr(end, dosage()) < 0.01 * LEVEL:
            assert group == "fit"
        elif ssr(end, dosage()) >= 0.95 * LEVEL:
            assert group == "level line"
        else:
            on = descend(end, dosage(), rate, max_steps=10, min_step=0.0).ssr
            assert group == ("swinging" if (np.diff(on) > 0).any() else "in between")


def test_a_thousand_ways_to_end_are_five():
    rates = (0.03, 0.1, 0.5)
    seen = set()
    for rate in rates:
        seen |= set(endings(descend_many(STARTS, dosage(), rate, max_steps=3000), dosage(), rate).tolist())
    assert seen == set(ENDINGS)


def test_the_videos_optimum_is_a_fit_and_its_b3_at_0_ends_as_one():
    runs = descend_many([statquest_network(), statquest_network(b3=0)], dosage(), 0.1, ["b3"])
    assert endings(runs, dosage(), 0.1).tolist() == ["fit", "fit"]


def test_a_flat_network_is_a_level_line():
    flat = statquest_network(w3=0, w4=0, b3=1 / 3)
    assert endings(descend_many([flat], dosage(), 0.1, max_steps=0), dosage(), 0.1).tolist() == ["level line"]


def test_on_flat_data_every_fit_is_a_level_line():
    data = Dataset([0, 1], [2, 2])
    runs = descend_many([Network.random((1, 2, 1), seed=1)], data, 0.1, max_steps=10)
    assert endings(runs, data, 0.1).tolist() == ["level line"]
