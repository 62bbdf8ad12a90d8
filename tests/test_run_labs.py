"""The labs on several parameters at once: the map with its path, and two learning rates side by side."""

import re
from itertools import combinations

import numpy as np
import pytest

from statquest_bp import descend, dosage, ssr, stable_learning_rate, statquest_network
from statquest_bp.digits import exact
from statquest_bp.labs import DescentLab, LiveFigure, SurfaceLab, TwoRatesLab, two_rates_lab
from statquest_bp.labs.ranges import SHOWN, slider_range
from statquest_bp.video import DETAILS_1, DETAILS_2, OPTIMAL
from tests.lab_views import act, check, check_map, label, moving, one_spaced, overlay, readout, views

PAIRS = list(combinations(OPTIMAL, 2))


@pytest.fixture(autouse=True)
def backgrounds(monkeypatch):
    """What stands still is not drawn; a list of the pictures that would have been, each time."""
    drawn = []
    monkeypatch.setattr(LiveFigure, "draw_background", lambda picture: drawn.append(picture))
    return drawn


@pytest.fixture(scope="module")
def long_runs():
    """The two runs of the course, made once: they take a second."""
    start = statquest_network(**DETAILS_2)
    return {rate: descend(start, dosage(), rate, max_steps=20_000, min_step=1e-6) for rate in (0.01, 0.1)}


@pytest.fixture
def two_rates(monkeypatch, long_runs):
    def made_before(start, data, rate, **limits):
        assert start == long_runs[rate][0].network
        return long_runs[rate]

    monkeypatch.setattr(two_rates_lab, "descend", made_before)
    return TwoRatesLab()


def drawn_on(lab):
    """What the map says it shows: the names beside its axes, and their limits."""
    ax = lab.view.surface.ax
    return ax.get_xlabel(), ax.get_ylabel(), ax.get_xlim(), ax.get_ylim()


# what is shown of each parameter


@pytest.mark.parametrize("name", OPTIMAL)
def test_the_stretch_shown_holds_where_the_videos_start_and_end_and_the_slider_reaches_as_far(name):
    (low, high), (least, most) = SHOWN[name], slider_range(name)
    for value in (DETAILS_2[name], OPTIMAL[name]):
        assert low < value < high
    assert least <= low
    assert most >= high


# the map


def test_the_map_begins_where_details_part_1_does():
    lab = SurfaceLab()
    assert lab.network == statquest_network(**DETAILS_1)
    assert lab.optimize == ("w3", "w4", "b3")
    assert drawn_on(lab) == ("w3", "w4", SHOWN["w3"], SHOWN["w4"])
    assert repr(lab) == "SurfaceLab(step 0, w3 = 0.3600, w4 = 0.6300, b3 = 0.0000, SSR = 1.3977)"


def test_its_run_is_the_one_that_descend_makes_and_ends_where_that_does():
    lab, run = SurfaceLab(), descend(statquest_network(**DETAILS_1), dosage(), 0.1, list(DETAILS_1))
    assert run.status == "converged"
    assert len(lab.run) == len(run)
    act(lab, "scrub", 1e9)
    assert lab.state.step == len(run) - 1
    assert lab.network == run.final
    assert "gradient descent stops here" in readout(lab)
    assert "gradient descent stops here" in label(lab)
    check(lab)


@pytest.mark.parametrize(("x", "y"), PAIRS)
def test_any_two_of_the_seven_can_be_put_on_the_map(x, y):
    lab = SurfaceLab([x, y])
    assert lab.network == statquest_network(**{x: DETAILS_2[x], y: DETAILS_2[y]})
    assert drawn_on(lab) == (x, y, SHOWN[x], SHOWN[y])
    assert "pair" not in lab.controls  # there is nothing to choose
    assert check_map(lab.view.surface, lab.network, every=4) > 100
    act(lab, "scrub", 7.0)
    check(lab)


def test_the_lines_of_equal_ssr_follow_the_parameters_that_are_not_on_the_map():
    lab = SurfaceLab()
    seen = []
    for step in (0, 1, 5, 50, len(lab.run) - 1):
        act(lab, "scrub", float(step))
        assert check_map(lab.view.surface, lab.network) > 100
        check(lab)
        seen.append([line.get_xydata().tolist() for line in lab.view.surface.contours])
    assert all(one != other for one, other in combinations(seen, 2))  # b3 has moved in between


