// name: agreements-by-status
// title: Agreements by status | Naskah kerja sama menurut status
// tags: agreements
// params:
//   status: string? -- only planned, signed, in_force, ended or unknown | hanya planned, signed, in_force, ended, atau unknown
//   synthetic: boolean = false -- list invented ones too | cantumkan juga yang rekaan
// returns:
//   status: string? -- status of the agreement | status naskah
//   agreement: node(Agreement) -- the agreement | naskah
//   parties: list(string) -- names of its parties | nama para pihak
//   signed_on: date? -- day of signing | tanggal penandatanganan
//   ends_on: date? -- last day in force | hari terakhir berlaku
//
// Every agreement with its parties, sorted by status, then by the day on which it ends.
//
// Setiap naskah dengan para pihaknya, diurutkan menurut status, lalu hari berakhirnya.
MATCH (agreement:Agreement)
WHERE ($status IS NULL OR agreement.status = $status) AND ($synthetic OR agreement.synthetic IS NULL)
OPTIONAL MATCH (party)-[:PARTY_TO]->(agreement)
WITH agreement, party
ORDER BY party.name
WITH agreement, collect(DISTINCT party.name) AS parties
RETURN agreement.status AS status, agreement, parties, agreement.signed_on AS signed_on, agreement.ends_on AS ends_on
ORDER BY status, ends_on, agreement.id
