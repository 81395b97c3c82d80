import {expect, test} from 'vitest';
import {csvText} from '../../src/render/csv-lines.ts';
import {layout} from '../../src/render/layout.ts';
import {plain} from '../../src/render/plain.ts';
import type {Chart, Output} from '../../src/shell/command.ts';

const rows: Output = {
	kind: 'records',
	records: [
		{
			objectType: 'FILE',
			name: 'a,b',
			fileExtension: 'csv',
			storageSizeBytes: 1104,
			at: '2026-11-02T17:40:11.123456789Z',
		},
		{objectType: 'DIRECTORY', name: 'say "hi"', storageSizeBytes: null, at: null, nested: {x: [1]}},
	],
	columns: [
		{field: 'mode', as: 'mode', screenOnly: true},
		{field: 'name', as: 'entry'},
		{field: 'storageSizeBytes', as: 'bytes'},
		{field: 'at', as: 'instant', header: 'time'},
		{field: 'nested', as: 'value'},
	],
	layout: 'table',
	csv: true,
	headers: true,
};

test('is the columns of a pipe, exact, quoted where it must be', () => {
	expect(csvText(rows)).toBe(
		[
			'name,storageSizeBytes,at,nested',
			'"a,b.csv",1104,2026-11-02T17:40:11.123456789Z,',
			'"say ""hi""",,,"{""x"":[1]}"',
			'',
		].join('\n'),
	);
});

test('line ends in a value stay, what a terminal obeys does not', () => {
	const text = csvText({
		kind: 'records',
		records: [{name: 'a\r\nb\u001b[2J\u202e\tc 😀', value: '1.000000000000000001'}],
		columns: [
			{field: 'name', as: 'text'},
			{field: 'value', as: 'value'},
		],
		layout: 'table',
		csv: true,
	});
	expect(text).toBe('"a\r\nb\\x1b[2J\\u202e\tc 😀",1.000000000000000001\n');
});

test('goes on in a pipe without a second header', async () => {
	async function* outputs() {
		yield rows;
		yield {...rows, headers: false};
	}
	const chunks = await Array.fromAsync(plain(outputs(), {json: false}));
	const text = Buffer.concat(chunks).toString();
	expect(text.split('\n').filter(line => line.startsWith('name,'))).toHaveLength(1);
	expect(text.trimEnd().split('\n')).toHaveLength(5);
});

test('is the same on a screen', () => {
	const lines = layout(rows, {width: 80, color: false, now: 0});
	expect(lines.length).toBe(3);
	expect(lines.at(0)).toBe('name,storageSizeBytes,at,nested');
});

test('a chart is a row a series, with what it comes to', () => {
	const chart: Chart = {
		kind: 'chart',
		from: Date.UTC(2026, 0, 1),
		to: Date.UTC(2026, 0, 2),
		csv: true,
		series: [
			{
				assetId: 'a1',
				name: 'Feeder 1',
				attribute: 'kW',
				points: [],
				summary: {samples: 0, min: null, max: null, mean: null, last: null, lastTime: null, gaps: 0},
			},
		],
	};
	expect(csvText(chart).split('\n')).toEqual([
		'name,attribute,from,to,samples,min,max,mean,last,lastTime,gaps,assetId',
		'Feeder 1,kW,2026-01-01T00:00:00.000Z,2026-01-02T00:00:00.000Z,0,,,,,,0,a1',
		'',
	]);
});
