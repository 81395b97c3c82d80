import {ownNames, typeText, typeTexts} from './duckdb-words.ts';
import type {Prepared} from './prepare.ts';
import {QueryError, refusal, syntaxError} from './query-error.ts';
import {functions} from './rewrite/functions.ts';
import {isMark} from './rewrite/writer.ts';
import {nameOf} from './tables.ts';
import type {Token} from './tokens.ts';

/** What DuckDB says with `errors_as_json`. */
type Failure = {
	readonly exception_type?: string;
	readonly exception_message?: string;
	/** Bytes from the start, as text. */
	readonly position?: string;
	readonly error_subtype?: string;
	readonly name?: string;
};

type Context = {readonly sql: string; readonly tokens: readonly Token[]; readonly prepared: Prepared};

/** Names of functions as DuckDB knows them: as Timestream does. */
const originals = new Map(
	[...functions].flatMap(([name, rule]) => (typeof rule === 'string' ? [[rule, name]] : [])),
);

/** DuckDB's error about a prepared query in Timestream's words, with places in the user's text. */
export function queryErrorOf(error: unknown, context: Context): QueryError {
	const failure = failureOf(error);
	const message = (failure.exception_message ?? '').split('\n')[0]!;
	switch (failure.exception_type) {
		case 'Parser':
		case 'Syntax':
			return syntaxError(context.sql, tokenOf(failure, context)?.start ?? 0);
		case 'Binder':
		case 'Catalog':
			return analysisError(failure, message, context);
		case 'Out of Memory':
			return new QueryError('QueryExecutionException', 'The query exceeded the memory limit');
		case 'Conversion':
		case 'Out of Range':
		case 'Invalid Input':
		case 'Invalid type':
		case 'Mismatch Type':
		case 'Divide by Zero':
			return new QueryError('ValidationException', runtimeText(message, isTimeCast(failure, context)));
		default:
			return new QueryError(
				'QueryExecutionException',
				`The query could not be run: ${ownNames(message)}`,
				error,
			);
	}
}

function failureOf(error: unknown): Failure {
	const text = error instanceof Error ? error.message : String(error);
	const start = text.indexOf('{"exception_type"');
	try {
		return JSON.parse(text.slice(Math.max(start, 0)));
	} catch {
		return {exception_message: text};
	}
}

function tokenOf({position}: Failure, {prepared}: Context): Token | undefined {
	return position === undefined ? undefined : prepared.rewritten.tokenAt(Number(position));
}

function analysisError(failure: Failure, message: string, context: Context): QueryError {
	const {sql, prepared} = context;
	const token = tokenOf(failure, context);
	const at = token?.start ?? 0;
	const say = (text: string, start = at) => refusal(sql, start, text);
	if (failure.error_subtype === 'COLUMN_NOT_FOUND' && failure.name !== undefined) {
		return say(`Column '${prepared.fromDuckDB(failure.name)}' does not exist`);
	}
	const [, qualifier] = /^Referenced table "(.+)" not found/.exec(message) ?? [];
	if (qualifier !== undefined) return say(`Column '${pathAt(context, token) ?? qualifier}' does not exist`);
	const [, missing] = / does not have a column named "(.+?)"/.exec(message) ?? [];
	if (missing !== undefined) return say(`Column '${pathAt(context, token) ?? missing}' does not exist`);
	const [, ungrouped] = /^column "?(.+?)"? must appear in the GROUP BY clause/.exec(message) ?? [];
	if (ungrouped !== undefined) {
		const name = pathAt(context, token) ?? prepared.fromDuckDB(ungrouped);
		return say(`'${name}' must be an aggregate expression or appear in GROUP BY clause`);
	}
	const [, name, parameters] =
		/^(?:No function matches the given name and argument types '|Could not choose a best candidate function for the function call ")(.+?)\((.*)\)['"]/.exec(
			message,
		) ?? [];
	if (name !== undefined) return unexpected(context, name, parameters ?? '', token);
	const [, macroName] =
		/^Macro "?(\w+)(?:\(.*\))?"? does not support the supplied arguments/.exec(message) ?? [];
	if (macroName !== undefined) return unexpected(context, macroName, '', token);
	const [, left, right] =
		/^Cannot (?:compare values of|mix values of) type (.+?) and (?:type )?(.+?) /.exec(message) ?? [];
	if (left !== undefined && right !== undefined) {
		return say(`'${token?.source ?? '='}' cannot be applied to ${typeText(left)}, ${typeText(right)}`);
	}
	const [, ambiguous] = /^Ambiguous reference to column name "(.+?)"/.exec(message) ?? [];
	if (ambiguous !== undefined) return say(`Column '${prepared.fromDuckDB(ambiguous)}' is ambiguous`);
	const [, clause] =
		/^(\w+(?: \w+)?) clause cannot contain (?:aggregates|window functions)/.exec(message) ?? [];
	if (clause !== undefined) {
		return say(`${clause} clause cannot contain aggregations, window functions or grouping operations`);
	}
	const [, part] = /^(ORDER|GROUP BY) term out of range/.exec(message) ?? [];
	if (part !== undefined) {
		const term = token?.kind === 'number' ? ` ${token.source}` : '';
		return say(`${part === 'ORDER' ? 'ORDER BY' : part} position${term} is not in select list`);
	}
	const macro = context.tokens.find((found, at) => isMark(context.tokens[at + 1], '(') && isMacro(found));
	if (macro !== undefined && /is not an aggregate function|is a Macro Function/.test(message)) {
		const what = message.includes('Macro') ? 'FILTER, DISTINCT and ORDER BY' : 'OVER';
		return say(`${what} cannot be used with ${nameOf(macro).toLowerCase()} here`, macro.start);
	}
	if (macro !== undefined && message.startsWith('ARRAY_SLICE')) return unexpected(context, '', '', macro);
	if (message.startsWith('QUANTILE can only take parameters'))
		return say('Percentile must be between 0 and 1');
	const [, windowName] = /^Scalar Function with name (\w+) does not exist/.exec(message) ?? [];
	if (windowName !== undefined) return say(`Window function ${windowName} requires an OVER clause`);
	if (message.startsWith('* expression without FROM'))
		return say('SELECT * not allowed in queries without FROM clause');
	if (message.startsWith('Set operations can only apply'))
		return say('UNION query has different number of fields');
	return say(ownNames(message));
}

