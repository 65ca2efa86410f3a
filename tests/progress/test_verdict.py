import datetime as dt
from typing import Any

import pytest

from observatory.progress.bands import band
from observatory.progress.case import Case
from observatory.progress.leading import with_leader
from observatory.progress.reasons import Reason
from observatory.progress.verdict import assess_target
from observatory.registry.models import Indicator
from observatory.rows.observation import Observation
from observatory.rows.progress import ProgressRow
from observatory.wording import LANGUAGES, Words
from tests.progress.series import BANDS, indicator, observation, target

DAY = dt.date(2026, 11, 23)
DATED = {"value": 14, "period": "2023"}
UNDATED = {"value": 14}


def verdict(
    *series: Observation,
    item: Indicator | None = None,
    plan_starts: int | None = None,
    plan_ends: int | None = None,
    **changes: Any,
) -> ProgressRow:
    case = Case(target(**changes), item or indicator(), "00", series, DAY, BANDS, plan_starts, plan_ends)
    return assess_target(case)


def milestones(**values: float | None) -> list[dict[str, Any]]:
    return [{"period": period.removeprefix("y"), "value": value} for period, value in values.items()]


@pytest.mark.parametrize(
    ("value", "status", "share"),
    [
        (11.5, "over_executed", 2.5 / 2),
        (12, "on_track", 1),
        (12.5, "at_risk", 0.75),
        (13, "lagging", 0.5),
        (15, "lagging", -0.5),
    ],
)
def test_the_bands_give_the_status_and_a_band_owns_its_upper_edge(value: float, status: str, share: float) -> None:
    row = verdict(observation("2025", value if value != 11.5 else 11.49))
    assert row.status == status
    assert row.share == pytest.approx(share, abs=0.01)
    assert (row.expected, row.target, row.target_period, row.final_target) == (12, 12, "2025", 8)


def test_shares_of_the_whole_way_and_their_gap_are_told() -> None:
    row = verdict(observation("2025", 12.5))
    assert (row.final_share, row.expected_share) == (0.25, pytest.approx(1 / 3))
    assert row.gap == pytest.approx(0.25 - 1 / 3)


def test_the_newest_value_counts_and_absences_after_it_do_not() -> None:
    row = verdict(observation("2024", 12.5), observation("2025", 12), observation("2026", None))
    assert (row.period, row.value) == ("2025", 12)


@pytest.mark.parametrize(
    ("value", "status", "reason"),
    [
        (8, "met", None),
        (7.2, "met", None),
        (0, "met", None),
        (9, "at_risk", "due_not_reached"),
        (13, "lagging", "due_not_reached"),
    ],
)
def test_met_needs_the_final_milestone_due_and_reached(value: float, status: str, reason: str | None) -> None:
    row = verdict(observation("2027", value))
    assert (row.status, row.reason) == (status, reason)


@pytest.mark.parametrize(
    ("changes", "value", "status", "reason"),
    [
        ({}, 8, "on_track", "later_targets_unknown"),
        ({}, 13, "lagging", "later_targets_unknown"),
        ({"baseline": UNDATED}, 8, "on_track", "later_targets_unknown"),
        ({"baseline": UNDATED}, 8.1, "lagging", "due_not_reached"),
        ({"kind": "hold"}, 8, "on_track", "later_targets_unknown"),
    ],
)
def test_nothing_is_met_while_the_plan_runs_beyond_its_last_known_milestone(
    changes: dict[str, Any], value: float, status: str, reason: str
) -> None:
    row = verdict(observation("2027", value), plan_ends=2030, **changes)
    assert (row.status, row.reason) == (status, reason)
    assert verdict(observation("2027", 8), plan_ends=2027, **changes).status == "met"


def test_a_target_of_change_without_its_base_says_so_before_its_definition_is_checked() -> None:
    row = verdict(observation("2025", 12), kind="percent_change", fit="check_definition")
    assert row.reason == "percent_change_without_base"


def test_a_final_value_reached_before_it_is_due_is_not_yet_met() -> None:
    row = verdict(observation("2026", 8))
    assert (row.status, row.reason) == ("over_executed", "reached_before_due")


def test_a_target_of_zero_is_assessed() -> None:
    row = verdict(observation("2025", 7), milestones=milestones(y2027=0))
    assert row.expected == 7
    assert row.status == "on_track"


def test_an_interval_around_the_path_is_told() -> None:
    assert verdict(observation("2025", 12.5, 11.8, 13.1)).robustness == "within_interval"
    assert verdict(observation("2025", 12.5, 12.3, 13.1)).robustness is None


