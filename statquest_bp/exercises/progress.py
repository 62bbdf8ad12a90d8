"""Which exercises the learner has solved, kept in one small file beside the notebooks; and `kept`, which keeps it.

Progress is a convenience: whatever is wrong with the file or its folder costs progress, and nothing else.
"""

from __future__ import annotations

import contextlib
import functools
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

from statquest_bp.exercises.exercise import Exercise

__all__ = ["PROGRESS", "Progress", "kept", "key_of"]

ABOUT = "The exercises that you have solved. To start afresh, delete this file."
LARGEST = 1_000_000  # bytes: far more than every exercise takes
BEFORE = "✓ You solved this before."

Made = TypeVar("Made", bound=Exercise)
P = ParamSpec("P")


class Progress:
    """The names of the exercises that are solved, in the JSON file at `path`.

    A relative path is taken from the working directory, which for a notebook is its own folder. The file is read anew
    each time, and only ever added to, so that several notebooks can run at once.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)
        self.first_words: dict[str, str] = {}  # of the exercises made so far, by name
        self._unwritten: set[str] = set()  # solved, but the file couldn't be written
        self._when_changed: list[Callable[[], None]] = []

    def solved(self) -> frozenset[str]:
        """The names of all exercises that are solved."""
        return frozenset(self._read() | self._unwritten)

    def add(self, name: str) -> None:
        """Note that the exercise called `name` is solved."""
        before = self._read()
        if name not in before:
            self._unwritten.add(name)
            if self._write(before | self._unwritten):
                self._unwritten.clear()
        self.tell()

    def delete(self) -> bool:
        """Forget everything; False if the file is still there afterwards."""
        self._unwritten.clear()
        with contextlib.suppress(OSError):
            self.path.unlink(missing_ok=True)
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

    def _read(self) -> set[str]:
        try:
            if not self.path.is_file():  # anything else might never end
                return set()
            with self.path.open("rb") as file:
                stored = json.loads(file.read(LARGEST).decode("utf-8-sig"))
            listed = stored["solved"]
            return {name for name in listed if isinstance(name, str)} if isinstance(listed, list) else set()
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            return set()

    def _write(self, names: set[str]) -> bool:
        """Write a second file and put it in place of the first, so that nobody ever reads half a file."""
        text = json.dumps({"about": ABOUT, "solved": sorted(names)}, indent=1)
        draft = self.path.with_name(f".{self.path.name}.{os.getpid()}")
        try:
            draft.write_text(text + "\n", encoding="utf-8")
            os.replace(draft, self.path)
        except OSError:
            with contextlib.suppress(OSError):
                draft.unlink(missing_ok=True)
            return False
        return True


PROGRESS = Progress("my_progress.json")


def key_of(make: Callable[..., object]) -> str:
    """The name under which an exercise is kept: its module's and its function's, "gradient_descent.the_new_b3"."""
    return f"{make.__module__.rpartition('.')[2]}.{make.__name__}"


def kept(make: Callable[P, Made]) -> Callable[P, Made]:
    """Keep the progress of the exercises that `make` makes: whether they were solved before, and when they are.

    What a notebook stores of an exercise, its `repr`, has no trace of it.
    """
    key = key_of(make)

    @functools.wraps(make)
    def make_and_keep(*args: P.args, **kwargs: P.kwargs) -> Made:
        exercise = make(*args, **kwargs)
        PROGRESS.first_words[key] = f"{exercise.kind}: {exercise.question}"
        if key in PROGRESS.solved():
            exercise.remark(BEFORE)
        exercise.on_solved(lambda: PROGRESS.add(key))
        if exercise.solved:  # as soon as it was made: a function on trial that is right already
            PROGRESS.add(key)
        else:
            PROGRESS.tell()
        return exercise

    return make_and_keep
