"""Measured comparisons, each one command: `make bench`, `make bench-browser`, and pictures of the pages: `make shots`.

Everything compared is measured in one run on one machine, and printed as ratios: milliseconds of a shared machine say
little, ratios hold.
"""
