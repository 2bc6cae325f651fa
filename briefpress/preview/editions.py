"""The editions of a preview: what is known of each, and what was last made of it."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from briefpress.diagnostics import Diagnostic
from briefpress.formats import FORMATS
from briefpress.press import Job
from briefpress.preview.looking import FirstLook, WholeLook
from briefpress.tasks import Task


class State(StrEnum):
    """How far an edition is."""

    UNREAD = "unread"
    READ = "read"  # its content has no faults; nothing is made
    MAKING = "making"
    PROVED = "proved"
    FAULTY = "faulty"


@dataclass(frozen=True, slots=True)
class Good:
    """What was last made without a fault, and the job that it was made by."""

    job: Job
    whole: WholeLook


@dataclass(eq=False)
class Edition:
    """An edition as the preview knows it.

    `page` is the web page as it was last made, which is newer than the files of `good` while these
    are made, or have faults. `trouble` is an error that isn't about content. `in_files`: the faults
    were found only in the files. `key` is that of what it is, or is being, made from.
    """

    task: Task
    title: str = ""
    state: State = State.UNREAD
    faults: tuple[Diagnostic, ...] = ()
    trouble: str = ""
    in_files: bool = False
    page: bytes = b""
    good: Good | None = None
    report: bytes = b""
    key: str = ""
    making: asyncio.Task[None] | None = None
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    reporting: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def is_made_now(self) -> bool:
        """Whether making it is under way."""
        return self.making is not None and not self.making.done()

    def is_of(self, key: str) -> bool:
        """Whether it is made from what has a key, or being made, or has faults."""
        return key == self.key and self.state not in {State.UNREAD, State.READ}

    @property
    def files(self) -> Mapping[str, bytes]:
        """The files that can be had, by their names. The web page is the newest that there is."""
        files = dict(self.good.whole.files) if self.good else {}
        if self.page:
            files["html"] = self.page
        return {self.task.target(name).name: data for name, data in files.items()}

    def shows(self) -> dict[str, str]:
        """What can be looked at, and by what it is known whether that is another."""
        shown = {"page": _mark(self.page)} if self.page else {}
        if self.good is not None:
            files = self.good.whole.files
            marks = {name: _mark(files[name]) for name in FORMATS if name in files}
            shown |= {"pages": marks["pdf"], "book": marks["epub"]}
            shown["proof"] = _mark("".join(marks.values()).encode())
        return shown

    def fail(
        self, faults: tuple[Diagnostic, ...], trouble: str = "", *, in_files: bool = False
    ) -> None:
        """Have faults, perhaps in the files that were made. What was made before stays."""
        self.state, self.faults, self.trouble = State.FAULTY, faults, trouble
        self.in_files = in_files

    def begin(self, key: str) -> None:
        """Be made from what has a key. Faults stay until it is known that they are gone."""
        self.state, self.key = State.MAKING, key

    def settle(self) -> None:
        """Have content without faults."""
        self.state, self.faults, self.trouble = State.READ, (), ""

    def stop(self) -> None:
        """Call off the making of it, if that is under way."""
        if self.making is not None:
            self.making.cancel()

    def take(self, look: FirstLook) -> None:
        """Have a web page. Faults in the files stay until these are made anew."""
        self.title, self.page = look.title, look.page
        if not self.in_files:
            self.faults, self.trouble = (), ""

    def end(self, job: Job, whole: WholeLook) -> None:
        """Be proved."""
        self.state, self.faults, self.trouble = State.PROVED, (), ""
        self.page, self.good, self.report = whole.files["html"], Good(job, whole), b""


def _mark(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:12]
