"""Why a progress row has no verdict, or what a verdict rests on. Words stand under `reason.<code>` of `wording`."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """Codes of the column `reason`."""

    # no verdict
    NO_VALUE = "no_value"
    NO_BASELINE = "no_baseline"
    NO_BASELINE_PERIOD = "no_baseline_period"
    NO_DIRECTION = "no_direction"
    DIRECTION_CONTRADICTED = "direction_contradicted"
    TARGET_WITHOUT_NUMBER = "target_without_number"
    TARGET_WITHOUT_PERIOD = "target_without_period"
    TARGET_EQUALS_BASELINE = "target_equals_baseline"
    MILESTONES_BEFORE_BASELINE = "milestones_before_baseline"
    VALUE_BEFORE_BASELINE = "value_before_baseline"
    VALUE_AT_BASELINE = "value_at_baseline"
    NOTHING_DUE_YET = "nothing_due_yet"
    PERCENT_CHANGE_WITHOUT_BASE = "percent_change_without_base"
    SUM_WITHOUT_FLOWS = "sum_without_flows"
    DIFFERENT_DEFINITION = "different_definition"
    DEFINITION_TO_CHECK = "definition_to_check"
    SERIES_BREAK_BETWEEN = "series_break_between"
    YEAR_TO_DATE_AGAINST_YEAR = "year_to_date_against_year"
    PART_OF_YEAR_AGAINST_YEAR = "part_of_year_against_year"
    MODELLED_AGAINST_LIMIT = "modelled_against_limit"
    REFERENCE_ONLY = "reference_only"
    NOT_PROGRAMMED = "not_programmed"
    TARGET_IN_THE_PAST_WITH_NO_VALUE = "target_in_the_past_with_no_value"
    METHOD_GIVES_NONE = "method_gives_none"
    TREND_DECIDES = "trend_decides"
    # a verdict, with what it rests on
    MILESTONE_ONLY = "milestone_only"
    LEVEL_ONLY = "level_only"
    YEAR_ONLY = "year_only"
    DUE_NOT_REACHED = "due_not_reached"
    LATER_TARGETS_UNKNOWN = "later_targets_unknown"
    REACHED_BEFORE_DUE = "reached_before_due"
