import {refusal, syntaxError, tooComplex} from '../query-error.ts';
import {quoteName, type Token} from '../tokens.ts';
import {fill, isTimeLiteral, unexpectedParameters} from './calls.ts';
import {overflowingCase} from './cases.ts';
import {functions, takesTimes} from './functions.ts';
import {isCall} from './is-call.ts';
import {ordinaryNames} from './keywords.ts';
import {interval, moment, number} from './literals.ts';
import {createSeries, standsForTable, unnest} from './series.ts';
import {type Call, closeOf, isMark, isWord, type Range, splitAtCommas, type Writer} from './writer.ts';

/** A part of the rewritten query. */
export type Piece = {text: string; readonly token: Token};

export type RewriteOptions = {
	readonly sql: string;
	readonly tokens: readonly Token[];
	/** When the query began: epoch, ns. */
	readonly now: bigint;
	/** What a column is called for DuckDB, where that differs. */
	readonly rename: (name: string) => string | undefined;
};

/** Some rules write an argument twice: inside one another they would write without an end. */
const piecesPerToken = 16;
const fewTokens = 500;

/** Writes Timestream's SQL as DuckDB's, token by token; every piece knows the token it stands for. */
export function rewrite({sql, tokens, now, rename}: RewriteOptions): Piece[] {
	const pieces: Piece[] = [];
	const times = new Set<number>();
	const most = piecesPerToken * (tokens.length + fewTokens);
	const overflowing = overflowingCase(tokens, most);
	if (overflowing !== undefined) throw tooComplex(sql, overflowing);
	const emit = (text: string, token: Token) => {
		if (pieces.length > most) throw tooComplex(sql, token);
		pieces.push({text, token});
	};

	const writer: Writer = {
		sql,
		tokens,
		now,
		emit,
		copy: range => copy(range),
		timeText: ({from, to}) => void (to === from + 1 && times.add(from)),
	};

	/** Writes what begins at `at`; the index of what comes next. */
	const step = (at: number): number => {
		const token = tokens[at]!;
		const next = tokens[at + 1];
		switch (token.kind) {
			case 'duration':
				emit(interval(sql, token), token);
				return at + 1;
			case 'number':
				emit(number(token.value), token);
				return at + 1;
			case 'text':
				emit(
					times.has(at) && isTimeLiteral(token.value) ? `TIMESTAMP_NS ${token.source}` : token.source,
					token,
				);
				return at + 1;
			case 'mark':
				return mark(at);
			case 'quoted':
			case 'word':
				if (token.value === 'measure_value' && isMark(next, '::') && tokens[at + 2]?.kind === 'word') {
					return column(`measure_value::${tokens[at + 2]!.value}`, token, at + 3);
				}
				if (isMark(next, '(') && isCall(tokens, at)) return call(at);
				return token.kind === 'word' ? word(at) : column(token.value, token, at + 1);
		}
	};

	const copy = ({from, to}: Range) => {
		for (let at = from; at < to; ) at = step(at);
	};

	const column = (name: string, token: Token, next: number) => {
		emit(quoteName(rename(name) ?? name), token);
		return next;
	};

	const mark = (at: number) => {
		const token = tokens[at]!;
		const next = tokens[at + 1];
		if (token.value === '->' || token.value === '::') throw syntaxError(sql, token.start);
		// DuckDB forgives a comma after the last one.
		const dangling = next === undefined || isWord(next, 'from') || isMark(next, ')') || isMark(next, ']');
		if (token.value === ',' && dangling) throw syntaxError(sql, next?.start ?? sql.length);
		const treatment = tokens[at + 1]?.value;
		if (
			token.value === ')' &&
			(treatment === 'ignore' || treatment === 'respect') &&
			isWord(tokens[at + 2], 'nulls')
		) {
			emit(`${treatment} NULLS )`, token);
			return at + 3;
		}
		emit(token.value, token);
		return at + 1;
	};

	const word = (at: number) => {
		const token = tokens[at]!;
		const next = tokens[at + 1];
		if (token.value === 'timestamp' && next?.kind === 'text') {
			emit(`TIMESTAMP_NS ${next.source}`, token);
			return at + 2;
		}
		// DuckDB forgives a list of nothing.
		if (token.value === 'select' && (next === undefined || isWord(next, 'from'))) {
			throw syntaxError(sql, next?.start ?? sql.length);
		}
		if (token.value === 'values' && !isMark(tokens[at - 1], '.')) return values(at);
		if (rename(token.source) !== undefined) return column(token.source, token, at + 1);
		if (isMark(tokens[at - 1], '.')) return column(token.source, token, at + 1);
		emit(
			moment(token.value, now) ?? (ordinaryNames.has(token.value) ? quoteName(token.source) : token.source),
			token,
		);
		return at + 1;
	};

	/** `VALUES 1, 2` as `VALUES (1), (2)`. */
	const values = (at: number) => {
		emit('VALUES', tokens[at]!);
		const end = endOfValues(tokens, at + 1);
		for (const [index, row] of splitAtCommas(tokens, {from: at + 1, to: end}).entries()) {
			const first = tokens[row.from];
			if (first === undefined || row.from === row.to) throw syntaxError(sql, first?.start ?? sql.length);
			const whole = isMark(first, '(') && closeOf(tokens, row.from) === row.to - 1;
			emit(`${index > 0 ? ',' : ''} ${whole ? '' : '('}`, first);
			copy(row);
			if (!whole) emit(')', first);
		}
		return end;
	};

	const call = (at: number): number => {
		const token = tokens[at]!;
		const name = token.value.toLowerCase();
		const close = closeOf(tokens, at + 1);
		if (close === undefined) throw syntaxError(sql, sql.length);
		const made: Call = {name, token, args: splitAtCommas(tokens, {from: at + 2, to: close})};
		if (name === 'unnest' && standsForTable(tokens, at)) return unnest(made, close, writer);
		if (name === 'create_time_series') return createSeries(made, close, writer);
		const rule = functions.get(name);
		if (rule === undefined) return refuseUnknown(at);
		if (takesTimes(name)) for (const arg of made.args) writer.timeText(arg);
		if (typeof rule === 'string') {
			emit(rule, token);
			return at + 1;
		}
		if (typeof rule === 'function') rule(made, writer);
		else {
			const template = rule[made.args.length];
			if (template === undefined) throw unexpectedParameters(made, writer);
			fill(template, made, writer);
		}
		return close + 1;
	};

	const refuseUnknown = (at: number): never => {
		const token = tokens[at]!;
		throw refusal(sql, token.start, `Function ${token.value.toLowerCase()} not registered`);
	};

	copy({from: 0, to: tokens.length});
	return pieces;
}

function endOfValues(tokens: readonly Token[], from: number): number {
	const ends = new Set(['order', 'limit', 'offset', 'union', 'except', 'intersect', 'fetch']);
	for (let at = from; at < tokens.length; at++) {
		if (isMark(tokens[at], ')') || (tokens[at]?.kind === 'word' && ends.has(tokens[at]!.value))) return at;
		if (isMark(tokens[at], '(')) at = closeOf(tokens, at) ?? tokens.length;
	}
	return tokens.length;
}
