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
clock = time.process_time  # in the browser, where there is no other, it counts all the time that goes by


class OutOfPatience(BaseException):
    """The code ran for too long. No Exception, so that an `except Exception` inside of it doesn't keep it running.

    A bare `except:` does catch it, and Python stops tracing with what a trace function raises. So it calls `go_on` when
    nobody holds it any more.
    """

    def __init__(self, go_on: Callable[[], None]) -> None:
        super().__init__("it takes too long")
        self._go_on = go_on

    def __del__(self) -> None:
        self._go_on()


def with_patience(run: Callable[[], Given], seconds: float) -> Given:
    """What `run` gives; OutOfPatience once it has computed for so many seconds.

    A trace function looks at the clock as the lines go by. That works in any thread, on every system and in the
    browser, where signals or a second thread don't; it takes about two fifths more time (measured on the whole program
    of notebook 10). Waiting doesn't count, only computing, so a busy machine makes no difference. A debugger that is at
    work already is left alone: then a person decides.
    """
    if sys.gettrace() is not None:
        return run()
    end, lines, late, here = clock() + seconds, 0, False, sys._getframe()

    def look(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal lines, late
        if frame.f_code.co_filename == here.f_code.co_filename:
            return None
        lines += 1
        if late or (lines % LINES == 0 and clock() > end):
            late = True  # from now on every line is stopped, until one is where nothing is caught
            raise OutOfPatience(go_on)
        return look

    def go_on() -> None:
        inside, frame = list[FrameType](), sys._getframe(2)
        while frame is not here and frame.f_back is not None:
            inside.append(frame)
            frame = frame.f_back
        if frame is not here or ended:
            return
        for each in inside:
            each.f_trace = look
        sys.settrace(look)

    ended = False
    sys.settrace(look)
    try:
        return run()
    finally:
        ended = True
        sys.settrace(None)
