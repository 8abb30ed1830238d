"""Names: one thing gets one id, however it is written, and two things never share one."""

import csv
import re
from collections.abc import Callable
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import names
from graph.schema import schema
from graph.settings import DEMO

ID = re.compile(r"[a-z-]+:[a-z0-9@.-]+")
LONGEST_ID = 300

# A register's own name that hides its purpose behind the place; the column of the register knows better.
PURPOSE_AFTER_PLACE = "Lapas Kelas I Batu High Risk Narkotika Nusakambangan"

SAME_UNITS = [
    ("Lembaga Pemasyarakatan Kelas II A Padang", "Lapas Padang"),
    ("Lembaga Permasyarakatan Padang", "Lapas Padang"),
    ("Lembaga Pemasyarakatan (Lapas) Kelas IIA Padang", "Lapas Padang"),
    ("Lembaga Pemasyarakatan Lapas Kelas IIA Padang", "Lapas Padang"),
    ("LP Kelas I Cipinang", "Lapas Cipinang"),
    ("LAPAS KELAS IIA  PADANG", "lapas padang"),
    ("Lapas Klas IIb Pariaman", "Lapas Kelas IIB Pariaman"),
    ("Lapas Kls IIA Padang", "Lapas Kelas IIA Padang"),
    ("Lapas Kelas 2A Padang", "Lapas Kelas IIA Padang"),
    ("Lapas Padang (Kelas IIA)", "Lapas Padang"),
    ("Lapas Padang Kelas IIA", "Lapas Padang"),
    ("Lapas Kelas II-A Bukittinggi", "Lapas Bukittinggi"),
    ("LPP Kelas IIA Tangerang", "Lapas Perempuan Tangerang"),
    ("Lapas Tangerang (Perempuan)", "Lapas Perempuan Tangerang"),
    ("Lapas Kelas IIA Tangerang (Khusus Wanita)", "Lapas Perempuan Tangerang"),
    ("Lapas Khusus Perempuan Tangerang", "Lapas Perempuan Tangerang"),
    ("Lembaga Pemasyarakatan Tangerang (Lapas Pemuda)", "Lapas Pemuda Tangerang"),
    ("Lapas Padang (perempuan dan anak bersama)", "Lapas Padang"),
    ("Lapas Wanita Tangerang", "Lapas Perempuan Kelas IIA Tangerang"),
    ("Lembaga Pemasyarakatan Perempuan (LPP) Kelas IIA Bandung", "Lapas Perempuan Bandung"),
    ("Lapas Khusus Narkotika Kelas IIA Jakarta", "Lapas Narkotika Jakarta"),
    ("Lapas Kelas IIA Pemuda Tangerang", "Lapas Pemuda Kelas IIA Tangerang"),
    ("Rumah Tahanan Negara Kelas IIB Padang", "Rutan Padang"),
    ("Rumah Tahanan Negara (Rutan) Kelas I Depok", "Rutan Depok"),
    ("Rumah Tahanan Padang", "Rutan Klas II B Padang"),
    ("Lembaga Pembinaan Khusus Anak Kelas II Payakumbuh", "LPKA Payakumbuh"),
    ("Lembaga Pembinaan Khusus Anak (LPKA) Kelas II Payakumbuh", "LPKA Kelas II Payakumbuh"),
    ("Balai Pemasyarakatan Kelas I Padang", "Bapas Padang"),
    ("Rumah Penyimpanan Benda Sitaan Negara Kelas I Palembang", "Rupbasan Palembang"),
    ("Rumah Sakit Umum Pengayoman Cipinang", "RS Pengayoman Cipinang"),
    ("Lapas Kelas IIB Padang Sidempuan", "Lapas Padangsidempuan"),
    ("Lapas Pangkalpinang", "Lapas Kelas IIA Pangkal Pinang"),
]
OTHER_UNITS = [
    ("Lapas Padang", "Rutan Padang"),
    ("Lapas Padang", "Bapas Padang"),
    ("Lapas Padang", "Lapas Anak Padang"),
    ("Lapas Padang", "Lapas Padang Sidempuan"),
    ("Lapas Padang", "Lapas Padang Panjang"),
    ("Lapas Tangerang", "Lapas Perempuan Tangerang"),
    ("Lapas Tangerang", "Lapas Pemuda Tangerang"),
    ("Lapas Tangerang", "Lapas Tangerang (Perempuan)"),
    ("Lapas Perempuan Tangerang", "Lapas Pemuda Tangerang"),
    ("Lapas Kelas I Tangerang", "Lapas Kelas IIA Tangerang"),
    ("LPKA Tangerang", "Lapas Tangerang"),
    ("Lapas Nusakambangan", "Lapas Terbuka Nusakambangan"),
    ("Lapas Narkotika Nusakambangan", "Bapas Nusakambangan"),
    ("Rutan Bandung", "Rutan Perempuan Bandung"),
    ("Lapas Perempuan Bandung", "Rutan Perempuan Bandung"),
    ("Rupbasan Palembang", "Bapas Palembang"),
    ("Rutan Jakarta Pusat", "Rutan Jakarta Timur"),
    ("Cabang Rutan Padang", "Rutan Padang"),
]
SAME_COMPANIES = [
    ("PT. Al Ananda Labbaik Kakbah", "PT Al Ananda Labbaik Ka'bah"),
    ("PT Al Ananda Labbaik Ka’bah", "PT. AL ANANDA  LABBAIK KAKBAH"),
    ("PT.Cipta Karya", "PT Cipta Karya"),
    ("P.T. Cipta Karya", "PT Cipta Karya"),
    ("Perseroan Terbatas Cipta Karya", "PT Cipta Karya"),
    ("PT Bank Nagari (Persero) Tbk", "PT Bank Nagari"),
    ("PT Telkom Indonesia Tbk.", "PT Telkom Indonesia"),
    ("PT Maju, Tbk", "PT Maju"),
    ("C.V. Maju Jaya", "CV. Maju Jaya"),
    ("UD. Sumber", "UD Sumber"),
]
OTHER_COMPANIES = [
    ("PT Maju Jaya", "CV Maju Jaya"),
    ("PT Maju Jaya", "PT Maju Jaya Abadi"),
    ("PT Cipta Karya", "PT Cipta Karsa"),
    ("Koperasi Maju", "PT Maju"),
    ("PT Bank Nagari", "PT Bank Riau"),
]
SAME_BODIES = [
    ("Kantor Wilayah Kementerian Hukum dan HAM Sumatera Barat", "Kanwil Kemenkumham Sumatera Barat"),
    ("Kantor Wilayah Kementerian Hukum dan Hak Asasi Manusia Sumatra Barat", "Kanwil Kemenkumham Sumatera Barat"),
    ("Direktorat Jenderal Pemasyarakatan", "Ditjen PAS"),
    ("Ditjenpas", "Ditjen Pemasyarakatan"),
    ("Kementrian Agama", "Kementerian Agama RI"),
    ("Kementerian Imigrasi dan Pemasyarakatan Republik Indonesia", "Kemenimipas"),
    ("BNNP Sumatera Barat", "Badan Narkotika Nasional Provinsi Sumatera Barat"),
    ("BNN Kota Padang", "Badan Narkotika Nasional Kota Padang"),
    ("Dinkes Kota Padang", "Dinas Kesehatan Kota Padang"),
    ("Pemkab Agam", "Pemerintah Kabupaten Agam"),
    ("Pemprov Riau", "Pemerintah Propinsi Riau"),
    ("RSUD Padang", "Rumah Sakit Umum Daerah Padang"),
    ("Kemenag Kab. Agam", "Kantor Kementerian Agama Kabupaten Agam"),
    ("Kepolisian Resor Agam", "Polres Agam"),
    ("Kejaksaan Negeri Padang", "Kejari Padang"),
    (
        "Kanwil Ditjenpas D.I. Yogyakarta",
        "Kantor Wilayah Direktorat Jenderal Pemasyarakatan Daerah Istimewa Yogyakarta",
    ),
]
OTHER_BODIES = [
    ("Kanwil Ditjenpas Riau", "Kanwil Ditjenpas Kepulauan Riau"),
    ("Kanwil Ditjenpas Papua", "Kanwil Ditjenpas Papua Barat"),
    ("Kanwil Ditjenpas Papua Barat", "Kanwil Ditjenpas Papua Barat Daya"),
    ("Kanwil Kemenkumham Sumatera Barat", "Kanwil Ditjenpas Sumatera Barat"),
    ("Kanwil Kemenkumham Sumatera Barat", "Kanwil Kemenkum Sumatera Barat"),
    ("Kementerian Hukum dan HAM", "Kementerian Hukum"),
    ("Kementerian Agama", "Kementerian Kesehatan"),
    ("BNN", "BNNP Sumatera Barat"),
    ("Dinas Kesehatan Kota Padang", "Dinas Kesehatan Kabupaten Padang Pariaman"),
    ("Pemkab Solok", "Pemkot Solok"),
    ("Polres Solok", "Polresta Solok"),
]


