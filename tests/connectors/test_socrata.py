from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from pipelines.capturing.addresses import SocrataAddress
from pipelines.connectors import socrata
from pipelines.connectors.errors import CaptureError
from pipelines.connectors.job import Job
from tests.connectors.conftest import Time
from tests.connectors.publisher import Asked, Publisher, Reply


@dataclass
class Dataset:
    """A dataset as SODA documents it; without `$order` its rows would come in any order."""

    rows: list[dict[str, str]]
    largest: int = 1000
    counted: int | None = None
    headers: list[list[str]] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)

    def serve(self, publisher: Publisher) -> None:
        publisher.routes["/resource/79dd-d24f.csv"] = self.csv
        publisher.routes["/resource/79dd-d24f.json"] = self.count

    def count(self, asked: Asked) -> Reply:
        self.asked.append(asked)
        count = len(self.rows) if self.counted is None else self.counted
        return Reply(json.dumps([{"count": str(count)}]).encode())

    def csv(self, asked: Asked) -> Reply:
        self.asked.append(asked)
        names = asked.query["$select"].split(",")
        start, size = int(asked.query["$offset"]), min(int(asked.query["$limit"]), self.largest)
        out = io.StringIO()
        writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
        writer.writerow(self.headers.pop(0) if self.headers else names)
        writer.writerows([row[name] for name in names] for row in self.rows[start : start + size])
        return Reply(out.getvalue().encode(), kind="text/csv; charset=UTF-8")


def injuries(count: int) -> list[dict[str, str]]:
    return [{"mes": "enero", "localidad": f'Los "Mártires"\n{number}', "sexo": "x"} for number in range(count)]


def address(publisher: Publisher, **changes: Any) -> SocrataAddress:
    told = {
        "source": "a",
        "dataset": {"es": "a", "en": "a"},
        "licence": "not_stated",
        "calendar": {"every": "month", "after_days": 0, "again_days": 1},
        "connector": "socrata",
        "portal": publisher.url,
        "dataset_id": "79dd-d24f",
        "fields": ["mes", "localidad"],
        "where": "codigo_dane_municipio='11001'",
        "page_size": 4,
        "file": "a.csv",
    }
    return SocrataAddress.model_validate({**told, **changes})


@pytest.mark.parametrize("count", [1, 4, 9])
def test_all_pages_come_under_one_header(publisher: Publisher, job: Job, count: int) -> None:
    served = Dataset(injuries(count))
    served.serve(publisher)
    assert socrata.take(address(publisher), job).records == count
    with (job.folder / "a.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["localidad"] for row in rows] == [row["localidad"] for row in injuries(count)]
    assert "sexo" not in rows[0]


def test_it_is_asked_as_soda_documents(publisher: Publisher, job: Job) -> None:
    served = Dataset(injuries(5))
    served.serve(publisher)
    socrata.take(address(publisher), replace(job, app_token="t0ken"))
    assert served.asked[0].query == {"$select": "count(*)", "$where": "codigo_dane_municipio='11001'"}
    assert served.asked[2].query == {
        "$select": "mes,localidad",
        "$order": ":id",
        "$limit": "4",
        "$offset": "4",
        "$where": "codigo_dane_municipio='11001'",
    }
    assert {asked.headers["x-app-token"] for asked in served.asked} == {"t0ken"}


def test_a_portal_that_cuts_pages_shorter_is_followed_to_the_count(publisher: Publisher, job: Job) -> None:
    Dataset(injuries(9), largest=2).serve(publisher)
    assert socrata.take(address(publisher), job).records == 9


def test_paging_cut_short_is_no_capture(publisher: Publisher, job: Job) -> None:
    Dataset(injuries(9), counted=12).serve(publisher)
    with pytest.raises(CaptureError, match="paging stopped after 9 of 12 records"):
        socrata.take(address(publisher), job)


def test_too_many_requests_wait_and_go_on(publisher: Publisher, job: Job, time: Time) -> None:
    served = Dataset(injuries(1))
    served.serve(publisher)
    turns = [Reply(status=429, headers={"Retry-After": "3"})]
    publisher.routes["/resource/79dd-d24f.csv"] = lambda asked: turns.pop() if turns else served.csv(asked)
    assert socrata.take(address(publisher), job).records == 1
    assert time.slept == [3.0]


def test_a_field_the_portal_does_not_know_is_told_in_its_words(publisher: Publisher, job: Job) -> None:
    Dataset(injuries(1)).serve(publisher)
    said = b'{"error": true, "message": "No such column: localidades"}'
    publisher.routes["/resource/79dd-d24f.csv"] = Reply(said, status=400)
    with pytest.raises(CaptureError, match="No such column: localidades"):
        socrata.take(address(publisher), job)


def test_a_header_that_changes_between_pages_is_no_capture(publisher: Publisher, job: Job) -> None:
    Dataset(injuries(9), headers=[["mes", "localidad"], ["localidad", "mes"]]).serve(publisher)
    with pytest.raises(CaptureError, match="the columns changed between two pages"):
        socrata.take(address(publisher), job)


def test_no_count_is_told(publisher: Publisher, job: Job) -> None:
    publisher.routes["/resource/79dd-d24f.json"] = Reply(b"[]")
    with pytest.raises(CaptureError, match="no count but"):
        socrata.take(address(publisher), job)
