-- One edition: the whole of what pages, exports and links read. Written once, never changed.
-- Shares are fractions 0–1. Codes are text. Null means absent, and then `absence` says why.

CREATE TABLE edition (
    edition_id   TEXT NOT NULL,       -- date and content hash, 2026-11-23-4f2a9c1
    built_on     DATE NOT NULL,       -- freshness is judged against this day
    content_hash TEXT NOT NULL,       -- of catalogue, figures, territory and code
    schema_version INTEGER NOT NULL
);

CREATE TABLE theme (
    theme_id TEXT PRIMARY KEY, position INTEGER NOT NULL,
    name_es TEXT NOT NULL, name_en TEXT NOT NULL, question_es TEXT NOT NULL, question_en TEXT NOT NULL
);

CREATE TABLE source (
    source_id TEXT PRIMARY KEY, publisher TEXT NOT NULL, publisher_acronym TEXT,
    dataset_es TEXT NOT NULL, dataset_en TEXT NOT NULL,
    url TEXT, locator_es TEXT, locator_en TEXT, licence_es TEXT NOT NULL, licence_en TEXT NOT NULL, licence_url TEXT, share_alike BOOLEAN NOT NULL,
    cutoff DATE NOT NULL, published DATE, nature TEXT NOT NULL, confidence TEXT NOT NULL,
    obtained TEXT NOT NULL, records BIGINT, obtained_es TEXT NOT NULL, obtained_en TEXT NOT NULL,
    every_months INTEGER, lag_days INTEGER, caveats_es TEXT[] NOT NULL, caveats_en TEXT[] NOT NULL,
    capture_hash TEXT NOT NULL        -- sha256 of the figure table
);

CREATE TABLE indicator (
    indicator_id TEXT PRIMARY KEY, position INTEGER NOT NULL, theme_id TEXT NOT NULL,
    name_es TEXT NOT NULL, name_en TEXT NOT NULL, label_es TEXT NOT NULL, label_en TEXT NOT NULL,
    description_es TEXT NOT NULL, description_en TEXT NOT NULL,
    unit_id TEXT NOT NULL, unit_es TEXT NOT NULL, unit_en TEXT NOT NULL, symbol_es TEXT NOT NULL, symbol_en TEXT NOT NULL,
    factor DOUBLE NOT NULL, decimals INTEGER NOT NULL,
    measure TEXT NOT NULL, direction TEXT NOT NULL, frequency TEXT NOT NULL, nature TEXT NOT NULL,
    levels TEXT[] NOT NULL, valid_low DOUBLE NOT NULL, valid_high DOUBLE NOT NULL, desired_low DOUBLE, desired_high DOUBLE,
    per DOUBLE, method_es TEXT NOT NULL, method_en TEXT NOT NULL, caveats_es TEXT[] NOT NULL, caveats_en TEXT[] NOT NULL,
    entity TEXT NOT NULL, sdg TEXT, iso TEXT, proxy_es TEXT, proxy_en TEXT,
    synonyms TEXT[] NOT NULL, headline BOOLEAN NOT NULL,
    source_id TEXT NOT NULL,          -- of the value or numerator
    denominator_source_id TEXT,
    dimensions TEXT[] NOT NULL,
    decides TEXT NOT NULL,            -- method whose verdict counts: path | linear | geometric | projected | trend
    by_locality TEXT,                 -- the indicator that tells the same by locality
    related TEXT[] NOT NULL           -- indicators of the same subject
);

CREATE TABLE category (               -- words of disaggregations: mode:walking
    disaggregation TEXT PRIMARY KEY, dimension_id TEXT NOT NULL, position INTEGER NOT NULL,
    dimension_es TEXT NOT NULL, dimension_en TEXT NOT NULL, name_es TEXT NOT NULL, name_en TEXT NOT NULL
);

CREATE TABLE series_break (indicator_id TEXT NOT NULL, period TEXT NOT NULL, reason_es TEXT NOT NULL, reason_en TEXT NOT NULL);

CREATE TABLE territory (
    territory_code TEXT PRIMARY KEY, level TEXT NOT NULL, name TEXT NOT NULL, area_km2 DOUBLE NOT NULL,
    is_rural BOOLEAN NOT NULL, valid_from INTEGER NOT NULL, valid_to INTEGER,
    population BIGINT, population_period TEXT  -- newest of the catalogue's population source
);

CREATE TABLE geometry (territory_code TEXT PRIMARY KEY, level TEXT NOT NULL, geojson TEXT NOT NULL);  -- EPSG:4326, generalised
CREATE TABLE neighbour (territory_code TEXT NOT NULL, neighbour_code TEXT NOT NULL);

CREATE TABLE observation (            -- sorted by indicator_id, territory_code, disaggregation, period_end
    indicator_id TEXT NOT NULL, territory_code TEXT NOT NULL, period TEXT NOT NULL, disaggregation TEXT NOT NULL,
    period_start DATE NOT NULL, period_end DATE NOT NULL, season TEXT NOT NULL,  -- equal seasons may be compared
    value DOUBLE, numerator DOUBLE, denominator DOUBLE, lower DOUBLE, upper DOUBLE, sample BIGINT,
    flag TEXT NOT NULL, absence TEXT,
    source_id TEXT NOT NULL, capture_hash TEXT NOT NULL, denominator_source_id TEXT
);

