"""What notebook 06 asks: the words are in questions.md, the numbers in values.py."""

from statquest_bp.course.the_hidden_layer import values
from statquest_bp.exercises.questions import read_questions

QUESTIONS = read_questions(__name__, values)
globals().update(QUESTIONS)
EXERCISES = tuple(QUESTIONS.values())
