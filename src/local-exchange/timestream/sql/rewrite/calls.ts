import {refusal} from '../query-error.ts';
import {quoteText} from '../tokens.ts';
import {fromJoda, fromMysql} from './patterns.ts';
import {type Call, findOutside, isMark, isWord, type Range, type Writer} from './writer.ts';

/** A rule in code. */
export type Rewrite = (call: Call, writer: Writer) => void;

const timeWords = new Set(
	`ago bin current_date current_timestamp date_add date_parse date_trunc from_iso8601_timestamp from_milliseconds
	from_nanoseconds from_unixtime interval now parse_datetime parse_duration time timestamp`.split(/\s+/),
);
const timeLiteral = /^\d{4}-\d\d-\d\d([ T][\d:.]+)?$/;

/** Writes `template`, in which `$0` is the first argument and `$now` the time of the query. */
export function fill(template: string, call: Call, writer: Writer): void {
	for (const part of template.split(/(\$\w+)/)) {
		const place = /^\$(\w+)$/.exec(part)?.[1];
		if (place === undefined) writer.emit(part, call.token);
		else if (place === 'now') writer.emit(`${writer.now}::BIGINT`, call.token);
		else writer.copy(call.args[Number(place)]!);
	}
}

export function unexpectedParameters(call: Call, writer: Writer): Error {
	return refusal(writer.sql, call.token.start, `Unexpected parameters for function ${call.name}`);
}

/** The same for any number of arguments from `least` on, which `write` puts together. */
function variadic(least: number, write: Rewrite): Rewrite {
	return (call, writer) => {
		if (call.args.length < least) throw unexpectedParameters(call, writer);
		write(call, writer);
	};
}

function joined(separator: string, call: Call, writer: Writer, around = ['', '']): void {
	for (const [at, arg] of call.args.entries()) {
		writer.emit(`${at > 0 ? separator : ''} ${around[0]}`, call.token);
		writer.copy(arg);
		if (around[1]) writer.emit(around[1], call.token);
	}
}

/** `concat`: NULL when an argument is, unlike DuckDB's. */
export const concat = variadic(2, (call, writer) => {
	writer.emit('(', call.token);
	joined('||', call, writer, ['(', ')']);
	writer.emit(')', call.token);
});

/** NULL when an argument is, unlike DuckDB's. */
export const greatestOrLeast = variadic(1, (call, writer) => {
	writer.emit('CASE WHEN', call.token);
	joined('AND', call, writer, ['(', ') IS NOT NULL']);
	writer.emit(`THEN ${call.name}(`, call.token);
	joined(',', call, writer);
	writer.emit(') END', call.token);
});

/** `ROW(1, 'a')`: a struct whose fields have the names Trino gives them. */
export const row = variadic(1, (call, writer) => {
	writer.emit('struct_pack(', call.token);
	for (const [at, arg] of call.args.entries()) {
		writer.emit(`${at > 0 ? ',' : ''} "field${at}" :=`, call.token);
		writer.copy(arg);
	}
	writer.emit(')', call.token);
});

/** `max_by` and `min_by`. By a column of times, comparing ns is several times faster; NULLs count, as in Trino. */
export function extremeBy(extreme: 'max' | 'min'): Rewrite {
	return (call, writer) => {
		const [, by, count] = call.args;
		if (by === undefined) throw unexpectedParameters(call, writer);
		if (count !== undefined) return fill(`arg_${extreme}( $0 , $1 , $2 )`, call, writer);
		const path = writer.tokens.slice(by.from, by.to);
		const isTime =
			path.at(-1)?.value === 'time' && path.every(token => token.kind !== 'mark' || token.value === '.');
		fill(`arg_${extreme}_null( $0 , ${isTime ? 'epoch_ns( $1 )' : '$1'} )`, call, writer);
	};
}

/** `bin` of a time, or of a number when the width is one. */
export const bin: Rewrite = (call, writer) => {
	const [, width] = call.args;
	if (call.args.length !== 2 || width === undefined) throw unexpectedParameters(call, writer);
	const isNumber = width.to === width.from + 1 && writer.tokens[width.from]?.kind === 'number';
	fill(`${isNumber ? 'ts_bin_number' : 'ts_bin'}( $0 , $1 )`, call, writer);
};

