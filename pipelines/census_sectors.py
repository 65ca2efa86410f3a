"""Locality of each census sector of 2018, by the largest part of its area.

The published layer (DANE, MGN 2018) carries a locality written by its compilers, and it is wrong: it gives Antonio
Nariño 6,613 inhabitants, Tunjuelito 44,579 and La Candelaria none. Laid over IDECA's boundaries instead, the sectors
give 75,750, 171,824 and 16,681, as the census does; 605 of the 641 lie in one locality by more than nine tenths of
their area. The compilers' column is not read.
"""

from __future__ import annotations

import geopandas

from pipelines.figures import Capture

SECTORS = "boundaries/sector_censal_con_localidad_shp.zip"
LOCALITIES = "boundaries/localidades.geojson"
SECTOR_ID = "SETU_CCNCT"
GRID = "EPSG:9377"  # MAGNA-SIRGAS, Origen Nacional: metres


def sector_localities(capture: Capture) -> dict[str, str]:
    """Locality code by sector identifier (18 digits), for every sector of the layer."""
    sectors = geopandas.read_file(capture.path(SECTORS))[[SECTOR_ID, "geometry"]].to_crs(GRID)
    localities = geopandas.read_file(capture.path(LOCALITIES))[["LocCodigo", "geometry"]].to_crs(GRID)
    parts = geopandas.overlay(sectors, localities, how="intersection", keep_geom_type=True)
    parts["area"] = parts.area
    largest = parts.sort_values(["area", "LocCodigo"]).drop_duplicates(SECTOR_ID, keep="last")
    return dict(zip(largest[SECTOR_ID].astype(str), largest["LocCodigo"].astype(str), strict=True))
