"""The languages rows are told in."""

from __future__ import annotations

from typing import Literal

Lang = Literal["es", "en"]  # as `observatory.wording` has it, which stands above this room
