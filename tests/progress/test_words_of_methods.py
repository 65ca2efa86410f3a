"""Every code of the methods has its words, in both languages."""

from __future__ import annotations

from typing import get_args

import pytest

from observatory.progress import cuts, marker, pace, projection, robustness
from observatory.progress.commitment import Remark
from observatory.progress.comparability import Refusal
from observatory.wording import Lang, texts

KEYS = [
    *(f"pace.refusal.{code}" for code in Refusal),
    *(f"pace.reason.{code}" for code in pace.PaceReason),
    *(f"pace.method.{code}" for code in get_args(pace.Method)),
    *(f"pace.verdict.{code}" for code in get_args(cuts.Verdict)),
    *(f"pace.agreement.{code}" for code in get_args(robustness.Agreement)),
    *(f"marker.reason.{code}" for code in marker.MarkerReason),
    *(f"marker.trend.{code}" for code in get_args(marker.Trend)),
    *(f"marker.verdict.{code}" for code in get_args(marker.Verdict)),
    *(f"marker.test.{code}" for code in get_args(marker.Test)),
    *(f"robustness.state.{code}" for code in get_args(robustness.State)),
    *(f"robustness.about.{code}" for code in get_args(robustness.State)),
    *(f"robustness.trial.{code}" for code in get_args(robustness.Trial)),
    *(f"annualization.remark.{code}" for code in Remark),
    *(f"projection.model.{code}" for code in projection.MODELS),
    *(f"projection.reason.{code}" for code in projection.ProjectionReason),
]


@pytest.mark.parametrize("lang", ["es", "en"])
def test_every_code_has_words(lang: Lang) -> None:
    assert [key for key in KEYS if key not in texts(lang)] == []


def test_no_word_stands_without_a_code() -> None:
    lists = tuple({key.rpartition(".")[0] + "." for key in KEYS})
    assert [key for key in texts("es") if key.startswith(lists) and key not in KEYS] == []
