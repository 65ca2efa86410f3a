"""An observatory whose source `air` is read as declared, from files that tests bring."""

from __future__ import annotations

import json
from pathlib import Path

from observatory.editions import reads
from observatory.editions.opening import Edition, open_current
from observatory.rows.account import CaptureRow
from pipelines.__main__ import main
from pipelines.layout import Layout
from tests.observatories import copy_to, with_reader

READER = """    reader:
      file: "aire.csv"
      layout: tidy
      territory:
        column: "localidad"
        also: {"Distrito": "00"}
      period: {column: "anio"}
      values:
        pm25: {column: "valor", scale: 1, lowest: 0, highest: 500}
      city: given
      flag: [modelled]
      tolerance: 0.05
"""
NAMES = (
    (
        "Usaquén Chapinero Santa_Fe San_Cristóbal Usme Tunjuelito Bosa Kennedy Fontibón Engativá Suba Barrios_Unidos "
        "Teusaquillo Los_Mártires Antonio_Nariño Puente_Aranda La_Candelaria Rafael_Uribe_Uribe Ciudad_Bolívar Sumapaz"
    )
    .replace("_", "\u00a0")
    .split(" ")
)


def declared(folder: Path) -> Layout:
    """The fixture's observatory with the reader."""
    made = copy_to(folder)
    made.catalogue.write_text(with_reader(made.catalogue.read_text(encoding="utf-8"), READER), encoding="utf-8")
    return made


def table(year: int, value: float, *more: str, without: str = "") -> str:
    places = ["Distrito", *(name.replace("\u00a0", " ") for name in NAMES)]
    rows = [f"{name};{year};{str(value).replace('.', ',')}" for name in places if name != without]
    return "\n".join(["localidad;anio;valor", *rows, *more]) + "\n"


def take(layout: Layout, text: str) -> Path:
    """Capture a file by command; the folder of its bytes."""
    brought = layout.catalogue.parent / "descarga (3).csv"
    brought.write_text(text, encoding="utf-8")
    assert main(["--root", str(layout.catalogue.parent), "--quiet", "capture", "air", "--from", str(brought)]) == 0
    newest = json.loads((layout.captures / "air" / "lock.json").read_text(encoding="utf-8"))["captures"][-1]
    return layout.captures / "air" / str(newest["sha256"])[:16]


def build(layout: Layout) -> Edition:
    assert main(["--root", str(layout.catalogue.parent), "--quiet", "build", "--date", "2026-11-23"]) == 0
    return open_current(layout.editions)


def came(edition: Edition) -> list[CaptureRow]:
    return [row for row in reads.captures(edition) if row.source_id == "air"]


def of(edition: Edition, code: str) -> dict[str, float | None]:
    return {row.period: row.value for row in reads.series(edition, "pm25", [code])}
