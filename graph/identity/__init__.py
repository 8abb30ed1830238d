"""Identity: whether two names are of one thing, with reasons, and which nodes of a store may be one."""

from graph.identity.blocking import Narrowed
from graph.identity.candidates import Candidate, candidates, candidates_of, counted, judged_pairs, settled, still_open
from graph.identity.comparison import compare
from graph.identity.evidence import read_things, shared_neighbours
from graph.identity.named import KINDS, Named, Post, kind_of
from graph.identity.pairs import BadPair, Compared, compare_file, compare_names
from graph.identity.verdict import ASK, DIFFERENT, SAME, Reason, Verdict, bar, decide

__all__ = [
    "ASK",
    "DIFFERENT",
    "KINDS",
    "SAME",
    "BadPair",
    "Candidate",
    "Compared",
    "Named",
    "Narrowed",
    "Post",
    "Reason",
    "Verdict",
    "bar",
    "candidates",
    "candidates_of",
    "compare",
    "compare_file",
    "compare_names",
    "counted",
    "decide",
    "judged_pairs",
    "kind_of",
    "read_things",
    "settled",
    "shared_neighbours",
    "still_open",
]
