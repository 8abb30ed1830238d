// name: facilities-without-partner
// title: Facilities without an active partner | UPT tanpa mitra aktif
// tags: coverage
// params:
//   province: string? -- ISO 3166-2 code of a province, e.g. ID-SB | kode ISO 3166-2 provinsi, mis. ID-SB
//   kind: string? -- kind of facility: lapas, rutan, lpka, bapas, rupbasan, hospital | jenis UPT: lapas, rutan, lpka, bapas, rupbasan, hospital
//   area: string? -- only partnership in this area, e.g. health | hanya kemitraan di bidang ini, mis. health
//   as_of: date = today -- the day on which a partnership must be in force | hari ketika kemitraan harus berlaku
//   all: boolean = false -- also list facilities with an active partner | cantumkan juga UPT yang bermitra aktif
//   synthetic: boolean = false -- count invented facilities and ties too | hitung juga UPT dan ikatan rekaan
// returns:
//   facility: node(Facility) -- the facility | UPT
//   province: string? -- ISO 3166-2 code of its province | kode ISO 3166-2 provinsinya
//   province_name: string? -- name of its province | nama provinsinya
//   state: string -- active, lapsed, planned, none or unknown | active, lapsed, planned, none, atau unknown
//
// Planners start their week here. By the definition of coverage-facts, the state is the first that holds.
// active: an agreement with a partner in force on the day, or a cooperation that a document calls active.
// lapsed: there was one, and it has ended. planned: one is announced, or begins later.
// none: the latest check on or before the day found none. unknown: nobody has said anything.
// An office of the corrections service itself is no partner. A claim counts from the day of its document.
//
// Di sinilah pekan seorang perencana dimulai. Menurut definisi pada coverage-facts, berlaku status pertama yang cocok.
// active: ada naskah kerja sama yang berlaku pada hari itu, atau kerja sama yang disebut berjalan oleh dokumen.
// lapsed: pernah ada, kini berakhir. planned: diumumkan, atau mulai kemudian.
// none: pemeriksaan terakhir sampai hari itu tidak menemukan mitra. unknown: belum ada yang menyatakan apa pun.
// Kantor pemasyarakatan sendiri bukan mitra. Sebuah klaim berlaku sejak tanggal dokumennya.
MATCH (facility:Facility)
WHERE ($kind IS NULL OR facility.kind = $kind) AND ($synthetic OR facility.synthetic IS NULL)
OPTIONAL MATCH (facility)-[:LOCATED_IN]->(place:Place)
OPTIONAL MATCH (place)-[:LOCATED_IN]->(above:Place {kind: 'province'})
WITH facility, min(coalesce(above.id, place.id)) AS province_id
OPTIONAL MATCH (home:Place {id: province_id})
WITH facility, home
WHERE $province IS NULL OR home.iso = $province
OPTIONAL MATCH (facility)<-[said:PARTNERS_WITH]-(claimed)
WHERE coalesce(claimed.kind, '') <> 'corrections' AND ($area IS NULL OR said.area = $area)
  AND ($synthetic OR said.synthetic IS NULL)
WITH facility, home, collect(DISTINCT
  CASE
    WHEN said IS NULL THEN 'unknown'
    WHEN said.said_on > $as_of THEN 'unknown'
    WHEN said.since > $as_of THEN 'planned'
    WHEN said.status = 'ended' OR said.until < $as_of THEN 'lapsed'
    WHEN said.status = 'planned' THEN 'planned'
    ELSE 'active'
  END) AS claims
OPTIONAL MATCH (facility)-[joined:PARTY_TO]->(agreement:Agreement)<-[other:PARTY_TO]-(partner)
WHERE NOT partner:Facility AND coalesce(partner.kind, '') <> 'corrections'
  AND ($synthetic OR (joined.synthetic IS NULL AND other.synthetic IS NULL))
  AND ($area IS NULL OR EXISTS {
    MATCH (agreement)-[covers:COVERS]->(:Program {area: $area}) WHERE $synthetic OR covers.synthetic IS NULL
  })
WITH facility, home, claims, collect(DISTINCT
  CASE
    WHEN agreement IS NULL THEN 'unknown'
    WHEN coalesce(agreement.starts_on, agreement.signed_on) > $as_of THEN 'planned'
    WHEN agreement.signed_on IS NULL AND agreement.starts_on IS NULL AND joined.said_on > $as_of THEN 'unknown'
    WHEN agreement.status = 'ended' OR agreement.ends_on < $as_of THEN 'lapsed'
    WHEN agreement.status = 'planned' THEN 'planned'
    WHEN agreement.status = 'unknown' THEN 'unknown'
    ELSE 'active'
  END) AS agreements
OPTIONAL MATCH (:Document)-[check:CHECKED]->(facility)
WHERE check.on <= $as_of AND (check.area IS NULL OR check.area = $area)
  AND ($synthetic OR check.synthetic IS NULL)
WITH facility, home, claims + agreements AS states, check
ORDER BY check.on DESC, check.found DESC
WITH facility, home, states, head(collect(check.found)) AS found
WITH facility, home,
  CASE
    WHEN 'active' IN states THEN 'active'
    WHEN 'lapsed' IN states THEN 'lapsed'
    WHEN 'planned' IN states THEN 'planned'
    WHEN found = 'none' THEN 'none'
    ELSE 'unknown'
  END AS state
WHERE $all OR state <> 'active'
RETURN facility, home.iso AS province, home.name AS province_name, state
ORDER BY facility.id