def register() -> list[dict[str, str]]:
    """The rows of the facilities register that ships."""
    with (DEMO / "register" / "facilities.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_the_612_units_of_the_register_have_612_ids() -> None:
    assert len({names.facility_id(row["name"]) for row in register()}) == len(register()) == 612


def test_a_units_name_says_the_kind_purpose_and_class_that_its_row_says() -> None:
    differing = set()
    for row in register():
        unit = names.unit_name(row["name"])
        if unit is None or (unit.kind, unit.purpose, unit.klass) != (row["kind"], row["purpose"], row["class"]):
            differing.add(row["name"])
    assert differing == {PURPOSE_AFTER_PLACE}


@pytest.mark.parametrize(("one", "other"), SAME_UNITS)
def test_two_ways_to_write_a_unit_give_one_id(one: str, other: str) -> None:
    assert names.facility_id(one) == names.facility_id(other)


@pytest.mark.parametrize(("one", "other"), OTHER_UNITS)
def test_two_units_have_two_ids(one: str, other: str) -> None:
    assert names.facility_id(one) != names.facility_id(other)


@pytest.mark.parametrize(("one", "other"), SAME_COMPANIES)
def test_two_ways_to_write_a_company_give_one_id(one: str, other: str) -> None:
    assert names.company_id(one) == names.company_id(other)


@pytest.mark.parametrize(("one", "other"), OTHER_COMPANIES)
def test_two_companies_have_two_ids(one: str, other: str) -> None:
    assert names.company_id(one) != names.company_id(other)


@pytest.mark.parametrize(("one", "other"), SAME_BODIES)
def test_two_ways_to_write_a_public_body_give_one_id(one: str, other: str) -> None:
    assert names.public_body_id(one) == names.public_body_id(other)


@pytest.mark.parametrize(("one", "other"), OTHER_BODIES)
def test_two_public_bodies_have_two_ids(one: str, other: str) -> None:
    assert names.public_body_id(one) != names.public_body_id(other)


def test_a_unit_is_taken_apart_into_kind_purpose_class_and_place() -> None:
    unit = names.unit_name("Lembaga Pemasyarakatan (Lapas) Perempuan Kelas IIA Tangerang")
    assert unit == names.UnitName("lapas", "women", "IIA", "tangerang")


@pytest.mark.parametrize("text", ["", "Kanwil Ditjenpas Riau", "PT Lapas Jaya", "Polres Padang", "Lapasan", "💥"])
def test_what_does_not_begin_as_a_unit_is_none(text: str) -> None:
    assert names.unit_name(text) is None


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Hj. Lena Muhammad Nasir, S.H., M.Si.", "Lena Muhammad Nasir"),
        ("R. Andika Dwi Prasetya", "R. Andika Dwi Prasetya"),
        ("Andi Nurka", "Andi Nurka"),
        ("H. Ahmad Zaky", "Ahmad Zaky"),
        ("Bapak Era Wiharto", "Era Wiharto"),
        ("Drs. Era Wiharto A.Md.I.P., S.H., M.Si", "Era Wiharto"),
        ("Era Wiharto S.H. M.H.", "Era Wiharto"),
        ("Brigjen. Pol. Budi Santoso, S.I.K.", "Budi Santoso"),
        ("Kolonel Inf. (Purn.) Budi Santoso", "Budi Santoso"),
        ("Kolonel Mar Budi Santoso", "Budi Santoso"),
        ("H. Mar Iskandar", "Mar Iskandar"),
        ("Aiptu Pol", "Pol"),
        ("Prof. Dr. Ir. Siti Rahma", "Siti Rahma"),
        ("Marten", "Marten"),
        ("Bapak", "Bapak"),
        ("  Budi   Santoso ", "Budi Santoso"),
        ("", ""),
    ],
)
def test_honorifics_and_degrees_are_no_part_of_a_persons_name(written: str, name: str) -> None:
    assert names.person_name(written) == name


