"""What a link says of itself before it is opened, where it is sent: its title, its finding, its filter in words."""

from dataclasses import dataclass
from urllib.parse import parse_qs

from cluster_data.api.taken import pages, query_of
from cluster_data.measures import organisations
from cluster_data.model import words
from cluster_data.model.cluster import Cluster
from cluster_data.model.filters import filter_of_link
from cluster_data.model.link_words import Parameters, ids_of
from cluster_data.model.page_files import page_title, questions
from cluster_data.serving.recent import Recent
from cluster_data.views import has_view, opened

LONGEST_TEXT, LONGEST_QUERY, MOST_FIELDS = 80, 2_048, 60
LONGEST_FINDING, LONGEST_WORDS, MOST_FINDINGS = 160, 120, 500
PROFILE, RECORD = "Organisations", "org"
FORMS = ("embed", "embed_options", "print", "notes")  # parameters that change only what a view looks like
PICTURE = "/favicon.png"

FINDINGS: Recent[str] = Recent(MOST_FINDINGS)


@dataclass(frozen=True)
class Preview:
    """A view in a few words. `address` and `picture` are whole addresses, empty where the public one is not set.

    `plain` is where the same view stands as a plain page, empty if there is none.
    """

    page: str
    title: str
    description: str
    site: str = ""
    address: str = ""
    picture: str = ""
    plain: str = ""

    def tags(self) -> list[tuple[str, str, str]]:
        """The tags that tell it, as (attribute, name, content); what is empty is left out."""
        found = [
            ("name", "description", self.description),
            ("property", "og:type", "website"),
            ("property", "og:title", self.title),
            ("property", "og:description", self.description),
            ("property", "og:site_name", self.site),
            ("property", "og:url", self.address),
            ("property", "og:image", self.picture),
            ("name", "twitter:card", "summary"),
        ]
        return [tag for tag in found if tag[2]]


def preview(cluster: Cluster | None, page: str, query: str, address: str) -> Preview:
    """What the link to a page says; before the data has been read, its question alone. `address` is the public one."""
    asked, name = parameters_of(query), page_title(page)
    of_view = {key: values for key, values in asked.items() if key not in FORMS}
    path = "" if page == next(iter(questions()), "") else page
    whole = f"{address}/{path}{query_of(of_view)}" if address and len(query) <= LONGEST_QUERY else ""
    picture = f"{address}{PICTURE}" if address else ""
    if cluster is None:
        return Preview(page, name, questions().get(page, ""), "", whole, picture)
    site = cluster.pack.name
    names = organisations.names(cluster)
    named = [text.casefold() for text in asked.get(RECORD, ())[:1]] if page == PROFILE else []
    ids = [cluster.redirects.get(text, text) for text in named]
    record = next((names[found] for found in ids_of(names, ids)[0]), "")
    key = page, *((name, *values) for name, values in sorted(asked.items()))
    described = FINDINGS.get(cluster, key, lambda: description(cluster, page, asked))
    plain = f"/plain/{page}{query_of(asked)}" if page in pages() else ""
    return Preview(page, f"{record or name} · {site}", described, site, whole, picture, plain)


def description(cluster: Cluster, page: str, asked: Parameters) -> str:
    """What the view finds, as its title says it, and the filter in words if it applies there.

    A page that has no view is told by its question.
    """
    found = opened(page, cluster, asked).page if has_view(page) else None
    chosen = found.chosen if found else filter_of_link(cluster, asked)[0]
    finding = words.cut(found.draft.title if found else questions().get(page, ""), LONGEST_FINDING)
    told = words.cut(words.first_upper(chosen.words(cluster)), LONGEST_WORDS)
    said = [finding] if found and found.everywhere else [finding, told]
    return " ".join(text if text[-1] in ".?!…" else f"{text}." for text in said if text)


def parameters_of(query: str) -> dict[str, list[str]]:
    """The parameters of an address but those with a long text, which is not repeated; none of one that is broken."""
    try:
        asked = parse_qs(query[:LONGEST_QUERY], keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        return {}
    return {key: held for key, held in asked.items() if all(len(text) <= LONGEST_TEXT for text in held)}
