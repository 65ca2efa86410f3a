"""Where the pipelines read and write."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Layout:
    """The files of one observatory."""

    catalogue: Path
    figures: Path
    territory: Path
    editions: Path

    @staticmethod
    def of(root: Path = REPOSITORY) -> Layout:
        """The usual places below a root."""
        data = root / "data"
        return Layout(root / "indicators.yaml", data / "figures", data / "territory", data / "editions")

    @property
    def plans(self) -> Path:
        """Plan versions, one folder for each plan."""
        return self.figures.parent / "plans"

    @property
    def corrections(self) -> Path:
        """Corrections of published figures, written by people."""
        return self.figures.parent / "corrections.yaml"

    @property
    def addresses(self) -> Path:
        """Where the publishers' data are."""
        return self.catalogue.parent / "pipelines" / "addresses.yaml"

    @property
    def captures(self) -> Path:
        """Published bytes, one folder for each source."""
        return self.figures.parent / "captures"

    @property
    def figure_tables(self) -> list[Path]:
        """Figure tables, by name."""
        return sorted(self.figures.glob("*.csv"))

    def accounts_table(self, source_id: str) -> Path:
        """What became of the records of a source's published files."""
        return self.figures / "accounts" / f"{source_id}.csv"
