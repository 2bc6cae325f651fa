"""Who does jobs for the preview: a thread with a process that stays warm."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from multiprocessing.connection import Connection, Pipe
from typing import Any, TypeVar

from briefpress.jobs import Allowance, end_warm, run

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")


class Hand:
    """Does one job after the other. Whoever is cancelled while waiting for one calls it off."""

    def __init__(self, allowance: Allowance) -> None:
        self._allowance = allowance
        self._thread = ThreadPoolExecutor(1)

    async def do(self, function: Callable[[Asked], Answer], asked: Asked) -> Answer:
        """Have a job done. Raises what it raises, or a `JobError`."""
        call_off, sender = Pipe(duplex=False)
        future = self._thread.submit(run, function, asked, self._allowance, call_off)
        future.add_done_callback(_closes(call_off, sender))
        try:
            return await asyncio.wrap_future(future)
        except asyncio.CancelledError:
            with suppress(OSError):  # it ended meanwhile
                sender.send_bytes(b"")
            raise

    def renew(self) -> None:
        """Do what comes next in another process, which knows nothing of what was."""
        self._thread.submit(end_warm)

    def leave(self) -> None:
        """End the process. Nothing may be waiting for it any more."""
        self.renew()
        self._thread.shutdown()


def _closes(*ends: Connection) -> Callable[[Future[Any]], None]:
    def close(_: Future[Any]) -> None:
        for each in ends:
            each.close()

    return close
