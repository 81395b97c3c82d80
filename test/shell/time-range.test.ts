import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {parseDuration, parseMoment, timeRange} from '../../src/shell/time-range.ts';

const zone = process.env.TZ;
beforeAll(() => {
	// The clocks there went ahead on 8 March 2026 and back on 1 November, both at 2:00.
	process.env.TZ = 'America/Los_Angeles';
});
afterAll(() => {
	if (zone === undefined) delete process.env.TZ;
	else process.env.TZ = zone;
});

/** A Saturday. */
const noon = Date.parse('2026-11-21T12:00:00-08:00');
const hour = 3_600_000;
const iso = (at: number | undefined) => (at === undefined ? undefined : new Date(at).toISOString());

describe('durations', () => {
	test.each<[text: string, ms: number | undefined]>([
		['15m', 15 * 60_000],
		['24h', 24 * hour],
		['7d', 168 * hour],
		['90s', 90_000],
		['1h30m', 1.5 * hour],
		['1.5h', 1.5 * hour],
		['2W', 336 * hour],
		['250ms', 250],
		['1y', 365 * 24 * hour],
		['15MS', 15],
		['1M', undefined],
		['0s', undefined],
		['', undefined],
		['15', undefined],
		['m', undefined],
		['-1h', undefined],
		['1 h', undefined],
		['1h 30m', undefined],
		['1e3s', undefined],
		['999999999y', undefined],
		['24hours', undefined],
	])('%s', (text, ms) => {
		expect(parseDuration(text)).toBe(ms);
	});
});

describe('moments', () => {
	test.each<[text: string, utc: string | undefined]>([
		['now', '2026-11-21T20:00:00.000Z'],
		['now-1h', '2026-11-21T19:00:00.000Z'],
		['now - 1h', '2026-11-21T19:00:00.000Z'],
		['now-1d12h', '2026-11-20T08:00:00.000Z'],
		['now+1d-1h', '2026-11-22T19:00:00.000Z'],
		['24h', '2026-11-20T20:00:00.000Z'],
		['today', '2026-11-21T08:00:00.000Z'],
		['yesterday', '2026-11-20T08:00:00.000Z'],
		['Yesterday 14:30', '2026-11-20T22:30:00.000Z'],
		['yesterday+6h', '2026-11-20T14:00:00.000Z'],
		['tomorrow', '2026-11-22T08:00:00.000Z'],
		['sat', '2026-11-21T08:00:00.000Z'],
		['sunday', '2026-11-15T08:00:00.000Z'],
		['mon 8:00', '2026-11-16T16:00:00.000Z'],
		['14:05', '2026-11-21T22:05:00.000Z'],
		['9:05:07', '2026-11-21T17:05:07.000Z'],
		['2026-01-01', '2026-01-01T08:00:00.000Z'],
		['2026-01', '2026-01-01T08:00:00.000Z'],
		['2026-01-01 14:30', '2026-01-01T22:30:00.000Z'],
		['2026-01-01T14:30:05.25', '2026-01-01T22:30:05.250Z'],
		['2026-01-01T14:30Z', '2026-01-01T14:30:00.000Z'],
		['2026-01-01t14:30:00.123456789z', '2026-01-01T14:30:00.123Z'],
		['2026-01-01T14:30+02:00', '2026-01-01T12:30:00.000Z'],
		['2026-01-01 14:30 -0330', '2026-01-01T18:00:00.000Z'],
		['2026-01-01-1d', '2025-12-31T08:00:00.000Z'],
		['0099-01-01T00:00Z', '0099-01-01T00:00:00.000Z'],
		['2024-02-29', '2024-02-29T08:00:00.000Z'],
		['2026-02-29', undefined],
		['2026-13-01', undefined],
		['2026-01-00', undefined],
		['24:00', undefined],
		['12:60', undefined],
		['2026-01-01T14:30+25:00', undefined],
		['now 14:00', undefined],
		['nowish', undefined],
		['now-', undefined],
		['now-1', undefined],
		['now-1x', undefined],
		['1767254400000', undefined],
		['last week', undefined],
		['', undefined],
		['2026-01-01+900000y', undefined],
	])('%s', (text, utc) => {
		expect(iso(parseMoment(text, noon))).toBe(utc);
	});

	test.each<[text: string, at: string, utc: string]>([
		// A day of 23 hours.
		['today', '2026-03-08T12:00:00-07:00', '2026-03-08T08:00:00.000Z'],
		['tomorrow', '2026-03-08T12:00:00-07:00', '2026-03-09T07:00:00.000Z'],
		['2026-03-08+1d', '2026-03-08T12:00:00-07:00', '2026-03-09T07:00:00.000Z'],
		['2026-03-08+24h', '2026-03-08T12:00:00-07:00', '2026-03-09T08:00:00.000Z'],
		['now-24h', '2026-03-08T12:00:00-07:00', '2026-03-07T19:00:00.000Z'],
		['now-1d', '2026-03-08T12:00:00-07:00', '2026-03-07T19:00:00.000Z'],
		// There was no 2:30.
		['2026-03-08 02:30', '2026-03-08T12:00:00-07:00', '2026-03-08T10:30:00.000Z'],
		// A day of 25 hours.
		['yesterday', '2026-11-02T12:00:00-08:00', '2026-11-01T07:00:00.000Z'],
		['yesterday+1d', '2026-11-02T12:00:00-08:00', '2026-11-02T08:00:00.000Z'],
		['yesterday+1w', '2026-11-02T12:00:00-08:00', '2026-11-08T08:00:00.000Z'],
		// There were two 1:30: the first counts, the other is named by its offset.
		['2026-11-01 01:30', '2026-11-02T12:00:00-08:00', '2026-11-01T08:30:00.000Z'],
		['2026-11-01T01:30-08:00', '2026-11-02T12:00:00-08:00', '2026-11-01T09:30:00.000Z'],
		// A day after a time with an offset is 24 hours.
		['2026-11-01T00:00-07:00+1d', '2026-11-02T12:00:00-08:00', '2026-11-02T07:00:00.000Z'],
	])('%s where the clocks change, seen at %s', (text, at, utc) => {
		expect(iso(parseMoment(text, Date.parse(at)))).toBe(utc);
	});
});

