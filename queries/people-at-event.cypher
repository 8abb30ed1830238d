// name: people-at-event
// title: People at an event | Orang yang menghadiri suatu kegiatan
// tags: events, people
// params:
//   event: string -- id or name of the event | id atau nama kegiatan
// returns:
//   event: node(Event) -- the event | kegiatan
//   official: node(Official) -- who attended | yang hadir
//   role: string? -- in which role, if it is said | perannya, bila disebut
//   title: string? -- the post that the person holds | jabatannya
//   organisation: node? -- where the person holds it | tempat jabatan itu
//   status: string -- active, or planned for an event to come | active, atau planned untuk kegiatan mendatang
//   where: string -- the sentence that says so | kalimat yang menyatakannya
//   source: string -- id of the document | id dokumen
//
// Who attended, or is to attend, with the posts they hold.
//
// Siapa yang hadir, atau akan hadir, beserta jabatannya.
MATCH (event:Event)
WHERE event.id = $event OR toLower(event.name) = toLower($event)
MATCH (official:Official)-[tie:ATTENDED]->(event)
OPTIONAL MATCH (official)-[post:HOLDS]->(organisation)
RETURN DISTINCT event, official, tie.role AS role, post.title AS title, organisation, tie.status AS status, tie.where AS where, tie.source AS source
ORDER BY official.name, title, source
