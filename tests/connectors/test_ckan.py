from __future__ import annotations

import csv
import datetime as dt
import gzip
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from pipelines.capturing.addresses import CkanAddress, CkanTableAddress
from pipelines.connectors import ckan
from pipelines.connectors.download import Validators
from pipelines.connectors.errors import CaptureError
from pipelines.connectors.job import Job, Known
from tests.connectors.publisher import Asked, Publisher, Reply

ACTION = "/api/3/action"
NAME = "Población en Bogotá D.C por Localidad"
COMMON: dict[str, Any] = {
    "source": "a",
    "dataset": {"es": "a", "en": "a"},
    "licence": "cc_by_4",
    "calendar": {"every": "year", "after_days": 0, "again_days": 30},
}


def success(result: Any) -> Reply:
    return Reply(json.dumps({"help": "…", "success": True, "result": result}).encode())


def resource(publisher: Publisher, identity: str, name: str, form: str = "CSV") -> dict[str, Any]:
    return {
        "id": identity,
        "name": name,
        "format": form,
        "url": f"{publisher.url}/dataset/d/resource/{identity}/download/a.csv",
        "last_modified": "2026-05-02T14:03:00.123456",
    }


def dataset(publisher: Publisher, *resources: dict[str, Any]) -> None:
    def show(asked: Asked) -> Reply:
        if asked.query["id"] != "piramide":
            error = {"success": False, "error": {"__type": "Not Found Error", "message": "No encontrado"}}
            return Reply(json.dumps(error).encode(), status=404)
        return success({"resources": list(resources)})

    publisher.routes[f"{ACTION}/package_show"] = show
    for one in resources:
        publisher.routes[f"/dataset/d/resource/{one['id']}/download/a.csv"] = Reply(
            f"ANO;POBLACION\n2024;{one['id']}\n".encode(), kind="text/csv", headers={"ETag": f'"{one["id"]}"'}
        )


def address(publisher: Publisher, **changes: Any) -> CkanAddress:
    told = {
        **COMMON,
        "connector": "ckan",
        "portal": publisher.url,
        "package": "piramide",
        "resource": {"name": NAME, "format": "csv"},
        "expect": {"kind": "csv", "columns": ["ANO", "POBLACION"]},
        "file": "population.csv",
    }
    return CkanAddress.model_validate({**told, **changes})


def test_a_resource_is_found_by_its_name_and_downloaded(publisher: Publisher, job: Job) -> None:
    dataset(publisher, resource(publisher, "r1", "Metadatos", "PDF"), resource(publisher, "r2", NAME))
    taken = ckan.take(address(publisher), job)
    assert taken is not None
    assert (job.folder / "population.csv").read_text(encoding="utf-8") == "ANO;POBLACION\n2024;r2\n"
    assert taken.published == dt.datetime(2026, 5, 2, 14, 3, 0, 123456, tzinfo=dt.UTC)
    assert taken.validators.etag == '"r2"'


def test_a_resource_that_moved_to_another_id_is_found_again(publisher: Publisher, job: Job) -> None:
    dataset(publisher, resource(publisher, "r2", NAME))
    ckan.take(address(publisher), job)
    dataset(publisher, resource(publisher, "r9", NAME))
    del publisher.routes["/dataset/d/resource/r2/download/a.csv"]
    ckan.take(address(publisher), job)
    assert "r9" in (job.folder / "population.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "name", ["poblacion en bogota d.c por localidad", f"{NAME} 2005-2035", "  Población en  Bogotá D.C por Localidad "]
)
def test_case_accents_blanks_and_what_follows_do_not_matter(publisher: Publisher, job: Job, name: str) -> None:
    dataset(publisher, resource(publisher, "r1", name), resource(publisher, "r2", "Pirámide"))
    ckan.take(address(publisher), job)
    assert "r1" in (job.folder / "population.csv").read_text(encoding="utf-8")


def test_the_very_name_goes_before_its_beginning(publisher: Publisher, job: Job) -> None:
    dataset(publisher, resource(publisher, "r1", f"{NAME} (2018)"), resource(publisher, "r2", NAME))
    ckan.take(address(publisher), job)
    assert "r2" in (job.folder / "population.csv").read_text(encoding="utf-8")


