// name: what-is-said-of-nodes
// title: What documents say of one node | Yang dinyatakan dokumen tentang satu simpul
// tags: sources
// params:
//   synthetic: boolean = false -- count invented documents too | hitung juga dokumen rekaan
// returns:
//   node: node -- the node | simpulnya
//   record: string -- what this document says of its properties, as JSON | yang dikatakan dokumen itu, sebagai JSON
//   source: string -- id of the document | id dokumen
//   said_on: date? -- its day | harinya
//   where: string -- its words | bunyinya
//
// One row for each mention of a node of which documents do not all say the same. The node itself shows the most trusted values.
//
// Satu baris per penyebutan simpul yang tidak dikatakan sama oleh semua dokumen. Simpul itu sendiri menampilkan nilai yang paling dipercaya.
MATCH (node)<-[said:MENTIONS]-(:Document)
WHERE $synthetic OR said.synthetic IS NULL
WITH node, count(DISTINCT said.record) AS versions
WHERE versions > 1
MATCH (node)<-[told:MENTIONS]-(document:Document)
WHERE $synthetic OR told.synthetic IS NULL
RETURN node, told.record AS record, document.id AS source, told.said_on AS said_on, told.where AS where
