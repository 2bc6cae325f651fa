"""The commands, a module each.

Each imports what it needs when it runs, so that `--help` and completion answer at once.
"""
