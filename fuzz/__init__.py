"""Coverage-guided fuzzing of whatever reads what a stranger wrote. `make fuzz` runs all of it.

A target is a module in `targets/` with a function `target(data)`: it returns where all is well, and
raises for a find. Targets need no fuzzer, so that a test can give them the whole kept corpus.
"""
