import type {Token} from '../tokens.ts';
import {arrowOf, fill, isAboutTime, type Rewrite, unexpectedParameters} from './calls.ts';
import {type Call, closeOf, isMark, isWord, type Range, type Writer} from './writer.ts';

type Interpolation = 'linear' | 'locf' | 'fill' | 'spline_cubic';

/** `interpolate_…` at one time, when the second argument shows that it is one, else at an array of times. */
export function interpolation(kind: Interpolation): Rewrite {
	const count = kind === 'fill' ? 3 : 2;
	return (call, writer) => {
		const [, at] = call.args;
		if (call.args.length !== count || at === undefined) throw unexpectedParameters(call, writer);
		const name = `ts_interpolate_${kind}${isOneTime(writer, at) ? '_at' : ''}`;
		fill(count === 3 ? `${name}( $0 , $1 , $2 )` : `${name}( $0 , $1 )`, call, writer);
	};
}

function isOneTime(writer: Writer, range: Range): boolean {
	const first = writer.tokens[range.from]!;
	if (['array', 'array_agg', 'sequence', 'slice', 'filter', 'transform'].includes(first.value)) return false;
	if (['min', 'max', 'cast'].includes(first.value)) return true;
	return isAboutTime(writer, range);
}

/** `filter(list, x -> …)` and `transform(list, x -> …)`, by a function of DuckDB for each element. */
export function forEach(name: 'list_filter' | 'list_transform'): Rewrite {
	return (call, writer) => {
		const [list, lambda, ...others] = call.args;
		if (list === undefined || lambda === undefined || others.length > 0) {
			throw unexpectedParameters(call, writer);
		}
		const {names, body} = lambdaOf(call, writer, lambda, 1);
		writer.emit(`${name}(`, call.token);
		writer.copy(list);
		writer.emit(`, lambda ${names[0]!.source} :`, call.token);
		writer.copy(body);
		writer.emit(')', call.token);
	};
}

/**
 * `reduce(list, start, (state, x) -> …, state -> …)`. DuckDB's own fold wants state and elements of one type:
 * so both go through it as one struct, and lists of one element give the user's names to its parts.
 */
export const fold: Rewrite = (call, writer) => {
	const [list, start, input, output] = call.args;
	if (list === undefined || start === undefined || input === undefined || output === undefined) {
		throw unexpectedParameters(call, writer);
	}
	const step = lambdaOf(call, writer, input, 2);
	const end = lambdaOf(call, writer, output, 1);
	const [state, item] = step.names;
	const emit = (text: string) => writer.emit(text, call.token);
	emit("list_transform([list_reduce(list_prepend({'state':");
	writer.copy(start);
	emit(", 'item': NULL}, list_transform(");
	writer.copy(list);
	emit(", lambda ts_item : {'state':");
	writer.copy(start);
	emit(", 'item': ts_item})), lambda ts_left, ts_right : {'state': list_transform([ts_left.state], lambda");
	writer.emit(`${state!.source} : list_transform([ts_right.item], lambda ${item!.source} :`, state!);
	writer.copy(step.body);
	emit(")[1])[1], 'item': ts_right.item}).state], lambda");
	writer.emit(`${end.names[0]!.source} :`, end.names[0]!);
	writer.copy(end.body);
	emit(')[1]');
};

function lambdaOf(
	call: Call,
	writer: Writer,
	range: Range,
	count: number,
): {readonly names: readonly Token[]; readonly body: Range} {
	const arrow = arrowOf(writer, range);
	if (arrow === undefined) throw unexpectedParameters(call, writer);
	const names = writer.tokens.slice(range.from, arrow).filter(token => token.kind !== 'mark');
	const fits = names.length === count && names.every(({kind}) => kind === 'word' || kind === 'quoted');
	if (!fits) throw unexpectedParameters(call, writer);
	return {names, body: {from: arrow + 1, to: range.to}};
}

/**
 * `create_time_series(time, value) FILTER (WHERE …)`: what comes after it. A list in order of time without the
 * points that lack something; DuckDB takes the filter of a macro for its own.
 */
export function createSeries(call: Call, close: number, writer: Writer): number {
	const {tokens} = writer;
	if (call.args.length !== 2) throw unexpectedParameters(call, writer);
	fill(
		`list({'time': CAST( $0 AS TIMESTAMP_NS), 'value': $1 } ORDER BY $0 )
			FILTER (WHERE ( $0 ) IS NOT NULL AND ( $1 ) IS NOT NULL`,
		call,
		writer,
	);
	const isFiltered = isWord(tokens[close + 1], 'filter') && isWord(tokens[close + 3], 'where');
	const end = isFiltered ? closeOf(tokens, close + 2) : undefined;
	if (end === undefined) {
		writer.emit(')', call.token);
		return close + 1;
	}
	writer.emit('AND (', call.token);
	writer.copy({from: close + 4, to: end});
	writer.emit('))', call.token);
	return end + 1;
}

const afterTable = new Set(
	`where group order limit cross join left right inner full on union having window natural except intersect fetch
	offset using`.split(/\s+/),
);

/**
 * `UNNEST(a, b) WITH ORDINALITY` behind FROM, JOIN or a comma: what comes after it. DuckDB's own unpacks a
 * struct into one column; Timestream's gives each field its own.
 */
export function unnest(call: Call, close: number, writer: Writer): number {
	const {tokens} = writer;
	const ordinality = isWord(tokens[close + 1], 'with') && isWord(tokens[close + 2], 'ordinality');
	const next = close + (ordinality ? 3 : 1);
	writer.emit('LATERAL (SELECT', call.token);
	for (const [at, arg] of call.args.entries()) {
		writer.emit(`${at > 0 ? ',' : ''} unnest(`, call.token);
		writer.copy(arg);
		writer.emit(', max_depth := 2)', call.token);
	}
	if (ordinality) fill(', generate_subscripts( $0 , 1) AS "ordinality"', call, writer);
	writer.emit(')', call.token);
	const alias = tokens[next];
	const named =
		isWord(alias, 'as') ||
		alias?.kind === 'quoted' ||
		(alias?.kind === 'word' && !afterTable.has(alias.value));
	if (!named) writer.emit(`AS ts_unnest_${call.token.start}`, call.token);
	return next;
}

/** Whether UNNEST at `at` stands where a table does. */
export function standsForTable(tokens: readonly Token[], at: number): boolean {
	const before = tokens[at - 1];
	return isWord(before, 'from') || isWord(before, 'join') || isMark(before, ',') || isWord(before, 'lateral');
}
