"""The small process that whatever is measured is started by.

What the system says of a process's memory is never less than what its parent had, whose copy it
is for a moment; and `bench` has read briefings. So this one imports little. It is started without
`site`, reads a command on each line, as JSON, and answers with what the command took.
"""

import json
import os
import sys
import time

# Of `ru_maxrss`: macOS counts bytes, others KiB.
UNIT = 1 if sys.platform == "darwin" else 1024


def measured(command: list[str], said: str) -> dict[str, float]:
    """Run a command, its children included if it waits for them. What it says goes to files."""
    write = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    actions = [(os.POSIX_SPAWN_OPEN, number, f"{said}.{number}", write, 0o600) for number in (1, 2)]
    actions.append((os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0))
    start = time.perf_counter()
    process = os.posix_spawnp(command[0], command, os.environ, file_actions=actions)
    _, status, usage = os.wait4(process, 0)
    wall = time.perf_counter() - start
    return {
        "wall": wall,
        "cpu": usage.ru_utime + usage.ru_stime,
        "peak": usage.ru_maxrss * UNIT,
        "status": os.waitstatus_to_exitcode(status),
    }


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(measured(json.loads(line), sys.argv[1])), flush=True)