def test_two_people_of_one_name_at_two_organisations_are_two() -> None:
    assert names.official_id("Budi", "facility:lapas-padang") != names.official_id("Budi", "facility:rutan-padang")
    assert names.official_id("H. Budi, S.H.", "facility:lapas-padang") == "official:budi@lapas-padang"


def test_an_event_with_day_and_place_is_the_same_in_every_document() -> None:
    place = "facility:lapas-padang"
    met = names.event_id("meeting", "2021-03-23", place, "document:a")
    assert (
        met == names.event_id("meeting", "2021-03-23", place, "document:b") == "event:2021-03-23-meeting-lapas-padang"
    )
    others = {
        names.event_id("signing", "2021-03-23", place, "document:a"),
        names.event_id("meeting", "2021-03-24", place, "document:a"),
        names.event_id("meeting", None, place, "document:a"),
        names.event_id("meeting", None, place, "document:b"),
        names.event_id("meeting", "2021-03-23", None, "document:b"),
    }
    assert len(others | {met}) == 6


def test_an_agreement_is_known_by_its_number_else_by_day_and_parties_in_any_order() -> None:
    parties = ["company:pt-maju", "facility:lapas-padang"]
    assert names.agreement_id("mou", None, parties, "document:a", "W3/12") == names.agreement_id(
        "mou", "2021-01-01", [], "document:b", "W3/12"
    )
    dated = names.agreement_id("mou", "2021-03-23", parties, "document:a")
    assert dated == names.agreement_id("mou", "2021-03-23", reversed(parties), "document:b")
    assert names.agreement_id("mou", None, parties, "document:a") != names.agreement_id(
        "mou", None, parties, "document:b"
    )