def test_two_parameters_alone_walk_across_a_map_that_stands_still():
    lab = SurfaceLab(["w3", "w4"])
    before = [line.get_xydata().tolist() for line in lab.view.surface.contours]
    act(lab, "scrub", 20.0)
    after = [line.get_xydata().tolist() for line in lab.view.surface.contours]
    for one, other in zip(before, after, strict=True):
        np.testing.assert_allclose(one, other)


def test_each_number_on_the_map_stands_on_its_own_line():
    lab = SurfaceLab()
    act(lab, "scrub", 30.0)
    lines = zip(lab.view.surface.names, lab.view.surface.contours, strict=True)
    shown = [(name, line) for name, line in lines if name.get_text()]
    assert len(shown) >= 3
    for name, line in shown:
        x, y = name.get_position()
        assert [x, y] in line.get_xydata().tolist()
        at = ssr(lab.network.replace(w3=x, w4=y), dosage())
        assert at == pytest.approx(float(name.get_text()), rel=0.04)


def test_another_pair_gets_its_own_axes_and_the_background_is_drawn_again_once(backgrounds):
    lab = SurfaceLab()
    act(lab, "scrub", 20.0)
    before, views_before = drawn_on(lab), views(lab)
    backgrounds.clear()
    for x, y in (("w4", "b3"), ("w3", "b3")):
        act(lab, "pair", f"{x} and {y}")
        assert backgrounds == [lab.picture]
        assert drawn_on(lab) == (x, y, SHOWN[x], SHOWN[y])
        assert lab.state.step == 20
        assert check_map(lab.view.surface, lab.network) > 100
        check(lab)
        act(lab, "step")
        act(lab, "back")
        assert backgrounds == [lab.picture]  # a step alone draws nothing again
        backgrounds.clear()
    act(lab, "pair", "w3 and w4")
    assert drawn_on(lab) == before
    assert views(lab) == views_before


def test_reset_brings_the_first_map_back(backgrounds):
    lab = SurfaceLab()
    start = views(lab), drawn_on(lab)
    act(lab, "pair", "w4 and b3")
    act(lab, "learning_rate", 0.2)
    act(lab, "scrub", 3.0)
    backgrounds.clear()
    act(lab, "reset")
    assert (views(lab), drawn_on(lab)) == start
    assert lab.controls["pair"].value == "w3 and w4"
    assert backgrounds == [lab.picture]


def test_a_map_that_could_not_be_drawn_leaves_the_last_one(monkeypatch, backgrounds):
    lab = SurfaceLab()
    start = views(lab), drawn_on(lab)

    def fails(picture):
        backgrounds.append(picture)
        if drawn_on(lab)[:2] != ("w3", "w4"):
            raise RuntimeError("out of paper")

    monkeypatch.setattr(LiveFigure, "draw_background", fails)
    act(lab, "pair", "w4 and b3")
    assert "out of paper" in readout(lab)
    assert lab.controls["pair"].value == "w3 and w4"
    act(lab, "step")
    act(lab, "back")
    assert (views(lab), drawn_on(lab)) == start


def test_a_prediction_is_of_the_first_parameter_and_is_marked_wherever_the_map_shows_it():
    lab = SurfaceLab()
    lab.show_prediction(-0.75)
    for pair, marked in (("w3 and w4", True), ("w4 and b3", False), ("w3 and b3", True)):
        act(lab, "pair", pair)
        low, high = lab.view.surface.ax.get_ylim()
        assert lab.view.surface.prediction.get_xydata().tolist() == ([[-0.75, low], [-0.75, high]] if marked else [])
        assert ("The prediction −0.75 is marked." in label(lab)) == marked
    act(lab, "pair", "w4 and b3")
    lab.show_prediction(0.5)
    assert len(lab.view.surface.prediction.get_xdata()) == 0
    act(lab, "reset")
    assert list(lab.view.surface.prediction.get_xdata()) == [0.5, 0.5]


