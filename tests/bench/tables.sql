-- m03, m04 and m06 of a generated delivery as a DuckDB expert writes them: a month mask a row, one aggregation a person
-- (bit_or), the tables from the persons. bench.mjs fills in {extrakt}, {ending}, {out} and the panel: {first} is its first
-- month as year·12 + month, {months} its length, {year} the only year of the period.
CREATE MACRO month_at(d) AS (year(d) * 12 + month(d) - {first});
CREATE MACRO mask(a, b) AS (CASE WHEN least(b, {months} - 1) < greatest(a, 0) THEN 0::UBIGINT
	ELSE ((1::UBIGINT << (least(b, {months} - 1) + 1)::UBIGINT) - (1::UBIGINT << greatest(a, 0)::UBIGINT)) END);
CREATE MACRO sex(kon) AS (CASE kon WHEN 'K' THEN 0::BIGINT WHEN 'M' THEN 1::BIGINT END); -- X counts only when nothing else does
-- Later start first, then the earlier source, then the larger value: one number, whose rest is the value.
CREATE MACRO rank(start, source, value) AS ((datediff('day', DATE '1900-01-01', start)::BIGINT * 4 + 3 - source) * 65536 + value);
CREATE MACRO in_year(start, stop) AS (CASE WHEN stop >= DATE '{year}-01-01' THEN 1::BIGINT << 50 ELSE 0 END);

CREATE TEMP TABLE person AS
SELECT bit_or(af) AS af, bit_or(fk) AS fk, bit_or(kom) AS kom, bit_or(reg) AS reg,
	CASE max(kon) % 65536 WHEN 0 THEN 'K' WHEN 1 THEN 'M' ELSE 'X' END AS kon, {year} - max(born) % 65536 AS age,
	max(home) % 65536 AS kommun
FROM (
	SELECT pid, 0::UBIGINT AS af, mask(month_at(fran), month_at(stop)) AS fk, 0::UBIGINT AS kom, 0::UBIGINT AS reg,
		rank(fran, 0, sex(kon)) AS kon, rank(fran, 0, fodelsear) AS born,
		rank(fran, 0, kommun) + in_year(fran, stop) AS home
	FROM (SELECT *, coalesce(till, DATE '{year}-12-31') AS stop FROM read_csv('{extrakt}/fk.{ending}', header = true, delim = ',',
		columns = {'pid': 'UUID', 'kommun': 'USMALLINT', 'kon': 'VARCHAR', 'fodelsear': 'SMALLINT', 'forman': 'VARCHAR',
			'omfattning': 'UTINYINT', 'fran': 'DATE', 'till': 'DATE', 'diagnos': 'VARCHAR', 'belopp': 'DECIMAL(12,2)'}))
	WHERE fran <= DATE '{year}-12-31'
	UNION ALL
	SELECT pid, CASE WHEN sokandekategori BETWEEN 95 AND 98 THEN 0::UBIGINT ELSE mask(month_at(fran), month_at(stop)) END, 0, 0, 0,
		rank(fran, 1, sex(kon)), rank(fran, 1, fodelsear), rank(fran, 1, kommun) + in_year(fran, stop)
	FROM (SELECT *, coalesce(till, DATE '{year}-12-31') AS stop FROM read_csv('{extrakt}/af.{ending}', header = true, delim = ',',
		columns = {'pid': 'UUID', 'kommun': 'USMALLINT', 'kon': 'VARCHAR', 'fodelsear': 'SMALLINT',
			'sokandekategori': 'UTINYINT', 'fran': 'DATE', 'till': 'DATE', 'ersattning': 'VARCHAR', 'belopp': 'DECIMAL(12,2)',
			'avslutsorsak': 'VARCHAR'}))
	WHERE fran <= DATE '{year}-12-31'
	UNION ALL
	SELECT pid, 0, 0, CASE WHEN belopp > 0 THEN mask(month_at(day), month_at(day)) ELSE 0::UBIGINT END, 0,
		rank(day, 2, sex(kon)), rank(day, 2, fodelsear), rank(day, 2, kommun) + in_year(day, last_day(day))
	FROM (SELECT *, (manad || '-01')::DATE AS day FROM read_csv('{extrakt}/kommun.{ending}', header = true, delim = ',',
		columns = {'pid': 'UUID', 'kommun': 'USMALLINT', 'kon': 'VARCHAR', 'fodelsear': 'SMALLINT', 'manad': 'VARCHAR',
			'belopp': 'DECIMAL(12,2)', 'forsorjningshinder': 'VARCHAR'}))
	WHERE day <= DATE '{year}-12-31'
	UNION ALL
	SELECT pid, 0, 0, 0, mask(month_at(datum), month_at(datum)), rank(datum, 3, sex(kon)), rank(datum, 3, fodelsear),
		rank(datum, 3, kommun) + in_year(datum, datum)
	FROM read_csv('{extrakt}/region.{ending}', header = true, delim = ',',
		columns = {'pid': 'UUID', 'kommun': 'USMALLINT', 'kon': 'VARCHAR', 'fodelsear': 'SMALLINT', 'datum': 'DATE',
			'vardform': 'VARCHAR', 'diagnos': 'VARCHAR', 'belopp': 'DECIMAL(12,2)'})
	WHERE datum <= DATE '{year}-12-31'
)
GROUP BY pid;

