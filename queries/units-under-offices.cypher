// name: units-under-offices
// title: Facilities under each office | UPT di bawah tiap kantor
// tags: network
// params:
//   as_of: date = today -- the day on which the facility is under the office | hari ketika UPT berada di bawah kantor itu
// returns:
//   office: string -- id of the office | id kantor
//   facility: string -- id of the facility | id UPT
//
// Facilities that are part of an office, directly or through up to three offices between.
//
// UPT yang menjadi bagian suatu kantor, langsung atau melalui paling banyak tiga kantor perantara.
MATCH (facility:Facility)-[ties:PART_OF*1..4]->(office:PublicBody)
WHERE all(tie IN ties WHERE tie.status <> 'planned' AND (tie.since IS NULL OR tie.since <= $as_of)
  AND (tie.until IS NULL OR tie.until >= $as_of) AND NOT (tie.status = 'ended' AND tie.until IS NULL))
RETURN DISTINCT office.id AS office, facility.id AS facility
