"""Print the answers to all exercises, for teachers.

They come from the exercises themselves, so they can't go stale. Nothing is solved by it, and nothing written.
"""

import difflib
import sys
import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path

from statquest_bp.command import say, words
from statquest_bp.course import all_exercises
from statquest_bp.digits import short
from statquest_bp.exercises.code_on_trial import CodeOnTrial
from statquest_bp.exercises.exercise import Checked, Exercise
from statquest_bp.exercises.prediction import Prediction

__all__ = ["answer_of", "answers", "notebook_named"]

WIDTH = 100
INDENT = "   "


def answers(notebooks: Sequence[str]) -> str:
    """What to print for these notebooks: for each a heading, then its exercises with their answers."""
    return "\n\n".join("\n".join(_lines_of(notebook)) for notebook in notebooks)


def answer_of(exercise: Exercise) -> str:
    """The right answer as text: a number, an option, formulas, or Python code. TypeError for what has no answer."""
    if isinstance(exercise, Prediction):
        return short(exercise.truth)
    if isinstance(exercise, Checked):
        return exercise._solution()
    raise TypeError(f"an answer comes from a prediction or an exercise that is checked; got {exercise!r}")


def notebook_named(asked: str) -> str:
    """The notebook that `asked` means: its name, its number or its path. ValueError, naming the nearest, for no other.

    >>> notebook_named("05")
    '05_the_output_weights'
    """
    names, stem = list(all_exercises()), Path(asked).stem
    meant = [name for name in names if stem in (name, name.partition("_")[0])]
    if meant:
        return meant[0]
    nearest = difflib.get_close_matches(stem, names, 1, cutoff=0)[0]
    raise ValueError(f"There is no notebook “{asked}” with exercises. Did you mean {nearest}?")


def _lines_of(notebook: str) -> Iterator[str]:
    yield from (notebook, "=" * len(notebook))
    for number, make in enumerate(all_exercises()[notebook], 1):
        exercise = make()
        first, *_ = exercise.question.splitlines()
        yield textwrap.shorten(f"{number}. {exercise.kind}: {first}", WIDTH, placeholder=" …")
        yield _indented(exercise)


def _indented(exercise: Exercise) -> str:
    answer = answer_of(exercise)
    if isinstance(exercise, CodeOnTrial):
        return textwrap.indent(answer, INDENT)  # code keeps its lines
    return textwrap.fill(answer, WIDTH, initial_indent=f"{INDENT}→ ", subsequent_indent=f"{INDENT}  ")


def main(asked: Sequence[str]) -> None:
    """Print the answers of the notebooks asked for; of all, if none is."""
    try:
        notebooks = [notebook_named(name) for name in asked] or list(all_exercises())
    except ValueError as error:
        sys.exit(str(error))
    say(answers(notebooks))


if __name__ == "__main__":
    of = "only the answers of these, such as 05_the_output_weights, or 05; without it, all"
    main(words("statquest_bp.course", __doc__ or "", "notebook", of))
