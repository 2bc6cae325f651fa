"""Make the PDF of a briefing once, tagged or untagged; print how long that took, and all of it.

Called with the content and which. Both read and check the content and lay the same markup out with
the same stylesheets and fonts; one is the PDF that Briefpress publishes, the other what WeasyPrint
writes when it is asked for nothing more than a PDF. The seconds are the processor's.
"""

import gc
import json
import os
import sys
import time
from pathlib import Path

from bench.edition import read
from briefpress.formats import Edition, pdf
from briefpress.formats.pdf.typesetter import typeset


def untagged(edition: Edition) -> bytes:
    with typeset(pdf.markup(edition), edition, "", ["print"]) as laid_out:
        written: bytes = laid_out.document.write_pdf()
    return written


def tagged(edition: Edition) -> bytes:
    return pdf.publish(edition).data


if __name__ == "__main__":
    gc.set_threshold(1_000_000, 50, 100)  # as the command line does
    content, kind = Path(sys.argv[1]), sys.argv[2]
    edition = read(content)
    start = time.process_time()
    {"tagged": tagged, "untagged": untagged}[kind](edition)
    end = time.process_time()
    print(json.dumps({"pdf": [end - start], "build": [end]}), flush=True)
    os._exit(0)  # as the command line does
