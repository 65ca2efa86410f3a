"""What an edition says, as one hash: equal for two files when every table holds the same rows in the same order.

Two DuckDB files of the same rows are not equal byte for byte: each has a random identity, and what is left over of a
block keeps what memory held. This hash is the equality of editions.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import duckdb

BATCH = 10_000
TABLES = """
SELECT table_name, string_agg(column_name || ' ' || data_type, ', ' ORDER BY ordinal_position)
FROM information_schema.columns
WHERE table_catalog = 'sealed'
GROUP BY table_name
ORDER BY table_name
"""


def contents_hash(path: Path) -> str:
    """SHA-256 over the tables of an edition file: names, columns, types, and rows in their order."""
    connection = duckdb.connect(":memory:", config={"autoinstall_known_extensions": False})
    try:
        quoted = str(path).replace("'", "''")
        connection.execute(f"ATTACH '{quoted}' AS sealed (READ_ONLY)")
        return _hash(connection)
    finally:
        connection.close()


def _hash(connection: duckdb.DuckDBPyConnection) -> str:
    digest = hashlib.sha256()
    for table, columns in connection.execute(TABLES).fetchall():
        digest.update(f"{table}({columns})\n".encode())
        found = connection.execute(f'SELECT * FROM sealed."{table}" ORDER BY rowid')  # noqa: S608  # a table's own name
        while rows := found.fetchmany(BATCH):
            digest.update("".join(f"{row!r}\n" for row in rows).encode())
    return digest.hexdigest()
