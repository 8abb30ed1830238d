// name: freshness-of-sources
// title: Newest fact of each source | Fakta terbaru setiap sumber
// tags: sources
// params:
//   as_of: date = today -- only what was said on or before this day | hanya yang dinyatakan sampai hari ini
//   synthetic: boolean = false -- invented facts too | fakta rekaan juga
// returns:
//   id: string -- id of the document | id dokumen
//   name: string -- its title | judulnya
//   newest: date? -- its day, if it has one | harinya, bila ada
//   facts: integer -- nodes it mentions, one a claim | penyebutannya, satu per klaim
//   undated: integer -- of these, without a day | di antaranya, tanpa tanggal
//
// All facts of a document are as old as the document.
//
// Semua fakta suatu dokumen setua dokumen itu.
MATCH (document:Document)
WHERE coalesce(document.published <= $as_of, true) AND ($synthetic OR document.synthetic IS NULL)
OPTIONAL MATCH (document)-[fact:MENTIONS]->()
RETURN document.id AS id, document.name AS name, document.published AS newest, count(fact) AS facts, count(fact) - count(fact.said_on) AS undated
