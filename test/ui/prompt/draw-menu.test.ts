import {describe, expect, test} from 'vitest';
import type {Candidate} from '../../../src/shell/complete.ts';
import {drawMenu} from '../../../src/ui/prompt/draw-menu.ts';
import {moveMenu, openMenu} from '../../../src/ui/state/menu.ts';
import {theme} from '../../../src/ui/theme.ts';

const now = new Date(2026, 10, 21, 12).getTime();
const modified = new Date(2026, 10, 21, 8, 2).toISOString();
const file = (label: string, bytes: number | null = 1100): Candidate => ({
	insert: label,
	label,
	kind: 'file',
	bytes,
	modified,
});
const menuOf = (candidates: readonly Candidate[], total = candidates.length, pending = false) =>
	openMenu({start: 0, end: 0, candidates, total, common: undefined, pending});
const draw = (menu: ReturnType<typeof menuOf>, height = 6) =>
	drawMenu(menu, {width: 44, height, now, paint: theme(false)}).map(row => row.trimEnd());

describe('the menu', () => {
	test('says size and time of files, and what a command does', () => {
		const candidates: Candidate[] = [
			file('hour-1.csv'),
			file('big', null),
			{insert: 'cases/', label: 'cases', kind: 'directory'},
			{insert: 'ls ', label: 'ls', kind: 'command', summary: 'List files and directories'},
		];
		expect(draw(menuOf(candidates))).toEqual([
			'  hour-1.csv    1.1 kB  today 08:02',
			'  big                ·  today 08:02',
			'  cases/',
			'  ls          List files and directories',
		]);
	});

	test('says the latest value and its age of assets and attributes, lined up; missing data is no zero', () => {
		const asset = (label: string, attribute: string, lastValue: string | null, age: number): Candidate => ({
			insert: `'${label}' `,
			label,
			kind: 'asset',
			attribute,
			lastValue,
			lastValueTime: lastValue === null ? null : new Date(now - age).toISOString(),
		});
		const assets = [
			asset('Feeder 1', 'A kW', '412.6000001', 5_000),
			asset('Feeder 12', 'A kVAR', '88', 1_020_000),
			asset('Battery', 'SOC', null, 0),
			asset('Evil', 'x\u001b[2J', 'long\ntext that goes on and on', 0),
		];
		expect(draw(menuOf(assets.slice(0, 3)))).toEqual([
			'  Feeder 1   A kW   412.6    5 s',
			'  Feeder 12  A kVAR  88     17 m',
			'  Battery    SOC      ·        ·',
		]);
		for (const row of draw(menuOf(assets))) {
			expect(row.length).toBeLessThanOrEqual(44);
			expect(row).not.toMatch(/[\u001b\n]/);
		}
		const attributes = assets.map(
			({attribute: _, ...candidate}): Candidate => ({...candidate, kind: 'attribute'}),
		);
		expect(draw(menuOf(attributes.slice(0, 1)))).toEqual(['  Feeder 1  412.6    5 s']);
	});

	test('keeps the marked one in sight, and says where it is', () => {
		const menu = menuOf(
			Array.from({length: 9}, (_, index) => file(`f${index}`)),
			10_000,
		);
		const sixth = [1, 1, 1, 1, 1, 1].reduce(moveMenu, menu);
		expect(draw(sixth, 4)).toEqual([
			expect.stringMatching(/^ {2}f4/),
			expect.stringMatching(/^▸ f5/),
			expect.stringMatching(/^ {2}f6/),
			'  6 of 10,000',
		]);
		expect(draw(menu, 4).at(-1)).toBe('  10,000');
	});

	test('says what is on its way, and that nothing fits', () => {
		expect(draw(menuOf([], 0, true))).toEqual(['  listing…']);
		expect(draw(menuOf([]))).toEqual(['  nothing fits']);
		const {completion} = menuOf([]);
		expect(draw(openMenu({...completion, reason: 'no database is selected'}))).toEqual([
			'  no database is selected',
		]);
	});

	test('never breaks out of its width or its rows', () => {
		const name = 'x\u001b[2J\n'.repeat(20);
		const rows = drawMenu(moveMenu(menuOf([file(name)]), 1), {
			width: 44,
			height: 6,
			now,
			paint: theme(false),
		});
		expect(rows).toHaveLength(1);
		expect(rows[0]).not.toMatch(/[\u001b\n]/);
		expect(rows[0]!.length).toBeLessThanOrEqual(44);
	});
});
