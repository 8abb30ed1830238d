"""Example rows of every register, and how the tests read them."""

import csv
import datetime
import io
from pathlib import Path

from graph.claims import Claim, Document, Mention, Node, Reading, Tie, checked
from loaders.registers import read_register

DOCUMENT = Document("document:r", "R", "register", datetime.date(2026, 11, 24))
PROVINCE = {"code": "13", "name": "Sumatera Barat", "iso": "ID-SB", "latitude": "-0.77", "longitude": "100.86"}
REGENCY = {"code": "13.71", "name": "Kota Padang", "province_code": "13", "kind": "city", "capital": "Padang"}
UNIT = {
    "name": "Lapas Kelas IIA Padang",
    "kind": "lapas",
    "purpose": "general",
    "class": "IIA",
    "province_code": "13",
    "regency_code": "13.71",
    "regional_office": "Kantor Wilayah Ditjenpas Sumatera Barat",
    "latitude": "-0.9",
    "longitude": "100.4",
    "position": "regency",
    "capacity": "458",
    "occupants": "900",
    "counted_on": "2024-05-01",
}
AGREEMENT = {
    "Nomor PKS": "W3.PAS-12/2020",
    "Jenis naskah": "PKS",
    "UPT": "Lapas Kelas IIA Padang",
    "Nama mitra": "PT. Maju Jaya",
    "Tgl. TTD": "05/03/20",
    "Jangka waktu": "5 tahun",
    "Status": "Berlaku (perpanjangan)",
    "Bidang": "Perikanan",
    "Program": "Budi daya lele",
    "Penanda tangan UPT": "Budi Santoso, S.H.",
}
EVENT = {
    "Jenis kegiatan": "Rapat",
    "Tanggal": "Selasa, 23 Maret 2021",
    "Tempat": "Kanwil Ditjenpas Sumatera Barat",
    "UPT": "Lapas Padang",
    "Mitra": "PT Maju Jaya; Yayasan Harapan",
    "Hadir": "Budi Santoso (Lapas Padang); Siti Aminah (PT Maju Jaya)",
    "Direncanakan": "tidak",
    "Nomor PKS": "W3.PAS-12/2020",
}
PARTNER = {"Wilayah": "Kota Padang", "UPT": "Lapas Padang; Rutan Padang", "Bidang": "pangan", "Status": "aktif"}
OF_KIND = {
    "provinces": PROVINCE,
    "regencies": REGENCY,
    "facilities": UNIT,
    "officials": {
        "Nama": "Budi Santoso, S.H.",
        "Jabatan": "Kalapas",
        "Unit kerja": "Lapas Padang",
        "TMT": "5 Maret 2020",
    },
    "companies": {"Nama perusahaan": "PT Maju Jaya"} | PARTNER,
    "public_bodies": {"Nama instansi": "Dinas Kesehatan Kota Padang", "Induk": "Pemerintah Kota Padang"} | PARTNER,
    "organizations": {"Nama yayasan": "Yayasan Harapan"} | PARTNER,
    "partners": {"Nama mitra kerja": "Bank Nagari", "Jenis mitra": "perusahaan"} | PARTNER,
    "agreements": AGREEMENT,
    "programs": {
        "Program": "Budi daya lele",
        "UPT": "Lapas Padang; Rutan Padang",
        "Bidang": "Perikanan",
        "Mitra": "PT Maju Jaya",
    },
    "events": EVENT,
    "checks": {"UPT": "Lapas Padang", "Tanggal pemeriksaan": "2024-05-01", "Temuan": "nihil"},
}
PADANG = Node("Facility", "facility:lapas-padang")


def table(*rows: dict[str, str]) -> bytes:
    """Rows as a CSV file under the columns of all of them."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(dict.fromkeys(key for row in rows for key in row)))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def read(folder: Path, kind: str, content: bytes) -> tuple[list[Claim], Reading]:
    """What a register of this content says."""
    path = folder / f"{kind}.csv"
    path.write_bytes(content)
    reading = read_register(path, kind, DOCUMENT)
    return list(checked(reading.claims)), reading


def one(folder: Path, kind: str, **more: str) -> tuple[list[Claim], Reading]:
    """What the good row of a kind says, with these cells changed."""
    return read(folder, kind, table(OF_KIND[kind] | more))


def mentions(claims: list[Claim], label: str) -> list[Mention]:
    """The mentions of nodes of one label."""
    return [claim for claim in claims if isinstance(claim, Mention) and claim.node.label == label]


def ties(claims: list[Claim]) -> set[tuple[str, str, str]]:
    """The ties, as type and ends."""
    return {(claim.type, claim.start.id, claim.end.id) for claim in claims if isinstance(claim, Tie)}
