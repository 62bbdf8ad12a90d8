"""The exercises: each asks one thing and says what to make of the answer; a wrong one is told which slip it is.

The kinds are here, each a class in its own file; what the notebooks ask is in `statquest_bp.course`.

- `Prediction`: a slider. Commit a number before a lab shows it; no prediction is wrong.
- `Numeric`: a number to work out, or to find in a lab. Slips are recognised by the number they give.
- `MultipleChoice`: one of a few options; each has its own feedback.
- `FillTheLink`: a chain with links left blank; any formula with the right value counts.
- `ChainBuilder`: a chain on an empty line; a measured nudge of the SSR says whether it is right.
- `BackwardPass`: stop by stop, be handed a number and hand one back; a wrong one travels on, into the step.
- `CodeOnTrial`, `OwnCode`, `DerivativeOnTrial`: the learner's function to mend or to write, tried on many cases.

Around them: `questions` reads questions that are written as prose, `ProgressCard` shows what is solved so far, `Quiz`
asks many with fresh numbers and keeps the score. `docs/questions.md` says how to add one.
"""

from statquest_bp.exercises.backward_pass import BackwardPass
from statquest_bp.exercises.chain_builder import ChainBuilder
from statquest_bp.exercises.exercise import Exercise
from statquest_bp.exercises.fill_the_link import FillTheLink
from statquest_bp.exercises.multiple_choice import MultipleChoice
from statquest_bp.exercises.numeric import Numeric
from statquest_bp.exercises.prediction import Prediction
from statquest_bp.exercises.quiz import Question, Quiz

__all__ = [
    "BackwardPass",
    "ChainBuilder",
    "Exercise",
    "FillTheLink",
    "MultipleChoice",
    "Numeric",
    "Prediction",
    "Question",
    "Quiz",
]
