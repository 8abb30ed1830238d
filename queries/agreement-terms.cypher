// name: agreement-terms
// title: Agreements with their terms and parties | Naskah kerja sama, masa berlaku, dan para pihak
// tags: agreements
// params:
//   synthetic: boolean = false -- list invented agreements too | cantumkan juga naskah rekaan
// returns:
//   agreement: string -- id of the agreement | id naskah
//   name: string -- its name | namanya
//   status: string? -- its recorded status | status yang tercatat
//   signed_on: date? -- day of signing | tanggal penandatanganan
//   begins: date? -- first day in force | hari pertama berlaku
//   ends: date? -- last day in force | hari terakhir berlaku
//   facilities: list(string) -- ids of the facilities that it names | id UPT yang disebutnya
//   partners: list(string) -- ids of its partners | id para mitra
//   offices: list(string) -- ids of offices of the corrections service that are party | id kantor pemasyarakatan yang menjadi pihak
//   areas: list(string) -- areas of the programs that it covers | bidang program yang dicakupnya
//
// Every agreement once. What ends soon, what has lapsed, what renews what, and what an umbrella names is read from here.
//
// Setiap naskah satu kali. Dari sini dibaca yang segera berakhir, yang kedaluwarsa, yang memperpanjang, dan yang disebut naskah payung.
MATCH (agreement:Agreement)
WHERE $synthetic OR agreement.synthetic IS NULL
OPTIONAL MATCH (agreement)<-[joined:PARTY_TO]-(party)
WHERE $synthetic OR joined.synthetic IS NULL
WITH agreement,
  collect(DISTINCT CASE WHEN party:Facility THEN party.id END) AS facilities,
  collect(DISTINCT CASE WHEN NOT party:Facility AND coalesce(party.kind, '') <> 'corrections' THEN party.id END) AS partners,
  collect(DISTINCT CASE WHEN party.kind = 'corrections' AND NOT party:Facility THEN party.id END) AS offices
OPTIONAL MATCH (agreement)-[covers:COVERS]->(program:Program)
WHERE $synthetic OR covers.synthetic IS NULL
RETURN agreement.id AS agreement, agreement.name AS name, agreement.status AS status, agreement.signed_on AS signed_on,
  coalesce(agreement.starts_on, agreement.signed_on) AS begins, agreement.ends_on AS ends, facilities, partners, offices,
  collect(DISTINCT program.area) AS areas
