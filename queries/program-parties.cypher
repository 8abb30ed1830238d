// name: program-parties
// title: Who runs and who supports each program | Pelaksana dan pendukung setiap program
// tags: programs
// params:
//   synthetic: boolean = false -- list invented ones too | cantumkan juga yang rekaan
// returns:
//   program: string -- id of the program | id program
//   name: string -- its name | namanya
//   area: string? -- its area | bidangnya
//   party: string? -- id of a facility or a partner | id UPT atau mitra
//   party_name: string? -- its name | namanya
//   role: string? -- runs or supports | runs (menjalankan) atau supports (mendukung)
//   status: string? -- active, planned or ended | active, planned, atau ended
//
// One row for each party of each program and each status that is said of it; a row without a party for every program, so that
// those nobody runs are there too. A partner supports a program, or is party to an agreement that covers it. An office of the
// corrections service is no partner. What the figures of the Programs page count.
//
// Satu baris untuk setiap pihak setiap program dan setiap status yang dinyatakan; ditambah satu baris tanpa pihak untuk setiap
// program, sehingga program tanpa pelaksana pun tercantum. Mitra mendukung program itu atau menjadi pihak dalam naskah yang
// mencakupnya. Kantor pemasyarakatan bukan mitra. Inilah yang dihitung di halaman Program.
MATCH (program:Program)
WHERE $synthetic OR program.synthetic IS NULL
RETURN program.id AS program, program.name AS name, program.area AS area, null AS party, null AS party_name, null AS role,
  null AS status
UNION
MATCH (facility:Facility)-[runs:RUNS]->(program:Program)
WHERE $synthetic OR (runs.synthetic IS NULL AND program.synthetic IS NULL)
RETURN program.id AS program, program.name AS name, program.area AS area, facility.id AS party, facility.name AS party_name,
  'runs' AS role, runs.status AS status
UNION
MATCH (partner)-[supports:SUPPORTS]->(program:Program)
WHERE coalesce(partner.kind, '') <> 'corrections' AND ($synthetic OR (supports.synthetic IS NULL AND program.synthetic IS NULL))
RETURN program.id AS program, program.name AS name, program.area AS area, partner.id AS party, partner.name AS party_name,
  'supports' AS role, supports.status AS status
UNION
MATCH (agreement:Agreement)-[covers:COVERS]->(program:Program)
WHERE $synthetic OR (covers.synthetic IS NULL AND program.synthetic IS NULL)
MATCH (partner)-[joined:PARTY_TO]->(agreement)
WHERE NOT partner:Facility AND coalesce(partner.kind, '') <> 'corrections' AND ($synthetic OR joined.synthetic IS NULL)
RETURN program.id AS program, program.name AS name, program.area AS area, partner.id AS party, partner.name AS party_name,
  'supports' AS role, covers.status AS status
