// name: coverage-facts
// title: Facts that coverage rests on | Fakta dasar keterjangkauan mitra
// tags: coverage
// params:
//   synthetic: boolean = false -- count invented ties too | hitung juga ikatan rekaan
// returns:
//   facility: string -- id of the facility | id UPT
//   area: string? -- area that the fact is about | bidang yang dimaksud fakta itu
//   partner: string? -- id of the partner; none for a check | id mitra; kosong untuk pemeriksaan
//   through: string? -- id of the agreement, if there is one | id naskah, bila ada
//   known: date? -- before this day the fact says nothing | sebelum hari ini fakta belum menyatakan apa pun
//   begins: date? -- before this day it says planned | sebelum hari ini statusnya planned
//   ends: date? -- after this day it says lapsed | sesudah hari ini statusnya lapsed
//   meanwhile: string -- what it says in between: active, planned, lapsed, unknown; none or some for a check | statusnya di antaranya: active, planned, lapsed, unknown; none atau some untuk pemeriksaan
//   source: string -- id of the document | id dokumen
//
// What counts as partnership stands here, without a day: one row for each fact and area. On a day, a fact says nothing before
// `known`, planned before `begins`, lapsed after `ends`, and what stands in `meanwhile` otherwise, in this order.
// A facility's state in an area is the first of active, lapsed and planned that a fact of that area says; else none, if the latest
// check on or before the day found none; else unknown. With no area chosen every fact counts, but no check of a single area;
// a check without an area holds for all. An office of the corrections service is no partner.
//
// Di sinilah tertulis apa yang dihitung sebagai kemitraan, belum menurut hari: satu baris per fakta dan bidang. Pada suatu hari,
// fakta belum menyatakan apa pun sebelum `known`, planned sebelum `begins`, lapsed sesudah `ends`, dan selain itu isi `meanwhile`.
// Status UPT di suatu bidang ialah yang pertama dari active, lapsed, dan planned yang dinyatakan fakta bidang itu; bila tidak ada,
// none jika pemeriksaan terakhir sampai hari itu tidak menemukan mitra; selain itu unknown. Tanpa pilihan bidang semua fakta
// dihitung, kecuali pemeriksaan satu bidang; pemeriksaan tanpa bidang berlaku untuk semua. Kantor pemasyarakatan bukan mitra.
MATCH (facility:Facility)<-[said:PARTNERS_WITH]-(partner)
WHERE coalesce(partner.kind, '') <> 'corrections' AND ($synthetic OR said.synthetic IS NULL)
RETURN facility.id AS facility, said.area AS area, partner.id AS partner, null AS through, said.said_on AS known,
  said.since AS begins, said.until AS ends,
  CASE said.status WHEN 'ended' THEN 'lapsed' WHEN 'planned' THEN 'planned' ELSE 'active' END AS meanwhile,
  said.source AS source
UNION ALL
MATCH (agreement:Agreement)
MATCH (agreement)<-[joined:PARTY_TO]-(facility:Facility)
WHERE $synthetic OR joined.synthetic IS NULL
MATCH (agreement)<-[other:PARTY_TO]-(partner)
WHERE NOT partner:Facility AND coalesce(partner.kind, '') <> 'corrections' AND ($synthetic OR other.synthetic IS NULL)
OPTIONAL MATCH (agreement)-[covers:COVERS]->(program:Program)
WHERE $synthetic OR covers.synthetic IS NULL
RETURN facility.id AS facility, program.area AS area, partner.id AS partner, agreement.id AS through,
  CASE WHEN agreement.starts_on IS NULL AND agreement.signed_on IS NULL THEN joined.said_on END AS known,
  coalesce(agreement.starts_on, agreement.signed_on) AS begins, agreement.ends_on AS ends,
  CASE agreement.status WHEN 'ended' THEN 'lapsed' WHEN 'planned' THEN 'planned' WHEN 'unknown' THEN 'unknown' ELSE 'active' END AS meanwhile,
  joined.source AS source
UNION ALL
MATCH (:Document)-[check:CHECKED]->(facility:Facility)
WHERE $synthetic OR check.synthetic IS NULL
RETURN facility.id AS facility, check.area AS area, null AS partner, null AS through, check.on AS known,
  null AS begins, null AS ends, check.found AS meanwhile, check.source AS source
