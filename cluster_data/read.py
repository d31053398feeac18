"""From a folder to a Cluster, or to every fault in it."""

from datetime import date
from pathlib import Path

import pandas as pd

from cluster_data.cluster import Cluster
from cluster_data.pack import read_toml
from cluster_data.tables import TABLES

GEOMETRIES = ("boundaries", "basemap")


class BadPack(ValueError):
    """The pack has faults."""


def fingerprint(folder: Path) -> str:
    """Changes when a file of the pack changes: names, times and sizes."""
    files = sorted(path for path in folder.iterdir() if path.is_file())
    return "|".join(f"{path.name}:{path.stat().st_mtime_ns}:{path.stat().st_size}" for path in files)


def read_cluster(folder: Path, today: date) -> Cluster:
    """The cluster of a folder. Raises BadPack with every fault."""
    tables = {}
    for name, schema in TABLES.items():
        rows = pd.read_csv(folder / f"{name}.csv", dtype=str, keep_default_na=False, na_values=[""])
        tables[name] = schema.validate(rows, lazy=True)
    return Cluster(
        pack=read_toml(folder / "pack.toml"),
        fingerprint=fingerprint(folder),
        tables=tables,
        geometries={name: (folder / f"{name}.geojson").read_text(encoding="utf-8") for name in GEOMETRIES},
    )
