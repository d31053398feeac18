"""What the API answers: the parameters of an address read, a list or a view given in the form asked for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import pandas as pd

from cluster_data import views
from cluster_data.api import resources
from cluster_data.api.resources import Resource
from cluster_data.api.taken import ASKING, pages, taken
from cluster_data.exports import json
from cluster_data.model import words
from cluster_data.model.cluster import Cluster, UnknownName
from cluster_data.model.filters import Filter, filter_of_link, link_of_filter
from cluster_data.model.link_words import TEXT, Parameters, page_parameters
from cluster_data.model.page_files import questions
from cluster_data.model.search import cut_in_words

ROOT = "/api/v1"
VIEWS = "views"
LIMIT, OFFSET, FORMAT = OWN = ("limit", "offset", "format")
USUAL, MOST, FARTHEST = 100, 1000, 10_000_000
JSON, CSV, GEOJSON = FORMS = ("json", "csv", "geojson")
MIMES = {JSON: "application/json", CSV: "text/csv; charset=utf-8", GEOJSON: "application/geo+json"}
PROBLEM = "application/problem+json"
WEIGHT = re.compile(r"[01](\.\d{0,3})?")  # of a form in an Accept header

Data = dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """What goes back: status, media type, body, and the address of the next rows if there is one."""

    status: int
    mime: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


class BadRequest(ValueError):
    """Parameters that cannot be obeyed, in words."""


@dataclass(frozen=True)
class Slice:
    """Which rows are asked for, and in which form."""

    limit: int
    offset: int
    form: str


def answer(cluster: Cluster, path: str, asked: Parameters, accept: str = "") -> Answer:
    """The answer to a path below ROOT and the parameters of an address. What is wrong is told in words."""
    kind, _, name = path.strip("/").partition("/")
    try:
        if kind == VIEWS:
            return _view(cluster, name, asked) if name else _views(cluster, asked)
        if kind in resources.EVERY and not name:
            return _list(cluster, resources.EVERY[kind], asked, accept)
    except UnknownName as unknown:
        return problem(404, f"{unknown}.")
    except BadRequest as bad:
        return problem(400, str(bad))
    return problem(404, f"There is nothing at this address. The API is described at {ROOT}/openapi.json.")


def problem(status: int, detail: str) -> Answer:
    """What went wrong, as RFC 9457 has it."""
    titles = {400: "Bad parameters", 404: "Not found", 503: "Not ready"}
    return Answer(status, PROBLEM, json.written({"status": status, "title": titles[status], "detail": detail}))


def _json(data: Data) -> Answer:
    return Answer(200, MIMES[JSON], json.written(data))


# ---- views ----------------------------------------------------------------


def _views(cluster: Cluster, asked: Parameters) -> Answer:
    """Every page that can be asked for, with the parameters it takes beside the filter."""
    if asked:
        raise BadRequest(words.in_vain(ASKING, [(key, value) for key in asked for value in asked[key]], rest=False))
    found = [
        {
            "page": name,
            "question": questions()[name],
            "address": f"{ROOT}/{VIEWS}/{name}",
            "parameters": [
                {"name": one.name, "label": one.label, "options": list(one.options)}
                for one in views.parameters_of(name)
            ],
        }
        for name in pages()
    ]
    return _json(json.about_pack(cluster.pack) | {"total": len(found), "records": found})


def _view(cluster: Cluster, name: str, asked: Parameters) -> Answer:
    rows = slice_of(asked, (JSON,))
    rest = {key: values for key, values in asked.items() if key not in (LIMIT, FORMAT)}
    found = taken(name, cluster, rest)
    if found.in_vain or found.partly:
        raise BadRequest(" ".join(found.notices))
    return _json(json.content(found.document, rows.limit) | {"notices": list(found.notices)})


# ---- lists ----------------------------------------------------------------


def _list(cluster: Cluster, one: Resource, asked: Parameters, accept: str) -> Answer:
    offered = FORMS if one.placed or one.borders else (JSON, CSV)
    rows, chosen = slice_of(asked, offered, accept), filter_of(cluster, asked)
    every = one.kept(cluster, chosen)
    told = one.columns(cluster, every.iloc[rows.offset : rows.offset + rows.limit])
    data = json.table(told) | {"total": len(every), "limit": rows.limit, "offset": rows.offset}
    data["next"] = _next(cluster, one, chosen, rows, len(every))
    cut = [notice for text in list(asked.get(TEXT, ()))[:1] if (notice := cut_in_words(text))]
    about = {"about": one.says, "statement": one.statement(cluster, chosen), "notices": cut}
    about |= json.about_pack(cluster.pack)
    headers = {"Link": f'<{data["next"]}>; rel="next"'} if data["next"] else {}
    headers["X-Total-Count"] = str(len(every))
    if rows.form == CSV:
        names = [column["name"] for column in data["columns"]]
        cells = [[_csv_cell(cell) for cell in row.values()] for row in data["records"]]
        body = words.safe_csv(pd.DataFrame(cells, columns=names, dtype=object))
    else:
        body = json.written(_geojson(cluster, one, about | data) if rows.form == GEOJSON else about | data)
    return Answer(200, MIMES[rows.form], body, headers)


def filter_of(cluster: Cluster, asked: Parameters) -> Filter:
    """The choice that an address asks for; BadRequest if it asks for more than is known."""
    known, strange = page_parameters((), {key: values for key, values in asked.items() if key not in OWN})
    chosen, unknown = filter_of_link(cluster, known)
    if strange or unknown:
        rest = len(strange) + len(unknown) < sum(map(len, asked.values()))
        raise BadRequest(words.in_vain(ASKING, [*strange, *unknown], rest))
    return chosen


def slice_of(asked: Parameters, offered: tuple[str, ...], accept: str = "") -> Slice:
    """Which rows and which form an address and an Accept header ask for."""
    own = {key: list(dict.fromkeys(values)) for key, values in asked.items() if key in OWN and values}
    for key, values in own.items():
        if len(values) > 1:
            raise BadRequest(f"{key} stands {len(values)} times. It must be given once.")
    first = {key: values[0] for key, values in own.items()}
    form = first.get(FORMAT, "").casefold() or _liked(accept, offered)
    if form not in offered:
        raise BadRequest(f"{FORMAT} is “{form[:60]}”. It must be one of {words.listing(offered, 'or')}.")
    return Slice(_whole(first, LIMIT, USUAL, 1, MOST), _whole(first, OFFSET, 0, 0, FARTHEST), form)


def _liked(accept: str, offered: tuple[str, ...]) -> str:
    """The form that an Accept header gives the most weight, the first of several; JSON if it names none."""
    forms = {MIMES[form].partition(";")[0]: form for form in offered}
    liked = []
    for kind in accept.lower().replace(" ", "").split(","):
        name, *more = kind.split(";")
        weight = next((one[2:] for one in more if one.startswith("q=")), "1")
        if name in forms and WEIGHT.fullmatch(weight) and float(weight):
            liked.append((float(weight), forms[name]))
    return max(liked, key=lambda one: one[0], default=(0.0, JSON))[1]


def _whole(first: Mapping[str, str], name: str, usual: int, least: int, most: int) -> int:
    text = first.get(name, str(usual))
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(most)) and least <= int(text) <= most):
        raise BadRequest(f"{name} is “{text[:60]}”. It must be a whole number from {least:,} to {most:,}.")
    return int(text)


def _csv_cell(cell: Any) -> str | None:
    """A cell of a CSV file; a number is written alike whatever stands beside it."""
    return "; ".join(cell) if isinstance(cell, list) else None if cell is None else str(cell)


def _next(cluster: Cluster, one: Resource, chosen: Filter, rows: Slice, total: int) -> str | None:
    if rows.offset + rows.limit >= total:
        return None
    asked: Data = dict(link_of_filter(cluster, chosen)) | ({FORMAT: rows.form} if rows.form != JSON else {})
    asked |= {LIMIT: rows.limit, OFFSET: rows.offset + rows.limit}
    return f"{ROOT}/{one.name}?{urlencode(asked, doseq=True)}"


def _geojson(cluster: Cluster, one: Resource, data: Data) -> Data:
    """The list as a collection of features; what has no known place has no geometry."""
    shapes = cluster.geojson("boundaries")["features"] if one.borders else []
    borders = {(shape["properties"]["lad_code"],): shape["geometry"] for shape in shapes}

    def geometry(record: Data) -> Data | None:
        if one.borders:
            return borders.get(tuple(record["lad_codes"]))
        at = [record["lon"], record["lat"]]
        return None if None in at else {"type": "Point", "coordinates": at}

    features = [{"type": "Feature", "geometry": geometry(row), "properties": row} for row in data.pop("records")]
    return {"type": "FeatureCollection", "features": features} | data
