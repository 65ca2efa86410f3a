"""Trying again: exponential backoff with jitter, `Retry-After` honoured, and a limit to both."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TypeVar

from pipelines.clock import Clock
from pipelines.connectors.errors import CaptureError, TransientError

Result = TypeVar("Result")


@dataclass(frozen=True)
class RetryPolicy:
    """How often and how patiently; times in seconds."""

    attempts: int = 5
    first_wait: float = 1.0
    longest_wait: float = 60.0
    longest_asked: float = 300.0  # a publisher that asks for more is left alone until the next run

    def wait(self, failed: int, jitter: float) -> float:
        """Seconds before the next try after `failed` tries: doubled each time, half of it by chance."""
        whole = min(self.longest_wait, self.first_wait * 2.0 ** (failed - 1))
        return whole * (0.5 + jitter / 2)


def with_retries(attempt: Callable[[], Result], policy: RetryPolicy, clock: Clock) -> Result:
    """The result of the first attempt that succeeds.

    Raises:
        CaptureError: the last attempt's, or the first that no waiting mends.
    """
    for failed in range(1, policy.attempts + 1):
        try:
            return attempt()
        except TransientError as error:
            if failed == policy.attempts:
                fix = error.fix or "the publisher may be down: run the command again later"
                raise CaptureError(f"{error.what} ({failed} tries)", where=error.where, fix=fix) from error
            clock.sleep(_seconds(error, failed, policy, clock))
    raise AssertionError("a retry policy allows at least one attempt")


def _seconds(error: TransientError, failed: int, policy: RetryPolicy, clock: Clock) -> float:
    own = policy.wait(failed, clock.jitter())
    if error.wait is None:
        return own
    if error.wait > policy.longest_asked:
        fix = f"run the command again in {round(error.wait)} s"
        raise CaptureError(f"{error.what}; it asks to wait {round(error.wait)} s", where=error.where, fix=fix)
    return max(own, error.wait)


def retry_after(header: str | None, now: dt.datetime) -> float | None:
    """Seconds a `Retry-After` header asks for, from a number or a date; None when it says nothing readable."""
    text = (header or "").strip()
    if text.isascii() and text.isdigit():
        return float(text)
    moment = http_date(text)
    return max(0.0, (moment - now).total_seconds()) if moment else None


def http_date(header: str | None) -> dt.datetime | None:
    """The moment an HTTP date means, in UTC; None when there is none or it cannot be read."""
    try:
        moment = parsedate_to_datetime(header or "")
    except ValueError:
        return None
    return moment.astimezone(dt.UTC) if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
