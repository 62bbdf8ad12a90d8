"""The course: what each notebook asks, in a folder named as the notebook is.

A question's words are in its folder's `questions.md`, its numbers in `values.py`; code to mend or to write is Python.
"""

from collections.abc import Callable, Mapping

from statquest_bp.course import (
    bug_clinic,
    final_review,
    gradient_descent,
    how_good_is_the_fit,
    playground,
    start_here,
    the_chain_rule,
    the_hidden_layer,
    the_output_weights,
    the_squiggle,
    working_backward,
)
from statquest_bp.exercises.exercise import Exercise
from statquest_bp.exercises.progress import PROGRESS, key_of
from statquest_bp.exercises.progress_card import ProgressCard

__all__ = ["all_exercises", "progress_card"]

RENAMED = {  # modules whose exercises the learners' files of before name otherwise
    "bug_clinic_chain": "bug_clinic",
    "bug_clinic_training": "bug_clinic",
    "bug_clinic_warm_up": "bug_clinic",
    "final_loop": "final_review",
    "hidden_layer": "the_hidden_layer",
    "hidden_layer_node_1": "the_hidden_layer",
    "hidden_layer_plateau": "the_hidden_layer",
    "hidden_layer_w2": "the_hidden_layer",
    "learning_rate": "gradient_descent",
    "output_weights": "the_output_weights",
    "output_weights_surface": "the_output_weights",
    "output_weights_w3": "the_output_weights",
    "playground_landscapes": "playground",
    "the_way_back": "working_backward",
    "two_fits": "working_backward",
}
PROGRESS.renamed = RENAMED


def all_exercises() -> Mapping[str, tuple[Callable[[], Exercise], ...]]:
    """Every exercise of the course: for each notebook, by its file's stem, the functions that make its exercises."""
    return {
        "00_start_here": start_here.EXERCISES,
        "01_the_squiggle": the_squiggle.EXERCISES,
        "02_how_good_is_the_fit": how_good_is_the_fit.EXERCISES,
        "03_the_chain_rule": the_chain_rule.EXERCISES,
        "04_gradient_descent": gradient_descent.EXERCISES,
        "05_the_output_weights": the_output_weights.EXERCISES,
        "06_the_hidden_layer": the_hidden_layer.EXERCISES,
        "07_working_backward": working_backward.EXERCISES,
        "08_bug_clinic": bug_clinic.EXERCISES,
        "09_playground": playground.EXERCISES,
        "10_final_review": final_review.EXERCISES,
    }


def progress_card(notebook: str | None = None) -> ProgressCard:
    """What is solved in one notebook, "04_gradient_descent", and what is open; without one, in the whole course."""
    names = {stem: tuple(map(key_of, makers)) for stem, makers in all_exercises().items()}
    return ProgressCard(names, notebook)
