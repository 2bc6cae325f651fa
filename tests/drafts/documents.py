"""Documents to import, as people write them, and what programs make of these."""

from __future__ import annotations

from pathlib import Path

import pypandoc

from tests.hostile_pictures import PICTURES

LAKE = """\
---
title: 'The lake: a "briefing"'
subtitle: What was seen in May 1992
author: [Water Office, B. Bee]
date: 23 November 2026
---

The treaty was signed on 28 December 1991, about September 1999 it was renewed, and the
protocol of Dec. 31, 1999 followed. Costs {rose} to $5 and $6 [sic] * 2 < 3 & rising_fast.

# History {#hist}

In May 1992 the two sides met.[^a] See [the figures](#figures) and [the
office](https://example.org/a_(b)). The word [渡辺]{lang=ja} is a name.

[^a]: Water Office, *Annual report 1992*, page 4.

1. one
2. two, with `code 1999-12-01`

   a second paragraph, since 1991
   - nested *item*

> They met in April 1994, and **no one** came.
>
> — The Minister

## Deep

#### Deeper

1990s were good. A line that ends with 1999.
\\- not a list, \\# not a heading, \\| not a table. On the 28^th^ December 1991 H~2~O fell.

~~~
print("x")  # 1999
~~~

# Figures

![The lake from the air](lake.png "The lake in May 1992")

| Year     | Visits | Note  |
|----------|-------:|-------|
| 1991     |      2 | x: y  |
| May 1992 |     14 | a \\| b |

: Visits by year
"""

# What a reader reads of it, apart from dates, which are tested by themselves.
SAID = [
    "The lake: a",
    "Costs {rose} to $5 and $6 [sic] * 2 < 3 & rising_fast.",
    "the two sides met.",
    "is a name.",
    "a second paragraph, since 1991",
    "They met in April 1994, and no one came.",
    "1990s were good. A line that ends with 1999. - not a list, # not a heading, | not a table.",
    "On the 28th December 1991",
    'print("x") # 1999',
    "x: y",
    "a | b",
    "Annual report 1992",
    "The treaty was signed on 28 December 1991, about September 1999 it was renewed, "
    "and the protocol of Dec. 31, 1999 followed.",
]


def lay_down(folder: Path, ending: str = "md") -> Path:
    """The document about the lake, with its picture beside it, or made by Pandoc with it inside."""
    (folder / "lake.png").write_bytes(PICTURES["a PNG"]())
    source = folder / "lake.md"
    source.write_text(LAKE, "utf-8")
    if ending == "md":
        return source
    target = source.with_suffix(f".{ending}")
    pypandoc.convert_file(
        str(source), ending, outputfile=str(target), extra_args=[f"--resource-path={folder}"]
    )
    return target
