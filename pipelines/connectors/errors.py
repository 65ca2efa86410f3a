"""What can go wrong between a publisher and a capture."""

from __future__ import annotations

from observatory.errors import ObservatoryError


class CaptureError(ObservatoryError):
    """A capture was not taken; what stood before stands."""


class TransientError(CaptureError):
    """The publisher may answer later.

    Args:
        wait: seconds the publisher asked to be left alone, when it said so.
    """

    def __init__(self, what: str, *, where: str = "", fix: str = "", wait: float | None = None) -> None:
        self.wait = wait
        super().__init__(what, where=where, fix=fix)
