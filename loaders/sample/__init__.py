"""An invented network as a register folder: for trying Mitra out, and for measuring it. All of it is marked so."""

from loaders.sample.writing import write_sample

__all__ = ["write_sample"]
