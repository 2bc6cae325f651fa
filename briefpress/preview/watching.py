"""Watching folders, those that aren't there yet among them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import suppress
from pathlib import Path

from watchfiles import awatch

# After so many milliseconds without a change it is over: editors write a file in several steps.
_QUIET = 50


async def changes(folders: Iterable[Path]) -> AsyncIterator[set[Path]]:
    """Yield those folders in which, or below which, something is other than it was."""
    queue: asyncio.Queue[Path] = asyncio.Queue()
    stop = asyncio.Event()
    watching = [asyncio.create_task(_watch(folder, queue, stop)) for folder in folders]
    try:
        while True:
            changed = {await queue.get()}
            while not queue.empty():
                changed.add(queue.get_nowait())
            yield changed
    finally:
        stop.set()
        await asyncio.gather(*watching, return_exceptions=True)


async def _watch(folder: Path, queue: asyncio.Queue[Path], stop: asyncio.Event) -> None:
    """Watch a folder, or as long as it isn't there the nearest one above that is."""
    loop = asyncio.get_running_loop()
    is_first = True
    while not stop.is_set():
        watched = next(path for path in (folder, *folder.absolute().parents) if path.is_dir())
        before = _identity(folder), _identity(watched)
        noticed = awatch(
            watched, watch_filter=None, recursive=watched == folder, step=_QUIET, stop_event=stop
        )
        if (
            not is_first
        ):  # it may have changed before this watch, which begins before the loop's turn
            loop.call_soon(queue.put_nowait, folder)
        is_first = False
        async for _ in noticed:
            queue.put_nowait(folder)
            if (_identity(folder), _identity(watched)) != before:
                break


def _identity(folder: Path) -> tuple[int, int] | None:
    """What tells a folder from another one that took its place."""
    with suppress(OSError):
        status = folder.stat()
        return status.st_dev, status.st_ino
    return None
