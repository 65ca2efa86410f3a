"""Records to indicator cells: one SQL text, run by DuckDB on this machine or by Apache Spark on many.

    records ──▶ cells.sql (DuckDB | Spark) ──▶ groups ──▶ figures ──▶ rows of a figure table
    (millions)                                 (thousands)

Only the first step is heavy, and only it knows an engine. `docs/decisions/engine.md` argues the choice with measures.
"""
