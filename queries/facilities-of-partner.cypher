// name: facilities-of-partner
// title: Facilities of a partner | UPT yang dilayani suatu mitra
// tags: network, coverage
// params:
//   partner: string -- id or name of the company, public body or organization | id atau nama perusahaan, instansi, atau organisasi
// returns:
//   partner: node -- the partner | mitra
//   facility: node(Facility) -- the facility | UPT
//   relation: string -- PARTNERS_WITH, PARTY_TO or SUPPORTS | PARTNERS_WITH, PARTY_TO, atau SUPPORTS
//   through: node? -- the agreement or program they share | naskah atau program bersama
//   area: string? -- area of the cooperation | bidang kerja sama
//   status: string -- active, planned or ended | active, planned, atau ended
//   where: string -- the sentence or row that says so | kalimat atau baris yang menyatakannya
//   source: string -- id of the document | id dokumen
//
// The mirror of partners-of-facility: one row a claim, seen from the partner.
//
// Kebalikan dari partners-of-facility: satu baris per klaim, dilihat dari mitra.
MATCH (partner)
WHERE (partner:Company OR partner:PublicBody OR partner:Organization)
  AND (partner.id = $partner OR toLower(partner.name) = toLower($partner))
MATCH (partner)-[tie:PARTNERS_WITH]->(facility:Facility)
RETURN partner, facility, type(tie) AS relation, null AS through, tie.area AS area, tie.status AS status, tie.where AS where, tie.source AS source
UNION
MATCH (partner)
WHERE (partner:Company OR partner:PublicBody OR partner:Organization)
  AND (partner.id = $partner OR toLower(partner.name) = toLower($partner))
MATCH (partner)-[tie:PARTY_TO]->(through:Agreement)<-[:PARTY_TO]-(facility:Facility)
RETURN partner, facility, type(tie) AS relation, through, null AS area, tie.status AS status, tie.where AS where, tie.source AS source
UNION
MATCH (partner)
WHERE (partner:Company OR partner:PublicBody OR partner:Organization)
  AND (partner.id = $partner OR toLower(partner.name) = toLower($partner))
MATCH (partner)-[tie:SUPPORTS]->(through:Program)<-[:RUNS]-(facility:Facility)
RETURN partner, facility, type(tie) AS relation, through, through.area AS area, tie.status AS status, tie.where AS where, tie.source AS source