/** `Unexpected parameters (varchar) for function avg`; operators are said as Trino says them. */
function unexpected(
	context: Context,
	duckdb: string,
	parameters: string,
	token: Token | undefined,
): QueryError {
	const {sql, tokens} = context;
	const types = typeTexts(parameters);
	// Its own name: DuckDB divides whole numbers by another. What stands at a word is an operator of its rule.
	if (/^\W+$/.test(duckdb) && token?.kind === 'mark')
		return refusal(sql, token.start, `'${token.source}' cannot be applied to ${types}`);
	const known = originals.get(duckdb);
	const calls = tokens.filter((_, at) => isMark(tokens[at + 1], '('));
	const own = calls.find(({value}) => value.toLowerCase() === known);
	// Within a macro places are those of its text, and types those of its parts.
	const call = own ?? calls.find(isMacro) ?? token;
	const shown = own === undefined || types === '' ? '' : ` (${types})`;
	const name = call === undefined ? ownNames(duckdb) : nameOf(call).toLowerCase();
	return refusal(sql, call?.start ?? 0, `Unexpected parameters${shown} for function ${name}`);
}

/** Whether a function is one of our macros rather than DuckDB's own. */
function isMacro({value}: Token): boolean {
	const rule = functions.get(value.toLowerCase());
	return rule !== undefined && (typeof rule !== 'string' || rule.startsWith('ts_'));
}

/** The whole dotted name that begins at `token`. */
function pathAt({tokens}: Context, token: Token | undefined): string | undefined {
	if (token === undefined || (token.kind !== 'word' && token.kind !== 'quoted')) return undefined;
	let at = tokens.indexOf(token);
	const parts = [nameOf(token)];
	while (isMark(tokens[at + 1], '.') && tokens[at + 2] !== undefined) {
		at += 2;
		parts.push(nameOf(tokens[at]!));
	}
	return parts.join('.');
}

/** DuckDB names a time by the whole number that it is inside. Within a macro, only times are read from texts. */
function isTimeCast(failure: Failure, context: Context): boolean {
	const token = tokenOf(failure, context);
	if (token?.kind === 'text') return isBesideTime(token, context);
	if (token === undefined || !/^(try_)?cast$/.test(token.value)) return true;
	const after = Buffer.from(context.prepared.rewritten.text).subarray(Number(failure.position)).toString();
	return /^[^)]*\bTIMESTAMP_NS\b/.test(after);
}

/** Whether the column that a text is compared with, which is the nearest, holds times. */
function isBesideTime(token: Token, {tokens, prepared}: Context): boolean {
	const types = new Map(prepared.tables.flatMap(({columns}) => columns.map(({name, type}) => [name, type])));
	const place = tokens.indexOf(token);
	const columns = tokens.flatMap((found, at) => {
		const type = found.kind === 'text' ? undefined : types.get(nameOf(found));
		return type === undefined ? [] : {type, distance: Math.abs(at - place)};
	});
	return columns.sort((a, b) => a.distance - b.distance)[0]?.type === 'TIMESTAMP';
}

function runtimeText(message: string, isTime: boolean): string {
	const [, value, type] = /^Could not convert string '(.*)' to (\w+)/s.exec(message) ?? [];
	if (type !== undefined)
		return `Cannot cast '${value}' to ${isTime && type === 'INT64' ? 'timestamp' : typeText(type)}`;
	const [, stamp] =
		/(?:timestamp|date) field value out of range: "(.*?)"|invalid (?:timestamp|date) field format: "(.*?)"/s.exec(
			message,
		) ?? [];
	if (stamp !== undefined) return `Cannot cast '${stamp}' to timestamp`;
	const [, unparsed] = /^Could not parse string "(.*)" according to format/s.exec(message) ?? [];
	if (unparsed !== undefined) return `Invalid format: "${unparsed}"`;
	const [, unit] = /^extract specifier "(.*)" not recognized/s.exec(message) ?? [];
	if (unit !== undefined) return `'${unit}' is not a valid Timestamp field`;
	if (message.startsWith('More than one row returned by a subquery'))
		return 'Scalar sub-query has returned multiple rows';
	return ownNames(message);
}
