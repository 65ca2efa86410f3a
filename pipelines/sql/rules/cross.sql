-- Pairs of two quantities, at one place and period, that do not stand in the relation $operator. A missing value skips the
-- pair, fails it or counts as zero, as $missing says; a place or period that neither side names is not there at all. The rows of
-- both sides are told.
WITH lefts AS (
    SELECT territory_code, period, value, 'row ' || row_number || ' of ' || file AS place FROM figure
    JOIN figure_file USING (source_id)
    WHERE source_id = $left_source AND measure = $left_measure AND disaggregation = $left_category
), rights AS (
    SELECT territory_code, period, value, 'row ' || row_number || ' of ' || file AS place FROM figure
    JOIN figure_file USING (source_id)
    WHERE source_id = $right_source AND measure = $right_measure AND disaggregation = $right_category
), paired AS (
    SELECT territory_code, period, lefts.value AS left_value, rights.value AS right_value,
        concat_ws(', ', lefts.place, rights.place) AS places,
        CASE WHEN $missing = 'zero' THEN coalesce(lefts.value, 0) ELSE lefts.value END AS l,
        CASE WHEN $missing = 'zero' THEN coalesce(rights.value, 0) ELSE rights.value END AS r
    FROM lefts
    FULL JOIN rights USING (territory_code, period)
), judged AS (
    SELECT paired.*, $tolerance * greatest(abs(l), abs(r), 1) AS slack FROM paired
)
SELECT $left_source || '.csv' AS subject, territory_code || ' ' || period || ': ' || $left_measure || ' ' || coalesce(left_value::TEXT, 'missing')
    || ' is not ' || $operator || ' ' || $right_measure || ' ' || coalesce(right_value::TEXT, 'missing') || '; ' || places AS detail
FROM judged
WHERE CASE WHEN l IS NULL OR r IS NULL THEN $missing = 'fail'
           WHEN $operator = '<' THEN NOT l < r
           WHEN $operator = '<=' THEN l > r + slack
           WHEN $operator = '==' THEN abs(l - r) > slack
           WHEN $operator = '>=' THEN l < r - slack
           ELSE NOT l > r END
ORDER BY territory_code, period
