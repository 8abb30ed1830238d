// name: who-serves-whom
// title: Who serves whom on a day | Siapa melayani UPT mana pada suatu hari
// tags: network, coverage
// params:
//   as_of: date = today -- the day on which the partnership must be in force | hari ketika kemitraan harus berlaku
//   synthetic: boolean = false -- invented ties too | hubungan rekaan juga
// returns:
//   partner: string -- id of the partner | id mitra
//   facility: string -- id of the facility | id UPT
//   area: string? -- area of the cooperation, or of a program that the agreement covers | bidang kerja sama, atau bidang program dalam naskah
//   claim: string -- id of the claim | id klaim
//   source: string -- id of the document | id dokumen
//   where: string -- the sentence or row that says so | kalimat atau baris yang menyatakannya
//
// The partnerships that facilities-without-partner calls active, one row a claim and area, in no order.
//
// Kemitraan yang disebut active oleh facilities-without-partner, satu baris per klaim dan bidang, tanpa urutan.
MATCH (partner)-[said:PARTNERS_WITH]->(facility:Facility)
WHERE coalesce(partner.kind, '') <> 'corrections' AND ($synthetic OR said.synthetic IS NULL)
  AND coalesce(said.said_on <= $as_of, true) AND NOT said.status IN ['ended', 'planned']
  AND coalesce(said.until >= $as_of, true) AND coalesce(said.since <= $as_of, true)
RETURN partner.id AS partner, facility.id AS facility, said.area AS area, said.claim AS claim, said.source AS source, said.where AS where
UNION
MATCH (facility:Facility)-[joined:PARTY_TO]->(agreement:Agreement)<-[said:PARTY_TO]-(partner)
WHERE NOT partner:Facility AND coalesce(partner.kind, '') <> 'corrections'
  AND ($synthetic OR (joined.synthetic IS NULL AND said.synthetic IS NULL))
  AND coalesce(coalesce(agreement.starts_on, agreement.signed_on, joined.said_on) <= $as_of, true)
  AND coalesce(agreement.ends_on >= $as_of, true)
  AND NOT coalesce(agreement.status, 'in_force') IN ['ended', 'planned', 'unknown']
OPTIONAL MATCH (agreement)-[:COVERS]->(program:Program)
RETURN partner.id AS partner, facility.id AS facility, program.area AS area, said.claim AS claim, said.source AS source, said.where AS where
