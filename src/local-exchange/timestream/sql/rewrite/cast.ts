import {type Rewrite, unexpectedParameters} from './calls.ts';
import {typeName} from './types.ts';
import {closeOf, findOutside, isMark, isWord} from './writer.ts';

/** `cast(x AS type)` and its like. Times as text have nine digits of a second, unlike DuckDB's. */
export function cast(keyword: 'CAST' | 'TRY_CAST'): Rewrite {
	return (call, writer) => {
		const [range] = call.args;
		if (range === undefined) throw unexpectedParameters(call, writer);
		// Commas belong to the type: ROW(a bigint, b double).
		const whole = {from: range.from, to: call.args.at(-1)!.to};
		const as = findOutside(writer.tokens, whole, token => isWord(token, 'as'), {last: true});
		if (as === undefined) throw unexpectedParameters(call, writer);
		const type = typeName(writer.sql, writer.tokens, {from: as + 1, to: whole.to});
		writer.emit(type === 'VARCHAR' ? 'ts_varchar(' : `${keyword}(`, call.token);
		const [first, open] = [writer.tokens[whole.from]!, writer.tokens[whole.from + 1]];
		const isRow =
			isWord(first, 'row') && isMark(open, '(') && closeOf(writer.tokens, whole.from + 1) === as - 1;
		// The fields of ROW get their names here; DuckDB goes by names where there are some.
		if (isRow) writer.emit('row', first);
		writer.copy({from: isRow ? whole.from + 1 : whole.from, to: as});
		writer.emit(type === 'VARCHAR' ? ')' : `AS ${type})`, writer.tokens[as + 1]!);
	};
}
