// name: partners-of-facility
// title: Partners of a facility | Mitra suatu UPT
// tags: network, coverage
// params:
//   facility: string -- id or name of the facility | id atau nama UPT
// returns:
//   facility: node(Facility) -- the facility | UPT
//   partner: node -- the partner | mitra
//   relation: string -- PARTNERS_WITH, PARTY_TO or SUPPORTS | PARTNERS_WITH, PARTY_TO, atau SUPPORTS
//   through: node? -- the agreement or program they share | naskah atau program bersama
//   area: string? -- area of the cooperation | bidang kerja sama
//   status: string -- active, planned or ended | active, planned, atau ended
//   where: string -- the sentence or row that says so | kalimat atau baris yang menyatakannya
//   source: string -- id of the document | id dokumen
//
// One row a claim: cooperation that a document states, agreements they share, programs that the partner supports.
//
// Satu baris per klaim: kerja sama yang dinyatakan dokumen, naskah bersama, dan program yang didukung mitra.
MATCH (facility:Facility)
WHERE facility.id = $facility OR toLower(facility.name) = toLower($facility)
MATCH (partner)-[tie:PARTNERS_WITH]->(facility)
RETURN facility, partner, type(tie) AS relation, null AS through, tie.area AS area, tie.status AS status, tie.where AS where, tie.source AS source
UNION
MATCH (facility:Facility)
WHERE facility.id = $facility OR toLower(facility.name) = toLower($facility)
MATCH (facility)-[:PARTY_TO]->(through:Agreement)<-[tie:PARTY_TO]-(partner)
WHERE partner.id <> facility.id AND NOT partner:Facility
RETURN facility, partner, type(tie) AS relation, through, null AS area, tie.status AS status, tie.where AS where, tie.source AS source
UNION
MATCH (facility:Facility)
WHERE facility.id = $facility OR toLower(facility.name) = toLower($facility)
MATCH (facility)-[:RUNS]->(through:Program)<-[tie:SUPPORTS]-(partner)
RETURN facility, partner, type(tie) AS relation, through, through.area AS area, tie.status AS status, tie.where AS where, tie.source AS source
