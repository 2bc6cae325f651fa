"""Whether a download is what was published: its files held against the lists that came with it."""
