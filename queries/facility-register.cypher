// name: facility-register
// title: The register of facilities | Daftar UPT
// tags: coverage
// params:
//   synthetic: boolean = false -- list invented facilities too | cantumkan juga UPT rekaan
// returns:
//   facility: string -- id of the facility | id UPT
//   name: string -- its name | namanya
//   kind: string? -- kind of facility | jenis UPT
//   capacity: integer? -- places it has | kapasitasnya
//   occupants: integer? -- people it holds | penghuninya
//   province: string? -- ISO 3166-2 code of its province | kode ISO 3166-2 provinsinya
//   province_name: string? -- name of its province | nama provinsinya
//
// Every facility once, with what the ranking of gaps asks of it. Coverage counts over this list.
//
// Setiap UPT satu kali, dengan data yang dipakai untuk mengurutkan kesenjangan. Keterjangkauan mitra dihitung atas daftar ini.
MATCH (facility:Facility)
WHERE $synthetic OR facility.synthetic IS NULL
OPTIONAL MATCH (facility)-[:LOCATED_IN]->(place:Place)
OPTIONAL MATCH (place)-[:LOCATED_IN]->(above:Place {kind: 'province'})
WITH facility, min(coalesce(above.id, place.id)) AS province_id
WITH province_id, collect(facility) AS members
OPTIONAL MATCH (home:Place {id: province_id})
UNWIND members AS facility
RETURN facility.id AS facility, facility.name AS name, facility.kind AS kind, facility.capacity AS capacity,
  facility.occupants AS occupants, home.iso AS province, home.name AS province_name
