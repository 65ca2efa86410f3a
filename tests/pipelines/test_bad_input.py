"""Every command with input that is none: what is wrong, where, and what mends it; never a traceback."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.__main__ import main
from pipelines.layout import REPOSITORY, Layout
from tests.observatories import DAY, copy_to

FILES: dict[str, bytes] = {
    "empty.csv": b"",
    "binary.csv": b"\x00\x01\x02" * 500,
    "words.csv": b"hola\n",
    "cp1252.csv": "localidad;año;valor\nUsaquén;2024;3\n".encode("cp1252"),
    "binary.xlsx": b"\x00\x01\x02" * 500,
    "words.xlsx": b"hola",
    "binary.xlsb": b"\x00" * 100,
    "binary.parquet": b"PAR1xxxx",
    "cut.geojson": b'{"type": "FeatureCollection", "features": [{"ty',
    "page.pdf": b"%PDF-1.4",
    "empty.yaml": b"",
    "broken.yaml": b"a: [1,\n b: 2",
    "list.yaml": b"- 1\n",
    "binary.yaml": b"\xff\xfe\x00\x80",
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An observatory with its edition, and beside it files that are none of what their names say."""
    folder = tmp_path_factory.mktemp("bad")
    layout = copy_to(folder / "observatory")
    for name, data in FILES.items():
        (folder / name).write_bytes(data)
    (folder / "folder").mkdir()
    assert main(["--root", str(layout.catalogue.parent), "--quiet", "build", "--date", DAY.isoformat()]) == 0
    return folder