@pytest.mark.parametrize("label", schema().labels)
def test_an_id_tells_the_label_of_its_node(label: str) -> None:
    ids = {
        "Official": names.official_id("Budi", "facility:x"),
        "Facility": names.facility_id("Lapas Padang"),
        "Company": names.company_id("PT Maju"),
        "PublicBody": names.public_body_id("Polres Padang"),
        "Organization": names.organization_id("Yayasan Maju"),
        "Program": names.program_id("Lele asap", "facility:x"),
        "Event": names.event_id("meeting", None, None, "document:x"),
        "Agreement": names.agreement_id("mou", None, [], "document:x"),
        "Place": names.place_id("13.71"),
        "Document": names.document_id("Daftar"),
    }
    assert names.label_of(ids[label]) == label
    assert names.label_of("orang:budi") is None


_UNITS = st.sampled_from([row["name"] for row in register()])
_NAMED: list[Callable[[str], str]] = [
    names.facility_id,
    names.company_id,
    names.public_body_id,
    names.organization_id,
    names.document_id,
    lambda name: names.official_id(name, "facility:lapas-padang"),
    lambda name: names.program_id(name, "facility:lapas-padang"),
    lambda name: names.agreement_id("mou", None, [], "document:x", name or "-"),
]
_IDS = st.sampled_from(_NAMED)
_TEXTS = st.text() | st.text(alphabet="abc ıßé漢ء💥.'’-_\n\0\u202e𐀀", max_size=300)


