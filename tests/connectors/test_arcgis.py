from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from pipelines.capturing.addresses import ArcgisAddress
from pipelines.connectors import arcgis
from pipelines.connectors.errors import CaptureError
from pipelines.connectors.job import Job
from tests.connectors.conftest import Time
from tests.connectors.publisher import Asked, Publisher, Reply

LAYER = "/arcgis/rest/services/a/MapServer/0"
SQUARE = [[0, 0], [0, 1], [1, 1], [1, 0], [0, 0]]


def reply(value: Any) -> Reply:
    return Reply(json.dumps(value).encode())


@dataclass
class Layer:
    """A layer as ArcGIS Server documents it: pages by resultOffset, never more than maxRecordCount."""

    records: list[dict[str, Any]]
    fields: list[str]
    largest: int = 3
    paginates: bool = True
    exceeding: bool = True
    spoil: Callable[[Asked, dict[str, Any]], Reply | None] = lambda _asked, _page: None
    asked: list[dict[str, str]] = field(default_factory=list)

    def serve(self, publisher: Publisher) -> None:
        publisher.routes[LAYER] = lambda _: reply(self.description())
        publisher.routes[f"{LAYER}/query"] = self.query

    def description(self) -> dict[str, Any]:
        kinds = [{"name": name, "type": "esriFieldTypeString"} for name in self.fields]
        return {
            "id": 0,
            "fields": [{"name": "OBJECTID", "type": "esriFieldTypeOID"}, *kinds],
            "maxRecordCount": self.largest,
            "advancedQueryCapabilities": {"supportsPagination": self.paginates},
        }

    def query(self, asked: Asked) -> Reply:
        query = asked.query
        fitting = self._where(query["where"])
        if query.get("returnCountOnly") == "true":
            return reply({"count": len(fitting)})
        self.asked.append(query)
        start = int(query.get("resultOffset", 0)) if self.paginates else 0
        size = min(int(query.get("resultRecordCount", self.largest)), self.largest)
        page = self._page(fitting[start : start + size], query, more=start + size < len(fitting))
        return self.spoil(asked, page) or reply(page)

    def _where(self, where: str) -> list[dict[str, Any]]:
        _, _, beyond = where.partition("OBJECTID > ")
        year = where.partition("ANO=")[2][:4]
        kept = [record for record in self.records if not year or str(record["attributes"]["ANO"]) == year]
        return [record for record in kept if not beyond or record["attributes"]["OBJECTID"] > int(beyond)]

    def _page(self, records: list[dict[str, Any]], query: dict[str, str], *, more: bool) -> dict[str, Any]:
        names = query["outFields"].split(",")
        shaped = query["returnGeometry"] == "true"
        cut = [{"attributes": {name: record["attributes"][name] for name in names}} for record in records]
        if query["f"] == "json":
            both = [
                one | ({"geometry": old["geometry"]} if shaped else {}) for one, old in zip(cut, records, strict=True)
            ]
            return {"features": both, **({"exceededTransferLimit": True} if more and self.exceeding else {})}
        features = [
            {
                "type": "Feature",
                "id": one["attributes"]["OBJECTID"],
                "geometry": {"type": "Polygon", "coordinates": [SQUARE]} if shaped else None,
                "properties": one["attributes"],
            }
            for one in cut
        ]
        crs = {"type": "name", "properties": {"name": "EPSG:4326"}}
        extra = {"properties": {"exceededTransferLimit": True}} if more and self.exceeding else {}
        return {"type": "FeatureCollection", "crs": crs, **extra, "features": features}


def victims(count: int) -> list[dict[str, Any]]:
    return [
        {
            "attributes": {"OBJECTID": number, "LOCALIDAD": "SUBA", "CONDICION": "PEATON", "ANO": 2024, "EDAD": 30},
            "geometry": {"rings": [SQUARE]},
        }
        for number in range(1, count + 1)
    ]


FIELDS = ["LOCALIDAD", "CONDICION", "ANO", "EDAD"]


def address(publisher: Publisher, **changes: Any) -> ArcgisAddress:
    told: dict[str, Any] = {
        "source": "a",
        "dataset": {"es": "a", "en": "a"},
        "licence": "not_stated",
        "calendar": {"every": "month", "after_days": 0, "again_days": 1},
        "connector": "arcgis",
        "url": f"{publisher.url}{LAYER}",
        "fields": ["LOCALIDAD", "CONDICION"],
        "geometry": True,
        "format": "geojson",
        "file": "a.geojson",
    }
    return ArcgisAddress.model_validate({**told, **changes})


