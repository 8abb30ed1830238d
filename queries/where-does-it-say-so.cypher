// name: where-does-it-say-so
// title: Where does it say so | Di mana dinyatakan demikian
// tags: sources
// params:
//   node: string -- id of the node, e.g. facility:lapas-padang | id simpul, mis. facility:lapas-padang
// returns:
//   relation: string -- the type of the tie | jenis ikatan
//   outgoing: boolean -- true if the tie starts at the node | true bila ikatan berawal di simpul itu
//   other: node -- the other end; for MENTIONS, the document | ujung yang lain; untuk MENTIONS, dokumennya
//   where: string -- the sentence or row that says so | kalimat atau baris yang menyatakannya
//   status: string -- active, planned or ended | active, planned, atau ended
//   confidence: number -- from 0 to 1 | dari 0 sampai 1
//   said_on: date? -- day of the document | tanggal dokumen
//   source: string -- id of the document | id dokumen
//   claim: string -- id of the claim | id klaim
//
// All claims about one node, each with its sentence: the ties that start at it, those that end at it, and its mentions.
//
// Semua klaim tentang satu simpul, masing-masing dengan kalimatnya: ikatan yang berawal, yang berakhir, dan penyebutannya.
MATCH (node)
WHERE node.id = $node
MATCH (node)-[tie]->(other)
RETURN type(tie) AS relation, true AS outgoing, other, tie.where AS where, tie.status AS status, tie.confidence AS confidence, tie.said_on AS said_on, tie.source AS source, tie.claim AS claim
UNION
MATCH (node)
WHERE node.id = $node
MATCH (node)<-[tie]-(other)
RETURN type(tie) AS relation, false AS outgoing, other, tie.where AS where, tie.status AS status, tie.confidence AS confidence, tie.said_on AS said_on, tie.source AS source, tie.claim AS claim