def test_a_name_that_is_gone_is_told_with_the_nearest(publisher: Publisher, job: Job) -> None:
    dataset(publisher, resource(publisher, "r1", "Población de Bogotá D.C por Localidad"))
    with pytest.raises(CaptureError, match=r"no resource fits .*did you mean 'Población de Bogotá"):
        ckan.take(address(publisher), job)


def test_two_that_fit_are_not_chosen_between(publisher: Publisher, job: Job) -> None:
    dataset(publisher, resource(publisher, "r1", "a"), resource(publisher, "r2", "b"))
    with pytest.raises(CaptureError, match=r"2 resources fit CSV.*'a' \(CSV\), 'b' \(CSV\)"):
        ckan.take(address(publisher, resource={"format": "CSV"}), job)


def test_several_are_taken_when_that_is_declared_each_under_its_name(publisher: Publisher, job: Job) -> None:
    names = ["Ene-Ago (2025vs2026)", "Ene-Dic (2024vs2025)", "Ene-Dic (2024vs2025)"]
    made = [resource(publisher, f"id{number}", name, "GeoJSON") for number, name in enumerate(names)]
    dataset(publisher, *made, resource(publisher, "x", "SHP", "SHP"))
    told = address(
        publisher, resource={"format": "geojson", "several": True}, file="{resource}.csv", expect={"kind": "csv"}
    )
    ckan.take(told, job)
    assert sorted(path.name for path in job.folder.iterdir()) == [
        "ene_ago_2025vs2026.csv",
        "ene_dic_2024vs2025_id1.csv",
        "ene_dic_2024vs2025_id2.csv",
    ]


def test_an_unknown_dataset_is_told(publisher: Publisher, job: Job) -> None:
    dataset(publisher)
    with pytest.raises(CaptureError, match=r"404.*No encontrado.*it moved"):
        ckan.take(address(publisher, package="piramid"), job)


def test_a_portal_that_says_no_with_status_200_is_told(publisher: Publisher, job: Job) -> None:
    publisher.routes[f"{ACTION}/package_show"] = Reply(b'{"success": false, "error": {"message": "Access denied"}}')
    with pytest.raises(CaptureError, match=r"the portal says no: .*Access denied"):
        ckan.take(address(publisher), job)


def test_what_has_not_changed_is_not_sent_again(publisher: Publisher, job: Job) -> None:
    one = resource(publisher, "r1", NAME)
    dataset(publisher, one)
    publisher.routes["/dataset/d/resource/r1/download/a.csv"] = lambda asked: Reply(
        status=304 if asked.headers.get("if-none-match") == '"v1"' else 200
    )
    known = Known(one["url"], Validators('"v1"'))
    assert ckan.take(address(publisher), replace(job, known=known)) is None


def test_the_mark_of_another_address_is_not_used(publisher: Publisher, job: Job) -> None:
    dataset(publisher, resource(publisher, "r1", NAME))
    known = Known(f"{publisher.url}/elsewhere.csv", Validators('"v1"'))
    assert ckan.take(address(publisher), replace(job, known=known))
    assert "if-none-match" not in publisher.asked[-1].headers


@dataclass
class Table:
    """A datastore as CKAN documents it: `limit` above the server's own is cut down to it."""

    rows: list[dict[str, Any]]
    columns: list[str]
    largest: int = 3
    spoil: Callable[[dict[str, Any], Asked], None] = lambda _result, _asked: None
    asked: list[dict[str, str]] = field(default_factory=list)

    def serve(self, publisher: Publisher) -> None:
        publisher.routes[f"{ACTION}/datastore_search"] = self.search

    def search(self, asked: Asked) -> Reply:
        self.asked.append(asked.query)
        names = asked.query.get("fields", ",".join(["_id", *self.columns])).split(",")
        start, limit = int(asked.query.get("offset", 0)), min(int(asked.query["limit"]), self.largest)
        page = [{name: row[name] for name in names} for row in self.rows[start : start + limit]]
        result = {
            "total": len(self.rows),
            "limit": limit,
            "fields": [{"id": name, "type": "text"} for name in names],
            "records": page,
        }
        self.spoil(result, asked)
        return success(result)


