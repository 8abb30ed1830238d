"""The schema beside the Cypher editor: labels with their properties, ties with their ends, for whoever writes."""

from collections.abc import Iterable, Mapping

import streamlit as st

from graph.schema import Property, schema
from views.page import escaped, language, word

_STYLE = """<style>
.mitra-schema{font-size:.85rem;line-height:1.5}
.mitra-schema details{border-bottom:1px solid rgba(128,128,128,.25);padding:.15rem 0}
.mitra-schema summary{cursor:pointer;overflow-wrap:anywhere}
.mitra-schema summary span{opacity:.8}
.mitra-schema code{font-size:.8rem;overflow-wrap:anywhere}
.mitra-schema ul{margin:.15rem 0 .35rem 0;padding-left:1.1rem}
.mitra-schema h4{font-size:.9rem;margin:.6rem 0 .2rem 0;padding:0}
</style>"""


def schema_beside() -> None:
    """Show every label and type of tie; each opens to its properties and the values they may have."""
    labels = [
        _entry(
            f"<code>:{name}</code>",
            label.name.in_(language()),
            {**schema().node, **label.properties},
        )
        for name, label in schema().labels.items()
    ]
    ties = [
        _entry(
            f"<code>({'|'.join(tie.from_)})-[:{type_}]-&gt;({'|'.join(tie.to)})</code>",
            tie.name.in_(language()),
            tie.properties,
        )
        for type_, tie in schema().relationships.items()
    ]
    every = _entry(f"<code>{escaped(word('query.schema_claim'))}</code>", "", schema().claim)
    st.html(
        f"{_STYLE}<div class='mitra-schema'><h4>{escaped(word('query.schema_nodes'))}</h4>{''.join(labels)}"
        f"<h4>{escaped(word('query.schema_ties'))}</h4>{every}{''.join(ties)}</div>"
    )


def _entry(head: str, name: str, properties: Mapping[str, Property]) -> str:
    items = "".join(f"<li>{line}</li>" for line in _lines(properties))
    head = f"{head} <span>{escaped(name)}</span>"
    return f"<details><summary>{head}</summary><ul>{items}</ul></details>" if items else f"<div>{head}</div>"


def _lines(properties: Mapping[str, Property]) -> Iterable[str]:
    for key, property_ in properties.items():
        values = ", ".join(schema().vocabularies[property_.vocabulary]) if property_.vocabulary else property_.type
        yield f"<code>{key}</code> {escaped(property_.name.in_(language()))} · {escaped(values)}"