def test_choosing_another_map_ends_the_playing():
    lab = SurfaceLab()
    act(lab, "play")
    lab.steps.clock.value = 1
    act(lab, "pair", "w3 and b3")
    assert not lab.steps.clock.playing
    assert lab.state.step == 1
    check(lab)


@pytest.mark.parametrize("rate", [0.2, 0.3, 0.6])
def test_a_rate_that_diverges_walks_off_the_map_and_the_lab_lives_on(rate):
    lab = SurfaceLab()
    act(lab, "learning_rate", rate)
    assert lab.run.status == "diverged"
    assert "At this learning rate it can’t settle here" in readout(lab)
    assert exact(stable_learning_rate(lab.network, dosage(), lab.optimize)) not in readout(lab)
    for step in range(len(lab.run)):
        act(lab, "scrub", float(step))
        check(lab)
        assert not re.search("nan|inf", overlay(lab).partition(">")[2])
    assert "Diverged" in readout(lab)
    assert "Diverged" in label(lab)
    act(lab, "learning_rate", 0.1)
    act(lab, "reset")
    check(lab)


def test_even_numbers_that_only_just_are_some_are_drawn_off_the_picture():
    lab = SurfaceLab(learning_rate=1e150)
    act(lab, "step")
    assert lab.run.status == "diverged"
    assert abs(lab.network.parameters["b3"]) > 1e100
    check(lab)
    assert lab.picture.png()


def test_a_rate_is_said_to_be_too_large_only_after_a_run_that_did_not_settle():
    lab = SurfaceLab()
    assert "settle here" not in readout(lab)
    act(lab, "learning_rate", 0.14)
    assert "At this learning rate it can’t settle here" in readout(lab)


def test_fewer_than_two_parameters_and_unknown_ones_are_refused():
    for few in ("b3", ["b3"], ["w3", "w3"]):
        with pytest.raises(ValueError, match="two or more parameters"):
            SurfaceLab(few)
    with pytest.raises(ValueError, match="names no parameter"):
        SurfaceLab([])
    with pytest.raises(KeyError, match=r"b4.*nearest.*b3"):
        SurfaceLab(["w3", "b4"])
    with pytest.raises(TypeError, match="must list parameters"):
        SurfaceLab(3)
    with pytest.raises(ValueError, match="learning_rate"):
        SurfaceLab(learning_rate=0)


def test_a_parameter_named_twice_is_optimised_once():
    assert SurfaceLab(["w3", "w4", "w3"]).optimize == ("w3", "w4")


# two learning rates


def test_both_runs_are_descends_from_where_details_part_2_starts():
    lab = TwoRatesLab()
    for rate, run in zip((0.01, 0.1), lab.runs, strict=True):
        own = descend(statquest_network(**DETAILS_2), dosage(), rate, max_steps=20_000, min_step=1e-6)
        assert (run.status, len(run)) == (own.status, len(own)) == ("converged", len(own))
        np.testing.assert_array_equal(run.ssr, own.ssr)
        assert run.final == own.final


def test_the_smaller_rate_ends_at_the_videos_parameters_and_the_larger_in_another_perfect_fit(two_rates):
    act(two_rates, "scrub", 1e9)
    first, second = two_rates.networks
    assert {name: round(value, 2) for name, value in first.parameters.items()} == OPTIMAL
    assert all(round(value, 2) != OPTIMAL[name] for name, value in second.parameters.items())
    assert ssr(first, dosage()) < 1e-6
    assert ssr(second, dosage()) < 1e-6
    assert round(second.parameters["b1"], 2) == -1.93
    check(two_rates)


def test_the_moments_are_each_update_up_to_20_then_sparser_and_sparser_and_at_last_the_end(two_rates):
    moments = []
    for step in range(two_rates.state.last + 1):
        act(two_rates, "scrub", float(step))
        moments.append(two_rates.updates)
    assert moments[:21] == list(range(21))
    assert moments[-1] == len(two_rates.runs[0]) - 1
    gaps = np.diff(moments)
    assert (gaps >= 1).all()
    assert (gaps[20:] <= 1 + 0.06 * np.array(moments[20:-1])).all()
    assert gaps[-1] > gaps[60] > gaps[20]
    assert len(moments) < 200  # so that playing it takes some seconds


