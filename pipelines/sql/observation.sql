-- Observations from drafts: what is outside the valid range is held back as quarantined, flags of both parts and of the
-- indicator are merged, the first value after a declared break is flagged, counts get their exact Poisson interval.
INSERT INTO observed
WITH placed AS (
    SELECT draft.*, lag(period_end) OVER (
        PARTITION BY indicator_id, territory_code, shown_as, season, result IS NULL ORDER BY period_end
    ) AS previous_end
    FROM draft
), flagged AS (
    SELECT
        placed.*,
        EXISTS (
            FROM series_break
            JOIN break_start USING (indicator_id, period)
            WHERE series_break.indicator_id = placed.indicator_id
              AND break_start.starts > placed.previous_end AND break_start.starts <= placed.period_end
        ) AS is_first_after_break
    FROM placed
)
SELECT
    indicator_id, territory_code, period, shown_as, period_start, period_end, season,
    CASE WHEN NOT is_held_back THEN result END,
    CASE WHEN part = 'numerator' THEN value END,
    bottom_value,
    CASE WHEN is_held_back OR result IS NULL THEN NULL
         WHEN interval_kind = 'published' AND part = 'value' THEN lower
         WHEN interval_kind = 'poisson' AND part = 'numerator' THEN poisson.low / nullif(bottom_value, 0) * per END,
    CASE WHEN is_held_back OR result IS NULL THEN NULL
         WHEN interval_kind = 'published' AND part = 'value' THEN upper
         WHEN interval_kind = 'poisson' AND part = 'numerator' THEN poisson.high / nullif(bottom_value, 0) * per END,
    sample,
    array_to_string(list_sort(list_distinct(regexp_extract_all(
        concat_ws(' ', flag, bottom_flag, CASE WHEN result IS NOT NULL THEN rule_flags END,
            CASE WHEN result IS NOT NULL AND is_first_after_break THEN 'break' END), '[a-z_]+'
    ))), ' '),
    CASE WHEN is_held_back THEN 'quarantined' WHEN result IS NULL THEN why_none END,
    source_id, capture_hash, bottom_source_id
FROM flagged
LEFT JOIN poisson ON poisson.events = flagged.value
ORDER BY indicator_id, territory_code, shown_as, period_end, period_start, period