def calls(count: int) -> list[dict[str, Any]]:
    return [{"_id": n, "COD_UPZ": f"UPZ{n}", "CANTIDAD": 1.5, "EDAD": 30} for n in range(1, count + 1)]


def table(publisher: Publisher, **changes: Any) -> CkanTableAddress:
    told = {
        **COMMON,
        "connector": "ckan_datastore",
        "portal": publisher.url,
        "resource_id": "30d65a8b",
        "columns": ["COD_UPZ"],
        "file": "calls.csv",
    }
    return CkanTableAddress.model_validate({**told, **changes})


@pytest.mark.parametrize("count", [1, 3, 8])
def test_a_table_comes_whole_whatever_the_portal_cuts_pages_to(publisher: Publisher, job: Job, count: int) -> None:
    served = Table(calls(count), ["COD_UPZ", "CANTIDAD"])
    served.serve(publisher)
    assert ckan.take_table(table(publisher), job).records == count
    with (job.folder / "calls.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["COD_UPZ"] for row in rows] == [f"UPZ{n}" for n in range(1, count + 1)]
    assert [query["offset"] for query in served.asked[1:]] == [str(start) for start in range(0, count, 3)]
    assert {query["sort"] for query in served.asked[1:]} == {"_id"}
    pages = sorted(job.folder.glob("pages/*"))
    assert sum(len(json.loads(gzip.decompress(page.read_bytes()))["result"]["records"]) for page in pages) == count


def test_numbers_stay_as_the_portal_wrote_them_and_null_is_empty(publisher: Publisher, job: Job) -> None:
    body = (
        b'{"success": true, "result": {"total": 1, "fields": [{"id": "_id"}, {"id": "COD_UPZ"}, {"id": "N"}],'
        b' "records": [{"_id": 1, "COD_UPZ": null, "N": 0.10}]}}'
    )
    publisher.routes[f"{ACTION}/datastore_search"] = Reply(body)
    ckan.take_table(table(publisher), job)
    assert (job.folder / "calls.csv").read_text(encoding="utf-8") == "COD_UPZ,N\n,0.10\n"


def test_columns_about_persons_are_not_asked_for(publisher: Publisher, job: Job) -> None:
    served = Table(calls(2), ["COD_UPZ", "EDAD"])
    served.serve(publisher)
    ckan.take_table(table(publisher), replace(job, never_requested=("edad*",)))
    assert {query["fields"] for query in served.asked[1:]} == {"_id,COD_UPZ"}


def test_a_table_by_dataset_and_name(publisher: Publisher, job: Job) -> None:
    dataset(publisher, resource(publisher, "r1", NAME))
    served = Table(calls(1), ["COD_UPZ"])
    served.serve(publisher)
    ckan.take_table(table(publisher, resource_id=None, package="piramide", resource={"name": NAME}), job)
    assert {query["resource_id"] for query in served.asked} == {"r1"}


def test_paging_cut_short_is_no_capture(publisher: Publisher, job: Job) -> None:
    def short(result: dict[str, Any], asked: Asked) -> None:
        if asked.query.get("offset") == "3":
            result["records"] = []

    Table(calls(8), ["COD_UPZ"], spoil=short).serve(publisher)
    with pytest.raises(CaptureError, match="paging stopped after 3 of 8 records"):
        ckan.take_table(table(publisher), job)


def test_a_table_that_grows_while_it_is_read_is_no_capture(publisher: Publisher, job: Job) -> None:
    def grown(result: dict[str, Any], asked: Asked) -> None:
        result["total"] += int(asked.query.get("offset", "0") != "0")

    Table(calls(8), ["COD_UPZ"], spoil=grown).serve(publisher)
    with pytest.raises(CaptureError, match="the table changed while it was read"):
        ckan.take_table(table(publisher), job)


def test_changed_columns_are_told(publisher: Publisher, job: Job) -> None:
    Table(calls(1), ["CANTIDAD"]).serve(publisher)
    with pytest.raises(CaptureError, match="missing: COD_UPZ"):
        ckan.take_table(table(publisher), job)
