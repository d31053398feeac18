"""What can be had without the app: the API, the page about it, plain pages. Made off the event loop, few at once."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from functools import cache, partial
from pathlib import Path
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from cluster_data.api import answers, openapi, plain
from cluster_data.api.answers import MIMES, Answer, problem
from cluster_data.exports import html, json
from cluster_data.model.cluster import Cluster, UnknownName
from cluster_data.model.day import today
from cluster_data.model.link_words import Parameters
from cluster_data.model.page_files import page_files, page_name
from cluster_data.serving.recent import Recent
from cluster_data.serving.settings import ANYBODY, Settings

AT_ONCE, WAITING = 2, 40
MOST_KEPT, LARGEST_KEPT = 60, 500_000
MOST_FIELDS = 1_000
SVG = "image/svg+xml"
TEXT = "text/plain; charset=utf-8"
BROKEN = "The parameters of this address cannot be read: they are too many, or not written as addresses are."
NO_DATA = "There is no data to show yet. Try again in a moment."
BUSY = "Too much is asked at once. Try again in a moment."

Make = Callable[[Cluster, Parameters, Request], Answer]


@cache
def edition() -> str:
    """Changes with the code, so that answers of another version are told apart."""
    return str(max(file.stat().st_mtime_ns for file in Path(__file__).parents[1].rglob("*.*") if file.suffix != ".pyc"))


class Readable:
    """Routes of what is made of a Cluster and the parameters of an address."""

    def __init__(self, settings: Settings, newest: Callable[[], Awaitable[Cluster | None]]) -> None:
        self.settings, self.newest = settings, newest
        self.recent: Recent[Answer] = Recent(MOST_KEPT, lambda answer: len(answer.body) <= LARGEST_KEPT)
        self._turns, self._asking = asyncio.Semaphore(AT_ONCE), 0

    def routes(self) -> list[Route]:
        """The API below /api/v1, its page at /api, plain pages below /plain."""
        address = self.settings.address

        def about(cluster: Cluster, *_: object) -> Answer:
            return Answer(200, html.MIME, plain.about_api(cluster))

        def described(cluster: Cluster, *_: object) -> Answer:
            return Answer(200, MIMES["json"], json.written(openapi.specification(cluster, address)))

        def api(cluster: Cluster, asked: Parameters, request: Request) -> Answer:
            return answers.answer(cluster, request.path_params["path"], asked, request.headers.get("accept", ""))

        def page(cluster: Cluster, asked: Parameters, request: Request) -> Answer:
            return Answer(200, html.MIME, plain.page(cluster, request.path_params["name"], asked, address))

        def picture(cluster: Cluster, asked: Parameters, request: Request) -> Answer:
            return Answer(200, SVG, plain.picture(cluster, asked=asked, **request.path_params))

        return [
            Route("/api", partial(self.response, about)),
            *(Route(root, lambda _: RedirectResponse("/api", 307)) for root in (answers.ROOT, f"{answers.ROOT}/")),
            Route(f"{answers.ROOT}/openapi.json", partial(self.response, described)),
            Route(f"{answers.ROOT}/{{path:path}}", partial(self.response, api)),
            Route(plain.ROOT, lambda _: RedirectResponse(f"{plain.ROOT}/{page_name(page_files()[0])}", 307)),
            Route(f"{plain.ROOT}/{{name:str}}", partial(self.response, page)),
            Route(f"{plain.ROOT}/{{name:str}}/{{number:int}}.svg", partial(self.response, picture)),
        ]

    async def response(self, make: Make, request: Request) -> Response:
        """What is made of the data and the parameters; nothing but 304 if the reader has it."""
        cluster = await self.newest()
        if cluster is None:
            return self._refused(request, 503, NO_DATA)
        try:
            asked = parse_qs(request.url.query, keep_blank_values=True, max_num_fields=MOST_FIELDS)
        except ValueError:
            return self._refused(request, 400, BROKEN)
        tag = self.tag(cluster, request)
        if tag in request.headers.get("if-none-match", ""):
            return self._response(Answer(304, "", b""), tag)
        if self._asking >= WAITING:
            return self._refused(request, 503, BUSY)
        self._asking += 1
        try:
            async with self._turns:
                made = partial(_answer, make, cluster, asked, request)
                answer = await run_in_threadpool(self.recent.get, cluster, tag, made)
        finally:
            self._asking -= 1
        return self._response(answer, tag)

    def _refused(self, request: Request, status: int, why: str) -> Response:
        of_api = request.url.path.startswith(f"{answers.ROOT}/")
        return self._response(problem(status, why) if of_api else Answer(status, TEXT, f"{why}\n".encode()), "")

    def tag(self, cluster: Cluster, request: Request) -> str:
        """What tells this answer from any other: the data, the code, the day and what is asked for."""
        asked = (request.url.path, request.url.query, request.headers.get("accept", ""))
        facts = (cluster.fingerprint, edition(), today(), *asked)
        return f'"{hashlib.sha256(repr(facts).encode("utf-8", "replace")).hexdigest()[:32]}"'

    def _response(self, answer: Answer, tag: str) -> Response:
        headers = {"Vary": "Accept", **answer.headers}
        if answer.status in (200, 304):
            headers |= {"ETag": tag, "Cache-Control": "public, max-age=60"}
        else:
            headers |= {"Cache-Control": "no-store"} | ({"Retry-After": "5"} if answer.status == 503 else {})
        if ANYBODY in self.settings.embedders:
            headers["Access-Control-Allow-Origin"] = "*"
        if answer.status == 304:
            return Response(status_code=304, headers=headers)
        return Response(answer.body, answer.status, {"Content-Type": answer.mime, **headers})


def _answer(make: Make, cluster: Cluster, asked: Parameters, request: Request) -> Answer:
    """What is made, or that there is no page or picture of this name."""
    try:
        return make(cluster, asked, request)
    except UnknownName as unknown:
        return Answer(404, TEXT, f"{unknown}.\n".encode())
