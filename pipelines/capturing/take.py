"""One source's capture, from its declared address or from files somebody brought, to an entry in its lock file."""

from __future__ import annotations

import importlib
import importlib.util
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipelines.capturing.addresses import (
    AnyAddress,
    ArcgisAddress,
    Book,
    CkanAddress,
    CkanTableAddress,
    FeaturesAddress,
    HttpAddress,
    SocrataAddress,
    parts,
)
from pipelines.capturing.captures import Captures, Entry, Provenance, Taking
from pipelines.clock import Clock
from pipelines.connectors import arcgis, ckan, file, http_file, ogc, socrata
from pipelines.connectors.archives import ArchiveLimits
from pipelines.connectors.content import Expect, check_file
from pipelines.connectors.download import Validators
from pipelines.connectors.errors import CaptureError
from pipelines.connectors.http import Client, Limits, Report, silent
from pipelines.connectors.job import Job, Known, Taken
from pipelines.connectors.network import AddressPolicy
from pipelines.connectors.retry import RetryPolicy
from pipelines.reading.grid import years_in

CONDITIONAL = (HttpAddress, CkanAddress)


@dataclass(frozen=True)
class Settings:
    """How captures are taken on this machine."""

    policy: AddressPolicy = field(default_factory=AddressPolicy)
    limits: Limits = field(default_factory=Limits)
    retries: RetryPolicy = field(default_factory=RetryPolicy)
    clock: Clock = field(default_factory=Clock)
    app_token: str | None = None
    never_requested: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What came of taking a source: a capture, and whether its bytes are new."""

    entry: Entry
    is_new: bool


def take_address(address: AnyAddress, store: Captures, settings: Settings, report: Report = silent) -> Outcome:
    """Ask the publisher and keep what came.

    Raises:
        CaptureError: nothing was taken; earlier captures stand.
        LockedError: another process is at this source.
    """
    with store.taking(address.source) as taking:
        newest = store.newest(address.source)
        divided = parts(address, settings.clock.today())
        known = _known(address, newest) if divided == [address] else None
        client = Client(settings.policy, settings.limits, settings.retries, settings.clock)
        job = Job(client, taking.staging, taking.partial, known, settings.app_token, settings.never_requested, report)
        taken = [_take(part, job) for part in divided]
        whole = [one for one in taken if one is not None]
        if not whole and newest is not None:
            return Outcome(taking.confirm(newest), is_new=False)
        return _committed(address, whole, taking)


def _take(address: AnyAddress, job: Job) -> Taken | None:
    if isinstance(address, HttpAddress):
        return http_file.take(address, job)
    if isinstance(address, CkanAddress):
        return ckan.take(address, job)
    if isinstance(address, CkanTableAddress):
        return ckan.take_table(address, job)
    if isinstance(address, SocrataAddress):
        return socrata.take(address, job)
    if isinstance(address, ArcgisAddress):
        return arcgis.take(address, job)
    return ogc.take(address, job) if isinstance(address, FeaturesAddress) else ogc.take_wfs(address, job)


def _known(address: AnyAddress, newest: Entry | None) -> Known | None:
    """What the publisher may answer `not modified` to: the same file from the same place."""
    if newest is None or not isinstance(address, CONDITIONAL) or [item.name for item in newest.files] != [address.file]:
        return None
    origin = newest.provenance
    return Known(origin.address, Validators(origin.etag, origin.last_modified))


def _committed(address: AnyAddress, taken: list[Taken], taking: Taking) -> Outcome:
    counted = [one.records for one in taken if one.records is not None]
    records = sum(counted) if counted else None
    _hold_against_declaration(address, records)
    only = taken[0] if len(taken) == 1 else None
    provenance = Provenance(
        connector=address.connector,
        address=taken[0].address,
        licence=address.licence,
        published=max((one.published for one in taken if one.published), default=None),
        etag=only.validators.etag if only else None,
        last_modified=only.validators.last_modified if only else None,
        records=records,
    )
    return Outcome(*taking.commit(provenance))


def _hold_against_declaration(address: AnyAddress, records: int | None) -> None:
    if records == 0:
        raise CaptureError("the publisher has no records", where=address.source, fix="look at the address in a browser")
    if address.records is not None and records is not None and records != address.records:
        what = f"{records} records, {address.records} are declared"
        fix = "if the publisher's territories changed, correct `records` in addresses.yaml"
        raise CaptureError(what, where=address.source, fix=fix)


def take_files(
    source: str,
    origin: Path,
    book: Book,
    licence: str,
    store: Captures,
    settings: Settings,
    *,
    files: list[str] | None = None,
) -> Outcome:
    """Keep files somebody brought as a capture of `source`.

    `files` are names or patterns with * that the source reads, where neither an address nor a module says so.

    Raises:
        CaptureError: they are missing, empty or not what the source declares.
    """
    address = book.find(source)
    fixed = address.file if address and "{" not in address.file else None
    names = [fixed] if fixed else _present(files, origin) if files else module_files(source)
    is_one = len(names) == 1 and "*" not in names[0] and _same_kind(names[0], origin)
    known_as = names[0] if is_one and (fixed or years_in(origin.name) <= years_in(names[0])) else None
    with store.taking(source) as taking:
        limit = settings.limits.body_bytes
        taken = file.take(origin, taking.staging, names=names, ceiling=limit, known_as=known_as)
        if address and fixed and (taking.staging / fixed).exists():
            check_file(taking.staging / fixed, _expected(address), ArchiveLimits(unpacked_bytes=4 * limit))
        provenance = Provenance(
            connector="file", address=taken.address, licence=licence, published=taken.published, records=None
        )
        return Outcome(*taking.commit(provenance))


def _present(files: list[str], origin: Path) -> list[str]:
    """The names, each pattern as the files of the folder that it fits; nothing fits where a single file is brought."""
    fitting = {name: sorted(path.relative_to(origin).as_posix() for path in origin.rglob(name)) for name in files}
    return [found for name in files for found in ((fitting[name] if "*" in name else []) or [name])]


def _expected(address: AnyAddress) -> Expect:
    """What a brought file has to be: as declared, else what the connector would have written."""
    if isinstance(address, CONDITIONAL):
        return address.expect
    if isinstance(address, CkanTableAddress):
        return Expect(kind="csv", columns=address.columns)
    return Expect(kind="csv", columns=address.fields) if isinstance(address, SocrataAddress) else Expect(kind="geojson")


def _same_kind(name: str, origin: Path) -> bool:
    return Path(name).suffix.lower() == origin.suffix.lower()


def module_files(source: str) -> list[str]:
    """The files a source module reads, by their paths in a publisher's folder; empty when it names none."""
    if not has_module(source):
        return []
    module = importlib.import_module(f"pipelines.sources.{source}")
    return list(getattr(module, "FILES", ()))


def has_module(source: str) -> bool:
    """Whether a module reads this source."""
    return importlib.util.find_spec(f"pipelines.sources.{source}") is not None


def with_ceiling(settings: Settings, megabytes: int) -> Settings:
    """The settings with another ceiling for the bytes of a source."""
    return replace(settings, limits=replace(settings.limits, body_bytes=megabytes << 20))
