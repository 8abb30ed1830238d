// name: former-heads
// title: Ties that a former head leaves behind | Ikatan yang ditinggalkan kepala lama
// tags: people, agreements
// params:
//   synthetic: boolean = false -- count invented claims too | hitung juga klaim rekaan
// returns:
//   facility: string -- id of the facility | id UPT
//   former: string -- id of the official whose post there has ended | id pejabat yang jabatannya berakhir
//   title: string? -- the post | jabatannya
//   until: date? -- last day in the post | hari terakhir menjabat
//   through: string -- SIGNED or ATTENDED | SIGNED atau ATTENDED
//   what: string -- id of the agreement signed, or of the event attended | id naskah yang ditandatangani, atau kegiatan yang dihadiri
//   partner: string -- id of the partner | id mitra
//   day: date? -- day of the signing or the event | hari penandatanganan atau kegiatan
//
// One row for each agreement that the former holder signed, and each event attended, with a partner that was party to it or took part.
//
// Satu baris untuk tiap naskah yang ditandatangani pejabat lama, dan tiap kegiatan yang dihadirinya, dengan mitra yang menjadi pihak atau ikut serta.
MATCH (former:Official)-[post:HOLDS]->(facility:Facility)
WHERE (post.until IS NOT NULL OR post.status = 'ended') AND ($synthetic OR post.synthetic IS NULL)
MATCH (former)-[signed:SIGNED]->(agreement:Agreement)<-[:PARTY_TO]-(partner)
WHERE NOT partner:Facility AND coalesce(partner.kind, '') <> 'corrections' AND ($synthetic OR signed.synthetic IS NULL)
MATCH (agreement)<-[:PARTY_TO]-(facility)
RETURN DISTINCT facility.id AS facility, former.id AS former, post.title AS title, post.until AS until, 'SIGNED' AS through,
  agreement.id AS what, partner.id AS partner, agreement.signed_on AS day
UNION ALL
MATCH (former:Official)-[post:HOLDS]->(facility:Facility)
WHERE (post.until IS NOT NULL OR post.status = 'ended') AND ($synthetic OR post.synthetic IS NULL)
MATCH (former)-[attended:ATTENDED]->(event:Event)<-[:TOOK_PART]-(partner)
WHERE NOT partner:Facility AND coalesce(partner.kind, '') <> 'corrections' AND ($synthetic OR attended.synthetic IS NULL)
RETURN DISTINCT facility.id AS facility, former.id AS former, post.title AS title, post.until AS until, 'ATTENDED' AS through,
  event.id AS what, partner.id AS partner, event.date AS day