@pytest.mark.parametrize(("reason", "changes", "series"), [
    (Reason.NO_VALUE, {}, [observation("2025", None)]),
    (Reason.NO_VALUE, {}, []),
    (Reason.NO_BASELINE, {"baseline": None, "milestones": milestones(y2027=8)}, [observation("2025", 12)]),
    (Reason.NO_BASELINE_PERIOD, {"baseline": UNDATED, "milestones": milestones(y2027=8)}, [observation("2025", 12)]),
    (Reason.TARGET_WITHOUT_NUMBER, {"milestones": milestones(y2027=None)}, [observation("2025", 12)]),
    (Reason.TARGET_WITHOUT_PERIOD, {"milestones": [{"period": None, "value": 8}]}, [observation("2025", 12)]),
    (Reason.TARGET_EQUALS_BASELINE, {"milestones": milestones(y2027=14)}, [observation("2025", 12)]),
    (Reason.MILESTONES_BEFORE_BASELINE, {"milestones": milestones(y2022=13, y2027=8)}, [observation("2025", 12)]),
    (Reason.VALUE_BEFORE_BASELINE, {}, [observation("2022", 12)]),
    (Reason.VALUE_AT_BASELINE, {}, [observation("2023", 12)]),
    (Reason.NOTHING_DUE_YET, {"milestones": milestones(y2026=14, y2027=8)}, [observation("2025", 12)]),
    (Reason.PERCENT_CHANGE_WITHOUT_BASE, {"kind": "percent_change"}, [observation("2025", 12)]),
    (Reason.SUM_WITHOUT_FLOWS, {"kind": "sum"}, [observation("2025", 12)]),
    (Reason.DIFFERENT_DEFINITION, {"fit": "none"}, [observation("2025", 12)]),
    (Reason.DEFINITION_TO_CHECK, {"fit": "check_definition"}, [observation("2025", 12)]),
    (Reason.DIRECTION_CONTRADICTED, {"kind": "increasing"}, [observation("2025", 12)]),
    (Reason.YEAR_TO_DATE_AGAINST_YEAR, {}, [observation("2025-01--2025-08", 7)]),
    (Reason.PART_OF_YEAR_AGAINST_YEAR, {}, [observation("2025-Q3", 3)]),
    (Reason.REFERENCE_ONLY, {"scope": "national"}, [observation("2025", 12)]),
    (Reason.REFERENCE_ONLY, {"kind": "limit"}, [observation("2025", 12)]),
    (Reason.TARGET_IN_THE_PAST_WITH_NO_VALUE, {"milestones": milestones(y2025=8)}, [observation("2024", 12)]),
])  # fmt: skip
def test_what_cannot_be_told_has_a_reason(reason: Reason, changes: dict[str, Any], series: list[Observation]) -> None:
    row = verdict(*series, **changes)
    assert (row.status, row.reason) == ("not_assessed", reason)


def test_a_part_of_a_year_is_passed_over_for_the_last_whole_year() -> None:
    row = verdict(observation("2024", 13), observation("2025-01--2025-08", 7))
    assert (row.period, row.status) == ("2024", "on_track")


def test_a_series_break_after_the_baseline_leaves_no_verdict() -> None:
    step = {"period": "2024", "reason": {"es": "x", "en": "x"}}
    assert verdict(observation("2025", 12), item=indicator(breaks=[step])).reason == "series_break_between"
    older = {"period": "2023", "reason": {"es": "x", "en": "x"}}
    assert verdict(observation("2025", 12), item=indicator(breaks=[older])).status == "on_track"


def test_a_modelled_figure_is_not_held_against_a_target_of_measurements() -> None:
    assert verdict(observation("2025", 12), item=indicator(nature="modelled")).reason == "modelled_against_limit"


def test_a_figure_without_a_good_direction_takes_it_from_the_target_or_has_none() -> None:
    item = indicator(direction="descriptive")
    assert verdict(observation("2025", 12), item=item).status == "on_track"
    assert verdict(observation("2025", 12), item=item, kind="constant").reason == "no_direction"


@pytest.mark.parametrize(
    ("period", "value", "status", "reason"),
    [
        ("2024", 13, "on_track", "milestone_only"),
        ("2024", 13.1, "lagging", "milestone_only"),
        ("2025", 12, "met", "milestone_only"),
        ("2025", 12.1, "lagging", "due_not_reached"),
    ],
)
def test_without_a_dated_baseline_only_the_year_s_milestone_counts(
    period: str, value: float, status: str, reason: str
) -> None:
    row = verdict(observation(period, value), baseline=UNDATED, milestones=milestones(y2024=13, y2025=12))
    assert (row.method, row.status, row.reason, row.share, row.gap) == ("milestone", status, reason, None, None)
    assert row.expected == row.target == {"2024": 13, "2025": 12}[period]


