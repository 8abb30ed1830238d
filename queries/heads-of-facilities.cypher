// name: heads-of-facilities
// title: Heads of facilities | Kepala UPT
// tags: people
// params:
//   synthetic: boolean = false -- count invented claims too | hitung juga klaim rekaan
// returns:
//   facility: node(Facility) -- the facility | UPT-nya
//   official: node(Official) -- who holds or held the post | yang menjabat
//   title: string -- the post as written | jabatan seperti tertulis
//   since: date? -- first day in the post | hari pertama menjabat
//   until: date? -- last day in the post | hari terakhir menjabat
//   status: string -- active, planned or ended | active, planned, atau ended
//   source: string -- id of the document | id dokumen
//   said_on: date? -- its day | harinya
//   where: string -- its words | bunyinya
//
// One row for each claim that somebody is or was the head of a facility ("Kepala …", "Kalapas", "Karutan", …).
//
// Satu baris per klaim bahwa seseorang menjadi kepala UPT ("Kepala …", "Kalapas", "Karutan", …).
MATCH (official:Official)-[post:HOLDS]->(facility:Facility)
WHERE ($synthetic OR post.synthetic IS NULL) AND toLower(post.title) =~ '(pl[th]\\.? )?(kepala|ka)\\.? ?(lapas|lembaga|rutan|rumah|lpka|lpp|bapas|balai|rupbasan|cabang|upt)\\b.*|kepala'
RETURN facility, official, post.title AS title, post.since AS since,
  post.until AS until, post.status AS status, post.source AS source, post.said_on AS said_on, post.where AS where
