"""What a quiz makes of the points for its questions: the score in words, and what to read again."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["BEST", "STATES", "Points", "how_many", "score"]

BEST = 2  # points for a right answer at the first try and without a hint
Points = int | None  # for a question; None while it is open
STATES: dict[Points, str] = {BEST: "right at the first try", 1: "right later", 0: "shown", None: "open"}


def how_many(questions: int) -> str:
    """So many questions, in words."""
    return f"{questions} question{'s' if questions > 1 else ''}"


def score(points: Sequence[Points], notebooks: Sequence[str]) -> list[str]:
    """The score, a line for each way in which questions ended, and the notebooks that are worth reading again."""
    lines = [f"You have {sum(mine or 0 for mine in points)} of {BEST * len(points)} points."]
    for ended, words in STATES.items():
        numbers = [str(i) for i, mine in enumerate(points, 1) if mine == ended]
        if numbers:
            how = "Still open" if ended is None else words.capitalize()
            lines.append(f"{how}: question{'s' if len(numbers) > 1 else ''} {', '.join(numbers)}.")
    return [*lines, *_read_again(points, notebooks)]


def _read_again(points: Sequence[Points], notebooks: Sequence[str]) -> list[str]:
    """The notebooks whose questions were answered, but not at the first try: most points lost first."""
    lost: dict[str, int] = {}
    for mine, notebook in zip(points, notebooks, strict=True):
        if mine is not None and mine < BEST:
            lost[notebook] = lost.get(notebook, 0) + BEST - mine
    if not lost:
        return ["Nothing to read again."] if None not in points else []
    return [f"Worth reading again: {', '.join(sorted(lost, key=lambda notebook: -lost[notebook]))}."]
