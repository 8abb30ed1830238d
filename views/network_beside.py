"""Beside the picture: a node and how much of it is drawn, or a tie with its sentences in their context."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import streamlit as st

from graph.network import Kept, Network, around, neighbours, passages, rivals
from graph.schema import schema
from graph.words import number
from views import network_state as steps
from views.cards import claims_card, day, fact, node_card
from views.network_filters import only
from views.page import address, escaped, language, remembered, word

_STYLE = """<style>
.mitra-said{border-left:3px solid rgba(24,100,171,.7);padding:.1rem 0 .1rem .8rem;margin:0 0 1rem 0}
.mitra-said .tie{font-size:.85rem}
.mitra-said p{margin:.3rem 0;line-height:1.5;white-space:pre-line;overflow-wrap:anywhere}
.mitra-said .around{opacity:.75;font-size:.9rem}
.mitra-said mark{background:#ffec99;color:#1b1b1b;padding:.05rem 0}
.mitra-said .source{font-size:.8rem;overflow-wrap:anywhere}
</style>"""


def node_beside(shown: Network, node: str, kept: Kept) -> None:
    """Show the card of a node: what is known of it, how much of it is drawn, and each of its ties with its sentence."""
    node_card(shown, node)
    ties = [key for *_, key in [*shown.in_edges(node, keys=True), *shown.out_edges(node, keys=True)]]
    every = remembered("neighbours", lambda store: neighbours(store, node, kept), node, kept)
    drawn = len({other for pair in [*shown.in_edges(node), *shown.out_edges(node)] for other in pair} - {node})
    reader = language()
    counted = {"shown": number(drawn, reader), "all": number(max(every, drawn), reader)}
    st.caption(word("network.neighbours", **counted))
    if every > drawn:
        _choose_which(node, kept, every)
    st.markdown(f"[{word('network.card')}]({address('card', node=node)})")
    st.button(
        word("network.remove"),
        on_click=steps.remove,
        args=(node,),
        width="stretch",
        disabled=steps.view().open == (node,),
        key="network-remove",
    )
    claims_card(shown, ties, height=380)


def _choose_which(node: str, kept: Kept, every: int) -> None:
    """Offer more of a node's neighbours, or those of one kind."""
    now, reader = steps.most_of(node), language()
    if now < min(every, steps.MOST_OF_ONE):
        more = min(now + 60, every, steps.MOST_OF_ONE)
        st.button(
            word("network.more", count=number(more, reader)),
            on_click=steps.show_more,
            args=(node, more),
            width="stretch",
        )
    found = remembered("around", lambda store: around(store, node, kept), node, kept)
    kinds = {
        f"{row['label']}/{row['type']}": f"{schema().labels[row['label']].name.in_(reader)} · "
        f"{schema().relationships[row['type']].name.in_(reader)} ({number(row['count'], reader)})"
        for row in found
    }

    def keep() -> None:
        if picked := st.session_state.get("network-kinds"):
            only(*picked.split("/"))
            st.session_state["network-kinds"] = None

    if len(kinds) > 1:
        st.selectbox(
            word("network.only"),
            list(kinds),
            index=None,
            format_func=lambda each: kinds[each],
            key="network-kinds",
            on_change=keep,
            placeholder=word("network.only_hint"),
        )


def claims_beside(shown: Network, claims: Sequence[str]) -> None:
    """Show what sources say of a tie: each sentence in its context, its document and day."""
    st.subheader(word("network.says_so"), anchor=False)
    groups = rivals(shown, claims)
    if len(groups) > 1:
        st.caption(word("network.also_otherwise", count=number(len(groups) - 1, language())))
    _said(shown, groups[0])


def contradictions(shown: Network, claims: Sequence[str]) -> None:
    """Show, side by side, claims that tell of the same tie differently, where there are such."""
    groups = rivals(shown, claims) if claims else []
    if len(groups) < 2:
        return
    st.subheader(word("network.contradict"), anchor=False)
    for column, group in zip(st.columns(min(len(groups), 4)), groups, strict=False):
        with column:
            _said(shown, group)


def _said(shown: Network, claims: Iterable[str]) -> None:
    wanted = sorted(claims)
    contexts = remembered("passages", lambda store: passages(store, shown, wanted), tuple(wanted))
    cards = [
        _claim(shown, a, b, data, contexts.get(key, ("", str(data["where"]), "")))
        for a, b, key, data in shown.edges(keys=True, data=True)
        if key in set(wanted)
    ]
    st.html(_STYLE + "".join(cards))


def _claim(shown: Network, start: str, end: str, data: Mapping[str, Any], passage: Sequence[str]) -> str:
    reader = language()
    type_ = schema().relationships[data["type"]]
    one, other = escaped(shown.nodes[start]["name"]), escaped(shown.nodes[end]["name"])
    tie = f"{one} <b>{escaped(type_.name.in_(reader))}</b> {other}"
    own = [
        f"{type_.properties[key].name.in_(reader)}: {fact(type_.properties[key], value, reader)}"
        for key, value in sorted(data["properties"].items())
        if key in type_.properties
    ]
    status = schema().term("claim_status", data["status"], reader)
    sure = word("card.confidence", percent=round(100 * data["confidence"]))
    source = " · ".join(filter(None, [str(data["source_title"]), day(data["said_on"])]))
    before, sentence, after = (escaped(part) for part in passage)
    return (
        f"<div class='mitra-said'><div class='tie'>{tie}</div>"
        f"<div class='source'>{escaped(' · '.join([status, sure, *own]))}</div>"
        f"<p><span class='around'>{before}</span><mark>{sentence}</mark><span class='around'>{after}</span></p>"
        f"<div class='source'>{escaped(source)}</div></div>"
    )
