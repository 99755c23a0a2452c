"""The site beside nginx, Datasette and an empty view, in one interleaved run: `python tests/benchmark`."""
