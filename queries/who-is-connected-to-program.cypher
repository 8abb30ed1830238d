// name: who-is-connected-to-program
// title: Who is connected to a program | Siapa terhubung dengan suatu program
// tags: network, programs
// params:
//   program: string -- id or name of the program | id atau nama program
//   synthetic: boolean = false -- list what is invented too | cantumkan juga yang rekaan
// returns:
//   program: node(Program) -- the program | program
//   party: node -- who is connected to it | yang terhubung dengannya
//   relation: string -- how: the type of the tie that reaches the party | hubungannya: jenis ikatan yang mencapai pihak itu
//   through: node? -- what the tie runs through, if it is not the program itself | perantara, bila bukan program itu sendiri
//   status: string -- active, planned or ended | active, planned, atau ended
//   where: string -- the sentence or row that says so | kalimat atau baris yang menyatakannya
//   source: string -- id of the document | id dokumen
//
// Facilities that run the program, partners that support it, agreements that cover it and events about it;
// then the officials of those facilities and partners, the parties of those agreements, and who attended those events.
//
// UPT yang menjalankan program, mitra yang mendukungnya, naskah yang mencakupnya, dan kegiatan tentangnya;
// lalu para pejabat UPT dan mitra itu, pihak dalam naskah itu, dan yang menghadiri kegiatan itu.
MATCH (program:Program)
WHERE program.id = $program OR toLower(program.name) = toLower($program)
MATCH (party)-[tie:RUNS|SUPPORTS|COVERS|CONCERNS]->(program)
WHERE $synthetic OR tie.synthetic IS NULL
RETURN program, party, type(tie) AS relation, null AS through, tie.status AS status, tie.where AS where, tie.source AS source
UNION
MATCH (program:Program)
WHERE program.id = $program OR toLower(program.name) = toLower($program)
MATCH (through)-[first:RUNS|SUPPORTS|COVERS|CONCERNS]->(program)
WHERE $synthetic OR first.synthetic IS NULL
MATCH (party)-[tie:HOLDS|PARTY_TO|SIGNED|ATTENDED|TOOK_PART]->(through)
WHERE $synthetic OR tie.synthetic IS NULL
RETURN program, party, type(tie) AS relation, through, tie.status AS status, tie.where AS where, tie.source AS source
