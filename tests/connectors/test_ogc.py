from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from pipelines.capturing.addresses import FeaturesAddress, WfsAddress
from pipelines.connectors import ogc
from pipelines.connectors.errors import CaptureError
from pipelines.connectors.job import Job
from tests.connectors.publisher import Asked, Publisher, Reply

ITEMS = "/ogc/collections/upl/items"
COMMON: dict[str, Any] = {
    "source": "a",
    "dataset": {"es": "a", "en": "a"},
    "licence": "cc_by_4",
    "calendar": {"every": "year", "after_days": 0, "again_days": 30},
    "file": "a.geojson",
    "page_size": 3,
}


def features(count: int) -> list[dict[str, Any]]:
    return [
        {"type": "Feature", "id": f"upl.{n}", "geometry": None, "properties": {"CODIGO_UPL": f"UPL{n:02d}"}}
        for n in range(1, count + 1)
    ]


def served(
    publisher: Publisher, count: int, spoil: Callable[[dict[str, Any], int], dict[str, Any]] = lambda page, _: page
) -> None:
    def items(asked: Asked) -> Reply:
        start, size = int(asked.query.get("offset", 0)), int(asked.query["limit"])
        page = {
            "type": "FeatureCollection",
            "numberMatched": count,
            "timeStamp": f"2026-11-23T12:00:{len(publisher.asked):02d}Z",
            "features": features(count)[start : start + size],
            "links": [{"rel": "self", "href": "…"}],
        }
        if start + size < count:
            href = f"{publisher.url}{ITEMS}?limit={size}&offset={start + size}"
            page["links"] += [{"rel": "next", "href": href, "type": "application/geo+json"}]
        return Reply(json.dumps(spoil(page, start)).encode(), kind="application/geo+json")

    publisher.routes[ITEMS] = items


def address(publisher: Publisher) -> FeaturesAddress:
    told = {**COMMON, "connector": "ogc_features", "url": f"{publisher.url}/ogc/", "collection": "upl"}
    return FeaturesAddress.model_validate(told)


def codes(job: Job) -> list[str]:
    value = json.loads((job.folder / "a.geojson").read_text(encoding="utf-8"))
    return [feature["properties"]["CODIGO_UPL"] for feature in value["features"]]


@pytest.mark.parametrize("count", [1, 3, 8])
def test_pages_are_followed_by_their_next_links(publisher: Publisher, job: Job, count: int) -> None:
    served(publisher, count)
    assert ogc.take(address(publisher), job).records == count
    assert codes(job) == [f"UPL{n:02d}" for n in range(1, count + 1)]


def test_what_the_envelope_says_of_the_hour_does_not_change_the_file(publisher: Publisher, job: Job) -> None:
    served(publisher, 4)
    ogc.take(address(publisher), job)
    first = (job.folder / "a.geojson").read_bytes()
    ogc.take(address(publisher), job)
    assert (job.folder / "a.geojson").read_bytes() == first


def test_relative_links_and_a_last_empty_page_are_understood(publisher: Publisher, job: Job) -> None:
    def relative(page: dict[str, Any], start: int) -> dict[str, Any]:
        return {**page, "links": [{"rel": "next", "href": f"?limit=3&offset={start + 3}"}] if start < 6 else []}

    served(publisher, 6, relative)
    assert ogc.take(address(publisher), job).records == 6


def test_paging_cut_short_is_no_capture(publisher: Publisher, job: Job) -> None:
    served(publisher, 8, lambda page, start: {**page, "links": []} if start else page)
    with pytest.raises(CaptureError, match="6 records, while the publisher counts 8"):
        ogc.take(address(publisher), job)


def test_a_server_that_gives_the_same_page_for_ever_is_found_out(publisher: Publisher, job: Job) -> None:
    def same(page: dict[str, Any], start: int) -> dict[str, Any]:
        link = {"rel": "next", "href": f"{publisher.url}{ITEMS}?limit=3&offset={start + 3}"}
        return {**page, "features": features(3), "links": [link]}

    served(publisher, 8, same)
    with pytest.raises(CaptureError, match="paging stopped after 3 of 8 records"):
        ogc.take(address(publisher), job)


def test_links_in_a_circle_are_found_out(publisher: Publisher, job: Job) -> None:
    def circle(page: dict[str, Any], start: int) -> dict[str, Any]:
        link = {"rel": "next", "href": f"{publisher.url}{ITEMS}?limit=3&offset={3 if start == 0 else 0}"}
        more = features(99)[90 + start : 91 + start] if len(publisher.asked) > 2 else page["features"]
        return {**page, "features": more, "links": [link]}

    served(publisher, 8, circle)
    with pytest.raises(CaptureError, match="the next links go in a circle"):
        ogc.take(address(publisher), job)


def test_a_link_to_a_forbidden_place_is_not_followed(publisher: Publisher, job: Job) -> None:
    link = {"rel": "next", "href": "file:///etc/passwd"}
    served(publisher, 8, lambda page, _: {**page, "links": [link]})
    with pytest.raises(CaptureError, match="no address of an open publication"):
        ogc.take(address(publisher), job)


def test_fields_about_persons_are_not_kept(publisher: Publisher, job: Job) -> None:
    served(publisher, 2)
    with pytest.raises(CaptureError, match="fields about persons: CODIGO_UPL"):
        ogc.take(address(publisher), replace(job, never_requested=("codigo_*",)))


def test_something_else_than_features_is_told(publisher: Publisher, job: Job) -> None:
    publisher.routes[ITEMS] = Reply(b'{"collections": []}')
    with pytest.raises(CaptureError, match="no features but"):
        ogc.take(address(publisher), job)


def wfs(publisher: Publisher, count: int, matched: object, asked_for: list[Asked] | None = None) -> WfsAddress:
    def answer(asked: Asked) -> Reply:
        if asked_for is not None:
            asked_for.append(asked)
        start, size = int(asked.query["startIndex"]), int(asked.query["count"])
        page = {
            "type": "FeatureCollection",
            "features": features(count)[start : start + size],
            "numberMatched": matched,
            "numberReturned": size,
        }
        return Reply(json.dumps(page).encode())

    publisher.routes["/wfs"] = answer
    told = {**COMMON, "connector": "wfs", "url": f"{publisher.url}/wfs", "type_name": "sdp:upl", "sort_by": "CODIGO"}
    return WfsAddress.model_validate(told)


@pytest.mark.parametrize("matched", ["count", "unknown"])
@pytest.mark.parametrize("count", [1, 3, 8])
def test_a_feature_type_comes_whole(publisher: Publisher, job: Job, count: int, matched: str) -> None:
    asked: list[Asked] = []
    told = wfs(publisher, count, count if matched == "count" else matched, asked)
    assert ogc.take_wfs(told, job).records == count
    assert codes(job) == [f"UPL{n:02d}" for n in range(1, count + 1)]
    assert asked[0].query == {
        "service": "WFS",
        "version": "2.0.0",
        "request": "GetFeature",
        "typeNames": "sdp:upl",
        "outputFormat": "application/json",
        "srsName": "EPSG:4326",
        "startIndex": "0",
        "count": "3",
        "sortBy": "CODIGO",
    }


def test_a_feature_type_cut_short_is_no_capture(publisher: Publisher, job: Job) -> None:
    with pytest.raises(CaptureError, match="paging stopped after 5 of 8 records"):
        ogc.take_wfs(wfs(publisher, 5, 8), job)
