-- Each row that is to become an observation, beside its denominator: of the same period, else of the year in which it ends.
-- A ratio without a denominator stays out (rule no_denominator). What is held back: a result outside the valid range, and
-- whatever rests on a row that is `beyond`.
CREATE TEMP TABLE draft AS
WITH asked AS (
    SELECT candidate.*, beyond.row_number IS NOT NULL AS is_beyond
    FROM candidate
    LEFT JOIN beyond ON beyond.source_id = candidate.source_id AND beyond.row_number = candidate.row_number
), bottom AS (
    SELECT * FROM asked WHERE part = 'denominator'
), joined AS (
    SELECT
        top.*,
        coalesce(same.row_number, yearly.row_number) AS bottom_row,
        coalesce(same.source_id, yearly.source_id) AS bottom_source_id,
        CASE WHEN same.row_number IS NOT NULL THEN same.value ELSE yearly.value END AS bottom_value,
        CASE WHEN same.row_number IS NOT NULL THEN same.absence ELSE yearly.absence END AS bottom_absence,
        CASE WHEN same.row_number IS NOT NULL THEN same.flag ELSE yearly.flag END AS bottom_flag,
        coalesce(same.is_beyond, yearly.is_beyond, false) AS bottom_is_beyond
    FROM asked AS top
    SEMI JOIN missing ON missing.indicator_id = top.indicator_id
    LEFT JOIN bottom AS same
        ON same.indicator_id = top.indicator_id AND same.territory_code = top.territory_code
        AND same.shown_as = top.shown_as AND same.period = top.period
    LEFT JOIN bottom AS yearly
        ON yearly.indicator_id = top.indicator_id AND yearly.territory_code = top.territory_code
        AND yearly.shown_as = top.shown_as AND yearly.period = top.year
    WHERE top.part <> 'denominator' AND top.is_shown
), computed AS (
    SELECT
        joined.*, rule.per, rule.interval_kind, rule.valid_low, rule.valid_high, rule.flags AS rule_flags,
        CASE WHEN part = 'value' THEN value ELSE value / nullif(bottom_value, 0) * rule.per END AS result,
        coalesce(absence, bottom_absence, CASE WHEN part = 'numerator' AND bottom_value = 0 THEN 'not_applicable' END) AS why_none
    FROM joined
    JOIN rule USING (indicator_id)
    WHERE part = 'value' OR bottom_row IS NOT NULL
), judged AS (
    SELECT computed.*, is_beyond OR bottom_is_beyond AS rests_on_beyond,
        coalesce(result < valid_low OR result > valid_high, false) AS is_outside
    FROM computed
)
SELECT
    judged.*,
    is_outside AND (part = 'value' OR NOT rests_on_beyond) AS is_out_of_range,
    result IS NOT NULL AND (is_outside OR rests_on_beyond) AS is_held_back
FROM judged