def run(root: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    written = [argument.replace("@", f"{root}/") for argument in arguments]
    code = main(["--root", str(root / "observatory"), "--quiet", *written])
    return code, capsys.readouterr().err.replace(f"{root}/", "")


TABLES = [name for name in FILES if not name.endswith(".yaml")]
CASES = [
    *(("draft", f"@{name}") for name in [*TABLES, "folder", "nothing.csv"] if name != "cp1252.csv"),
    *((*command, f"@{name}") for command in (("check", "--real"), ("figures", "--from"), ("plans", "--from"))
      for name in ("folder", "empty.csv", "nothing")),
    *(("import-plan", "--plan", "pdd", f"@{name}") for name in [*TABLES, "folder", "nothing.xlsx"]),
    *(("import-follow-up", "--plan", "pdd", f"@{name}") for name in [*TABLES, "folder", "nothing.xlsx"]),
    *(("brief", "--to", "@out", "--agenda", f"@{name}") for name in [*FILES, "folder", "nothing.yaml"]),
    *(("capture", "--list", "--addresses", f"@{name}") for name in [*FILES, "folder", "nothing.yaml"]),
    *(("cells", "--time", "fecha", "--place", "localidad", "--output", "@cells.csv", f"@{name}")
      for name in [*TABLES, "folder", "nothing.csv"]),
    ("capture", "sds_drug_use", "--from", "@empty.csv"),
    ("capture", "sds_drug_use", "--from", "@folder"),
    ("capture", "sds_drug_use", "--from", "@nothing"),
    ("capture", "sds_drug_us", "--from", "@empty.csv"),
    ("capture", "nobody"),
    ("figures", "--from", "@folder", "deths"),
    ("figures", "--from", "@folder", "sds_drug_use"),
    ("diff", "x", "current"),
    ("diff", "", ""),
    ("export", "homicide_rat"),
    ("export", "homicide_rate", "--edition", "x"),
    ("export", "homicide_rate", "--output", "@folder"),
    ("export", "homicide_rate", "--output", "@nothing/out.csv"),
    ("publish", "--to", "@empty.csv"),
    ("publish", "--to", "@out", "--edition", "x"),
]  # fmt: skip


@pytest.mark.parametrize("arguments", CASES, ids=" ".join)
def test_bad_input_is_told_with_place_and_remedy(
    arguments: tuple[str, ...], root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = run(root, capsys, *arguments)
    assert code in (1, 2)
    for line in said.splitlines():
        place, colon, rest = line.removeprefix("error: ").partition(": ")
        assert place and colon
        assert rest.partition(" → ")[2], line
    assert said
    assert "Error" not in said.replace("Binder Error", "Error")
    assert "codec" not in said


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("homicide_rat", "--period", "2025"), "no indicator 'homicide_rat' → did you mean 'homicide_rate'?"),
        (("homicide_rate", "--period", "2052"), "homicide_rate has no period '2052' → did you mean '2025'?"),
        (("homicide_rate", "--period", "2025", "--place", "1"), "has no place '1' → did you mean '01'?"),
        (("homicide_rate", "--period", "2025", "--category", "sex:x"), "no category 'sex:x' → homicide_rate has total"),
        (("homicide_rate", "--period", "2025", "--edition", "2026"), "no edition '2026' → there are 2026-11-23-"),
    ],
)
def test_a_number_that_is_not_there_is_told_by_its_part(
    arguments: tuple[str, ...], told: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = run(root, capsys, "reproduce", *arguments)
    assert code == 1
    assert told in said


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("buidl",), "invalid choice: 'buidl' → did you mean 'build'?"),
        (("build", "--date", "2026-13-01"), "'2026-13-01' is no day → write it as 2026-11-23"),
        (("capture", "--limit-mb", "x"), "'x' is no positive number"),
    ],
)
def test_a_mistyped_command_is_told_with_the_nearest(
    arguments: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main(list(arguments))
    assert left.value.code == 2
    assert told in capsys.readouterr().err


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 2 // 3])


def remove(path: Path) -> None:
    path.unlink()


def write(data: bytes) -> Callable[[Path], None]:
    def put(path: Path) -> None:
        path.write_bytes(data)

    return put


def become_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


HARMS: dict[str, Callable[[Path], None]] = {
    "empty": write(b""),
    "binary": write(b"\x00\xff\xfe\x80" * 200),
    "words": write("hola, qué tal\n".encode()),
    "brackets": write(b"[1, {"),
    "cut": cut,
    "folder": become_a_folder,
}
INPUTS = (
    "indicators.yaml",
    "data/corrections.yaml",
    "data/figures/air.csv",
    "data/figures/accounts/deaths.csv",
    "data/territory/localities.geojson",
    "data/territory/neighbours.csv",
)


@pytest.mark.parametrize("harm", HARMS)
@pytest.mark.parametrize("name", INPUTS)
def test_a_harmed_input_is_named_with_what_mends_it(
    name: str, harm: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    layout = copy_to(tmp_path / "observatory")
    path = tmp_path / "observatory" / name
    if not path.exists():
        path.write_text("corrections: []\n", encoding="utf-8")
    HARMS[harm](path)
    code = main(["--root", str(layout.catalogue.parent), "--quiet", "build"])
    said = capsys.readouterr().err
    if (name, harm) in {("data/territory/neighbours.csv", "cut"), ("data/corrections.yaml", "folder")}:
        return  # whole pairs are left; a folder is no file of corrections
    assert code == 1
    assert path.name in said or "air: " in said
    assert " → " in said
    assert "Error" not in said


@pytest.mark.parametrize("name", ["localities.geojson", "upl.geojson", "city.geojson"])
def test_missing_outlines_are_told_with_their_file(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    layout = copy_to(tmp_path / "observatory")
    remove(layout.territory / name)
    assert main(["--root", str(layout.catalogue.parent), "--quiet", "build"]) == 1
    said = capsys.readouterr().err
    assert f"data/territory/{name}: outlines_present: " in said
    assert "restore the file" in said


@pytest.mark.parametrize(
    "data", [b"", b"hola, x\n", b"\xff\xfe\x80", b"code,level,name,area_km2,is_rural,valid_from,valid_to\n00,city\n"]
)
def test_a_broken_list_of_territories_is_named(data: bytes, tmp_path: Path) -> None:
    """In a process of its own: a process reads the list once."""
    layout: Layout = copy_to(tmp_path / "observatory")
    (layout.territory / "territories.csv").write_bytes(data)
    command = [sys.executable, "-m", "pipelines", "--root", str(layout.catalogue.parent), "--quiet", "check"]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1
    assert "territories.csv, " in done.stderr
    assert " → " in done.stderr
    assert "Traceback" not in done.stderr
    shutil.rmtree(layout.territory)
