"""Each stage of reading an article by itself."""

import datetime

import pytest

from loaders.article import scan
from loaders.article.article import read
from loaders.article.cleaning import clean
from loaders.article.dates import published_on, resolve, written
from loaders.article.organisations import organisation
from loaders.article.sentences import sentences
from loaders.article.tokens import tokens
from tests.articles.scoring import names, text

TODAY = datetime.date(2026, 1, 1)


def named(said: str) -> tuple[str, str] | None:
    found = organisation(tokens(said), 0)
    return (found.label, found.name) if found else None


def posts(body: str) -> list[tuple[str, str, str, str]]:
    people = read(clean(f"Judul\n\n{body}"), None, TODAY).people
    return [(post.person.name, post.position, post.body.name, post.tenure) for post in people.posts]


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("Judul\r\n\r\n\r\nIsi\u00a0 satu.\r\nIsi dua.", "Judul\n\nIsi satu.\nIsi dua."),
        ("Judul\n\nbaris yang\nterpotong di tengah", "Judul\n\nbaris yang terpotong di tengah"),
        ("Judul\n\nIsi.\n\nWhat's Your Reaction?\nlike\n1", "Judul\n\nIsi."),
        ("\ufeffJu\u00addul\u200b\x07", "Judul"),
    ],
)
def test_cleaning_leaves_what_was_written(raw: str, cleaned: str) -> None:
    assert clean(raw) == cleaned
    assert clean(cleaned) == cleaned


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("Kalapas, Hj. Lena M. Nasir, S.H., M.Si., hadir. Ia pulang.", 2),
        ("Direktur PT. Maju, Dr. Sri H. Wati, berbicara di Jl. Merdeka No. 5 Padang.", 1),
        ("“Kami siap. Mari mulai!” ujarnya. Acara selesai.", 3),
        ("Mereka ikut kejar Paket C. Kelas dibuka Senin.", 2),
        ("Mitranya yakni:\n1. Dinas Sosial Kota Metro\n2. LBH Adil\nAcara selesai.", 2),
    ],
)
def test_sentences_end_where_they_end(body: str, count: int) -> None:
    text = clean(f"Judul\n\n{body}")
    found = [sentence for sentence in sentences(text) if sentence.part == "body"]
    assert len(found) == count
    assert all(text[sentence.begin : sentence.end] == sentence.text for sentence in found)


def test_signatures_are_no_sentences_of_the_body() -> None:
    text = clean("Judul\n\nIsi.\n\nKontributor: Lapas Padang\n(Humas Lapas Padang)")
    assert [sentence.part for sentence in sentences(text)] == ["title", "body", "footer", "footer"]


@pytest.mark.parametrize(
    ("written_as", "date"),
    [
        ("Selasa (23/3)", "2021-03-23"),
        ("Kamis (25/3/21)", "2021-03-25"),
        ("Senin (13/01/2025)", "2025-01-13"),
        ("Jumat 01/08/25", "2025-08-01"),
        ("Kamis, 5 Maret 2020", "2020-03-05"),
        ("Rabu(31/1/2024)", "2024-01-31"),
        ("(18/9)", "2021-09-18"),
        ("17 Agustus 2025", "2025-08-17"),
        ("30 Februari 2021", None),
    ],
)
def test_days_are_understood(written_as: str, date: str | None) -> None:
    days = written(f"Rapat digelar, {written_as} di aula.")
    found = resolve(days[0], datetime.date(2021, 4, 1)).date if days else None
    assert (found.isoformat() if found else None) == date


@pytest.mark.parametrize(
    "said", ["Pasal 5/2020 berlaku", "rasio 3/4 bagian", "pukul 10.30", "telepon 0812-33-44", "Rp5.100"]
)
def test_other_numbers_are_no_days(said: str) -> None:
    assert written(said) == []


@pytest.mark.parametrize(
    ("said", "use"),
    [
        ("berlaku hingga 31 Desember 2025", "bound"),
        ("“Aman,” jelasnya, Sabtu (18/3/2023)", "interview"),
        ("MAKASSAR, 14 Oktober 2021 – Enam klien magang", "dateline"),
        ("Rapat digelar Sabtu (18/3/2023)", "day"),
    ],
)
def test_days_on_which_nothing_happened_are_told_apart(said: str, use: str) -> None:
    assert [day.use for day in written(said)] == [use]


def test_the_year_of_a_bare_weekday_is_the_latest_that_fits() -> None:
    days = written("Rapat, Selasa (23/3).")
    assert published_on(days, TODAY) == datetime.date(2021, 3, 23)
    assert published_on(days, datetime.date(2021, 3, 22)) == datetime.date(2010, 3, 23)


