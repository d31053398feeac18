"""The API described: for programs as OpenAPI, for people as a document. Both are made of what the API goes by."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from cluster_data import views
from cluster_data.api import resources
from cluster_data.api.answers import CSV, FORMAT, FORMS, GEOJSON, JSON, LIMIT, MIMES, MOST, OFFSET, PROBLEM, ROOT, USUAL
from cluster_data.api.answers import VIEWS as OF_VIEWS
from cluster_data.api.resources import Resource
from cluster_data.api.taken import pages
from cluster_data.document import Document, Heading, PageLink, Table, Text
from cluster_data.elements import Element
from cluster_data.exports import json
from cluster_data.model import link_words
from cluster_data.model.cluster import Cluster
from cluster_data.model.day import today
from cluster_data.model.filters import Filter, options
from cluster_data.model.page_files import questions

Data = dict[str, Any]

TITLE = "The same data for programs"
FORMATS: dict[str, Data] = {"number": {"type": "number"}, "money": {"type": "number"}, "year": {"type": "integer"}}
TEXT: Data = {"type": "string"}
MOST_EXAMPLES = 10  # of what a parameter may be
PROBLEMS: Data = {"type": "object", "properties": {"status": {"type": "integer"}, "title": TEXT, "detail": TEXT}}
SAID = {
    link_words.D: "Ds, by label or id; repeat for several",
    link_words.MATCH: "whether any of a record’s Ds counts, or its primary D alone",
    link_words.AREA: "areas or groups of areas",
    link_words.KIND: "kinds of record",
    link_words.ROLE: "roles of firms; empty for all of them",
    link_words.STAGE: "stages of firms",
    link_words.STATUS: "statuses",
    link_words.TEXT: "words to search for",
}


def specification(cluster: Cluster, address: str = "") -> Data:
    """The API as an OpenAPI 3.1 document; `address` is the public one."""
    paths = {f"/{name}": _list(cluster, one) for name, one in resources.EVERY.items()}
    paths[f"/{OF_VIEWS}"] = {"get": _operation("views", "The pages that can be asked for.", [], {JSON: {}})}
    paths |= {f"/{OF_VIEWS}/{page}": _view(cluster, page) for page in pages()}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{cluster.pack.name}: {TITLE.lower()}",
            "version": "1",
            "description": "Read only. Parameters are those of the links of the pages, understood in any case.",
        },
        "servers": [{"url": f"{address}{ROOT}"}],
        "paths": paths,
        "components": {"schemas": {"Problem": PROBLEMS}},
    }


def document(cluster: Cluster) -> tuple[Document, list[Element]]:
    """The API in words: what can be asked for, and by which parameters."""
    parts: list[Element] = [
        Text(
            "Everything that the pages show can be had as data, by the parameters that links have. Nothing is counted "
            "twice: the numbers come from the functions that the pages use."
        ),
        Heading("Lists"),
        *(part for name, one in resources.EVERY.items() for part in (PageLink(f"{ROOT}/{name}", name), Text(one.says))),
        Heading("Views"),
        Text("The title, the statement and every table of a page, with its typed columns."),
        *(part for page in pages() for part in (PageLink(f"{ROOT}/{OF_VIEWS}/{page}", page), Text(questions()[page]))),
        Heading("Parameters of the filter"),
        Table("What a link may say", lambda: _table(cluster)),
        Heading("Parameters of lists"),
        Text(f"{LIMIT}: how many rows, {USUAL} by default and {MOST:,} at most; of each table of a view too.", "item"),
        Text(f"{OFFSET}: how many rows to pass over. The answer’s “next” leads to the rows that follow.", "item"),
        Text(f"{FORMAT}: {JSON}, {CSV}, or {GEOJSON} where rows have a place; an Accept header does as well.", "item"),
        Text(
            "What is not known is null. Parameters that are not known are refused with status 400, in words. An ETag "
            "tells whether an answer has changed."
        ),
        PageLink(f"{ROOT}/openapi.json", "The whole description, as OpenAPI 3.1"),
    ]
    said = f"{cluster.pack.name}, data as known in {cluster.pack.as_of_words}"
    return Document(cluster, "api", "How do programs ask?", TITLE, said, "api", "", today(), ()), parts


def _table(cluster: Cluster) -> pd.DataFrame:
    known = options(cluster)
    rows = [(name, said, ", ".join(known.get(name, ()))) for name, said in SAID.items()]
    return pd.DataFrame(rows, columns=["Parameter", "What it says", "What it may be"])


def _list(cluster: Cluster, one: Resource) -> Data:
    forms = FORMS if one.placed or one.borders else (JSON, CSV)
    form = _parameter(FORMAT, "the form", TEXT | {"enum": list(forms)})
    schema: dict[str, Data] = {form: TEXT if form == CSV else {"type": "object"} for form in forms}
    schema[JSON] = {
        "type": "object",
        "required": ["total", "limit", "offset", "next", "columns", "records"],
        "properties": {
            **{name: {"type": "integer"} for name in ("total", "limit", "offset")},
            "next": {"type": ["string", "null"]},
            "statement": TEXT,
            "columns": {"type": "array", "items": {"type": "object"}},
            "records": {"type": "array", "items": _record(cluster, one)},
        },
    }
    return {"get": _operation(one.name, one.says, [*_filter(cluster), *_paging(), form], schema)}


def _record(cluster: Cluster, one: Resource) -> Data:
    """What a row of a list holds, by its formats; anything may be not known."""
    told = one.columns(cluster, one.kept(cluster, Filter(ended=True)).head(1))
    found = {}
    for column in json.table(told)["columns"]:
        many = any(isinstance(cell, list) for cell in told[column["name"]])
        kind = FORMATS.get(column["format"], TEXT)["type"]
        schema: Data = {"type": "array", "items": {"type": kind}} if many else {"type": [kind, "null"]}
        found[column["name"]] = schema | ({"description": column["unit"]} if "unit" in column else {})
    return {"type": "object", "properties": found}


def _view(cluster: Cluster, page: str) -> Data:
    boxes = views.opened(page, cluster, {}).page.box_by_name if views.has_view(page) else {}
    known = {name: list(box.options or ())[:MOST_EXAMPLES] for name, box in boxes.items()}
    own = [_words(one.name, one.label or one.name, known.get(one.name, ())) for one in views.parameters_of(page)]
    names = {one["name"] for one in own}
    more = [one for one in (*_filter(cluster), *_paging()[:1]) if one["name"] not in names]
    schema = {"type": "object", "required": ["title", "statement", "parts"]}
    return {"get": _operation(f"view_{page}", questions()[page], [*own, *more], {JSON: schema})}


def _filter(cluster: Cluster) -> list[Data]:
    known = options(cluster)
    return [_words(name, said, known.get(name, ())) for name, said in SAID.items()]


def _paging() -> list[Data]:
    return [
        _parameter(LIMIT, "how many rows", {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL}),
        _parameter(OFFSET, "how many rows to pass over", {"type": "integer", "minimum": 0, "default": 0}),
    ]


def _words(name: str, says: str, options: Iterable[str]) -> Data:
    """A parameter that may be given several times; the options are examples."""
    found = list(options)
    return _parameter(name, says, {"type": "array", "items": TEXT | ({"examples": found} if found else {})})


def _parameter(name: str, says: str, schema: Data) -> Data:
    return {"name": name, "in": "query", "required": False, "description": says, "schema": schema}


def _operation(name: str, says: str, parameters: list[Data], schemas: dict[str, Data]) -> Data:
    given = {MIMES[form].partition(";")[0]: {"schema": schema} for form, schema in schemas.items()}
    refused = {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        "operationId": name,
        "summary": says,
        "parameters": parameters,
        "responses": {
            "200": {"description": "What is asked for", "content": given},
            "304": {"description": "Nothing has changed since the answer with this ETag"},
            "400": {"description": "Parameters that are not known, named in words", "content": refused},
            "503": {"description": "No good data is there yet, or too much is asked at once", "content": refused},
        },
    }