def written(job: Job) -> list[dict[str, Any]]:
    features: list[dict[str, Any]] = json.loads((job.folder / "a.geojson").read_text(encoding="utf-8"))["features"]
    return features


@pytest.mark.parametrize("form", ["geojson", "json"])
@pytest.mark.parametrize("count", [1, 3, 7])
def test_all_pages_come_in_both_forms(publisher: Publisher, job: Job, form: str, count: int) -> None:
    layer = Layer(victims(count), FIELDS)
    layer.serve(publisher)
    taken = arcgis.take(address(publisher, format=form), job)
    features = written(job)
    assert taken.records == count == len(features)
    assert [feature["properties"]["OBJECTID"] for feature in features] == list(range(1, count + 1))
    assert {feature["geometry"]["type"] for feature in features} == {"Polygon"}
    assert [query["resultOffset"] for query in layer.asked] == [str(start) for start in range(0, count, 3)]
    assert {(query["orderByFields"], query["outSR"], query["f"]) for query in layer.asked} == {
        ("OBJECTID ASC", "4326", form)
    }


def test_only_the_fields_named_are_asked_for(publisher: Publisher, job: Job) -> None:
    layer = Layer(victims(2), FIELDS)
    layer.serve(publisher)
    arcgis.take(address(publisher, geometry=False, format="json"), job)
    assert layer.asked[0]["outFields"] == "OBJECTID,LOCALIDAD,CONDICION"
    assert layer.asked[0]["returnGeometry"] == "false"
    assert written(job)[0]["geometry"] is None
    assert "EDAD" not in (job.folder / "a.geojson").read_text(encoding="utf-8")


def test_a_pattern_never_brings_fields_about_persons(publisher: Publisher, job: Job) -> None:
    layer = Layer(victims(2), FIELDS)
    layer.serve(publisher)
    arcgis.take(address(publisher, fields=["*"]), replace(job, never_requested=("edad*",)))
    assert layer.asked[0]["outFields"] == "OBJECTID,LOCALIDAD,CONDICION,ANO"


def test_a_server_that_sends_fields_nobody_asked_for_is_not_kept(publisher: Publisher, job: Job) -> None:
    def talkative(_asked: Asked, page: dict[str, Any]) -> Reply:
        for feature in page["features"]:
            feature["properties"]["EDAD"] = 30
        return reply(page)

    Layer(victims(2), FIELDS, spoil=talkative).serve(publisher)
    with pytest.raises(CaptureError, match="fields came that were not asked for: EDAD"):
        arcgis.take(address(publisher), job)
    assert not list(job.folder.glob("pages/*"))


def test_features_stay_as_the_publisher_wrote_them(publisher: Publisher, job: Job) -> None:
    properties = '{"OBJECTID":1,"LOCALIDAD":"Usm\\u00e9","CONDICION":1.50}'
    feature = '{"type":"Feature","id":1,"geometry":null,"properties":' + properties + "}"
    Layer(victims(1), FIELDS, spoil=lambda *_: Reply(f'{{"features": [ {feature} ]}}'.encode())).serve(publisher)
    arcgis.take(address(publisher), job)
    assert feature in (job.folder / "a.geojson").read_text(encoding="utf-8").splitlines()


def test_the_pages_are_kept_as_they_came(publisher: Publisher, job: Job) -> None:
    Layer(victims(7), FIELDS).serve(publisher)
    arcgis.take(address(publisher), job)
    pages = sorted(job.folder.glob("pages/*.gz"))
    assert [len(json.loads(gzip.decompress(page.read_bytes()))["features"]) for page in pages] == [3, 3, 1]


def test_a_layer_that_does_not_page_is_asked_for_ids_beyond_the_last(publisher: Publisher, job: Job) -> None:
    layer = Layer(victims(7), FIELDS, paginates=False)
    layer.serve(publisher)
    assert arcgis.take(address(publisher), job).records == 7
    assert [query["where"] for query in layer.asked] == [
        "(1=1)", "(1=1) AND OBJECTID > 3", "(1=1) AND OBJECTID > 6",
    ]  # fmt: skip
    assert len(written(job)) == 7


