"""From a folder to a Cluster, or to every fault in it."""

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

from cluster_data.input.check import check
from cluster_data.input.faults import Fault
from cluster_data.model import words
from cluster_data.model.cluster import Cluster
from cluster_data.model.filters import Filter
from cluster_data.model.pack import pack_of

HOME_PACK = Path(__file__).parents[2] / "data"


def pack_folder() -> Path:
    """The folder named by CLUSTER_DATA, or the pack that comes with the dashboard."""
    return Path(os.environ.get("CLUSTER_DATA") or HOME_PACK)


class BadPack(ValueError):
    """The pack has faults: all of them are in `faults`."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


def fingerprint(folder: Path) -> str:
    """Changes when a file of the pack changes: names, times and sizes. Empty if the folder cannot be read."""
    try:
        files = sorted(path for path in folder.iterdir() if path.is_file())
        facts = [(path.name, path.stat()) for path in files]
    except OSError:
        return ""
    return "|".join(f"{name}:{fact.st_mtime_ns}:{fact.st_size}" for name, fact in facts)


def read_cluster(folder: Path, today: date) -> Cluster:
    """The cluster of a folder. Raises BadPack with every fault."""
    mark = fingerprint(folder)
    found = check(folder, today)
    if found.faults:
        raise BadPack(found.faults)
    cluster = Cluster(
        pack=pack_of(found.about),
        fingerprint=mark,
        tables={name: sheet.rows.reset_index(drop=True) for name, sheet in found.sheets.items()},
        geometries={name: shapes.text for name, shapes in found.shapes.items()},
    )
    firms = int(Filter.default(cluster).keeps_of(cluster, "company").sum())
    thin = words.listing(cluster.area_names[code] for code in cluster.pack.thinly_covered)
    return replace(cluster, pack=cluster.pack.told(firms=f"{firms:,}", thinly_covered=thin))