@pytest.mark.parametrize(
    ("text", "label", "name"),
    [
        ("Lembaga Pemasyarakatan (Lapas) Kelas IIA Padang,", "Facility", "Lapas Kelas IIA Padang"),
        ("Lapas Perempuan Kelas II A Semarang", "Facility", "Lapas Perempuan Kelas IIA Semarang"),
        ("LPP Semarang", "Facility", "Lapas Perempuan Semarang"),
        ("Lapas Terbuka Kelas IIB Nusakambangan", "Facility", "Lapas Terbuka Kelas IIB Nusakambangan"),
        ("Rumah Tahanan Negara Klas IIb Masohi", "Facility", "Rutan Kelas IIB Masohi"),
        ("Lapas Palangka Raya Wahyu", "Facility", "Lapas Palangka Raya"),
        ("Kanwil Kementerian Hukum dan HAM (Kemenkumham) Riau", "PublicBody", "Kanwil Kemenkumham Riau"),
        ("Dinas Ketahanan Pangan, Pertanian dan Perikanan Kota Metro, Dinas", "PublicBody",
         "Dinas Ketahanan Pangan, Pertanian dan Perikanan Kota Metro"),
        ("Badan Narkotika Nasional Kota (BNNK) Banjarbaru", "PublicBody", "Badan Narkotika Nasional Kota Banjarbaru"),
        ("RSUD dr. R. Koesma Tuban, dan", "PublicBody", "RSUD dr. R. Koesma Tuban"),
        ("Polres Madiun Kota", "PublicBody", "Polres Madiun Kota"),
        ("PT.Cipta Anyam Rotanindo, Vincent", "Company", "PT. Cipta Anyam Rotanindo"),
        ("UD Minang Jati Perabot dan Interior dari", "Company", "UD Minang Jati Perabot dan Interior"),
        ("CV Maju Jaya dan Kalapas Padang", "Company", "CV Maju Jaya"),
        ("Yayasan Kasih Borneo Pdt. Yohanes", "Organization", "Yayasan Kasih Borneo"),
        ("Lentera Global School yang", "Organization", "Lentera Global School"),
        ("SMKN 2 Metro, SMKN 3 Metro", "Organization", "SMKN 2 Metro"),
    ],
)  # fmt: skip
def test_organisations_are_named_to_their_end(text: str, label: str, name: str) -> None:
    assert named(text) == (label, name)


@pytest.mark.parametrize(
    "text", ["Warga Binaan Pemasyarakatan", "Kegiatan itu", "bank darah", "perusahaan besar", "Senin"]
)
def test_other_words_are_no_organisations(text: str) -> None:
    assert named(text) is None


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Kalapas Kelas IIA Padang, Era Wira, hadir.", [("Era Wira", "Kalapas", "Lapas Kelas IIA Padang", "current")]),
        ("Kalapas Klas IIB Pangkalan Bun Darmaji hadir.",
         [("Darmaji", "Kalapas", "Lapas Kelas IIB Pangkalan Bun", "current")]),
        ("Hadir Amrul Yusa selaku Kalapas Banjarbaru.", [("Amrul Yusa", "Kalapas", "Lapas Banjarbaru", "current")]),
        ("“Ya,” kata Budi Santo, Kalapas Tuban, kemarin.", [("Budi Santo", "Kalapas", "Lapas Tuban", "current")]),
        ("Direktur PT. Laju, Dr. Sri Handa, M.P., dan pemilik CV Roti, Wiwik, tiba.",
         [("Sri Handa", "Direktur", "PT. Laju", "current"), ("Wiwik", "Pemilik", "CV Roti", "current")]),
        ("Kepala Lapas Slawi, Bagus Raja, digantikan Sutris Adi.",
         [("Bagus Raja", "Kalapas", "Lapas Slawi", "former"), ("Sutris Adi", "Kalapas", "Lapas Slawi", "current")]),
        ("Plt. Kepala Rutan Kelas I Depok Ali Imran, S.H. hadir.",
         [("Ali Imran", "Karutan", "Rutan Kelas I Depok", "current")]),
        ("Mantan Kalapas Tuban, Joko Lelono, datang.", [("Joko Lelono", "Kalapas", "Lapas Tuban", "former")]),
        ("Wakil Wali Kota Metro, dr. Hapsari Ning, datang.",
         [("Hapsari Ning", "Wakil Wali Kota", "Pemerintah Kota Metro", "current")]),
    ],
)  # fmt: skip
def test_people_and_their_posts(body: str, expected: list[tuple[str, str, str, str]]) -> None:
    assert posts(body) == expected


@pytest.mark.parametrize(
    "body",
    [
        "Gubernur Sumatra Barat akan meresmikan pabrik di Lapas Padang.",
        "Atang (41), warga binaan Lapas Tuban, bekerja.",
        "Kepala Unit Pelaksana Teknis Pemasyarakatan hadir di Lapas Tuban.",
        "Marthen Salu mewakili Yayasan Terang di Lapas Tuban.",
    ],
)
def test_nobody_holds_a_post_that_the_text_does_not_give(body: str) -> None:
    assert posts(body) == []


def test_two_people_of_one_name_stay_two() -> None:
    body = "Kalapas Tuban, Suyanto, hadir. Ketua Kelompok Tani Sinar Agung, Suyanto, tersenyum."
    people = read(clean(f"Judul\n\n{body}"), None, TODAY).people
    assert len(people.known) == 2


def test_a_prison_and_a_detention_house_of_one_town_stay_two() -> None:
    units = read(clean("Judul\n\nRutan Padang dan Lapas Padang bertetangga."), None, TODAY).bodies.known
    assert [unit.id for unit in units] == ["facility:rutan-padang", "facility:lapas-padang"]


def test_no_mention_is_passed_over_because_of_the_word_it_opens_with(monkeypatch: pytest.MonkeyPatch) -> None:
    class Every(frozenset[str]):
        def __contains__(self, word: object) -> bool:
            return True

    def mentions() -> list[object]:
        found: list[object] = []
        for name in names():
            said = clean(text(name))
            scanner = scan.Scanner(said)
            found += [scanner.sentence(sentence, []) for sentence in sentences(said)]
        return found

    usual = mentions()
    monkeypatch.setattr(scan, "_openings", Every)
    assert usual == mentions()