def test_paging_cut_short_is_no_capture(publisher: Publisher, job: Job) -> None:
    def short(asked: Asked, page: dict[str, Any]) -> Reply | None:
        return reply({**page, "features": []}) if asked.query["resultOffset"] != "0" else None

    Layer(victims(7), FIELDS, spoil=short).serve(publisher)
    with pytest.raises(CaptureError, match="paging stopped after 3 of 7 records"):
        arcgis.take(address(publisher), job)


def test_a_server_that_ignores_the_offset_is_found_out(publisher: Publisher, job: Job) -> None:
    layer = Layer(victims(7), FIELDS)
    layer.serve(publisher)
    layer.spoil = lambda asked, page: (
        layer.query(replace(asked, query={**asked.query, "resultOffset": "0"}))
        if asked.query["resultOffset"] != "0"
        else reply(page)
    )
    with pytest.raises(CaptureError, match="paging stopped after 3 of 7 records"):
        arcgis.take(address(publisher), job)


def test_short_pages_without_the_flag_are_followed_to_the_count(publisher: Publisher, job: Job) -> None:
    """Some servers cut pages by size, below maxRecordCount, and do not say so."""

    def thin(_asked: Asked, page: dict[str, Any]) -> Reply:
        return reply({**page, "features": page["features"][:1]})

    Layer(victims(4), FIELDS, exceeding=False, spoil=thin).serve(publisher)
    assert arcgis.take(address(publisher), job).records == 4


def test_an_error_with_status_200_is_an_error(publisher: Publisher, job: Job) -> None:
    error = {"error": {"code": 400, "message": "Unable to complete operation.", "details": ["Invalid query"]}}
    Layer(victims(1), FIELDS, spoil=lambda *_: reply(error)).serve(publisher)
    with pytest.raises(CaptureError, match=r"the server says 400 Unable to complete operation\. Invalid query"):
        arcgis.take(address(publisher), job)


def test_a_busy_server_that_says_so_with_status_200_is_asked_again(publisher: Publisher, job: Job, time: Time) -> None:
    turns = [reply({"error": {"code": 504, "message": "timeout"}}), None]
    Layer(victims(1), FIELDS, spoil=lambda *_: turns.pop(0)).serve(publisher)
    assert arcgis.take(address(publisher), job).records == 1
    assert len(time.slept) == 1


def test_a_renamed_field_is_told_with_the_nearest(publisher: Publisher, job: Job) -> None:
    Layer(victims(1), ["LOCALIDADES", "CONDICION"]).serve(publisher)
    with pytest.raises(CaptureError, match=r"the columns changed, missing: LOCALIDAD .*LOCALIDAD → LOCALIDADES?"):
        arcgis.take(address(publisher), job)


def test_a_pattern_that_fits_nothing_is_told(publisher: Publisher, job: Job) -> None:
    Layer(victims(1), FIELDS).serve(publisher)
    with pytest.raises(CaptureError, match=r"nothing fits CM\*TOTAL"):
        arcgis.take(address(publisher, fields=["CM*TOTAL"]), job)


def test_a_service_in_place_of_a_layer_is_told(publisher: Publisher, job: Job) -> None:
    publisher.routes[LAYER] = reply({"layers": [{"id": 0}]})
    with pytest.raises(CaptureError, match="no layer with records"):
        arcgis.take(address(publisher), job)


def test_a_curve_is_told_and_not_bent(publisher: Publisher, job: Job) -> None:
    records = [{**victims(1)[0], "geometry": {"curvePaths": []}}]
    Layer(records, FIELDS).serve(publisher)
    with pytest.raises(CaptureError, match=r"curvePaths.*geojson"):
        arcgis.take(address(publisher, format="json"), job)


def test_other_coordinates_are_named_in_the_file(publisher: Publisher, job: Job) -> None:
    Layer(victims(1), FIELDS).serve(publisher)
    arcgis.take(address(publisher, out_sr=9377, format="json"), job)
    value = json.loads((job.folder / "a.geojson").read_text(encoding="utf-8"))
    assert value["crs"]["properties"]["name"] == "urn:ogc:def:crs:EPSG::9377"
