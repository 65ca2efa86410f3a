"""Census sectors of 2018 and the locality each lies in.

Publisher: DANE, Marco Geoestadístico Nacional and census of 2018: 641 urban sectors with their inhabitants. The layer
carries a locality column that third parties joined; it is not used. By that column Antonio Nariño would hold 6,613
persons (79,229 projected for 2018), Tunjuelito 44,579 (171,632) and La Candelaria none: 133 sectors with 18 % of the
persons stand in the wrong locality. Here a sector belongs to the locality of IDECA that covers the largest part of its
area, which brings every locality but Sumapaz within 93–101 % of its projection. Sumapaz has five hamlets only.
"""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from observatory.errors import SourceError
from pipelines.figures import Capture

SECTORS = "boundaries/sector_censal_con_localidad_shp.zip"
LOCALITIES = "boundaries/localidades.geojson"
METRES = "EPSG:9377"


def census_sectors(capture: Capture) -> pd.DataFrame:
    """One row per sector, indexed by its code (`SETU_CCNCT`): `locality_code` and `persons` of the 2018 census.

    Raises:
        SourceError: a sector touches no locality.
    """
    sectors = gpd.read_file(capture.path(SECTORS)).to_crs(METRES)
    localities = gpd.read_file(capture.path(LOCALITIES)).to_crs(METRES)
    shared = gpd.overlay(
        sectors[["SETU_CCNCT", "geometry"]], localities[["LocCodigo", "geometry"]], keep_geom_type=True
    )
    largest = shared.assign(area=shared.area).sort_values("area").groupby("SETU_CCNCT").tail(1)
    table = pd.DataFrame({"sector": sectors["SETU_CCNCT"], "persons": sectors["STP27_PERS"].astype(int)})
    located = table.merge(
        largest.rename(columns={"SETU_CCNCT": "sector", "LocCodigo": "locality_code"})[["sector", "locality_code"]],
        on="sector",
        how="left",
        validate="one_to_one",
    )
    if located["locality_code"].isna().any():
        lost = located.loc[located["locality_code"].isna(), "sector"].tolist()
        raise SourceError(f"sectors {lost} lie in no locality", where=SECTORS, fix="check the outlines of both layers")
    return located.set_index("sector").sort_index()