CREATE TEMP TABLE measured AS
SELECT format('{:04d}', kommun) AS kommun, kon, CASE WHEN age < 20 THEN '16-19' WHEN age < 25 THEN '20-24' WHEN age < 30
	THEN '25-29' WHEN age < 40 THEN '30-39' WHEN age < 50 THEN '40-49' WHEN age < 60 THEN '50-59' ELSE '60-64' END AS alder,
	af, fk, kom, reg
FROM person WHERE age BETWEEN 16 AND 64;

-- Persons by place, month and combination: what m03 and m06 are sums of.
CREATE TEMP TABLE cell AS
SELECT m, kommun, kon, alder, combination, count(*) AS personer
FROM (SELECT m, kommun, kon, alder, (af >> m & 1) + 2 * (fk >> m & 1) + 4 * (kom >> m & 1) + 8 * (reg >> m & 1) AS combination
	FROM measured, (SELECT ({months} - 12 + i)::UBIGINT AS m FROM range(12) t(i)))
WHERE combination > 0 GROUP BY ALL;

CREATE MACRO month_name(m) AS (format('{:04d}-{:02d}', (({first} + m - 1) // 12)::INT, (({first} + m - 1) % 12 + 1)::INT));
COPY (
	SELECT month_name(m) AS manad, coalesce(kommun, 'TOT') AS kommun, coalesce(name, 'TOT') AS kombination,
		sum(personer)::BIGINT AS personer
	FROM (SELECT m, kommun, personer, concat_ws('+', CASE WHEN combination & 1 > 0 THEN 'AF' END, CASE WHEN combination & 2 > 0
		THEN 'FK' END, CASE WHEN combination & 4 > 0 THEN 'KOM' END, CASE WHEN combination & 8 > 0 THEN 'REG' END) AS name FROM cell)
	GROUP BY GROUPING SETS ((m, kommun, name), (m, kommun), (m, name), (m))
) TO '{out}/m03_samtidighet.csv' (HEADER);

COPY (
	SELECT '{year}' AS ar, coalesce(kommun, 'TOT') AS kommun, coalesce(kon, 'TOT') AS kon, coalesce(byten, 'TOT') AS byten,
		count(*) AS personer
	FROM (SELECT kommun, kon, CASE WHEN n < 3 THEN n::VARCHAR WHEN n < 5 THEN '3-4' ELSE '5+' END AS byten
		FROM (SELECT kommun, kon, bit_count((xor(af, af << 1) | xor(fk, fk << 1) | xor(kom, kom << 1)) &
				mask({months} - 11, {months} - 1)) AS n
			FROM measured WHERE (af | fk | kom) & mask({months} - 12, {months} - 1) > 0))
	GROUP BY CUBE (kommun, kon, byten)
) TO '{out}/m04_rundgang.csv' (HEADER);

COPY (
	SELECT month_name(m) AS manad, coalesce(kommun, 'TOT') AS kommun, coalesce(kon, 'TOT') AS kon, coalesce(alder, 'TOT') AS aldersgrupp,
		kalla, sum(personer)::BIGINT AS personer
	FROM (SELECT c.*, s.kalla FROM cell c JOIN (VALUES (1, 'AF'), (2, 'FK'), (4, 'KOM'), (8, 'REG')) s(bit, kalla)
		ON c.combination & s.bit > 0)
	GROUP BY GROUPING SETS ((m, kommun, kon, alder, kalla), (m, kommun, kon, kalla), (m, kommun, alder, kalla), (m, kon, alder, kalla),
		(m, kommun, kalla), (m, kon, kalla), (m, alder, kalla), (m, kalla))
) TO '{out}/m06_manad.csv' (HEADER);
