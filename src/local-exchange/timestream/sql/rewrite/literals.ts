import {refusal} from '../query-error.ts';
import {quoteText, type Token} from '../tokens.ts';

const intervals: Readonly<Record<string, string>> = {
	us: 'microsecond',
	ms: 'millisecond',
	s: 'second',
	m: 'minute',
	h: 'hour',
	d: 'day',
	y: 'year',
};

/** Times that are words. */
export function moment(word: string, now: bigint): string | undefined {
	const time = `make_timestamp_ns(${now})`;
	switch (word) {
		case 'current_timestamp':
		case 'localtimestamp':
			return time;
		case 'current_date':
			return `CAST(${time} AS DATE)`;
		case 'current_time':
		case 'localtime':
			return `CAST(${time} AS TIME)`;
	}
	return undefined;
}

/** DuckDB takes 1.5 for a DECIMAL, Timestream for a DOUBLE; and its tree of a query cannot hold 1e400. */
export function number(value: string): string {
	if (Number(value) === Number.POSITIVE_INFINITY) return "CAST('inf' AS DOUBLE)";
	if (/^\d+$/.test(value)) return value;
	if (value.includes('e')) return value;
	return `${value.endsWith('.') ? `${value}0` : value}e0`;
}

/** `15m`, as an INTERVAL. Throws for one that DuckDB's, which have µs, cannot hold. */
export function interval(sql: string, token: Token): string {
	const [, count, unit] = /^(\d+)(\w+)$/.exec(token.value) ?? [];
	if (count!.length > 15) throw refusal(sql, token.start, `Invalid duration: ${token.source}`);
	if (unit === 'ns' || unit === 'nanosecond') {
		if (BigInt(count!) % 1000n !== 0n)
			throw refusal(sql, token.start, 'Intervals below 1us are not supported');
		return `to_microseconds(${BigInt(count!) / 1000n})`;
	}
	return `INTERVAL ${quoteText(`${count} ${intervals[unit!] ?? unit}`)}`;
}