@given(_UNITS, st.data())
def test_a_units_id_is_the_same_in_capitals_with_dots_and_with_double_blanks(name: str, data: st.DataObject) -> None:
    words = [word + data.draw(st.sampled_from(["", ".", ","])) for word in name.split()]
    written = "".join(word + data.draw(st.sampled_from([" ", "  ", "\t", "\n"])) for word in words)
    written = data.draw(st.sampled_from([str.upper, str.lower, str.title]))(written)
    assert names.facility_id(written) == names.facility_id(name)


@given(_UNITS.filter(lambda name: "Tangerang" not in name), st.sampled_from(["I", "IIA", "II B", "III", "2b"]))
def test_a_units_id_does_not_depend_on_its_class(name: str, klass: str) -> None:
    renamed = re.sub(r"Kelas [IVX]+[ABC]?", f"Kelas {klass}", name)
    assert names.facility_id(renamed) == names.facility_id(name)


@given(_TEXTS, _IDS)
def test_any_text_gives_an_id_of_bounded_length_and_plain_letters(text: str, id_of: Callable[[str], str]) -> None:
    id_ = id_of(text)
    assert ID.fullmatch(id_)
    assert len(id_) <= LONGEST_ID


@given(_IDS, st.text(alphabet="abcdefghij", min_size=1, max_size=20), st.text(alphabet="abcdefghij", min_size=1))
def test_two_long_texts_that_begin_alike_do_not_share_an_id(id_of: Callable[[str], str], one: str, other: str) -> None:
    begin = "yayasan " * 30
    if one != other:
        assert id_of(begin + one) != id_of(begin + other)
    assert id_of(begin + one) == id_of(begin + one)


@pytest.mark.parametrize(("one", "other"), list(combinations(["", "💥", "☃", "…", "\ud800", "()"], 2)))
@pytest.mark.parametrize("id_of", _NAMED[:4] + _NAMED[5:7])
def test_names_without_a_letter_stay_apart(id_of: Callable[[str], str], one: str, other: str) -> None:
    assert id_of(one) != id_of(other)


@given(_TEXTS)
def test_normal_form_is_stable(text: str) -> None:
    assert names.normal(names.normal(text)) == names.normal(text)


def test_the_shipped_word_lists_name_only_values_of_the_schema() -> None:
    for vocabulary in ("facility_kind", "facility_purpose"):
        assert set(names.parts()[vocabulary]) <= set(schema().vocabularies[vocabulary])


def test_no_short_form_is_lost_between_two_runs_of_replacement() -> None:
    for short in set(names.parts()["short_forms"].values()):
        assert names.normal(short) == short, "a short form that is itself replaced never settles"


def test_no_short_form_leads_back_to_a_long_one() -> None:
    table: dict[str, str] = names.parts()["short_forms"]
    for long in table:
        seen, text = {long}, long
        while (
            text := re.sub(rf"\b(?:{'|'.join(sorted(table, key=len, reverse=True))})\b", lambda m: table[m[0]], text)
        ) not in seen:
            seen.add(text)
        assert text == re.sub(rf"\b(?:{'|'.join(table)})\b", lambda m: table[m[0]], text), long
