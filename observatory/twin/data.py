"""The data beside the pages: CSV in each language, Parquet, and JSON with everything an indicator says about itself."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any

from observatory.editions import reads
from observatory.editions.exports import COLUMNS, ExportContext, metadata, table, to_csv
from observatory.rows.catalogue import IndicatorRow
from observatory.rows.observation import Observation
from observatory.twin.places import Site
from observatory.wording import LANGUAGES, Lang


def data_files(site: Site, row: IndicatorRow) -> Iterator[tuple[str, bytes]]:
    """Name below the twin's folder and content, for one indicator."""
    rows = reads.observations(site.book.edition, row.indicator_id)
    one = row.indicator_id
    contexts = {lang: _context(site, row, lang) for lang in LANGUAGES}
    for lang, context in contexts.items():
        yield f"{lang}/data/{one}.csv", to_csv(rows, context)
    lines = table(rows, contexts["es"])
    about = {lang: metadata(context) for lang, context in contexts.items()}
    yield f"data/{one}.json", _json(lines, about)
    yield f"data/{one}.parquet", _parquet(rows, row, about)


def _context(site: Site, row: IndicatorRow, lang: Lang) -> ExportContext:
    path = f"{lang}/indicator/{row.indicator_id}.html"
    link = f"{site.address.rstrip('/')}/{path}" if site.address else path
    return ExportContext(site.book, lang, link, (row.indicator_id,), site.dashboard.rstrip("/"))


def _json(lines: list[list[Any]], about: dict[Lang, list[tuple[str, str]]]) -> bytes:
    document = {
        "about": {lang: [{"what": what, "text": text} for what, text in said] for lang, said in about.items()},
        "columns": COLUMNS,
        "rows": lines,
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def _parquet(rows: list[Observation], row: IndicatorRow, about: dict[Lang, list[tuple[str, str]]]) -> bytes:
    """Values inside their units (shares are fractions), as editions hold them; the rest as metadata."""
    import pyarrow as pa
    import pyarrow.parquet as parquet

    columns: dict[str, Any] = {name: [getattr(one, name) for one in rows] for name in Observation._fields}
    said = {f"about_{lang}": json.dumps(lines, ensure_ascii=False) for lang, lines in about.items()}
    said |= {"indicator_id": row.indicator_id, "unit": row.unit_en, "factor": str(row.factor)}
    made = pa.Table.from_pydict(columns, schema=_schema(pa)).replace_schema_metadata(said)
    stream = io.BytesIO()
    parquet.write_table(made, stream, compression="zstd")
    return stream.getvalue()


def _schema(pa: Any) -> Any:
    """Types of the columns, the same for every indicator."""
    days, numbers, whole = (
        ("period_start", "period_end"),
        ("value", "numerator", "denominator", "lower", "upper"),
        "sample",
    )
    kinds = {**dict.fromkeys(days, pa.date32()), **dict.fromkeys(numbers, pa.float64()), whole: pa.int64()}
    return pa.schema([(name, kinds.get(name, pa.string())) for name in Observation._fields])
