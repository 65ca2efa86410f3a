-- Records counted by place, month and category: how many, how many under each flag, and the sum of their weights.
-- Read as DuckDB's SQL and rendered for either engine. `flag` stands for every flag of the records, one column each;
-- `category` and `weight` are left out where the records have none. A record without a time has no month.
SELECT
    place,
    CAST(date_trunc('month', happened) AS DATE) AS month,
    category,
    count(*) AS records,
    count(*) FILTER (WHERE flag) AS flag,
    sum(weight) AS weight
FROM record
GROUP BY place, CAST(date_trunc('month', happened) AS DATE), category