/** `sequence` of times when an argument is about time, else of whole numbers. */
export const sequence: Rewrite = (call, writer) => {
	if (call.args.length < 2 || call.args.length > 3) throw unexpectedParameters(call, writer);
	const name = call.args.some(arg => isAboutTime(writer, arg)) ? 'ts_sequence_time' : 'ts_sequence';
	fill(call.args.length === 2 ? `${name}( $0 , $1 )` : `${name}( $0 , $1 , $2 )`, call, writer);
};

export function isAboutTime({tokens}: Writer, {from, to}: Range): boolean {
	return tokens
		.slice(from, to)
		.some(
			({kind, value}) =>
				kind === 'duration' ||
				(kind === 'text' ? timeLiteral.test(value) : kind !== 'mark' && timeWords.has(value)),
		);
}

export function isTimeLiteral(text: string): boolean {
	return timeLiteral.test(text);
}

const arrayFunctions =
	/^(array|array_.*|filter|sequence|slice|split|regexp_extract_all|regexp_split|repeat|zip|shuffle)$/;

/** `reverse` of an array when the argument shows that it is one, else of a text. */
export const reverse: Rewrite = (call, writer) => {
	const [of] = call.args;
	if (of === undefined) throw unexpectedParameters(call, writer);
	const isArray = arrayFunctions.test(writer.tokens[of.from]!.value);
	fill(`${isArray ? 'list_reverse' : 'reverse'}( $0 )`, call, writer);
};

const fields: Readonly<Record<string, string>> = {
	day: 'day',
	day_of_month: 'day',
	day_of_week: 'isodow',
	day_of_year: 'dayofyear',
	dow: 'isodow',
	doy: 'dayofyear',
	hour: 'hour',
	millisecond: 'ts_millisecond',
	minute: 'minute',
	month: 'month',
	quarter: 'quarter',
	second: 'second',
	week: 'weekofyear',
	year: 'year',
	year_of_week: 'isoyear',
	yow: 'isoyear',
};

/** `extract(FIELD FROM time)`. */
export const extract: Rewrite = (call, writer) => {
	const [range] = call.args;
	if (range === undefined) throw unexpectedParameters(call, writer);
	const from = findOutside(writer.tokens, range, token => isWord(token, 'from'));
	const field = writer.tokens[range.from]!;
	if (from !== range.from + 1 || !Object.hasOwn(fields, field.value)) {
		throw refusal(writer.sql, field.start, `Invalid EXTRACT field: ${field.source}`);
	}
	const of = {from: from + 1, to: range.to};
	writer.timeText(of);
	fill(`${fields[field.value]}( $0 )`, {...call, args: [of]}, writer);
};

/** Those with a pattern as their second argument, `$pattern` in `template`. */
export function inPattern(language: 'joda' | 'mysql', template: string): Rewrite {
	return (call, writer) => {
		const [, pattern] = call.args;
		if (call.args.length !== 2 || pattern === undefined) throw unexpectedParameters(call, writer);
		const token = writer.tokens[pattern.from]!;
		if (pattern.to !== pattern.from + 1 || token.kind !== 'text') {
			throw refusal(writer.sql, token.start, `The format of ${call.name} must be written out as a text`);
		}
		const translated = language === 'joda' ? fromJoda(token.value) : fromMysql(token.value);
		if (translated === undefined) throw refusal(writer.sql, token.start, `Invalid format: ${token.source}`);
		for (const part of template.split(/(\$pattern)/)) {
			if (part === '$pattern') writer.emit(quoteText(translated), token);
			else fill(part, call, writer);
		}
	};
}

/** Whether `range` begins like `(a, b) ->` or `a ->`: the index of the arrow. */
export function arrowOf({tokens}: Writer, {from, to}: Range): number | undefined {
	const isArrow = (at: number) => at < to && isMark(tokens[at], '->');
	if (isArrow(from + 1)) return from + 1;
	if (!isMark(tokens[from], '(')) return undefined;
	let at = from + 1;
	while (at < to && !isMark(tokens[at], ')')) at++;
	return isArrow(at + 1) ? at + 1 : undefined;
}
