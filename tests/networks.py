"""Networks for the tests of the picture: a meeting as the register and an article tell it, and hostile names."""

from collections.abc import Iterable

import networkx as nx

HOSTILE = (
    "<script>window.__pwn=1</script>",
    "</script><script>window.__pwn=1</script>",
    "<img src=x onerror='window.__pwn=1'>",
    '<a href="javascript:window.__pwn=1">href</a>',
    "javascript:window.__pwn=1",
    'href="x" onmouseover="window.__pwn=1"',
    "{{ 7*7 }} {% raw %} ${7*7} #{7*7}",
    "<%= window.__pwn=1 %>",
    "\u202egnadaP sapaL\u202c \u2067x\u2069",
    "x" * 10_000,
    "Lapas " * 2_000,
    "'); window.__pwn=1; ('",
    '"}]); window.__pwn=1; //',
    "<!--<script>",
    "]]><svg onload=window.__pwn=1>",
    "<style>*{display:none}</style>",
    "\x00\x07\x1b[31mmerah\u2028baris\u2029",
    "<iframe srcdoc='<script>parent.__pwn=1</script>'>",
    "<link rel=stylesheet href=https://example.org/x.css>",
    "\ud800 rusak \udfff",
    "<body onload=window.__pwn=1>",
    "<svg><script>window.__pwn=1</script></svg>",
    "<svg/onload=window.__pwn=1>",
    "<math><mtext></mtext><mglyph><img src=x onerror=window.__pwn=1></math>",
    "<details open ontoggle=window.__pwn=1>",
    "<video><source onerror=window.__pwn=1></video>",
    "<input autofocus onfocus=window.__pwn=1>",
    "<object data='javascript:window.__pwn=1'></object>",
    "<embed src='javascript:window.__pwn=1'>",
    "<form action='javascript:window.__pwn=1'><button>kirim</button></form>",
    "<meta http-equiv=refresh content='0;url=https://example.org/'>",
    "<base href=https://example.org/>",
    "<script src=https://example.org/x.js></script>",
    "<img src=https://example.org/x.png>",
    "![gambar](https://example.org/x.png)",
    "[tautan](javascript:window.__pwn=1)",
    '[tautan](https://example.org/ "judul")',
    "<https://example.org/>",
    "https://example.org/lapas-padang",
    "data:text/html,<script>parent.__pwn=1</script>",
    "vbscript:msgbox(1)",
    "JaVaScRiPt:window.__pwn=1//",
    "&lt;script&gt;window.__pwn=1&lt;/script&gt;",
    "&#60;img src=x onerror=window.__pwn=1&#62;",
    "\\u003cscript\\u003ewindow.__pwn=1\\u003c/script\\u003e",
    "`window.__pwn=1` ```js\nwindow.__pwn=1\n```",
    "$\\href{javascript:window.__pwn=1}{x}$ $$\\frac{1}{0}$$",
    ":material/home: :red[merah] :streamlit:",
    "# Judul\n## Subjudul\n- butir\n> kutipan",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "{0} {name} {__class__.__mro__} %s %(x)s",
    "${jndi:ldap://127.0.0.1/x}",
    "{{constructor.constructor('window.__pwn=1')()}}",
    '=HYPERLINK("https://example.org";"klik")',
    "+1+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd",
    "' OR 1=1 //",
    "'}) DETACH DELETE n //",
    "../../../etc/passwd",
    "**tebal** <b>tebal</b> _miring_ 😀 ＜script＞",
)

_OFFICIALS = {
    "Marselina Budiningsih": ("pb:kanwil", "Kepala Kantor Wilayah"),
    "Era Wiharto": ("lapas-padang", "Kepala"),
    "Rudi Kristiawan": ("rutan-padang", "Kepala"),
    "Marten": ("lapas-bukittinggi", "Kepala"),
    "Haji Ahmad Zaky": ("pt", "Direktur"),
    "Yuskar Nofri": ("lapas-pariaman", "Kepala"),
}
_FACILITIES = {
    "lapas-padang": "Lembaga Pemasyarakatan Kelas IIA Padang",
    "rutan-padang": "Rumah Tahanan Negara Kelas IIB Padang",
    "lapas-bukittinggi": "Lembaga Pemasyarakatan Kelas IIA Bukittinggi",
    "lapas-pariaman": "Lembaga Pemasyarakatan Kelas IIB Pariaman",
}


