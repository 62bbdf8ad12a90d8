"""What the package's commands share: how they are asked, and how they print."""

from __future__ import annotations

import argparse
import errno
import io
import os
import sys

__all__ = ["say", "words"]


def words(command: str, doc: str, name: str, meaning: str) -> list[str]:
    """The words given to `python -m command`; --help prints `doc` and what the words mean, and ends it."""
    parser = argparse.ArgumentParser(prog=f"python -m {command}", description=doc)
    parser.add_argument(name, nargs="*", help=meaning)
    _as_utf8()
    given: list[str] = getattr(parser.parse_args(), name)
    return given


def say(text: str) -> None:
    """Print `text`. A reader that has gone, as `head` goes after its lines, isn't told: it ends here quietly."""
    try:
        print(text, flush=True)
    except OSError as error:
        if error.errno not in (errno.EPIPE, errno.EINVAL):  # the latter is how Windows says it
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # Python tries again at its end


def _as_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")  # on Windows, a file or a pipe might have no −
