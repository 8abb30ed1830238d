// name: who-knows-partners
// title: Officials in post who know a partner of their facility | Pejabat yang mengenal mitra UPT-nya
// tags: people, agreements
// params:
//   synthetic: boolean = false -- count invented claims too | hitung juga klaim rekaan
// returns:
//   facility: string -- id of the facility | id UPT
//   official: string -- id of the official whose post there has not been said to have ended | id pejabat yang jabatannya di sana tidak dinyatakan berakhir
//   since: date? -- first day in the post | hari pertama menjabat
//   until: date? -- last day in the post | hari terakhir menjabat
//   partner: string -- id of the partner | id mitra
//   day: date? -- day of the signing or the event | hari penandatanganan atau kegiatan
//
// One row for each agreement that the official signed, and each event attended, with a partner that was party to it or took part.
//
// Satu baris untuk tiap naskah yang ditandatangani pejabat, dan tiap kegiatan yang dihadirinya, dengan mitra yang menjadi pihak atau ikut serta.
MATCH (official:Official)-[post:HOLDS]->(facility:Facility)
WHERE post.status = 'active' AND ($synthetic OR post.synthetic IS NULL)
MATCH (official)-[signed:SIGNED]->(agreement:Agreement)<-[:PARTY_TO]-(partner)
WHERE NOT partner:Facility AND coalesce(partner.kind, '') <> 'corrections' AND ($synthetic OR signed.synthetic IS NULL)
MATCH (agreement)<-[:PARTY_TO]-(facility)
RETURN DISTINCT facility.id AS facility, official.id AS official, post.since AS since, post.until AS until,
  partner.id AS partner, agreement.signed_on AS day
UNION ALL
MATCH (official:Official)-[post:HOLDS]->(facility:Facility)
WHERE post.status = 'active' AND ($synthetic OR post.synthetic IS NULL)
MATCH (official)-[attended:ATTENDED]->(event:Event)<-[:TOOK_PART]-(partner)
WHERE NOT partner:Facility AND coalesce(partner.kind, '') <> 'corrections' AND ($synthetic OR attended.synthetic IS NULL)
RETURN DISTINCT facility.id AS facility, official.id AS official, post.since AS since, post.until AS until,
  partner.id AS partner, event.date AS day