def _tie(network: "nx.MultiDiGraph[str]", start: str, type_: str, end: str, source: str = "a", **more: object) -> None:
    status = more.pop("status", "active")
    network.add_edge(
        start,
        end,
        key=f"{source}:{start}:{type_}:{end}:{status}",
        type=type_,
        status=status,
        confidence=0.9,
        source=source,
        source_title="Kalapas Padang bertemu mitra" if source == "a" else "Daftar UPT 2026",
        where="Kepala Lapas Padang bertemu direktur perusahaan di kantor wilayah.",
        said_on=None,
        properties=more,
    )


def sample(more: int = 0) -> "nx.MultiDiGraph[str]":
    """Return a meeting with all who took part, and `more` other facilities of the same regional office."""
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()

    def node(id_: str, label: str, name: str) -> None:
        network.add_node(id_, label=label, name=name, properties={})

    node("event:pertemuan", "Event", "Pertemuan Kepala Lapas Padang dengan direktur PT. Al Ananda Labbaik Kakbah")
    node("pb:kanwil", "PublicBody", "Kantor Wilayah Kementerian Hukum dan HAM Sumatera Barat")
    node("pt", "Company", "PT. Al Ananda Labbaik Kakbah")
    node("program", "Program", "Pengolahan ikan lele asap")
    node("mou", "Agreement", "Nota kesepahaman dengan Lapas Bukittinggi")
    node("place", "Place", "Kota Padang")
    node("doc", "Document", "Kalapas Padang bertemu mitra kerja sama")
    for id_, name in _FACILITIES.items():
        node(id_, "Facility", name)
        _tie(network, id_, "TOOK_PART", "event:pertemuan")
        _tie(network, id_, "PART_OF", "pb:kanwil", "r")
        _tie(network, "pt", "PARTNERS_WITH", id_)
    _tie(network, "pt", "PARTNERS_WITH", "lapas-padang", "b")
    _tie(network, "pt", "PARTNERS_WITH", "lapas-padang", "b", status="ended")
    for name, (post, title) in _OFFICIALS.items():
        node(name, "Official", name)
        _tie(network, name, "ATTENDED", "event:pertemuan")
        _tie(network, name, "HOLDS", post, title=title)
    _tie(network, "pt", "TOOK_PART", "event:pertemuan")
    _tie(network, "event:pertemuan", "HELD_AT", "pb:kanwil")
    _tie(network, "event:pertemuan", "LOCATED_IN", "place")
    _tie(network, "lapas-bukittinggi", "RUNS", "program", status="planned")
    _tie(network, "pt", "SUPPORTS", "program", status="planned")
    _tie(network, "mou", "COVERS", "program", status="planned")
    _tie(network, "pt", "PARTY_TO", "mou", status="planned")
    _tie(network, "lapas-bukittinggi", "PARTY_TO", "mou", status="planned")
    _tie(network, "doc", "CHECKED", "lapas-padang", found="none", area="health")
    for place in range(more):
        node(f"upt-{place}", "Facility", f"Lembaga Pemasyarakatan Kelas IIB Kabupaten {place}")
        _tie(network, f"upt-{place}", "PART_OF", "pb:kanwil", "r")
    for place, name in enumerate(HOSTILE):
        node(f"bad-{place}", "Company", name)
        _tie(network, f"bad-{place}", "PARTNERS_WITH", "lapas-pariaman", source=f"bad{place}")
    for id_ in network:
        network.nodes[id_]["degree"] = network.degree(id_)
    return network


def neighbourhood(network: "nx.MultiDiGraph[str]", nodes: Iterable[str]) -> "nx.MultiDiGraph[str]":
    """Return the part of a network that these nodes and their neighbours span."""
    seen = set(nodes)
    return network.subgraph(seen | {other for node in seen for other in nx.all_neighbors(network, node)}).copy()


def star(centre: str, count: int, name: str | None = None) -> "nx.MultiDiGraph[str]":
    """Return a company and the facilities it partners with; all bear `name`, if given."""
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    network.add_node(centre, label="Company", name=name if name is not None else centre, properties={})
    for place in range(count):
        other = f"{centre}-{place}"
        network.add_node(other, label="Facility", name=name if name is not None else other, properties={})
        _tie(network, centre, "PARTNERS_WITH", other)
    return network
