"""Articles as files of every form: pages with furniture, DOCX, and PDF with broken lines. Names in the furniture are
invented, and must never become facts."""

import html
import json
import textwrap
import zipfile
from pathlib import Path

FURNITURE = ("Palsu", "Menu Jaya", "Kuki", "Terkait Abadi", "Ngawur", "Samping", "Kaki Media", "Skrip")
"""Words that stand in the furniture of pages alone."""


def paragraphs(text: str) -> list[str]:
    """The filled lines of an article, its title first."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def news_page(text: str) -> str:
    """A page as news sites make it, with tags for its day, publisher and address."""
    title, *body = map(html.escape, paragraphs(text))
    about = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": html.unescape(title),
        "datePublished": "2024-03-05T08:30:00+07:00",
        "publisher": {"@type": "Organization", "name": "Kabar Contoh"},
    }
    said = "".join(f"<p>{line}</p>\n" for line in body)
    return f"""<!DOCTYPE html><html lang="id"><head><meta charset="utf-8"><title>{title} - Kabar Contoh</title>
<meta property="og:title" content="{title}"><meta property="og:site_name" content="Kabar Contoh">
<meta property="og:url" content="https://contoh.example/berita/1">
<link rel="canonical" href="https://contoh.example/berita/1">
<script type="application/ld+json">{json.dumps(about)}</script>
<script>var x = "Kalapas Palsu, Budi Jahat, bertemu Direktur PT Skrip Jahat, Joni.";</script></head><body>
<header><nav><ul><li><a href="/">Beranda</a></li><li><a href="/m">Lapas Medan Gandeng PT Menu Jaya</a></li></ul></nav>
</header><div class="Cookie-Notice">Kami memakai cookie. Lapas Kuki bekerja sama dengan PT Kuki Manis.</div>
<main><article><h1>{title}</h1><p class="meta"><time datetime="2024-03-05">5 Maret 2024</time></p>
<div class="share-buttons"><a href="#">Bagikan ke Facebook</a> <a href="#">WhatsApp</a></div>
<div class="entry-content">{said}</div><div class="related-posts"><h3>Berita Terkait</h3>
<ul><li><a href="/1">Rutan Depok Teken MoU dengan CV Terkait Abadi</a></li></ul></div></article>
<section id="comments"><h2>Komentar</h2><p>Kalapas Palsu, Joni Iseng, menandatangani kerja sama dengan PT
Komentar Ngawur di Lapas Serang, Senin (4/3/2024).</p></section></main>
<aside class="sidebar"><a href="/3">Lapas Bandung Teken PKS dengan PT Samping</a></aside>
<footer><p>Hak cipta PT Kaki Media 2024.</p></footer></body></html>"""


def plain_page(text: str) -> str:
    """A page of nothing but divisions, its lines wrapped in the source, with no tags for anything."""
    title, *body = map(html.escape, paragraphs(text))
    said = "".join(f"<p>{textwrap.fill(line, 70)}</p>\n" for line in body)
    return f"""<html><head><title>{title}</title></head><body><div id="menu"><a href="/a">Lapas Medan Gandeng PT Menu
Jaya</a> <a href="/b">Profil</a> <a href="/c">Kontak</a></div><div class="isi"><h2>{title}</h2>{said}</div>
<div class="berita-terkait"><a href="/d">Rutan Depok Teken MoU dengan CV Terkait Abadi</a></div>
<div id="komentar-pembaca">Kalapas Palsu, Joni Iseng, bertemu PT Komentar Ngawur.</div></body></html>"""


_TYPES = """<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="xml" ContentType="application/xml"/></Types>"""
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(path: Path, text: str) -> Path:
    """Write an article as DOCX, each word a run of its own, with struck-out text and a text box told twice."""
    unseen = "<w:del><w:r><w:delText>Kalapas Palsu</w:delText></w:r></w:del><mc:Fallback><w:p><w:r><w:t>PT Menu Jaya"
    unseen += "</w:t></w:r></w:p></mc:Fallback>"
    body = "".join(
        "<w:p>" + "".join(f'<w:r><w:t xml:space="preserve">{html.escape(word)} </w:t></w:r>' for word in line.split())
        + f"{unseen}</w:p>"
        for line in paragraphs(text)
    )  # fmt: skip
    return document(path, f'<w:document xmlns:w="{_WORD}" xmlns:mc="x"><w:body>{body}</w:body></w:document>')


def document(path: Path, markup: str) -> Path:
    """Write a DOCX whose main part is this markup."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("word/document.xml", markup)
    return path


def pdf(path: Path, text: str, width: int = 62, a_page: int = 12, gap: int = 24) -> Path:
    """Write an article as PDF: lines of at most `width` characters, pages with a header and a number.

    `gap` is the room before a paragraph, 14 that of any line.
    """
    lines: list[tuple[str, int]] = []
    for paragraph in paragraphs(text):
        broken = textwrap.wrap(paragraph, width, break_long_words=False, break_on_hyphens=False)
        lines += [(line, gap if place == 0 else 14) for place, line in enumerate(_hyphenated(broken))]
    pages = [lines[begin : begin + a_page] for begin in range(0, len(lines), a_page)]
    return written(path, [_page(page, number, len(pages)) for number, page in enumerate(pages, 1)])


def _hyphenated(lines: list[str]) -> list[str]:
    """Part the first long word of each second line, as justified print does."""
    lines = list(lines)
    for place in range(1, len(lines), 2):
        first, blank, rest = lines[place].partition(" ")
        if blank and len(first) > 8 and first.isalpha() and first.islower():
            lines[place - 1] += f" {first[:4]}-"
            lines[place] = f"{first[4:]} {rest}"
    return lines


def _page(lines: list[tuple[str, int]], number: int, pages: int) -> bytes:
    header = "PT Kaki Media" if pages > 1 else ""  # of a single page nobody knows that it would be on each
    drawn = [b"BT /F1 11 Tf 56 800 Td", _shown(header)]
    y = 800
    for line, leading in lines:
        drawn += [f"0 -{leading} Td".encode(), _shown(line)]
        y -= leading
    return b"\n".join([*drawn, f"0 -{y - 30} Td".encode(), _shown(f"Halaman {number} dari {pages}"), b"ET"])


def _shown(line: str) -> bytes:
    raw = line.encode("cp1252", "replace")
    return b"(" + raw.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)") + b") Tj"


def written(path: Path, pages: list[bytes], more: bytes = b"") -> Path:
    """Write a PDF with these streams of drawing; `more` goes into its trailer."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, page in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(f"<< /Length {len(page)} >>\nstream\n".encode() + page + b"\nendstream")
    said, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(said))
        said += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    said += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode() + table
    said += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R ".encode() + more
    path.write_bytes(said + f">>\nstartxref\n{said.index(b'xref')}\n%%EOF\n".encode())
    return path
