"""The other engine: Apache Spark, for records that one machine does not hold. Needs `pyspark` and Java 17.

The files are Parquet in a folder or object store that every worker reads by the same address.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from observatory.errors import FigureError, ObservatoryError
from pipelines.engine.points import located
from pipelines.engine.records import Groups, Records, Shape
from pipelines.engine.statement import cells_sql, columns_of, groups_of, literal
from pipelines.layout import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Callable

    import pyarrow as pa

    from pipelines.places import Places

SETTINGS = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.sql.parquet.inferTimestampNTZ.enabled": "true",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.shuffle.partitions": "16",
    "spark.executorEnv.PYTHONPATH": str(REPOSITORY),  # workers find `pipelines` at the same place
}


def group_on_spark(
    records: Records, master: str, places: Places | None = None, settings: dict[str, str] | None = None
) -> Groups:
    """Groups of the records, as `group_on_duckdb` gives them: keys and counts equal, sums to the last few bits.

    Args:
        records: Parquet files and their shape.
        master: address of the cluster, `spark://host:7077`.
        places: areas, for records that tell their place by coordinates.
        settings: of Spark, above those of this module.

    Raises:
        FigureError: the records are no Parquet, or lack a column.
        ObservatoryError: PySpark is not installed.
    """
    with spark_session(master, settings or {}) as session:
        return group_in_session(session, records, places)


def group_in_session(session: Any, records: Records, places: Places | None = None) -> Groups:
    """The same in a session that is open."""
    if records.format != "parquet":
        fix = "write Parquet first: python -m pipelines cells … --parquet FILE"
        raise FigureError("Spark reads Parquet only", where=records.files, fix=fix)
    _record(session, records, places).createOrReplaceTempView("record")
    table = session.sql(cells_sql(records.shape, "spark")).toArrow()
    columns = [column.to_pylist() for column in table.columns]
    return Groups(groups_of(zip(*columns, strict=True), records.shape))


def _record(session: Any, records: Records, places: Places | None) -> Any:
    from pyspark.errors import AnalysisException

    shape = records.shape
    try:
        files = session.read.parquet(records.files)
        is_text = any(dict(files.dtypes).get(column) == "string" for column in shape.flags.values())
        yes = literal(shape.yes, "spark") if is_text and shape.yes is not None else None
        frame = files.selectExpr(*columns_of(shape, "spark", yes))
    except AnalysisException as error:
        raise FigureError(str(error).splitlines()[0], where=records.files, fix="check file and columns") from error
    if not shape.has_points:
        return frame
    if places is None:
        raise FigureError("coordinates without areas", where=records.files, fix="give the outlines of the localities")
    return frame.mapInArrow(_locating(places), _located_schema(frame, shape))


def _locating(places: Places) -> Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    return lambda batches: located(batches, places)


def _located_schema(frame: Any, shape: Shape) -> Any:
    from pyspark.sql.types import StringType, StructField, StructType

    kept = [item for item in frame.schema.fields if not (shape.has_points and item.name in ("x", "y"))]
    return StructType([*kept, StructField("place", StringType())])


@contextlib.contextmanager
def spark_session(master: str, settings: dict[str, str]) -> Iterator[Any]:
    """A session on a cluster, ended with the context.

    Raises:
        ObservatoryError: PySpark is not installed.
    """
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        fix = "install it: pip install 'pyspark>=4.0,<4.1', with Java 17 or newer"
        raise ObservatoryError("Spark is not installed", where="--engine spark", fix=fix) from error
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master(master).appName("bogota-observatory")
    for name, value in {**SETTINGS, **settings}.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    try:
        yield session
    finally:
        session.stop()
