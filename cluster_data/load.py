"""The one cached way from the pack's folder to a Cluster. A broken edit leaves the last good Cluster in use."""

import gc
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

import streamlit as st

from cluster_data.input.faults import Fault
from cluster_data.input.read import BadPack, fingerprint, pack_folder, read_cluster
from cluster_data.model.cluster import Cluster
from cluster_data.model.day import today

Drawing = TypeVar("Drawing")
log = logging.getLogger("cluster_data")


@dataclass(frozen=True)
class Loaded:
    """The newest good Cluster, if any ever was, and the faults of the files as they are now."""

    cluster: Cluster | None
    faults: tuple[Fault, ...] = ()


def load_cluster() -> Loaded:
    """The cluster of the pack as its files are now; read again when a file has changed, and each day.

    A link is followed once, so that no cluster is read half from the folder it led to before.
    """
    named = pack_folder()
    last_good = _last_good(str(named))
    folder = named.resolve()
    outcome = _read(str(folder), fingerprint(folder), today())
    if isinstance(outcome, Cluster):
        last_good["cluster"] = outcome
        return Loaded(outcome)
    return Loaded(last_good.get("cluster"), outcome)


@st.cache_resource(show_spinner="Reading the data")
def _last_good(folder: str) -> dict[str, Cluster]:
    return {}


@st.cache_resource(show_spinner="Reading the data", max_entries=2)
def _read(folder: str, files: str, day: date) -> Cluster | tuple[Fault, ...]:
    try:
        cluster = read_cluster(Path(folder), day)
        spare_the_collector()
        return cluster
    except BadPack as bad:
        for fault in bad.faults:
            log.error("%s", fault)
        return bad.faults


def spare_the_collector() -> None:
    """Take all that lives now out of garbage collection.

    Python walks the libraries and the tables, which stay for good, whenever it collects in full: after 500 sessions
    that made a filter change dearer by a sixth to a third.
    """
    gc.collect()
    gc.freeze()


def drawn_once(cluster: Cluster, dark: bool, draw: Callable[[Cluster, bool], Drawing]) -> Drawing:
    """What `draw` makes of a cluster for one ground: drawn once and shared by all visitors."""
    drawing: Drawing = _drawn(cluster.fingerprint, dark, draw.__name__, cluster, draw)
    return drawing


@st.cache_resource(show_spinner=False, max_entries=20)
def _drawn(files: str, dark: bool, name: str, _cluster: Cluster, _draw: Callable[[Cluster, bool], Drawing]) -> Drawing:
    return _draw(_cluster, dark)
