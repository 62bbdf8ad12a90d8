"""What notebook 10 asks: a whole program in code, function by function, and the quiz, whose words are in quiz.md."""

from statquest_bp.course.final_review import draws
from statquest_bp.course.final_review.loop import all_seven, gradient_of_all, one_step, the_loop
from statquest_bp.course.final_review.program import (
    derivative_of_b1,
    derivative_of_b2,
    derivative_of_b3,
    derivative_of_w1,
    derivative_of_w2,
    derivative_of_w3,
    derivative_of_w4,
    the_bend,
    the_forward_pass,
    the_ssr,
)
from statquest_bp.exercises.drawn import read_quiz
from statquest_bp.exercises.quiz import Quiz

QUESTIONS_OF_THE_QUIZ = read_quiz(__name__, draws)
EXERCISES = (
    the_bend,
    the_forward_pass,
    the_ssr,
    derivative_of_b3,
    derivative_of_w4,
    derivative_of_w3,
    derivative_of_b2,
    derivative_of_w2,
    derivative_of_b1,
    derivative_of_w1,
    gradient_of_all,
    one_step,
    the_loop,
    all_seven,
)


def quiz(seed: int | None = None, short: bool = False) -> Quiz:
    """The scored quiz over the whole course, `short` with one question a notebook; a `seed` gives the same numbers."""
    return Quiz(QUESTIONS_OF_THE_QUIZ, seed, short)
