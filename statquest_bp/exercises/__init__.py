"""The exercises: each asks one thing and says what to make of the answer; a wrong one is told which slip it is.

The kinds are here, each a class in its own file; what the notebooks ask is in `course/`.

- `Prediction`: a slider. Commit a number before a lab shows it; no prediction is wrong.
- `Numeric`: a number to work out, or to find in a lab. Slips are recognised by the number they give.
- `MultipleChoice`: one of a few options; each has its own feedback.
- `FillTheLink`: a chain with links left blank; any formula with the right value counts.
- `CodeOnTrial`, `OwnCode`, `DerivativeOnTrial`: the learner's function to mend or to write, tried on many cases.

Around them: `ProgressCard` shows what is solved so far, `Quiz` asks many with fresh numbers and keeps the score.

To add an exercise, write a function in the notebook's module in `course/`, with a docstring, that needs no
arguments and returns a fresh exercise each time:

    @kept
    def slope_of_the_bend() -> FillTheLink:
        \"""The link from y1 to x1.\"""
        return FillTheLink("b1", ["x1"], slips={"x1": {"That is …": "w3"}}, hints=["…", "…", "…"], why="…")

- `kept` comes from `progress`; the module's and the function's name are the exercise's name in the learner's progress
  file, so they don't change once published.
- Put it into the module's `EXERCISES`, in the notebook's order (a new module: into `course.all_exercises` as well).
  From there the tests take it: its answer, every slip, rubbish, hints, what is stored. Nothing else needs to know it.
- Compute every number with the package. A slip is a message and what the slip gives: a number or a function that
  computes it (`Numeric`), a formula (`FillTheLink`). Three hints go from a nudge to nearly the answer.
- Two exercises that retrieve something from before come first in a notebook (kind="From before"), and a prediction
  before its lab.
"""

from statquest_bp.exercises.course import all_exercises
from statquest_bp.exercises.exercise import Exercise
from statquest_bp.exercises.fill_the_link import FillTheLink
from statquest_bp.exercises.multiple_choice import MultipleChoice
from statquest_bp.exercises.numeric import Numeric
from statquest_bp.exercises.prediction import Prediction
from statquest_bp.exercises.progress_card import ProgressCard
from statquest_bp.exercises.quiz import Question, Quiz

__all__ = [
    "Exercise",
    "FillTheLink",
    "MultipleChoice",
    "Numeric",
    "Prediction",
    "ProgressCard",
    "Question",
    "Quiz",
    "all_exercises",
]