@pytest.mark.parametrize("step", [0, 1, 2, 20, 40, 80, 100, 10**9])
def test_both_fits_the_curves_and_the_table_stand_at_the_same_moment(two_rates, step):
    act(two_rates, "scrub", float(step))
    check(two_rates)
    for run, network in zip(two_rates.runs, two_rates.networks, strict=True):
        assert network == run[min(two_rates.updates, len(run) - 1)].network
    moments = two_rates.view.moments[: two_rates.state.step + 1]
    assert two_rates.view.trace.lines[0].get_xdata().tolist() == moments.tolist()
    assert f"after {two_rates.updates:,}." in label(two_rates)


def test_the_shorter_run_waits_at_its_end(two_rates):
    slow, fast = two_rates.runs
    end = len(fast) - 1
    assert end < len(slow) - 1
    act(two_rates, "scrub", float(two_rates.state.last - 1))
    assert two_rates.updates > end
    assert two_rates.networks[1] == fast.final
    assert f"0.1 {end:,} (converged) " in one_spaced(readout(two_rates))
    assert f"0.01 {two_rates.updates:,} {exact(two_rates.ssr)} " in one_spaced(readout(two_rates))  # not yet there
    act(two_rates, "step")
    assert f"0.01 {len(slow) - 1:,} (converged) " in one_spaced(readout(two_rates))
    assert two_rates.networks[1] == fast.final
    check(two_rates)


def test_with_the_larger_rate_the_ssr_climbs_first(two_rates):
    start = ssr(two_rates.networks[1], dosage())
    act(two_rates, "step")
    first, second = (ssr(network, dosage()) for network in two_rates.networks)
    assert first < start < second


def test_step_back_and_play_go_from_moment_to_moment(two_rates):
    act(two_rates, "back")
    assert two_rates.updates == 0
    act(two_rates, "play")
    for tick in (1, 2, 3):
        two_rates.steps.clock.value = tick
        assert two_rates.updates == tick
        check(two_rates)
    act(two_rates, "back")
    assert not two_rates.steps.clock.playing
    assert two_rates.updates == 2
    act(two_rates, "scrub", 1e9)
    act(two_rates, "step")
    assert two_rates.state.step == two_rates.state.last
    act(two_rates, "play")
    assert two_rates.updates == 0  # it starts again


def test_a_predicted_height_is_marked_in_both_fits(two_rates):
    two_rates.show_prediction(0.8)
    for fit in two_rates.view.fits:
        assert fit.prediction.get_xydata().tolist() == [[0.5, 0.8]]
    two_rates.show_prediction(None)
    for fit in two_rates.view.fits:
        assert len(fit.prediction.get_xdata()) == 0


@pytest.mark.parametrize("rates", [(5.0, 10.0), (0.5, 1e50), (1e150, 1e154)])
def test_rates_that_diverge_are_shown_to_their_end(rates):
    lab = TwoRatesLab(rates)
    assert {run.status for run in lab.runs} == {"diverged"}
    for step in range(lab.state.last + 1):
        act(lab, "scrub", float(step))
        assert lab.updates == step
        assert not re.search("nan|inf", overlay(lab).partition(">")[2])
    assert step == max(map(len, lab.runs)) - 1
    assert readout(lab).count("(diverged)") == 2
    assert lab.picture.png()


def test_impossible_rates_are_refused():
    for rates in ((0.1,), (0.1, 0.2, 0.3), 0.1, "ab"):
        with pytest.raises(ValueError, match="two learning rates"):
            TwoRatesLab(rates)
    for rate in (0, -0.1, float("nan")):
        with pytest.raises(ValueError, match="learning_rate"):
            TwoRatesLab((0.1, rate))
    with pytest.raises(TypeError, match="learning_rate"):
        TwoRatesLab(("slow", 0.1))


# what the labs with a run share


@pytest.mark.parametrize("lab", [DescentLab, SurfaceLab])
def test_a_slider_of_the_start_begins_a_new_run_there(lab):
    lab = lab()
    for name in moving(lab):
        act(lab, "scrub", 3.0)
        act(lab, name, 0.75)
        assert lab.state.step == 0
        assert lab.network.parameters[name] == 0.75
        assert lab.run[1].network == descend(lab.network, dosage(), 0.1, moving(lab))[1].network
        check(lab)
