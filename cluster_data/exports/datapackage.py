"""The whole pack as a Frictionless data package: a zip that any program can check, and that opens again as a pack."""

import json
import re
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from hashlib import sha256
from typing import Any

import numpy as np
import pandas as pd
import pandera.pandas as pa

from cluster_data.document import Document
from cluster_data.exports import PACK
from cluster_data.exports.tables import zipped
from cluster_data.input.check.cells import NUMBER
from cluster_data.measures import citations, coverage
from cluster_data.model import words
from cluster_data.model.clean import cleaned, inert, is_formula
from cluster_data.model.cluster import Cluster
from cluster_data.model.columns import format_of
from cluster_data.model.formats import Date, Year, in_words
from cluster_data.model.pack import Pack
from cluster_data.model.tables import TABLES

ORDER = 50
LABEL = "All data as a data package"
SAYS = "Every table and border of the pack with its dictionary, sources, licences and checksums. One zip."
SUFFIX = "pack.zip"
MIME = "application/zip"
OF = PACK

DESCRIPTOR, CHECKSUMS, README = "datapackage.json", "checksums.txt", "README.txt"
NUMBERS = {"Int64": "integer", "float64": "number"}
TYPES = {Date: "date", Year: "year"}
LIMITS = {"min_value": "minimum", "max_value": "maximum", "pattern": "pattern"}
PARAGRAPHS = ("licences", "limits")
SEVERAL = "; several are parted by semicolons"
TO_OPEN = f"""To open it
Each .csv file is a table in UTF-8; an empty cell means not known.
In a spreadsheet, import the files as text, so that codes keep their zeros.
{DESCRIPTOR} says what each column holds, for programs that read Frictionless data packages.
The dashboard shows these files if CLUSTER_DATA names their folder.
To see that they are whole: sha256sum -c {CHECKSUMS}"""
MEDIA_TYPES = {"csv": "text/csv", "geojson": "application/geo+json", "toml": "application/toml"}


def file_of(document: Document) -> bytes:
    """The bytes of a zip: the files of the pack, a descriptor, checksums and a readme."""
    cluster = document.cluster
    files = {f"{name}.csv": as_csv(cluster.table(name)) for name in TABLES}
    files |= {f"{name}.geojson": text.encode() for name, text in cluster.geometries.items()}
    files["pack.toml"] = as_toml(cluster.pack).encode()
    files[README] = cleaned(readme(document)).encode()
    said = json.dumps(descriptor(document, files), ensure_ascii=False, indent=2) + "\n"
    files[DESCRIPTOR] = said.encode(errors="replace")
    sums = "".join(f"{sha256(data).hexdigest()}  {name}\n" for name, data in files.items())
    return zipped(files | {CHECKSUMS: sums.encode()}, document)


# ---- the files of the pack ------------------------------------------------


def as_csv(table: pd.DataFrame) -> bytes:
    """A table as RFC 4180 says, in UTF-8: empty cells are missing values.

    No value of a pack that was checked is changed; what a spreadsheet would work out gets an apostrophe.
    """
    decimals, words_of = table.select_dtypes("float64"), table.select_dtypes("str")
    texts = {name: decimals[name].map(decimal, na_action="ignore") for name in decimals}
    texts |= {name: words_of[name].map(harmless, na_action="ignore") for name in words_of}
    return table.assign(**texts).to_csv(index=False, lineterminator="\r\n").encode()


def harmless(text: str) -> str:
    """A text as it is, or made inert if a spreadsheet would work it out or it holds odd signs."""
    return inert(text) if is_formula(text) else cleaned(text)


def decimal(number: float) -> str:
    """A number in its shortest form that a pack may hold: "7", "52.5199", "1e+15"."""
    shortest = repr(float(number)).removesuffix(".0")
    return shortest if re.fullmatch(NUMBER, shortest) else np.format_float_scientific(number, trim="-")


def as_toml(pack: Pack) -> str:
    """What a pack says of itself, as a pack.toml from which the same is read."""
    said = {field.name: getattr(pack, field.name) for field in fields(pack)}
    lines = [f"{name} = {literal(value)}" for name, value in said.items() if name not in PARAGRAPHS]
    for name in PARAGRAPHS:
        lines += [f"\n[[{name}]]\ntext = {literal(text)}" for text in said[name]]
    return "\n".join(lines) + "\n"


