import {createHash} from 'node:crypto';
import type {DuckDBConnection} from '@duckdb/node-api';
import {arrayMacros} from './macros/arrays.ts';
import {numberMacros} from './macros/numbers.ts';
import {seriesMacros} from './macros/series.ts';
import {textMacros} from './macros/text.ts';
import {timeMacros} from './macros/time.ts';
import {registerSeriesFunctions} from './series/register.ts';

/** What queries count on, for every connection of the instance. Errors come as JSON, with their place. */
const settings = [
	"SET GLOBAL TimeZone = 'UTC'",
	'SET GLOBAL integer_division = true',
	'SET GLOBAL errors_as_json = true',
];

/** A macro comes after those it uses. */
const macros = [...timeMacros, ...arrayMacros, ...seriesMacros, ...textMacros, ...numberMacros];

/** Stored beside the macros: says which edition of them the database holds. */
const edition = createHash('sha256').update(macros.join('\n')).digest('hex').slice(0, 16);

/**
 * Teaches the instance behind `connection` what Timestream SQL needs beyond DuckDB's own functions. To be
 * called on every open, before the configuration is locked: settings and functions in JavaScript live as
 * long as the instance, macros are stored in the database and written again only when they have changed.
 * All names begin with `ts_`, so that no other SQL changes its meaning.
 */
export async function installDialect(connection: DuckDBConnection): Promise<void> {
	for (const setting of settings) await connection.run(setting);
	registerSeriesFunctions(await import('@duckdb/node-api'), connection);
	if (await isInstalled(connection)) return;
	await connection.run('BEGIN');
	try {
		for (const macro of macros) await connection.run(`CREATE OR REPLACE MACRO ${macro}`);
		await connection.run(`CREATE OR REPLACE MACRO ts_edition() AS '${edition}'`);
		await connection.run('COMMIT');
	} catch (error) {
		await connection.run('ROLLBACK');
		throw error;
	}
}

async function isInstalled(connection: DuckDBConnection): Promise<boolean> {
	try {
		const reader = await connection.runAndReadAll('SELECT ts_edition()');
		return reader.getRows()[0]?.[0] === edition;
	} catch {
		return false;
	}
}