CREATE TABLE latest (                 -- totals at the newest period of each indicator and level; sorted by territory, position
    indicator_id TEXT NOT NULL, territory_code TEXT NOT NULL, level TEXT NOT NULL,
    period TEXT NOT NULL, period_start DATE NOT NULL, period_end DATE NOT NULL, season TEXT NOT NULL,
    value DOUBLE, numerator DOUBLE, denominator DOUBLE, lower DOUBLE, upper DOUBLE, sample BIGINT,
    flag TEXT NOT NULL, absence TEXT, source_id TEXT NOT NULL,
    city_value DOUBLE, city_lower DOUBLE, city_upper DOUBLE,
    above BIGINT, below BIGINT, equal BIGINT  -- territories of the level with a greater, smaller, equal value
);

CREATE TABLE silence (                -- indicator × locality × year; absence says why there is no value
    indicator_id TEXT NOT NULL, territory_code TEXT NOT NULL, year INTEGER NOT NULL,
    with_value BIGINT NOT NULL, absence TEXT
);

CREATE TABLE plan (
    plan_id TEXT PRIMARY KEY, name_es TEXT NOT NULL, name_en TEXT NOT NULL, norm_es TEXT NOT NULL, norm_en TEXT NOT NULL,
    scope TEXT NOT NULL,
    starts INTEGER, ends INTEGER, version_es TEXT NOT NULL, version_en TEXT NOT NULL, closed BOOLEAN NOT NULL, entity TEXT
);

CREATE TABLE target (                 -- one row per milestone
    target_id TEXT NOT NULL, plan_id TEXT NOT NULL, plan_version TEXT NOT NULL, indicator_id TEXT, theme_id TEXT NOT NULL,
    name_es TEXT NOT NULL, name_en TEXT NOT NULL, unit_es TEXT NOT NULL, unit_en TEXT NOT NULL,
    kind TEXT NOT NULL, role TEXT NOT NULL, seen TEXT NOT NULL, scope TEXT NOT NULL, fit TEXT NOT NULL, fit_es TEXT, fit_en TEXT,
    territory_code TEXT,              -- '00' when it can be held against city figures, else null
    territory_es TEXT NOT NULL, territory_en TEXT NOT NULL,
    baseline_value DOUBLE, baseline_period TEXT, baseline_es TEXT, baseline_en TEXT,
    period TEXT, value DOUBLE, text_es TEXT, text_en TEXT,
    article_es TEXT NOT NULL, article_en TEXT NOT NULL, source_es TEXT NOT NULL, source_en TEXT NOT NULL,
    note_es TEXT, note_en TEXT
);

CREATE TABLE progress (               -- one row per indicator, territory, headline period and method
    indicator_id TEXT NOT NULL, territory_code TEXT NOT NULL, period TEXT NOT NULL, method TEXT NOT NULL,  -- path | milestone | year | linear | geometric | projected | trend | change
    target_id TEXT, plan_id TEXT, baseline DOUBLE, baseline_period TEXT,
    value DOUBLE, previous_value DOUBLE, previous_period TEXT,
    target DOUBLE, target_period TEXT,         -- milestone due, or the next one
    final_target DOUBLE, final_period TEXT,
    expected DOUBLE,                  -- on the path at the period of the value
    share DOUBLE,                     -- of the way due by now that was covered
    expected_share DOUBLE, final_share DOUBLE, gap DOUBLE,     -- of the way to the final target; gap = final_share - expected_share
    status TEXT NOT NULL,             -- met on_track at_risk lagging over_executed not_assessed | improving worsening unchanged changed
    robustness TEXT,                  -- solid | fragile | methods_disagree, else within_interval
    reason TEXT,                      -- why not_assessed: wording key reason.<code>
    leads BOOLEAN NOT NULL            -- the row whose status stands for the indicator in this territory
);

