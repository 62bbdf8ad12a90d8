"""Running a learner's code with patience, but not for ever."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from types import FrameType
from typing import Any, TypeVar

__all__ = ["OutOfPatience", "with_patience"]

LINES = 100  # between two looks at the clock

Given = TypeVar("Given")


class OutOfPatience(BaseException):
    """The code ran for too long. No Exception, so that an `except` inside of it doesn't keep it running."""


def with_patience(run: Callable[[], Given], seconds: float) -> Given:
    """What `run` gives; OutOfPatience once it has computed for so many seconds.

    A trace function looks at the clock as the lines go by. That works in any thread, on every system and in the
    browser, where signals or a second thread don't; it takes about two fifths more time (measured on the whole program
    of notebook 10). Waiting doesn't count, only computing, so a busy machine makes no difference. A debugger that is at
    work already is left alone: then a person decides.
    """
    if sys.gettrace() is not None:
        return run()
    end, lines = time.process_time() + seconds, 0

    def look(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal lines
        lines += 1
        if lines % LINES == 0 and time.process_time() > end:
            raise OutOfPatience("it takes too long")
        return look

    sys.settrace(look)
    try:
        return run()
    finally:
        sys.settrace(None)