def literal(value: date | str | tuple[str, ...]) -> str:
    """A value as TOML writes it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return f"[{', '.join(map(literal, value))}]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


# ---- what the package says of itself --------------------------------------


def descriptor(document: Document, files: Mapping[str, bytes]) -> dict[str, Any]:
    """The datapackage.json of the files, by the Data Package specification, version 1."""
    pack = document.cluster.pack
    said = {
        "profile": "data-package",
        "name": words.slug(pack.name),
        "title": pack.name,
        "description": f"Data as known in {pack.as_of_words}. {' '.join(pack.limits)}".strip(),
        "version": pack.as_of.isoformat(),
        "created": f"{document.made.isoformat()}T00:00:00Z",
        "homepage": document.link,
        "licenses": [{"title": line, "path": README} for line in pack.licences],
        "sources": sources(document.cluster),
        "resources": [resource(document.cluster, name, data) for name, data in files.items() if name != README],
    }
    return {name: value for name, value in said.items() if value}


def sources(cluster: Cluster) -> list[dict[str, str]]:
    """Every page and data set cited: title with publisher and year, and path."""
    rows = in_words(citations.table(cluster))
    titles = rows["Source"] + ", " + rows["Publisher"] + ", " + rows["Year"]
    return [{"title": title, "path": url} for title, url in zip(titles, rows["Address"], strict=True)]


def resource(cluster: Cluster, file: str, data: bytes) -> dict[str, Any]:
    """A file of the package: where it is, how it is checked, and for a table what each column holds."""
    name, _, suffix = file.rpartition(".")
    profile = "tabular-data-resource" if suffix == "csv" else "data-resource"
    said: dict[str, Any] = {"name": name, "path": file, "profile": profile}
    said |= {"format": suffix, "mediatype": MEDIA_TYPES[suffix]}
    said |= {"bytes": len(data), "hash": f"sha256:{sha256(data).hexdigest()}", "encoding": "utf-8"}
    if suffix == "csv":
        said |= {"description": coverage.about(name), "schema": schema(cluster, name)}
    return said


def schema(cluster: Cluster, table: str) -> dict[str, Any]:
    """The table schema: fields in the order of the file, missing values, and keys to rows of one table."""
    whole = TABLES[table].to_schema()
    columns = {name: whole.columns[name] for name in cluster.tables[table].columns}
    several = [name for name in whole.unique or () if not any(whole.columns[one].nullable for one in whole.unique)]
    keys = [name for name, column in columns.items() if column.unique][:1] or several
    described = {
        "fields": [field_of(cluster, name, column) for name, column in columns.items()],
        "missingValues": [""],
        "primaryKey": keys,
        "foreignKeys": [key for name, column in columns.items() for key in foreign_keys(table, name, column)],
    }
    return {name: value for name, value in described.items() if value}


def foreign_keys(table: str, name: str, column: pa.Column) -> list[dict[str, Any]]:
    """A column each of whose cells names one row of one table, which may be its own; nothing of any other."""
    about = column.metadata or {}
    targets = about.get("refers", ())
    if len(targets) != 1 or about.get("many"):
        return []
    key = next(name for name, column in TABLES[targets[0]].to_schema().columns.items() if column.unique)
    return [{"fields": [name], "reference": {"resource": "" if targets[0] == table else targets[0], "fields": [key]}}]


def field_of(cluster: Cluster, name: str, column: pa.Column) -> dict[str, Any]:
    """A column: name, type, what it holds, and what it may hold."""
    about = column.metadata or {}
    limits = {LIMITS[key]: limit for check in column.checks for key, limit in check.statistics.items()}
    constraints = {"required": not column.nullable, "unique": column.unique} | limits
    kind = TYPES.get(type(format_of(column))) or NUMBERS.get(str(column.dtype), "string")
    if kind == "date":
        del constraints["pattern"]
    if "vocabulary" in about and not about.get("many"):
        constraints["enum"] = list(cluster.labels(about["vocabulary"]))
    described = column.description + (SEVERAL if about.get("many") else "")
    kept = {key: value for key, value in constraints.items() if value is not False and value is not None}
    return {"name": name, "type": kind, "description": described} | ({"constraints": kept} if kept else {})


def readme(document: Document) -> str:
    """What the package is, on what terms, and how to open it."""
    pack = document.cluster.pack
    made = f"Data as known in {pack.as_of_words}, packed on {document.made_words}."
    head = [pack.name, "", made, f"From: {document.link}", "", TO_OPEN, ""]
    return "\n".join([*head, "Licences", *pack.licences, "", "Limits", *pack.limits, ""])
