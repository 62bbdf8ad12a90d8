"""What the learner has solved, how and on which day; and `kept`, which keeps it in one small file beside the notebooks.

Progress is a convenience: whatever is wrong with the file or its folder costs progress, and nothing else.
"""

from __future__ import annotations

import atexit
import contextlib
import datetime
import functools
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import ParamSpec, TypeVar

from statquest_bp.exercises import progress_file
from statquest_bp.exercises.exercise import HOW, Exercise
from statquest_bp.exercises.prediction import Prediction
from statquest_bp.exercises.progress_file import Record

__all__ = ["PROGRESS", "Progress", "kept", "key_of"]

BEFORE = "✓ You solved this before."
UNREADABLE = (
    "What stands in {name} can’t be read as progress. With the next exercise that you solve it is put beside, under "
    "another name, and a new file begun."
)
PUT_BESIDE = "What stood in {name} couldn’t be read as progress. It is kept beside, as {beside}, and a new file begun."
LATER = (
    "{name} can’t be opened or written just now. What you solve is remembered while this notebook runs, and written as "
    "soon as that works."
)

Made = TypeVar("Made", bound=Exercise)
P = ParamSpec("P")


class Progress:
    """The exercises that are solved, by name, in the JSON file at `path`.

    A relative path is taken from the working directory, which for a notebook is its own folder. The file is read anew
    each time, and only ever added to, so that several notebooks can run at once. `notice` says in words what is wrong
    with the file; empty if nothing is.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)
        self.notice = self._told = ""
        self.renamed: Mapping[str, str] = {}  # modules in the names of earlier versions, and what they are called now
        self.first_words: dict[str, str] = {}  # of the exercises made so far, by name
        self._last_read: Mapping[str, Record] = {}
        self._unwritten: dict[str, Record] = {}  # solved, but the file couldn't be written
        self._how: dict[str, str] = {}  # with how much help, so far and in this kernel, by name
        self.committed: dict[str, float] = {}  # predictions in this kernel, by name: the first counts
        self._put_beside = ""  # what was said about it
        self._when_changed: list[Callable[[], None]] = []

    def solved(self) -> frozenset[str]:
        """The names of all exercises that are solved."""
        try:
            self._last_read = progress_file.read(self.path)["solved"]
            self.notice = self._say(LATER) if self._unwritten else self._put_beside
        except progress_file.Unreadable:
            self._last_read, self.notice = {}, self._say(UNREADABLE)
        except OSError:  # perhaps only now: what was read before still holds
            self.notice = self._say(LATER)
        return frozenset({*self._unwritten, *map(self._as_now, self._last_read)})

    def _as_now(self, name: str) -> str:
        """What the exercise of that name is called by now."""
        module, dot, function = name.partition(".")
        return f"{self.renamed.get(module, module)}{dot}{function}"

    def news(self) -> str:
        """The notice, but only once; empty if it was told already."""
        told, self._told = self._told, self.notice
        return "" if told == self.notice else self.notice

    def tried(self, name: str, how: str) -> None:
        """Note with how much help the exercise was tried: made afresh, it doesn't count as the first try again."""
        self._how[name] = max(self._how.get(name, how), how, key=HOW.index)

    def add(self, name: str, how: str) -> None:
        """Note that the exercise called `name` is solved, and `how`; of several times the first stays."""
        self.tried(name, how)
        if name not in self.solved():
            self._unwritten[name] = {"how": self._how[name], "day": datetime.date.today().isoformat()}
        self.write()
        self.tell()

    def write(self, tries: int = progress_file.TRIES) -> None:
        """Write what couldn't be written before, if that works within so many tries."""
        new = dict(self._unwritten)
        if not new:
            return
        with contextlib.suppress(OSError, RecursionError):
            beside = progress_file.add(self.path, new, tries)
            for name in new:
                self._unwritten.pop(name, None)
            if beside:
                self._put_beside = self._say(PUT_BESIDE, beside.name)
        self.solved()

    def delete(self) -> bool:
        """Forget everything; False if the file is still there afterwards."""
        for memory in (self._unwritten, self._how, self.committed):
            memory.clear()
        with contextlib.suppress(OSError):
            progress_file.delete(self.path)
        self.tell()
        return not os.path.lexists(self.path)

    def on_change(self, tell: Callable[[], None]) -> None:
        """Call `tell` whenever an exercise is made or solved in this kernel, and when everything is deleted."""
        self._when_changed.append(tell)

    def off_change(self, tell: Callable[[], None]) -> None:
        """Call `tell` no longer."""
        if tell in self._when_changed:
            self._when_changed.remove(tell)

    def tell(self) -> None:
        """Tell those who listen that something has changed."""
        for tell in self._when_changed:
            tell()

    def _say(self, words: str, beside: str = "") -> str:
        return words.format(name=self.path.name, beside=beside)


PROGRESS = Progress("my_progress.json")
atexit.register(PROGRESS.write)


def key_of(make: Callable[..., object]) -> str:
    """The name under which an exercise is kept: its folder's or module's, then its own, "bug_clinic.uphill_again"."""
    place = make.__module__.removeprefix("statquest_bp.course.").partition(".")[0]
    return f"{place}.{make.__name__}"


def kept(make: Callable[P, Made]) -> Callable[P, Made]:
    """Keep the progress of the exercises that `make` makes: whether they were solved before, and when they are.

    What a notebook stores of an exercise, its `repr`, has no trace of it.
    """
    key = key_of(make)

    @functools.wraps(make)
    def make_and_keep(*args: P.args, **kwargs: P.kwargs) -> Made:
        exercise = make(*args, **kwargs)

        def add() -> None:
            PROGRESS.add(key, exercise.how)
            news = PROGRESS.news()
            if news:
                exercise.remark(news)

        if isinstance(exercise, Prediction):
            _keep_the_first(key, exercise)
        PROGRESS.first_words[key] = f"{exercise.kind}: {exercise.question}"
        PROGRESS.tried(key, exercise.how)
        PROGRESS.write(tries=1)
        if key in PROGRESS.solved():
            exercise.remark(BEFORE)
        exercise.on_solved(add)
        exercise.on_change(lambda: PROGRESS.tried(key, exercise.how))
        if exercise.solved:  # as soon as it was made: a function on trial that is right already
            add()
        else:
            PROGRESS.tell()
        return exercise

    return make_and_keep


def _keep_the_first(key: str, prediction: Prediction) -> None:
    """A card made afresh, by a cell that is run again, has the prediction that was committed first."""

    def remember() -> None:
        if prediction.value is not None:
            PROGRESS.committed[key] = prediction.value

    if key in PROGRESS.committed:
        prediction.recall(PROGRESS.committed[key])
    prediction.on_solved(remember)
