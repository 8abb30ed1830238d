"""Review: what waits for a person to decide: claims that are not sure, possible duplicates, conflicts of documents."""

import streamlit as st

from views.page import beginning, one_of, to_address, word
from views.review_claims import claims
from views.review_conflicts import conflicting
from views.review_pairs import pairs

SHOWN = {"claims": claims, "pairs": pairs, "conflicts": conflicting}

shown = st.segmented_control(
    word("review.show"),
    list(SHOWN),
    format_func=lambda each: word(f"review.show_{each}"),
    default=beginning("show", one_of(SHOWN), "claims"),
    key="show",
    required=True,
    label_visibility="collapsed",
)
to_address("show")
SHOWN[shown or "claims"]()
