"""Editions: immutable DuckDB files that pages, exports, links and notebooks read."""

SCHEMA_VERSION = 6
