"""What a declared address of `pipelines/capturing/addresses.yaml` tells, one class for each connector; strict."""

from __future__ import annotations

import datetime as dt
from fnmatch import fnmatchcase
from ipaddress import ip_network
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from observatory.registry.models import Record, Slug, Text
from pipelines.capturing.calendar import Calendar
from pipelines.connectors.content import Expect

Url = Annotated[str, Field(pattern=r"^https?://[^\s@]+$")]
FileName = Annotated[str, Field(pattern=r"^[A-Za-z0-9{][A-Za-z0-9._{}-]*$", max_length=100)]
Fields = Annotated[list[str], Field(min_length=1)]


def _networks(written: list[str]) -> list[str]:
    for network in written:
        ip_network(network)
    return written


class Days(Record):
    """One file for each of the last `count` days, the newest `lag` days ago; `{date}` stands for the day."""

    count: int = Field(ge=1, le=400)
    lag: int = Field(ge=0, le=60)


class Years(Record):
    """One file for each year from `since` to the present one; `{year}` stands for the year."""

    since: int = Field(ge=1990, le=2100)


class Address(Record):
    """What every declared address tells. `records` is how many there must be, where that is known for certain."""

    source: Slug = Field(description="The source of indicators.yaml that its captures are of.")
    uncatalogued: Text | None = Field(
        default=None, description="Why no source of indicators.yaml has that id: what the capture is kept for."
    )
    dataset: Text
    licence: Slug = Field(description="A licence of indicators.yaml.")
    calendar: Calendar
    file: FileName
    records: int | None = Field(default=None, ge=1)


class HttpAddress(Address):
    """A file at a fixed address."""

    connector: Literal["http"]
    url: Url
    expect: Expect
    days: Days | None = None


class ResourceChoice(Record):
    """Which resource of a CKAN dataset: by name (its beginning suffices), by format, or both; never by id."""

    name: str | None = None
    format: str | None = None
    several: bool = False

    @model_validator(mode="after")
    def _chooses(self) -> ResourceChoice:
        if self.name is None and self.format is None:
            raise ValueError("a resource is chosen by `name`, `format` or both")
        return self


class CkanAddress(Address):
    """A file of a CKAN dataset. With `several` resources, `{resource}` in `file` stands for the name of each."""

    connector: Literal["ckan"]
    portal: Url
    package: str = Field(description="Slug of the dataset.")
    resource: ResourceChoice
    expect: Expect

    @model_validator(mode="after")
    def _names_files_apart(self) -> CkanAddress:
        if self.resource.several != ("{resource}" in self.file):
            raise ValueError("`several` resources and `{resource}` in `file` go together")
        return self


class CkanTableAddress(Address):
    """A table of a CKAN datastore, by dataset and resource, or by id where no name is known."""

    connector: Literal["ckan_datastore"]
    portal: Url
    package: str | None = None
    resource: ResourceChoice | None = None
    resource_id: str | None = None
    columns: list[str] = Field(default=[], description="Columns that must be there.")
    page_size: int = Field(default=32_000, ge=1, le=32_000)

    @model_validator(mode="after")
    def _can_be_found(self) -> CkanTableAddress:
        if (self.resource_id is None) == (self.package is None or self.resource is None):
            raise ValueError("give either `package` with `resource`, or `resource_id`")
        return self


class SocrataAddress(Address):
    """Rows of a Socrata dataset, only the fields named."""

    connector: Literal["socrata"]
    portal: Url
    dataset_id: str = Field(pattern=r"^[a-z0-9]{4}-[a-z0-9]{4}$")
    fields: Fields
    where: str | None = None
    order: str = ":id"
    page_size: int = Field(default=1000, ge=1, le=50_000)


class ArcgisAddress(Address):
    """Records of an ArcGIS layer, only the fields named; `*` and `?` stand for letters."""

    connector: Literal["arcgis"]
    url: Url = Field(description="The layer: …/MapServer/0 or …/FeatureServer/0.")
    fields: Fields
    geometry: bool
    format: Literal["geojson", "json"]
    where: str = "1=1"
    out_sr: int = 4326
    page_size: int | None = Field(default=None, ge=1, le=10_000)
    years: Years | None = None


class FeaturesAddress(Address):
    """A collection of an OGC API Features server."""

    connector: Literal["ogc_features"]
    url: Url = Field(description="The landing page of the API.")
    collection: str
    page_size: int = Field(default=1000, ge=1, le=10_000)


class WfsAddress(Address):
    """A feature type of a WFS 2.0 server that answers GeoJSON."""

    connector: Literal["wfs"]
    url: Url
    type_name: str
    sort_by: str | None = None
    page_size: int = Field(default=1000, ge=1, le=10_000)


AnyAddress = (
    HttpAddress | CkanAddress | CkanTableAddress | SocrataAddress | ArcgisAddress | FeaturesAddress | WfsAddress
)
CONNECTORS: dict[str, type[Address]] = {
    "http": HttpAddress,
    "ckan": CkanAddress,
    "ckan_datastore": CkanTableAddress,
    "socrata": SocrataAddress,
    "arcgis": ArcgisAddress,
    "ogc_features": FeaturesAddress,
    "wfs": WfsAddress,
}


class Book(Record):
    """All declared addresses, and what holds for every one."""

    schema_version: Literal[1]
    private_networks: Annotated[list[str], AfterValidator(_networks)]
    never_requested: list[str]
    addresses: list[AnyAddress]

    def find(self, source: str) -> AnyAddress | None:
        """The address of a source, None when it has none."""
        return next((address for address in self.addresses if address.source == source), None)

    @property
    def sources(self) -> list[str]:
        """Sources with an address, in their order."""
        return [address.source for address in self.addresses]


def personal(name: str, patterns: list[str]) -> bool:
    """Whether a field name is one of those never asked for; upper and lower case are the same."""
    return any(fnmatchcase(name.lower(), pattern.lower()) for pattern in patterns)


def parts(address: AnyAddress, today: dt.date) -> list[AnyAddress]:
    """The address with `{date}` or `{year}` filled in: one for each day or year it is taken by, else itself."""
    if isinstance(address, HttpAddress) and address.days:
        newest = today - dt.timedelta(days=address.days.lag)
        days = [newest - dt.timedelta(days=back) for back in reversed(range(address.days.count))]
        return [_filled(address, "{date}", day.isoformat()) for day in days]
    if isinstance(address, ArcgisAddress) and address.years:
        return [_filled(address, "{year}", str(year)) for year in range(address.years.since, today.year + 1)]
    return [address]


def _filled(address: AnyAddress, mark: str, value: str) -> AnyAddress:
    texts = {
        name: text.replace(mark, value)
        for name in ("url", "file", "where")
        if isinstance(text := getattr(address, name, None), str)
    }
    return address.model_copy(update=texts)
