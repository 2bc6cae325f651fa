"""`python build.py` is `briefpress build`."""

import sys

from briefpress.cli import main

if __name__ == "__main__":
    main(["build", *sys.argv[1:]], prog_name="briefpress")
