"""Search finds what was meant: by words, their beginnings, misspelled, in long forms and short, and nothing else."""

import string

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.search import Index
from graph.store import NodeRecord


def node(id_: str, label: str, name: str, **own: object) -> NodeRecord:
    return NodeRecord(label, id_, name, own)


NAMES = {
    "facility:lapas-bukittinggi": ("Facility", "Lapas Kelas IIA Bukittinggi"),
    "facility:lapas-padang": ("Facility", "Lapas Kelas IIA Padang"),
    "facility:lapas-lubukbasung": ("Facility", "Lapas Kelas IIB Lubuk Basung"),
    "facility:rutan-maninjau": ("Facility", "Rutan Kelas IIB Maninjau"),
    "company:pt-al-ananda-labbaik-kakbah": ("Company", "PT. Al Ananda Labbaik Kakbah"),
    "official:era-wiharto@lapas-padang": ("Official", "Era Wiharto"),
    "place:13.75": ("Place", "Kota Bukittinggi"),
    "place:13.71": ("Place", "Kota Padang"),
}
INDEX = Index(
    [node(id_, label, name) for id_, (label, name) in NAMES.items()]
    + [node("company:rekaan", "Company", "PT Padang Rekaan", synthetic=True)]
)


def found(text: str, **limits: object) -> list[str]:
    return [each.id for each in INDEX.find(text, **limits)]  # type: ignore[arg-type]


def test_a_misspelled_name_is_found_and_places_come_last() -> None:
    assert found("bukitingi") == ["facility:lapas-bukittinggi", "place:13.75"]
    assert found("Bukti tinggi")[:1] == ["facility:lapas-bukittinggi"]
    assert found("pdang")[0] == "facility:lapas-padang"
    assert found("kabah") == ["company:pt-al-ananda-labbaik-kakbah"]


def test_the_beginning_of_a_name_is_enough_while_one_types() -> None:
    assert found("era w") == ["official:era-wiharto@lapas-padang"]
    assert found("buk") == ["facility:lapas-bukittinggi", "place:13.75"]
    assert found("bukitin") == ["facility:lapas-bukittinggi", "place:13.75"]


def test_long_forms_and_names_in_one_word_or_two_are_the_same() -> None:
    assert found("lembaga pemasyarakatan padang")[0] == "facility:lapas-padang"
    assert found("lubukbasung") == found("lubuk basung") == ["facility:lapas-lubukbasung"]
    assert found("bukit tinggi")[0] == "facility:lapas-bukittinggi"
    assert found("ka'bah") == ["company:pt-al-ananda-labbaik-kakbah"]


def test_an_id_finds_its_node_and_limits_hold() -> None:
    assert found("place:13.71") == ["place:13.71"]
    assert found("padang", labels=["Place"]) == ["place:13.71"]
    assert found("rekaan") == []
    assert found("rekaan", synthetic=True) == ["company:rekaan"]
    assert len(found("lapas", most=2)) == 2


def test_what_fits_no_name_finds_nothing() -> None:
    assert found("") == found("   ") == found("?!") == found("qqqqqq") == []
    assert found("maninjau qqqqqq") == []
    assert found("x" * 10_000) == []


@settings(max_examples=60)
@given(st.sampled_from(sorted(NAMES)), st.data())
def test_every_node_is_found_by_its_name_with_one_wrong_letter_in_a_long_word(id_: str, data: st.DataObject) -> None:
    words = NAMES[id_][1].split()
    long = [place for place, word in enumerate(words) if len(word) >= 5]
    if long:
        at = data.draw(st.sampled_from(long))
        letter = data.draw(st.integers(0, len(words[at]) - 1))
        wrong = data.draw(st.sampled_from(string.ascii_lowercase))
        words[at] = words[at][:letter] + wrong + words[at][letter + 1 :]
    assert id_ in found(" ".join(words))
