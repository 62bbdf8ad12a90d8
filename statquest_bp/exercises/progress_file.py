"""The file that progress is kept in: what can't be read is never overwritten, and kernels write one after the other.

Version 2 has a record for each exercise; version 1 was a list of names. Fields of a later version stay as they are.
"""

from __future__ import annotations

import contextlib
import errno
import itertools
import json
import os
import stat
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

__all__ = ["Record", "Unreadable", "add", "delete", "read"]

Record = Mapping[str, Any]  # of one exercise: how it was solved and on which day, as far as that is known

ABOUT = "The exercises that you have solved, how, and on which day. To start afresh, delete this file."
VERSION = 2
LARGEST = 1_000_000  # bytes: far more than every exercise takes
TRIES, PAUSE = 100, 0.01  # at most about a second, for a kernel has to answer

Done = TypeVar("Done")


class Unreadable(Exception):
    """What stands in the file is no progress."""


class _Busy(OSError):
    """Another kernel is writing."""


def read(path: Path) -> dict[str, Any]:
    """All fields of the file, with "solved" from names to records; those of an empty one if there is no file.

    OSError if it can't be read now, Unreadable if it never can. Any Unicode will do: editors save as they please.
    """
    stored: Any = {"solved": {}}
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        file = os.stat(path)
        if not stat.S_ISREG(file.st_mode):  # reading anything else might never end
            raise OSError(f"{path} is no file")
        if file.st_size > LARGEST:
            raise Unreadable
        raw = path.read_bytes()
        if raw.strip():
            try:
                stored = json.loads(raw)  # finds out itself which Unicode it is
            except (ValueError, RecursionError):
                raise Unreadable from None
    solved = stored.get("solved") if isinstance(stored, dict) else None
    if isinstance(solved, list) and all(isinstance(name, str) for name in solved):
        solved = {name: {} for name in solved}
    if not isinstance(solved, dict):
        raise Unreadable
    version = VERSION if stored.get("version", 1) == 1 else stored["version"]
    return {"about": ABOUT, "version": VERSION, **stored, "solved": solved} | {"version": version}


def add(path: Path, records: Mapping[str, Record], tries: int = TRIES) -> Path | None:
    """Write these records into the file, except where it has one for that exercise already.

    If what stands there is unreadable, that is kept under another name, which is returned, and a new file begun.
    OSError if it can't be written now.
    """
    return _alone(path, lambda file: _add(file, records), tries)


def delete(path: Path) -> None:
    """Delete the file, if there is one; OSError if that can't be done."""
    _alone(path, lambda _: path.unlink(missing_ok=True), TRIES)


def _add(path: Path, records: Mapping[str, Record]) -> Path | None:
    beside = None
    try:
        stored = read(path)
    except Unreadable:
        beside = _put_beside(path)
        stored = read(path)
    new = {name: record for name, record in records.items() if name not in stored["solved"]}
    if new:
        _write(path, {**stored, "solved": {**stored["solved"], **new}})
    return beside


def _put_beside(path: Path) -> Path:
    for number in itertools.count(1):
        beside = path.with_name(f"{path.stem}.unreadable-{number}{path.suffix}")
        with contextlib.suppress(FileExistsError):
            beside.open("x").close()  # the name is taken first, so that nothing there is overwritten
            break
    try:
        os.replace(path, beside)
    except OSError:
        beside.unlink()
        raise
    return beside


def _write(path: Path, stored: Mapping[str, Any]) -> None:
    """Write a second file and put it in place of the first, so that nobody ever reads half a file."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with draft.open("w", encoding="utf-8") as file:
            file.write(_text(stored))
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
    except OSError:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
        raise


def _text(stored: Mapping[str, Any]) -> str:
    """JSON with a line for each field, and for each exercise."""
    fields = {name: json.dumps(value) for name, value in stored.items()}
    lines = ",\n".join(f"  {json.dumps(name)}: {json.dumps(record)}" for name, record in stored["solved"].items())
    fields["solved"] = f"{{\n{lines}\n }}"
    return "{\n" + ",\n".join(f" {json.dumps(name)}: {text}" for name, text in fields.items()) + "\n}\n"


def _alone(path: Path, do: Callable[[Path], Done], tries: int) -> Done:
    """Do it to the file while no other kernel may; OSError if that can't be had within so many tries."""
    file = Path(os.path.realpath(path))  # of a link, what it leads to
    for left in reversed(range(tries)):
        try:
            with _locked(file.with_name(f".{file.name}.lock")):
                return do(file)
        except OSError as error:
            if not left or not _passes(error):
                raise
        time.sleep(PAUSE)
    raise _Busy


def _passes(error: OSError) -> bool:
    """Whether it may work a moment later. Windows refuses whatever another program has open just now."""
    return isinstance(error, _Busy) or (sys.platform == "win32" and isinstance(error, PermissionError))


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold the system's lock on a file beside; _Busy if somebody else does.

    The system takes it back from a kernel that was killed, so it can't be left behind. Where there are no locks, as on
    some network drives and in the browser, or no file can be made, it goes without.
    """
    try:
        place = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError:
        place = None
    try:
        if place is not None:
            _take_lock(place)
        yield
    finally:
        if place is not None:
            os.close(place)  # which gives the lock back


def _take_lock(place: int) -> None:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(place, msvcrt.LK_NBLCK, 1)
        elif sys.platform != "emscripten":
            import fcntl

            fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EAGAIN, errno.EACCES, errno.EDEADLK):
            raise _Busy from None
