"""The course's exercises: a module for each notebook, named as it is, and where that grew long, more of its name."""

from collections.abc import Callable, Mapping

from statquest_bp.exercises.course import (
    bug_clinic,
    final_review,
    gradient_descent,
    hidden_layer,
    how_good_is_the_fit,
    output_weights,
    playground,
    start_here,
    the_chain_rule,
    the_squiggle,
    working_backward,
)
from statquest_bp.exercises.exercise import Exercise

__all__ = ["all_exercises"]


def all_exercises() -> Mapping[str, tuple[Callable[[], Exercise], ...]]:
    """Every exercise of the course: for each notebook, by its file's stem, the functions that make its exercises."""
    return {
        "00_start_here": start_here.EXERCISES,
        "01_the_squiggle": the_squiggle.EXERCISES,
        "02_how_good_is_the_fit": how_good_is_the_fit.EXERCISES,
        "03_the_chain_rule": the_chain_rule.EXERCISES,
        "04_gradient_descent": gradient_descent.EXERCISES,
        "05_the_output_weights": output_weights.EXERCISES,
        "06_the_hidden_layer": hidden_layer.EXERCISES,
        "07_working_backward": working_backward.EXERCISES,
        "08_bug_clinic": bug_clinic.EXERCISES,
        "09_playground": playground.EXERCISES,
        "10_final_review": final_review.EXERCISES,
    }
