-- The four extracts of persons as typed tables in a database on disk.
CREATE TABLE fk AS SELECT * FROM read_csv('{extrakt}/fk.{ending}', header = true, delim = ',',
	columns = {'pid': 'UUID', 'kommun': 'USMALLINT', 'kon': 'VARCHAR', 'fodelsear': 'SMALLINT', 'forman': 'VARCHAR',
		'omfattning': 'UTINYINT', 'fran': 'DATE', 'till': 'DATE', 'diagnos': 'VARCHAR', 'belopp': 'DECIMAL(12,2)'});
CREATE TABLE af AS SELECT * FROM read_csv('{extrakt}/af.{ending}', header = true, delim = ',',
	columns = {'pid': 'UUID', 'kommun': 'USMALLINT', 'kon': 'VARCHAR', 'fodelsear': 'SMALLINT', 'sokandekategori': 'UTINYINT',
		'fran': 'DATE', 'till': 'DATE', 'ersattning': 'VARCHAR', 'belopp': 'DECIMAL(12,2)', 'avslutsorsak': 'VARCHAR'});
CREATE TABLE kommun AS SELECT * FROM read_csv('{extrakt}/kommun.{ending}', header = true, delim = ',',
	columns = {'pid': 'UUID', 'kommun': 'USMALLINT', 'kon': 'VARCHAR', 'fodelsear': 'SMALLINT', 'manad': 'VARCHAR',
		'belopp': 'DECIMAL(12,2)', 'forsorjningshinder': 'VARCHAR'});
CREATE TABLE region AS SELECT * FROM read_csv('{extrakt}/region.{ending}', header = true, delim = ',',
	columns = {'pid': 'UUID', 'kommun': 'USMALLINT', 'kon': 'VARCHAR', 'fodelsear': 'SMALLINT', 'datum': 'DATE',
		'vardform': 'VARCHAR', 'diagnos': 'VARCHAR', 'belopp': 'DECIMAL(12,2)'});
CHECKPOINT;
