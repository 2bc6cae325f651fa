"""A job whose answer isn't wanted any more is ended, and the next is done."""

from __future__ import annotations

import asyncio
import os
import threading
from pathlib import Path

import pytest

from briefpress.jobs import Allowance
from briefpress.limits import MIB
from briefpress.preview.hands import Hand


def hang(pipe: Path) -> None:
    pipe.write_text(str(os.getpid()))
    threading.Event().wait()


def double(number: int) -> int:
    return 2 * number


def test_whoever_is_cancelled_calls_the_job_off(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    async def call_off() -> tuple[int, int]:
        hand = Hand(Allowance(60, 1024 * MIB))
        hanging = asyncio.create_task(hand.do(hang, pipe))
        process = int(await asyncio.to_thread(pipe.read_text))
        hanging.cancel()
        await asyncio.wait([hanging])
        assert hanging.cancelled()
        answer = await hand.do(double, 4)
        hand.leave()
        return process, answer

    process, answer = asyncio.run(call_off())
    assert answer == 8
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
