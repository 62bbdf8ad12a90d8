"""Labs with data and parameters as large as they take, and larger: a picture, or a refusal in words."""

import numpy as np
import pytest

from statquest_bp import Dataset, statquest_network
from statquest_bp.labs import (
    ChainRuleLab,
    CompareLab,
    DescentLab,
    DiagramLab,
    LandscapeLab,
    PlaygroundLab,
    SquiggleLab,
    SSRLab,
    StartsLab,
    SurfaceLab,
    TwoRatesLab,
)
from statquest_bp.labs.given import FARTHEST, LARGEST
from tests.lab_views import act, readout, views

LESSONS = (SquiggleLab, SSRLab, ChainRuleLab, DescentLab, SurfaceLab, DiagramLab, TwoRatesLab)
WITH_DATA = {
    "LandscapeLab": lambda data: LandscapeLab(data=data),
    "StartsLab": lambda data: StartsLab(data, starts=5, max_steps=50),
    "PlaygroundLab": PlaygroundLab,
    "CompareLab": CompareLab,
}
DATA = {
    "observed": lambda size: Dataset([0, 0.5, 1], [size, 0, -size]),
    "inputs": lambda size: Dataset([-size, 0, size], [0, 1, 0]),
    "both, and all alike": lambda size: Dataset([size, size], [-size, -size]),
}


@pytest.mark.parametrize("make", WITH_DATA.values(), ids=WITH_DATA)
@pytest.mark.parametrize("data", DATA.values(), ids=DATA)
def test_the_largest_data_are_drawn_and_moved_without_a_warning(make, data):
    lab = make(data(LARGEST))
    for name in ("step", "back", "step", "reset"):
        if name in lab.controls:
            act(lab, name)
            assert "That didn’t work" not in readout(lab)
    assert "nan" not in str(views(lab)).lower()
    assert lab._repr_mimebundle_()[0]["image/png"]


@pytest.mark.parametrize("make", [WITH_DATA["LandscapeLab"], WITH_DATA["StartsLab"]])
@pytest.mark.parametrize(
    ("data", "words"),
    [
        (Dataset([0.0, 1.0], [1e153, 0.0]), r"observed values .* up to 1e\+150 .* squared; got 1e\+153. Write them"),
        (Dataset([0.0, 1.0], [0.0, -1e308]), r"observed values .* got -1e\+308"),
        (Dataset([-1e200, 1.0], [1.0, 0.0]), r"inputs .* got -1e\+200"),
    ],
)
def test_data_too_large_to_be_squared_are_refused_in_words(make, data, words):
    with np.errstate(all="raise"), pytest.raises(ValueError, match=words):
        make(data)


@pytest.mark.parametrize("make", [*LESSONS, LandscapeLab])
@pytest.mark.parametrize("name", ["b3", "w1", "w4"])
def test_the_farthest_parameters_are_drawn_and_farther_ones_refused_in_words(make, name):
    for value in (-FARTHEST, FARTHEST):
        lab = make(network=statquest_network(**{name: value}))
        assert lab._repr_mimebundle_()[0]["image/png"]
    with pytest.raises(ValueError, match=rf"up to 1,000,000,000 in size; got {name} = -1e\+10"):
        make(network=statquest_network(**{name: -1e10}))
