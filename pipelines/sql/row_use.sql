-- What an indicator makes of each figure row it asks for: 5 shown or divided by, 4 out of range, 3 held back for its denominator,
-- 2 to be shown but without a denominator, 1 neither shown nor divided by.
SELECT indicator_id, source_id, row_number, max(rank) AS rank
FROM (
    SELECT indicator_id, source_id, row_number, CASE WHEN is_shown AND part <> 'denominator' THEN 2 ELSE 1 END AS rank
    FROM candidate
    SEMI JOIN missing USING (indicator_id)
    UNION ALL
    SELECT indicator_id, source_id, row_number, CASE WHEN NOT is_held_back THEN 5 WHEN is_out_of_range THEN 4 ELSE 3 END
    FROM draft
    UNION ALL
    SELECT indicator_id, bottom_source_id, bottom_row, 5
    FROM draft
    WHERE bottom_row IS NOT NULL AND NOT bottom_is_beyond
)
GROUP BY ALL
ORDER BY ALL
