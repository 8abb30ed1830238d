// name: claims-to-review
// title: Claims that wait for review | Klaim yang menunggu ditinjau
// tags: review
// params:
//   below: number = 0.7 -- only claims less sure than this | hanya klaim yang keyakinannya di bawah ini
//   document: string? -- only claims of this document, by id | hanya klaim dokumen ini, menurut id
//   synthetic: boolean = false -- those of invented documents too | juga klaim dokumen rekaan
// returns:
//   claim: string -- id of the claim | id klaim
//   start: node -- where the tie starts | pangkal ikatan
//   relation: string -- type of the tie | jenis ikatan
//   end: node -- where it ends | ujung ikatan
//   status: string -- active, planned or ended | active, planned, atau ended
//   confidence: number -- how sure we are that the document says so | seberapa yakin dokumen menyatakannya
//   where: string -- the sentence or row that says so | kalimat atau baris yang menyatakannya
//   begins_at: integer? -- where the sentence begins in the document's text | awal kalimat dalam teks dokumen
//   ends_at: integer? -- where it ends | akhirnya
//   document: node(Document) -- the document | dokumennya
//
// What nobody has looked at yet, the least sure first. A judgement takes a claim from here: `mitra review` or the page Review.
//
// Yang belum ditinjau siapa pun, mulai dari yang paling tidak pasti. Penilaian mengeluarkan klaim dari daftar ini: `mitra review` atau halaman Tinjau.
MATCH (start)-[tie]->(end)
WHERE tie.confidence < $below AND tie.reviewed IS NULL AND type(tie) <> 'MENTIONS'
  AND ($synthetic OR tie.synthetic IS NULL) AND ($document IS NULL OR tie.source = $document)
MATCH (source:Document {id: tie.source})
RETURN tie.claim AS claim, start, type(tie) AS relation, end, tie.status AS status, tie.confidence AS confidence,
  tie.where AS where, tie.begins_at AS begins_at, tie.ends_at AS ends_at, source AS document
ORDER BY confidence, document.id, begins_at, claim