def test_a_break_after_the_plan_began_leaves_the_milestone_unheld() -> None:
    step = {"period": "2025", "reason": {"es": "x", "en": "x"}}
    row = verdict(
        observation("2025", 11),
        item=indicator(breaks=[step]),
        plan_starts=2019,
        baseline=UNDATED,
        milestones=milestones(y2025=12),
    )
    assert (row.status, row.reason) == ("not_assessed", "series_break_between")


@pytest.mark.parametrize(
    ("period", "value", "status", "reason"),
    [
        ("2024", 12, "on_track", "level_only"),
        ("2024", 12.1, "lagging", "level_only"),
        ("2025", 12, "met", "level_only"),
        ("2025", 12.1, "lagging", "due_not_reached"),
    ],
)
def test_a_level_to_be_kept_is_never_measured_against_the_baseline(
    period: str, value: float, status: str, reason: str
) -> None:
    row = verdict(
        observation(period, value), kind="constant", baseline=DATED, milestones=milestones(y2024=12, y2025=12)
    )
    assert (row.method, row.status, row.reason, row.share) == ("milestone", status, reason, None)


@pytest.mark.parametrize(
    ("share", "status"),
    [
        (-1, "lagging"),
        (0.5, "lagging"),
        (0.51, "at_risk"),
        (0.75, "at_risk"),
        (0.76, "on_track"),
        (1.25, "on_track"),
        (1.26, "over_executed"),
    ],
)
def test_bands(share: float, status: str) -> None:
    assert band(share, BANDS) == status


def leader(*rows: tuple[dict[str, Any], str, int | None, bool]) -> str | None:
    base = verdict(observation("2025", 12))
    cases = [
        (
            base._replace(target_id=f"SEG-{number:02d}", status=status),
            target(id=f"SEG-{number:02d}", **changes),
            starts,
            closed,
        )
        for number, (changes, status, starts, closed) in enumerate(rows, start=1)
    ]
    leading = [row.target_id for row in with_leader(cases) if row.leads]
    return leading[0] if leading else None


def test_a_read_target_leads_before_an_announced_one_however_new() -> None:
    assert leader(({"seen": "PR"}, "lagging", 2026, False), ({"seen": "OT"}, "met", 2020, False)) == "SEG-02"


def test_an_assessed_target_leads_before_one_that_cannot_be_assessed() -> None:
    assert leader(({}, "not_assessed", 2026, False), ({}, "met", 2020, False)) == "SEG-02"


def test_the_latest_plan_leads_and_closed_plans_never_do() -> None:
    assert leader(({}, "met", 2020, False), ({}, "met", 2024, False), ({}, "met", 2026, True)) == "SEG-02"
    assert leader(({}, "met", 2020, True)) is None


def test_every_reason_has_words_in_both_languages() -> None:
    for lang in LANGUAGES:
        assert all(Words(lang).has(f"reason.{reason}") for reason in Reason)


def test_an_announced_target_that_can_be_assessed_leads_before_a_read_one_that_cannot() -> None:
    assert leader(({}, "not_assessed", 2022, False), ({"seen": "PR"}, "on_track", 2024, False)) == "SEG-02"


@pytest.mark.parametrize(
    ("value", "status", "share"),
    [(8213, "over_executed", 1.6426), (5000, "on_track", 1.0), (2500, "lagging", 0.5), (0, "lagging", 0.0)],
)
def test_a_yearly_flow_is_held_against_what_was_programmed_for_its_year(
    value: float, status: str, share: float
) -> None:
    steps = milestones(y2024=579, y2025=5000)
    item = indicator(direction="higher_is_better")
    row = verdict(observation("2025", value), item=item, kind="sum_per_year", baseline=None, milestones=steps)
    assert (row.method, row.status, row.reason) == ("year", status, "year_only")
    assert row.share == pytest.approx(share)


@pytest.mark.parametrize("steps", [milestones(y2024=579), milestones(y2025=0)])
def test_a_year_for_which_nothing_was_programmed_has_no_verdict(steps: list[dict[str, Any]]) -> None:
    item = indicator(direction="higher_is_better")
    row = verdict(observation("2025", 8213), item=item, kind="sum_per_year", baseline=None, milestones=steps)
    assert (row.status, row.reason) == ("not_assessed", "not_programmed")