CREATE TABLE reading (                -- a series by every method: against a target, or alone where it has none
    indicator_id TEXT NOT NULL, territory_code TEXT NOT NULL, target_id TEXT, decides TEXT NOT NULL,
    base_value DOUBLE, base_period TEXT, value DOUBLE, period TEXT, target DOUBLE, target_period TEXT,
    points INTEGER NOT NULL, cut_by TEXT,       -- comparable values, and what parts them from older ones
    refusal TEXT,                     -- why nothing is told: wording key pace.refusal.<code>
    agreement TEXT, robustness TEXT, trials INTEGER NOT NULL,
    needed DOUBLE,                    -- units a year from the newest value to the target
    arrival DOUBLE, arrival_reason TEXT         -- decimal year: the end of 2030 is 2031
);
CREATE TABLE method_reading (         -- what each method says of a reading
    indicator_id TEXT NOT NULL, territory_code TEXT NOT NULL, target_id TEXT, method TEXT NOT NULL,
    observed DOUBLE, required DOUBLE,  -- units (linear) or fractions (geometric, projected) a year
    ratio DOUBLE, verdict TEXT, reason TEXT
);
CREATE TABLE trial (                  -- changes of the series that would change the status
    indicator_id TEXT NOT NULL, territory_code TEXT NOT NULL, target_id TEXT NOT NULL,
    trial TEXT NOT NULL, period TEXT NOT NULL, status TEXT NOT NULL
);
CREATE TABLE trend_marker (           -- the last five comparable values: is there a trend?
    indicator_id TEXT NOT NULL, territory_code TEXT NOT NULL, first_period TEXT NOT NULL, period TEXT NOT NULL,
    trend TEXT, verdict TEXT, reason TEXT, test TEXT, slope DOUBLE, chi_square DOUBLE, p_value DOUBLE
);
CREATE TABLE projection_model (       -- how a model would have done on the years known already
    indicator_id TEXT NOT NULL, territory_code TEXT NOT NULL, target_id TEXT NOT NULL, model TEXT NOT NULL,
    reason TEXT, forecasts INTEGER NOT NULL, skill DOUBLE, coverage DOUBLE, longest DOUBLE, mean_error DOUBLE,
    probability DOUBLE, probability_reason TEXT
);
CREATE TABLE projection (
    indicator_id TEXT NOT NULL, territory_code TEXT NOT NULL, target_id TEXT NOT NULL, model TEXT NOT NULL,
    moment DOUBLE NOT NULL, value DOUBLE NOT NULL, lower DOUBLE NOT NULL, upper DOUBLE NOT NULL
);

CREATE TABLE capture (                -- what came in for a source: a capture, its embedded table, or both
    source_id TEXT NOT NULL, path TEXT NOT NULL, sha256 TEXT NOT NULL, bytes BIGINT NOT NULL,
    rows BIGINT NOT NULL,             -- of figures
    kind TEXT NOT NULL,               -- capture | declared (read by the catalogue's reader) | embedded | refused
    retrieved DATE, taken_from TEXT,     -- an address, or the name of the file that was brought
    reason TEXT, detail TEXT,         -- why it was refused
    PRIMARY KEY (source_id, path)
);
CREATE TABLE account (                -- per source and file: rows in = observed + excluded + quarantined
    source_id TEXT NOT NULL,
    stage TEXT NOT NULL,              -- file: records of the publisher's file · file_kept: of the file behind figures kept beside a capture · figures: figure rows
    file TEXT NOT NULL, outcome TEXT NOT NULL, rule TEXT NOT NULL, rows BIGINT NOT NULL
);
CREATE TABLE rejected_row (
    source_id TEXT NOT NULL, file TEXT NOT NULL, row_number BIGINT NOT NULL, column_name TEXT NOT NULL, value TEXT,
    rule TEXT NOT NULL, hint TEXT NOT NULL
);
CREATE TABLE correction (             -- rows corrected by data/corrections.yaml: what was published, what is used, why
    correction_id TEXT PRIMARY KEY, source_id TEXT NOT NULL, row_number BIGINT NOT NULL,
    measure TEXT NOT NULL, territory_code TEXT NOT NULL, period TEXT NOT NULL, disaggregation TEXT NOT NULL,
    action TEXT NOT NULL,             -- replace | withhold | flag
    published DOUBLE, corrected DOUBLE, flag TEXT, absence TEXT,
    reason_es TEXT NOT NULL, reason_en TEXT NOT NULL, decided DATE NOT NULL, expires DATE NOT NULL
);
CREATE TABLE run (step TEXT NOT NULL, detail TEXT NOT NULL);
CREATE TABLE check_result (
    check_id TEXT NOT NULL, subject TEXT NOT NULL, status TEXT NOT NULL, detail TEXT NOT NULL,
    reason_es TEXT NOT NULL, reason_en TEXT NOT NULL -- of a rule of the catalogue; empty for checks of every edition
);

-- What a receipt walks back along: from a number to the rows of the figure tables behind it.
CREATE TABLE entity (entity_id TEXT PRIMARY KEY, name_es TEXT NOT NULL, name_en TEXT NOT NULL, acronym TEXT);
CREATE TABLE quantity (               -- what an indicator is made of: a value, or a numerator and a denominator
    indicator_id TEXT NOT NULL, part TEXT NOT NULL,        -- value | numerator | denominator
    source_id TEXT NOT NULL, measure TEXT NOT NULL,
    category TEXT,                    -- the one category that is kept; null: the total and the categories of `dimensions`
    levels TEXT[] NOT NULL, dimensions TEXT[] NOT NULL,
    measure_es TEXT NOT NULL, measure_en TEXT NOT NULL
);
CREATE TABLE figure_row (             -- the figure tables as read; sorted by source and line
    source_id TEXT NOT NULL, line BIGINT NOT NULL,         -- of data/figures/<source_id>.csv, the header being 1
    measure TEXT NOT NULL, territory_code TEXT NOT NULL, period TEXT NOT NULL,
    year TEXT NOT NULL,               -- in which the period ends
    disaggregation TEXT NOT NULL,
    value DOUBLE, lower DOUBLE, upper DOUBLE, sample BIGINT, flag TEXT NOT NULL, absence TEXT
);
