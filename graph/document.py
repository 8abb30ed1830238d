"""The page `docs/schema.md`, made from the schema: `python -m graph.document` writes it."""

from collections.abc import Iterable, Mapping, Sequence

from graph.schema import Name, Property, SameAs, schema
from graph.settings import ROOT

PAGE = ROOT / "docs" / "schema.md"
_REFERENCES = ("FollowTheMoney", "Popolo", "OCDS")
_INTRODUCTION = """\
# Schema

Made from `graph/schema.yaml` by `python -m graph.document`. Change that file, then run this command.

Every node also has `id` and `name`. Every relationship is a claim of one document and also has what stands under
[Claim](#claim). The columns FollowTheMoney, Popolo and OCDS name the nearest term there; a dash means that there is
none. Near is not equal: in FollowTheMoney, `Occupancy` leads to a `Position` of its own, where `HOLDS` carries the
title; `Territory.partOf` and `Area.parent_id` hold between two places only; OCDS tells the `parties` of a contract
apart by role. A claim is what FollowTheMoney calls a `Statement`.
"""


def schema_page() -> str:
    """Return the whole page as Markdown: labels, relationships, properties and vocabularies, in the schema's order."""
    parts = [_INTRODUCTION, *_labels(), *_relationships(), *_claim(), *_vocabularies()]
    return "\n".join(parts)


def _labels() -> Iterable[str]:
    known = schema().labels
    yield "## Nodes\n"
    rows = [[f"`{key}`", *_both(each.name), each.says.en, *_nearest(each.same_as)] for key, each in known.items()]
    yield _table(["Label", "Indonesian", "English", "Is", *_REFERENCES], rows)
    yield "### Properties of nodes\n"
    yield _properties({key: each.properties for key, each in known.items()})


def _relationships() -> Iterable[str]:
    known = schema().relationships
    yield "## Relationships\n"
    rows = [
        [f"`{key}`", *_both(each.name), ", ".join(each.from_), ", ".join(each.to), *_nearest(each.same_as)]
        for key, each in known.items()
    ]
    yield _table(["Type", "Indonesian", "English", "From", "To", *_REFERENCES], rows)
    yield "### Properties of relationships\n"
    yield _properties({key: each.properties for key, each in known.items()})


def _claim() -> Iterable[str]:
    yield "## Claim\n"
    yield _properties({"every relationship": schema().claim})


def _vocabularies() -> Iterable[str]:
    yield "## Vocabularies\n"
    yield "`document_kind` stands in order of trust, `coverage_state` in the order in which the states are tried.\n"
    for name, terms in schema().vocabularies.items():
        yield f"### {name}\n"
        yield _table(
            ["Value", "Indonesian", "English"], [[f"`{value}`", *_both(term)] for value, term in terms.items()]
        )


def _properties(owners: Mapping[str, Mapping[str, Property]]) -> str:
    rows = [
        [
            f"`{owner}`" if owner.isidentifier() else owner,
            f"`{key}`",
            each.type,
            f"[{each.vocabulary}](#{each.vocabulary})" if each.vocabulary else "–",
            *_both(each.name),
        ]
        for owner, properties in owners.items()
        for key, each in properties.items()
    ]
    return _table(["Of", "Property", "Type", "Vocabulary", "Indonesian", "English"], rows)


def _both(name: Name) -> tuple[str, str]:
    return name.id, name.en


def _nearest(reference: SameAs) -> list[str]:
    return [f"`{term}`" if term else "–" for term in (reference.ftm, reference.popolo, reference.ocds)]


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)


def main() -> None:
    """Write the page."""
    PAGE.write_text(schema_page(), "utf-8")


if __name__ == "__main__":
    main()
