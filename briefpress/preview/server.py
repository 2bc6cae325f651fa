"""The server of the preview: what is at which address.

Whatever it answers with is in memory: what was made, the preview's own pages, and their fonts. No
address leads to a file of the machine.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NoReturn, TypeVar

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from briefpress.diagnostics import Diagnostic
from briefpress.formats import FORMATS
from briefpress.preview import guard, screens
from briefpress.preview.editions import Edition
from briefpress.preview.shelf import Shelf, Wanted
from briefpress.preview.watching import changes

Known = TypeVar("Known")

# For so many seconds news of the list are gathered: of many editions there may be many.
_GATHERED = 0.1

_TYPES = {each.suffix: each.media_type for each in FORMATS.values()}


class Preview:
    """The preview of a content folder. `watched` are the folders that it is made from."""

    def __init__(self, wanted: Wanted, watched: Iterable[Path], built_in: Path) -> None:
        self.shelf = Shelf(wanted)
        self._content = wanted.content
        # In a checkout of Briefpress the project's templates are those that are built in.
        folders = {folder.resolve(): folder for folder in (*watched, built_in)}
        self._watched = list(folders.values())
        self._built_in = built_in

    def app(self, port: int) -> guard.Guard:
        """The application (ASGI 3), for a port of this machine."""
        edition = "{briefing}/{language}"
        routes = {
            "/": self.list,
            "/codes": self.codes,
            "/news": self.news,
            f"/news/{edition}": self.news,
            "/faults": self.faults,
            f"/faults/{edition}": self.faults,
            f"/view/{edition}/{{view}}": self.screen,
            f"/pages/{edition}": self.pages,
            f"/pages/{edition}/{{number:int}}.png": self.page,
            f"/contents/{edition}": self.contents,
            f"/book/{edition}/{{path:path}}": self.book,
            "/made/index.html": self.home,
            "/made/{briefing}/{name}": self.made,
            "/parts/{name}": self.part,
        }
        app = Starlette(
            routes=[Route(path, endpoint) for path, endpoint in routes.items()],
            lifespan=self._alive,
            exception_handlers={404: _not_there},
        )
        return guard.Guard(app, port)

    @asynccontextmanager
    async def _alive(self, _: Starlette) -> AsyncIterator[None]:
        watching = asyncio.create_task(self._watch())
        await self.shelf.refresh()
        self.shelf.open()
        try:
            yield
        finally:
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)
            await self.shelf.close()

    async def _watch(self) -> None:
        async for changed in changes(self._watched):
            if changed != {self._content}:
                self.shelf.maker.look_around(anew=self._built_in in changed)
            await self.shelf.refresh()

    # What is around

    async def list(self, _: Request) -> Response:
        """The list of the briefings."""
        return _own(screens.list_page(self.shelf.editions.values(), self._content))

    async def screen(self, request: Request) -> Response:
        """What is around an edition that is looked at."""
        view = request.path_params["view"]
        if view not in screens.VIEWS:
            raise HTTPException(404)
        edition = self._edition(request)
        editions = self.shelf.editions.values()
        beside = [each for each in editions if each.task.briefing == edition.task.briefing]
        return _own(screens.screen(edition, view, beside))

    async def codes(self, _: Request) -> Response:
        """What each kind of fault means."""
        return _own(screens.codes())

    async def faults(self, request: Request) -> Response:
        """The faults of an edition, or of the content as a whole."""
        if not request.path_params or self.shelf.faults:
            return _own(screens.faults(self.shelf.faults))
        edition = self._edition(request)
        return _own(screens.faults(edition.faults, edition.trouble))

    async def part(self, request: Request) -> Response:
        """A stylesheet, a font, the script."""
        media_type, data = _get(screens.parts(), request.path_params["name"])
        return Response(data, media_type=media_type)

    async def news(self, request: Request) -> Response:
        """How things are, and again each time that changes (HTML, 9.2 Server-sent events)."""
        params = request.path_params
        name = f"{params['briefing']}.{params['language']}" if params else ""
        state = self._state_of_all if not name else lambda: self._state(name)
        return StreamingResponse(self._news(name, state), media_type="text/event-stream")

    async def _news(self, name: str, state: Callable[[], object]) -> AsyncIterator[str]:
        said = None
        with self.shelf.looked_at(name):
            while self.shelf.is_open:
                news, now = self.shelf.news, json.dumps(state())
                if now != said:
                    said = now
                    yield f"data: {now}\n\n"
                await news.wait()
                await asyncio.sleep(0 if name else _GATHERED)

    def _state_of_all(self) -> object:
        shown = {
            name: {"title": e.title, "state": e.state, "said": screens.said_of(e)}
            for name, e in self.shelf.editions.items()
        }
        return {"editions": shown, **_faults(self.shelf.faults)}

    def _state(self, name: str) -> object:
        edition = self.shelf.editions.get(name)
        shows = edition.shows() if edition else {}
        if self.shelf.faults:
            said = screens.count_of(self.shelf.faults)
            return {"state": "faulty", "said": said, "shows": shows, **_faults(self.shelf.faults)}
        if edition is None:
            return {"state": "gone", "said": "not there any more", "shows": {}, "faults": ""}
        return {
            "state": edition.state,
            "said": screens.said_of(edition),
            "title": edition.title,
            "shows": shows,
            **_faults(edition.faults, edition.trouble),
        }

    # What was made

    async def made(self, request: Request) -> Response:
        """A file as it is published. Without a mark in the query, as it would be published now."""
        briefing, name = request.path_params["briefing"], request.path_params["name"]
        edition = self._edition_of(f"{briefing}.{name.removeprefix(f'{briefing}.').split('.')[0]}")
        if not request.url.query:
            await self.shelf.maker.make(edition)
        if name == f"{edition.task.name}.proof.html":
            report = await self.shelf.maker.report(edition)
            return _published(report or _missing(), "text/html", guard.PUBLISHED)
        ending = name.rpartition(".")[2]
        policy = guard.PUBLISHED if _TYPES.get(ending) == "text/html" else guard.FILE
        return _published(_get(edition.files, name), _TYPES[ending], policy)

    async def home(self, _: Request) -> Response:
        """Where a published page takes the index to be."""
        return RedirectResponse("/")

    async def pages(self, request: Request) -> Response:
        """The pages of the PDF."""
        edition = self._edition(request)
        good = edition.good or _missing()
        html = screens.pages(edition, good.whole.sizes, edition.shows()["pages"])
        return HTMLResponse(html, headers={"Content-Security-Policy": guard.PAGES})

    async def page(self, request: Request) -> Response:
        """A page of the PDF, as a picture."""
        try:
            number = request.path_params["number"]
            picture = await self.shelf.maker.page(self._edition(request), number)
        except IndexError:
            raise HTTPException(404) from None
        return Response(picture, media_type="image/png")

    async def contents(self, request: Request) -> Response:
        """The contents of the EPUB."""
        edition = self._edition(request)
        good = edition.good or _missing()
        return _own(screens.contents(edition, good.whole.book or _missing()))

    async def book(self, request: Request) -> Response:
        """A file of the EPUB."""
        good = self._edition(request).good or _missing()
        book = good.whole.book or _missing()
        media_type, data = _get(book.files, request.path_params["path"])
        return _published(data, media_type, guard.CHAPTER)

    def _edition(self, request: Request) -> Edition:
        params = request.path_params
        return self._edition_of(f"{params['briefing']}.{params['language']}")

    def _edition_of(self, name: str) -> Edition:
        return _get(self.shelf.editions, name)


def _faults(found: tuple[Diagnostic, ...], trouble: str = "") -> dict[str, object]:
    """What is told of faults: how many there are, and whether they are others."""
    return {"faults": screens.count_of(found, trouble), "mark": hash((found, trouble))}


def _get(known: Mapping[str, Known], name: str) -> Known:
    return known[name] if name in known else _missing()


def _missing() -> NoReturn:
    raise HTTPException(404)


def _own(html: str) -> HTMLResponse:
    return HTMLResponse(html, headers={"Content-Security-Policy": guard.SHELL})


def _published(data: bytes, media_type: str, policy: str) -> Response:
    return Response(data, media_type=media_type, headers={"Content-Security-Policy": policy})


async def _not_there(_: Request, __: Exception) -> Response:
    page = screens.note("Not there", "There is nothing at this address. It may have been removed.")
    return HTMLResponse(page, 404, headers={"Content-Security-Policy": guard.SHELL})
