// name: ties-on-day
// title: Ties valid on a day | Hubungan yang berlaku pada suatu hari
// tags: network
// params:
//   as_of: date = today -- the day on which a tie must hold | hari ketika hubungan harus berlaku
//   synthetic: boolean = false -- invented ties too | hubungan rekaan juga
// returns:
//   start: string -- id of the node at which the tie starts | id simpul awal
//   relation: string -- the type of the tie | jenis hubungan
//   end: string -- id of the node at which it ends | id simpul akhir
//   claim: string -- id of the claim | id klaim
//   source: string -- id of the document | id dokumen
//   said_on: date? -- day of the document | tanggal dokumen
//   confidence: number -- from 0 to 1 | dari 0 sampai 1
//
// What paths, brokers and communities are looked for in. A tie holds if its document is of that day or earlier, it is
// neither planned nor ended, and the day lies between its since and until. A tie to an agreement holds while coverage
// calls the agreement active; its own days stand for the day of the document. A planned event, or one to come, ties nobody.
// Checks and mentions are no ties. One row a claim, in no order.
//
// Di sinilah jalur, perantara, dan kelompok dicari. Hubungan berlaku bila dokumennya terbit sampai hari itu, tidak direncanakan
// atau berakhir, dan hari itu terletak antara mulai dan akhirnya. Hubungan dengan naskah berlaku selama naskah itu aktif menurut
// cakupan kemitraan; tanggal naskah menggantikan tanggal dokumen. Kegiatan yang direncanakan atau akan datang tidak menghubungkan siapa pun.
// Pemeriksaan dan penyebutan bukan hubungan. Satu baris per klaim, tanpa urutan.
MATCH (a)-[tie:HOLDS|PART_OF|LOCATED_IN|ATTENDED|TOOK_PART|HELD_AT|CONCERNS|PARTY_TO|SIGNED|COVERS|RUNS|SUPPORTS|PARTNERS_WITH]->(b)
WHERE tie.status = 'active' AND ($synthetic OR tie.synthetic IS NULL)
  AND coalesce(tie.since <= $as_of, true) AND coalesce(tie.until >= $as_of, true)
  AND coalesce(coalesce(a.starts_on, b.starts_on, a.signed_on, b.signed_on, tie.said_on) <= $as_of, true)
  AND coalesce(coalesce(a.ends_on, b.ends_on) >= $as_of, true)
  AND NOT coalesce(a.status, b.status, 'in_force') IN ['ended', 'planned', 'unknown']
  AND NOT coalesce(a.planned, b.planned, false) AND coalesce(coalesce(a.date, b.date) <= $as_of, true)
RETURN a.id AS start, type(tie) AS relation, b.id AS end, tie.claim AS claim, tie.source AS source, tie.said_on AS said_on, tie.confidence AS confidence
