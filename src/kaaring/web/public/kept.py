"""Published pages, kept ready: a run never changes, so neither do the pages that show it.

One query tells whether a kept page still holds: every write leaves a line in the edition's audit chain, so
the digest of the last line stands for the run, its withdrawal, and all names and dates around it. Kept is the
answer's body, compressed, under that digest and the page's address; in this process, bounded, the page asked
for longest ago goes first.
"""

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers

from kaaring.audit.models import AuditLine
from kaaring.results.queries.runs import in_force

type View = Callable[..., HttpResponse]
type Key = tuple[str, str | None]

ROOM = 12_000_000
CACHE_CONTROL = "public, no-cache"
AS_FILE = "Content-Disposition"


class Page(NamedTuple):
    """An answer as it is kept: its body compressed, and the fingerprint of that body."""

    body: bytes
    content_type: str
    disposition: str
    digest: str


class Pages:
    """A bounded store of pages; several threads may use it."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._size = 0
        self._pages: OrderedDict[Key, Page] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._pages)

    def get(self, key: Key) -> Page | None:
        """Return a kept page, which thereby becomes the one asked for last."""
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
            return page

    def put(self, key: Key, page: Page) -> None:
        """Keep a page and let those asked for longest ago go until all fit."""
        with self._lock:
            if key in self._pages:
                self._size -= len(self._pages.pop(key).body)
            self._pages[key] = page
            self._size += len(page.body)
            while self._size > self._room and len(self._pages) > 1:
                _oldest, gone = self._pages.popitem(last=False)
                self._size -= len(gone.body)

    def clear(self) -> None:
        """Forget every page."""
        with self._lock:
            self._pages.clear()
            self._size = 0


PAGES = Pages(ROOM)


def stamp_of(programme: str, edition: str) -> str | None:
    """Return the digest of the last thing that happened in an edition, None where nothing has; one query."""
    lines = AuditLine.objects.filter(chain=f"edition:{programme}/{edition}").order_by("-number")
    return lines.values_list("digest", flat=True).first()


def is_published(programme: str, edition: str) -> bool:
    """Say whether an edition has a run that counts."""
    return in_force().filter(edition__programme__slug=programme, edition__slug=edition).exists()


def kept(view: View) -> View:
    """Serve a page of an edition from the store while its run stands; make it anew where it is not there.

    Pages with a question in the address (a search) and those of editions without a published run are made
    anew each time.
    """

    @wraps(view)
    def kept_view(request: HttpRequest, programme: str, edition: str, **where: Any) -> HttpResponse:
        key = (request.build_absolute_uri(), stamp_of(programme, edition))
        page = PAGES.get(key)
        if page is None:
            made = view(request, programme, edition, **where)
            is_asked = bool(request.META.get("QUERY_STRING"))
            if made.status_code != 200 or is_asked or not is_published(programme, edition):
                return _fresh(made)
            page = _page_of(made)
            PAGES.put(key, page)
        return _answer(request, page)

    return kept_view


def _fresh(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-cache"
    return response


def _page_of(response: HttpResponse) -> Page:
    body = gzip.compress(response.content, compresslevel=9, mtime=0)
    digest = hashlib.sha256(response.content).hexdigest()[:32]
    return Page(body, response["Content-Type"], response.get(AS_FILE, ""), digest)


def _answer(request: HttpRequest, page: Page) -> HttpResponse:
    is_compressed = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(
        page.body if is_compressed else gzip.decompress(page.body), content_type=page.content_type
    )
    if is_compressed:
        response["Content-Encoding"] = "gzip"
    if page.disposition:
        response[AS_FILE] = page.disposition
    etag = f'"{page.digest}{"-gz" if is_compressed else ""}"'
    response["Cache-Control"], response["ETag"] = CACHE_CONTROL, etag
    patch_vary_headers(response, ["Accept-Encoding"])
    conditional = get_conditional_response(request, etag=etag, response=response)
    return conditional if isinstance(conditional, HttpResponse) else response
