"""The quiz of notebook 10: its questions in the order of the notebooks, with fresh numbers each time.

A question is a function of a random generator. It draws rounded numbers, and computes with just those that it shows.
"""

from statquest_bp.course import (
    final_quiz_backward,
    final_quiz_bugs,
    final_quiz_fit,
    final_quiz_forward,
    final_quiz_slopes,
    final_quiz_steps,
    final_quiz_weights,
)

__all__ = ["QUESTIONS"]

QUESTIONS = (
    *final_quiz_forward.QUESTIONS,
    *final_quiz_fit.QUESTIONS,
    *final_quiz_slopes.QUESTIONS,
    *final_quiz_steps.QUESTIONS,
    *final_quiz_weights.QUESTIONS,
    *final_quiz_backward.QUESTIONS,
    *final_quiz_bugs.QUESTIONS,
)