describe('ranges', () => {
	test.each<[args: object, from: string, to: string]>([
		[{}, '2026-11-20T20:00:00.000Z', '2026-11-21T20:00:00.000Z'],
		[{since: '6h'}, '2026-11-21T14:00:00.000Z', '2026-11-21T20:00:00.000Z'],
		[{since: 'yesterday'}, '2026-11-20T08:00:00.000Z', '2026-11-21T20:00:00.000Z'],
		[{since: 'yesterday', to: 'today'}, '2026-11-20T08:00:00.000Z', '2026-11-21T08:00:00.000Z'],
		[{from: '2026-01-01', to: '2026-01-02'}, '2026-01-01T08:00:00.000Z', '2026-01-02T08:00:00.000Z'],
		[{from: '2026-01-01'}, '2026-01-01T08:00:00.000Z', '2026-11-21T20:00:00.000Z'],
		[{to: 'today'}, '2026-11-20T08:00:00.000Z', '2026-11-21T08:00:00.000Z'],
		[{from: '0001-01-01', to: '9999-12-31'}, '1677-09-21T00:12:43.146Z', '2262-04-11T23:47:16.854Z'],
	])('%j', (args, from, to) => {
		const range = timeRange(args, noon);
		expect([iso(range.from), iso(range.to)]).toEqual([from, to]);
	});

	test.each<[args: object, message: string, hint: string]>([
		[
			{since: '24h', from: 'yesterday'},
			'--since 24h and --from yesterday: two starts of one range',
			'leave one of them out',
		],
		[
			{from: 'today', to: 'yesterday'},
			'today: not before yesterday, where the range ends',
			'the earlier time comes first: `--from yesterday --to today`',
		],
		[
			{from: 'today', to: 'today'},
			'today: not before today, where the range ends',
			'the earlier time comes first: `--from yesterday --to today`',
		],
		[
			{from: 'tomorrow'},
			'tomorrow: not before now, where the range ends',
			'the earlier time comes first: `--from yesterday --to today`',
		],
		[
			{to: 'soon'},
			'soon: not a time',
			"try 24h, now-1h, yesterday, 2026-01-01, '2026-01-01 14:30' or 2026-01-01T14:30Z",
		],
	])('%j is refused', (args, message, hint) => {
		expect(() => timeRange(args, noon)).toThrow(expect.objectContaining({code: 'usage', message, hint}));
	});
});
