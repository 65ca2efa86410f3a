"""The connector of OGC API Features against a real server: pygeoapi, serving the outlines of the UPL on loopback.

PYGEOAPI_PYTHON names the Python that pygeoapi is installed for; otherwise it is that of the environment which
`python tasks.py test` and `test-scale` make for it.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import time as real_time
from collections.abc import Iterator
from pathlib import Path

import pytest
import urllib3
import yaml
from shapely.geometry import shape

import tasks
from pipelines.capturing.addresses import FeaturesAddress
from pipelines.connectors import ogc
from pipelines.connectors.errors import CaptureError
from pipelines.connectors.job import Job

OUTLINES = Path(__file__).resolve().parents[2] / "data" / "territory" / "upl.geojson"
PYTHON = os.environ.get("PYGEOAPI_PYTHON") or str(tasks.python_of(tasks.PYGEOAPI))
LARGEST_PAGE = 7

pytestmark = pytest.mark.servers


def configuration(port: int) -> dict[str, object]:
    url = f"http://127.0.0.1:{port}"
    return {
        "server": {
            "bind": {"host": "127.0.0.1", "port": port},
            "url": url,
            "mimetype": "application/json; charset=UTF-8",
            "encoding": "utf-8",
            "languages": ["es-CO"],
            "limits": {"default_items": 4, "max_items": LARGEST_PAGE, "on_exceed": "throttle"},
            "map": {"url": f"{url}/{{z}}/{{x}}/{{y}}.png", "attribution": "none"},
        },
        "logging": {"level": "ERROR"},
        "metadata": {
            "identification": {
                "title": "t",
                "description": "d",
                "keywords": ["k"],
                "terms_of_service": "t",
                "url": url,
            },
            "license": {"name": "CC BY 4.0", "url": url},
            "provider": {"name": "p", "url": url},
            "contact": {"name": "c", "url": url},
        },
        "resources": {
            "upl": {
                "type": "collection",
                "title": "UPL",
                "description": "UPL",
                "keywords": ["upl"],
                "links": [],
                "extents": {"spatial": {"bbox": [-75, 3, -73, 5]}},
                "providers": [{"type": "feature", "name": "GeoJSON", "data": str(OUTLINES), "id_field": "code"}],
            }
        },
    }


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    assert Path(PYTHON).is_file(), f"there is no {PYTHON}: `python tasks.py test-scale` makes it"
    folder = tmp_path_factory.mktemp("pygeoapi")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config = folder / "config.yml"
    config.write_text(yaml.safe_dump(configuration(port)), encoding="utf-8")
    told = {**os.environ, "PYGEOAPI_CONFIG": str(config), "PYGEOAPI_OPENAPI": str(folder / "openapi.yml")}
    describe = [PYTHON, "-c", "from pygeoapi import cli; cli()", "openapi", "generate", str(config)]
    made = subprocess.run([*describe, "--output-file", str(folder / "openapi.yml")], env=told, capture_output=True)
    assert made.returncode == 0, made.stderr.decode()
    serve = [PYTHON, "-m", "flask", "--app", "pygeoapi.flask_app:APP", "run", "--port", str(port)]
    with subprocess.Popen(serve, env=told, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            await_answer(f"http://127.0.0.1:{port}/conformance", process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def await_answer(url: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        assert process.poll() is None, "pygeoapi ended"
        try:
            if urllib3.request("GET", url, retries=False, timeout=2).status == 200:
                return
        except urllib3.exceptions.HTTPError:
            real_time.sleep(0.1)
    raise AssertionError("pygeoapi does not answer")


def address(server: str, page_size: int, collection: str = "upl") -> FeaturesAddress:
    return FeaturesAddress.model_validate(
        {
            "source": "upl",
            "dataset": {"es": "UPL", "en": "UPL"},
            "licence": "not_stated",
            "calendar": {"every": "year", "after_days": 0, "again_days": 30},
            "connector": "ogc_features",
            "url": server,
            "collection": collection,
            "file": "upl.geojson",
            "page_size": page_size,
        }
    )


@pytest.mark.parametrize("page_size", [3, 5, 100])
def test_the_33_upl_come_whole_in_pages_of_any_size(server: str, job: Job, page_size: int) -> None:
    assert ogc.take(address(server, page_size), job).records == 33
    taken = json.loads((job.folder / "upl.geojson").read_text(encoding="utf-8"))["features"]
    served = json.loads(OUTLINES.read_text(encoding="utf-8"))["features"]
    assert [one["properties"]["code"] for one in taken] == [one["properties"]["code"] for one in served]
    assert all(shape(a["geometry"]).equals(shape(b["geometry"])) for a, b in zip(taken, served, strict=True))
    pages = len(list(job.folder.glob("pages/*")))
    assert pages == 33 // min(page_size, LARGEST_PAGE) + 1  # after full pages pygeoapi links to an empty last one


def test_a_collection_that_is_not_there_is_told(server: str, job: Job) -> None:
    with pytest.raises(CaptureError, match=r"answered 404"):
        ogc.take(address(server, 5, "upz"), job)
