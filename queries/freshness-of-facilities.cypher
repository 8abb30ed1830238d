// name: freshness-of-facilities
// title: Newest fact of each facility | Fakta terbaru setiap UPT
// tags: sources
// params:
//   as_of: date = today -- only what was said on or before this day | hanya yang dinyatakan sampai hari ini
//   synthetic: boolean = false -- invented facts too | fakta rekaan juga
// returns:
//   id: string -- id of the facility | id UPT
//   name: string -- its name | namanya
//   newest: date? -- day of its newest fact, if any has a day | hari fakta terbarunya, bila ada yang bertanggal
//   facts: integer -- claims about it up to the day | klaim tentangnya sampai hari itu
//   undated: integer -- of these, claims of documents without a day | di antaranya, klaim dari dokumen tanpa tanggal
//
// A fact is any claim that touches the facility: ties, mentions and checks. Its day is the day of its document.
//
// Fakta ialah setiap klaim yang menyangkut UPT itu: hubungan, penyebutan, dan pemeriksaan. Harinya ialah hari dokumennya.
MATCH (facility:Facility)
WHERE $synthetic OR facility.synthetic IS NULL
OPTIONAL MATCH (facility)-[fact]-()
WHERE coalesce(fact.said_on <= $as_of, true) AND ($synthetic OR fact.synthetic IS NULL)
RETURN facility.id AS id, facility.name AS name, max(fact.said_on) AS newest, count(fact) AS facts, count(fact) - count(fact.said_on) AS undated
