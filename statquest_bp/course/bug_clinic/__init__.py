"""What notebook 08 asks: the words are in questions.md, the numbers in values.py, the bugs in the modules beside."""

from statquest_bp.course.bug_clinic import values
from statquest_bp.course.bug_clinic.links import only_w3_is_off, too_steep_at_every_point
from statquest_bp.course.bug_clinic.ssr_and_step import (
    always_uphill,
    an_ssr_below_zero,
    never_a_negative_slope,
    two_points_too_few,
    uphill_again,
)
from statquest_bp.course.bug_clinic.training import (
    a_rate_that_settles,
    a_weight_that_crawls,
    it_swings_for_ever,
    right_for_w3_wrong_for_b1,
)
from statquest_bp.exercises.questions import read_questions

QUESTIONS = read_questions(__name__, values)
globals().update(QUESTIONS)
EXERCISES = (
    QUESTIONS["a_step_from_the_other_side"],
    QUESTIONS["what_scales_y1"],
    QUESTIONS["what_all_seven_share"],
    an_ssr_below_zero,
    two_points_too_few,
    never_a_negative_slope,
    always_uphill,
    QUESTIONS["predict_the_wrong_step"],
    uphill_again,
    QUESTIONS["two_bugs_at_once"],
    only_w3_is_off,
    too_steep_at_every_point,
    QUESTIONS["where_to_look_first"],
    right_for_w3_wrong_for_b1,
    it_swings_for_ever,
    a_weight_that_crawls,
    a_rate_that_settles,
)
