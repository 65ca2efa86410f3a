-- Synthetic observations of some indicators in the order of an edition: indicator, territory, time.
-- DuckDB's statistics of a text column keep its first eight characters, so the number stands first.
INSERT INTO observation BY NAME
SELECT
    format('s{:06d}_synthetic', indicator) AS indicator_id,
    CASE WHEN area <= 20 THEN format('{:02d}', area) ELSE format('UPL{:02d}', area - 20) END AS territory_code,
    strftime(month, '%Y-%m') AS period,
    'total' AS disaggregation,
    month::DATE AS period_start,
    last_day(month::DATE) AS period_end,
    'month:' || strftime(month, '%m-%m') AS season,
    (hash(indicator, area, month) % 10000) / 100.0 AS value,
    (hash(indicator, area, month) % 500)::DOUBLE AS numerator,
    NULL AS denominator, NULL AS lower, NULL AS upper, NULL AS sample,
    'final' AS flag, NULL AS absence,
    'synthetic' AS source_id, 'synthetic' AS capture_hash, NULL AS denominator_source_id
FROM range($first, $last + 1) AS one (indicator)
CROSS JOIN range(0, 54) AS two (area)
CROSS JOIN (SELECT unnest(generate_series(TIMESTAMP '2015-01-01', TIMESTAMP '2024-12-01', INTERVAL 1 MONTH)) AS month)
ORDER BY indicator_id, territory_code, period_end
