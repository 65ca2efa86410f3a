"""Time and chance, passed in so that tests decide them."""

from __future__ import annotations

import datetime as dt
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

BOGOTA = ZoneInfo("America/Bogota")


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True)
class Clock:
    """What a capture knows of time: `jitter` is a number in [0, 1)."""

    now: Callable[[], dt.datetime] = _now
    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    jitter: Callable[[], float] = random.random

    def today(self) -> dt.date:
        """The day in Bogotá, by which publishers' calendars run."""
        return self.now().astimezone(BOGOTA).date()
