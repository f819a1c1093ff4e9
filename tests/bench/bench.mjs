// Runs a file of SQL in DuckDB: node bench.mjs SQL DATABASE NAME=VALUE…, each {NAME} of the SQL replaced. The npm package
// @duckdb/node-api is looked for in the working directory.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const { DuckDBInstance } = createRequire(process.cwd() + "/")("@duckdb/node-api");
const [file, database, ...values] = process.argv.slice(2);
let sql = readFileSync(file, "utf8").replace(/^--.*$/gm, "");
for (const value of values) {
	const at = value.indexOf("=");
	sql = sql.replaceAll(`{${value.slice(0, at)}}`, value.slice(at + 1));
}
const connection = await (await DuckDBInstance.create(database)).connect();
for (const statement of sql.split(/;\s*\n/))
	if (statement.trim() !== "")
		await connection.run(statement);
