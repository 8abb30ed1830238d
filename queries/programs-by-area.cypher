// name: programs-by-area
// title: Programs by area | Program menurut bidang
// tags: programs
// params:
//   area: string? -- only this area, e.g. fishery | hanya bidang ini, mis. fishery
//   synthetic: boolean = false -- list invented ones too | cantumkan juga yang rekaan
// returns:
//   area: string? -- area of the program | bidang program
//   program: node(Program) -- the program | program
//   facilities: list(string) -- names of the facilities that run it | nama UPT yang menjalankannya
//   partners: list(string) -- names of the partners that support it | nama mitra yang mendukungnya
//
// Every program with who runs it and who supports it, sorted by area and name.
//
// Setiap program dengan pelaksana dan pendukungnya, diurutkan menurut bidang dan nama.
MATCH (program:Program)
WHERE ($area IS NULL OR program.area = $area) AND ($synthetic OR program.synthetic IS NULL)
OPTIONAL MATCH (facility:Facility)-[runs:RUNS]->(program)
WHERE $synthetic OR runs.synthetic IS NULL
WITH program, facility
ORDER BY facility.name
WITH program, collect(DISTINCT facility.name) AS facilities
OPTIONAL MATCH (partner)-[supports:SUPPORTS]->(program)
WHERE $synthetic OR supports.synthetic IS NULL
WITH program, facilities, partner
ORDER BY partner.name
WITH program, facilities, collect(DISTINCT partner.name) AS partners
RETURN program.area AS area, program, facilities, partners
ORDER BY area, program.name, program.id
