// name: signs-of-life
// title: Signs that a partner is at work | Tanda bahwa mitra benar-benar bekerja
// tags: agreements, coverage
// params:
//   synthetic: boolean = false -- count invented claims too | hitung juga klaim rekaan
// returns:
//   partner: string -- id of the partner | id mitra
//   kind: string -- event, program or mention | event, program, atau mention
//   day: date -- day of the event, or of the document | hari kegiatan, atau tanggal dokumen
//   what: string -- id of the event, program or document | id kegiatan, program, atau dokumen
//
// An event that the partner took part in and that was held, a program that a document says it supports, a mention in an article or
// a survey. A mere row of a register is no sign: registers list whom they list.
//
// Kegiatan yang diikuti mitra dan sudah berlangsung, program yang menurut dokumen didukungnya, atau penyebutan dalam artikel atau
// survei. Baris daftar saja bukan tanda: daftar hanya mencantumkan.
MATCH (partner)-[took:TOOK_PART]->(event:Event)
WHERE NOT partner:Facility AND event.date IS NOT NULL AND NOT coalesce(event.planned, false)
  AND ($synthetic OR took.synthetic IS NULL)
RETURN partner.id AS partner, 'event' AS kind, event.date AS day, event.id AS what
UNION ALL
MATCH (partner)-[support:SUPPORTS]->(program:Program)
WHERE support.said_on IS NOT NULL AND support.status = 'active' AND ($synthetic OR support.synthetic IS NULL)
RETURN partner.id AS partner, 'program' AS kind, support.said_on AS day, program.id AS what
UNION ALL
MATCH (document:Document)-[mention:MENTIONS]->(partner)
WHERE document.kind <> 'register' AND (partner:Company OR partner:PublicBody OR partner:Organization)
  AND mention.said_on IS NOT NULL AND ($synthetic OR mention.synthetic IS NULL)
RETURN partner.id AS partner, 'mention' AS kind, mention.said_on AS day, document.id AS what
