"""The exercises: predictions, numbers to work out and choices, each with feedback that names the slip.

One module a notebook, one function an exercise, in the notebook's order; each call returns a fresh exercise.
"""

from collections.abc import Callable, Mapping

from statquest_bp.exercises import gradient_descent, how_good_is_the_fit, start_here, the_chain_rule, the_squiggle
from statquest_bp.exercises.exercise import Exercise
from statquest_bp.exercises.multiple_choice import MultipleChoice
from statquest_bp.exercises.numeric import Numeric
from statquest_bp.exercises.prediction import Prediction

__all__ = ["Exercise", "MultipleChoice", "Numeric", "Prediction", "all_exercises"]


def all_exercises() -> Mapping[str, tuple[Callable[[], Exercise], ...]]:
    """Every exercise of the course: for each notebook, by its file's stem, the functions that make its exercises."""
    return {
        "00_start_here": start_here.EXERCISES,
        "01_the_squiggle": the_squiggle.EXERCISES,
        "02_how_good_is_the_fit": how_good_is_the_fit.EXERCISES,
        "03_the_chain_rule": the_chain_rule.EXERCISES,
        "04_gradient_descent": gradient_descent.EXERCISES,
    }
