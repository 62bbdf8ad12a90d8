"""What the exercises of notebooks 05 and 06 say, held against the labs that they send the learner to."""

import numpy as np
import pytest

from statquest_bp import chain, dosage, ssr_along, statquest_network
from statquest_bp.course import the_hidden_layer, the_output_weights
from statquest_bp.course.lesson import curvature, run_of
from statquest_bp.digits import as_in_the_video
from statquest_bp.labs import ChainRuleLab, DescentLab, SurfaceLab
from statquest_bp.video import DETAILS_1, DETAILS_2, OPTIMAL


@pytest.mark.parametrize(
    ("exercise", "in_the_lesson"),
    [
        (the_output_weights.the_first_link(), 5.98),
        (the_output_weights.how_fast_its_slope_grows(), 2.22),
        (the_output_weights.rate_that_lands_w4(), 0.45),
        (the_output_weights.a_term_for_w3(), 13.24),
        (the_output_weights.first_move_of_b3(), -0.19),
        (the_hidden_layer.the_sum_in_node_2(), -1.195),
        (the_hidden_layer.slope_of_the_bend(), 0.73),
        (the_hidden_layer.a_term_for_b2(), -1.73),
        (the_hidden_layer.where_b2_is_steepest(), -2.36),
        (the_hidden_layer.ssr_on_the_plateau(), 5.90),
        (the_hidden_layer.updates_of_w2(), 150),
        (the_hidden_layer.a_term_for_w1(), -1.16),
        (the_hidden_layer.where_w1_is_level(), 3.34),
    ],
    ids=lambda value: getattr(value, "question", str(value))[:40],
)
def test_the_answers_are_the_lessons_numbers(exercise, in_the_lesson):
    assert exercise.answer == pytest.approx(in_the_lesson, abs=0.0051)


def test_the_slope_of_w4_grows_in_the_lab_as_asked_from_wherever_one_starts():
    lab, answer = ChainRuleLab("w4"), the_output_weights.how_fast_its_slope_grows().answer
    for start in (-3.0, 0.63, 4.0):
        lab.controls["w4"].value = start
        before = lab.chain.total
        lab.controls["w4"].value = start + 1
        assert lab.chain.total - before == pytest.approx(answer, abs=1e-6)


@pytest.mark.parametrize("name", ["b3", "w3", "w4"])
def test_each_point_adds_twice_its_last_link_squared_to_the_curvature(name):
    last_link = chain(statquest_network(), dosage(), name).links[-1].values
    assert curvature(name) == pytest.approx(2 * (last_link**2).sum(), rel=1e-6)


def test_the_rate_that_is_asked_for_lands_w4_in_the_lab_in_one_step_and_b3s_does_not():
    lab = DescentLab("w4")
    slopes = []
    for rate in (the_output_weights.rate_that_lands_w4().answer, 1 / curvature()):
        lab.controls["learning_rate"].value = rate
        slopes.append(lab.run[1].gradient["w4"])
    assert abs(slopes[0]) < 0.1 < abs(slopes[1])


def test_the_map_shows_where_w3_goes_and_along_what_the_valley_runs():
    lab = SurfaceLab()
    lab.controls["scrub"].value = the_output_weights.values.MANY
    assert lab.network.parameters["w3"] == the_output_weights.predict_where_w3_goes().truth
    lab.controls["pair"].value = "w4 and b3"
    ends = []
    for step in the_output_weights.values.VALLEY:
        lab.controls["scrub"].value = step
        ends.append({name: round(value, 4) for name, value in lab.network.parameters.items()})  # as shown
    asked = the_output_weights.along_the_valley()
    shown = (ends[1]["b3"] - ends[0]["b3"]) / (ends[0]["w4"] - ends[1]["w4"])
    assert asked.near(shown, asked.answer)


def test_a_tighter_limit_brings_the_three_to_the_videos_b3_and_the_usual_one_does_not():
    loose, tight = (run_of(*DETAILS_1, min_step=limit) for limit in (1e-3, 1e-6))
    assert {loose.status, tight.status} == {"converged"}
    ends = [as_in_the_video(run.final.parameters["b3"]) for run in (tight, loose)]
    assert ends[0] == as_in_the_video(OPTIMAL["b3"]) != ends[1]


def test_the_labs_learning_rate_slider_reaches_the_rate_that_throws_b2_onto_the_plateau():
    lab = DescentLab("b2", shown=(-12, 2.2))
    lab.controls["learning_rate"].value = the_hidden_layer.values.TOO_LARGE
    assert lab.controls["learning_rate"].max > the_hidden_layer.values.TOO_LARGE
    lab.controls["scrub"].value = len(lab.run) - 1
    assert lab.ssr == pytest.approx(the_hidden_layer.ssr_on_the_plateau().answer)
    assert lab.run.status == "converged"
    low, _ = lab.view.curve.ax.get_xlim()
    assert low < lab.network.parameters["b2"]
    assert "off the picture" not in lab._readout.value


def test_on_the_plateau_it_is_the_bends_slope_that_is_almost_0_and_not_the_residuals():
    first, weight, bend, last = chain(run_of("b2", rate=1.0).final, dosage(), "b2").links
    assert np.abs(bend.values).max() < 1e-4
    assert np.abs(first.values).max() > 1
    assert np.abs(weight.values * last.values).min() > 1


def test_dssr_db2_is_steepest_where_the_exercise_says_and_the_slider_shows_it():
    lab, answer = ChainRuleLab("b2"), the_hidden_layer.where_b2_is_steepest().answer
    low = lab.controls["b2"].min
    slopes = []
    for b2 in np.arange(low, 0.005, 0.01).round(2):
        lab.controls["b2"].value = b2
        slopes.append(lab.chain.total)
    assert min(slopes) == pytest.approx(answer, abs=1e-9)
    assert slopes[0] > answer < slopes[-1]


def test_w2_stops_in_the_lab_after_the_updates_that_the_exercise_asks_for():
    lab = DescentLab("w2", max_steps=200)
    assert (len(lab.run) - 1, lab.run.status) == (the_hidden_layer.updates_of_w2().answer, "converged")


@pytest.mark.parametrize("value", [-5.0, DETAILS_2["w2"], 0.0, 3.0])
def test_w2_has_no_say_at_dosage_0_and_its_terms_are_b2s_times_the_input(value):
    net, data = statquest_network(w2=value, b3=0), dosage()
    terms = chain(net, data, "w2").terms
    assert terms[0] == 0
    np.testing.assert_allclose(terms, chain(net, data, "b2").terms * data.inputs[:, 0], rtol=1e-12)


def test_w1_is_level_at_the_lowest_ssr():
    best = the_hidden_layer.where_w1_is_level().answer
    below, here, above = ssr_along(statquest_network(), dosage(), "w1", [best - 0.001, best, best + 0.001])
    assert below > here < above
