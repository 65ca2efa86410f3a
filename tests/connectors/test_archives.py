from __future__ import annotations

import gzip
import io
import stat
import zipfile
from pathlib import Path

import pytest

from pipelines.connectors.archives import ArchiveLimits, inspect_archive, inspect_gzip
from pipelines.connectors.content import Expect, check_file
from pipelines.connectors.errors import CaptureError


def archive(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return path


def test_members_are_listed(tmp_path: Path) -> None:
    made = archive(tmp_path / "a.zip", {"dai/dai.geojson": b"{}", "leame.txt": b"hola"})
    assert inspect_archive(made) == ["dai/dai.geojson", "leame.txt"]


@pytest.mark.parametrize("name", ["../evil", "a/../../evil", "/etc/passwd", "..\\evil", "C:\\evil", "C:/evil"])
def test_a_path_that_climbs_out_is_not_opened(tmp_path: Path, name: str) -> None:
    made = archive(tmp_path / "a.zip", {name: b"x"})
    with pytest.raises(CaptureError, match=r"climbs out of its folder|is an absolute path"):
        inspect_archive(made)


def test_a_link_is_not_opened(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as made:
        made.writestr(link, "/etc/passwd")
    with pytest.raises(CaptureError, match="'link' is a link"):
        inspect_archive(tmp_path / "a.zip")


def test_a_bomb_is_not_opened(tmp_path: Path) -> None:
    made = archive(tmp_path / "a.zip", {"zeros": bytes(40 << 20)})
    with pytest.raises(CaptureError, match="more than 200 times its size"):
        inspect_archive(made)


def test_the_ceiling_counts_all_members_together(tmp_path: Path) -> None:
    made = archive(tmp_path / "a.zip", {f"{n}": bytes(range(256)) * 3000 for n in range(4)})
    with pytest.raises(CaptureError, match="unfolds into more than 2 MB"):
        inspect_archive(made, ArchiveLimits(unpacked_bytes=2 << 20))


def test_a_header_that_lies_about_the_size_is_found_out(tmp_path: Path) -> None:
    made = archive(tmp_path / "a.zip", {"zeros": bytes(1 << 20)})
    honest = (1 << 20).to_bytes(4, "little")
    made.write_bytes(made.read_bytes().replace(honest, (10).to_bytes(4, "little")))
    with pytest.raises(CaptureError, match="damaged"):
        inspect_archive(made)


def test_too_many_members_are_not_opened(tmp_path: Path) -> None:
    made = archive(tmp_path / "a.zip", {str(n): b"" for n in range(20)})
    with pytest.raises(CaptureError, match="20 members"):
        inspect_archive(made, ArchiveLimits(members=10))


def test_a_truncated_archive_is_told(tmp_path: Path) -> None:
    made = archive(tmp_path / "a.zip", {"a": bytes(range(256)) * 100})
    made.write_bytes(made.read_bytes()[:-30])
    with pytest.raises(CaptureError, match="damaged"):
        check_file(made, Expect(kind="zip"))


def test_an_archive_nobody_declared_as_one_is_looked_into(tmp_path: Path) -> None:
    made = archive(tmp_path / "resource", {"../evil": b"x"})
    with pytest.raises(CaptureError, match="climbs out of its folder"):
        check_file(made, Expect(kind="any"))


def test_a_flipped_byte_is_told(tmp_path: Path) -> None:
    made = tmp_path / "a.zip"
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as stored:
        stored.writestr("a", b"muertes;565")
    made.write_bytes(made.read_bytes().replace(b";565", b";555"))
    with pytest.raises(CaptureError, match=r"damaged: Bad CRC"):
        inspect_archive(made)


def test_a_password_is_told(tmp_path: Path) -> None:
    made = archive(tmp_path / "a.zip", {"a": b"x"})
    data = bytearray(made.read_bytes())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    made.write_bytes(data)
    with pytest.raises(CaptureError, match="locked with a password"):
        inspect_archive(made)


def test_gzip_files_are_read_to_their_end(tmp_path: Path) -> None:
    (tmp_path / "good.gz").write_bytes(gzip.compress(b"LOCALIDAD;CASOS\n" * 100))
    inspect_gzip(tmp_path / "good.gz")
    (tmp_path / "cut.gz").write_bytes(gzip.compress(b"LOCALIDAD;CASOS\n" * 100)[:-10])
    with pytest.raises(CaptureError, match="damaged"):
        inspect_gzip(tmp_path / "cut.gz")
    bomb = io.BytesIO()
    with gzip.GzipFile(fileobj=bomb, mode="wb") as file:
        file.write(bytes(40 << 20))
    (tmp_path / "bomb.gz").write_bytes(bomb.getvalue())
    with pytest.raises(CaptureError, match="bomb"):
        inspect_gzip(tmp_path / "bomb.gz")
