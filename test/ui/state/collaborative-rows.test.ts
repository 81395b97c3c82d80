import {describe, expect, test} from 'vitest';
import {
	type CollaborativeRow,
	collaborativeRows,
	wantedServices,
} from '../../../src/ui/state/collaborative-rows.ts';
import {
	type Collaboratives,
	collaborativeFolded,
	collaborativeIndex,
	collaborativeLeft,
	collaborativeMoved,
	emptyCollaboratives,
} from '../../../src/ui/state/collaboratives.ts';
import {collaborative, empty, known, organization, pilot, service, store} from '../sample-collaboratives.ts';

const open = (...keys: readonly string[]): Collaboratives => ({
	...emptyCollaboratives,
	unfolded: new Set(keys),
});
const filtered = (filter: string, ...keys: readonly string[]): Collaboratives => ({...open(...keys), filter});

function text(row: CollaborativeRow): string {
	const indent = '  '.repeat(row.depth);
	const sign = 'isUnfolded' in row ? (row.isUnfolded ? '- ' : '+ ') : '';
	const label = () => {
		switch (row.kind) {
			case 'collaborative':
				return row.collaborative.name;
			case 'organization':
				return row.organization.organization?.name ?? '·';
			case 'person':
				return `${row.member.user?.firstName ?? '·'}${row.isSelf ? ' (you)' : ''}`;
			case 'service':
				return `${row.service.name ?? row.service.serviceId}${row.isOwn ? ' (own)' : ''}`;
			case 'note':
				return `(${row.text})`;
		}
	};
	return indent + sign + label();
}

const rowsOf = (pane: Collaboratives, given = known) => collaborativeRows(given, pane).rows.map(text);

describe('the rows', () => {
	test('are the collaboratives by name', () => {
		expect(rowsOf(emptyCollaboratives)).toEqual([
			'+ Forecast exchange',
			'+ Resilience pilot',
			'+ Storm desk',
			'+ Trials',
			'+ Winter',
		]);
	});

	test('unfold into organizations, the host first and those without a name last, and services', () => {
		expect(rowsOf(open('id.Resilience pilot')).slice(1, 9)).toEqual([
			'- Resilience pilot',
			'  + Sample Utility',
			'  + State University',
			'  + ·',
			'  + Vendor Ltd',
			'  Campus study (own)',
			'  Microgrid',
			'  IOT_GROUP.null',
		]);
	});

	test('of an organization unfold into its people, those whom nobody names last', () => {
		const pane = open('id.Resilience pilot', 'id.Resilience pilot organization org.Sample Utility');
		expect(rowsOf(pane).slice(2, 6)).toEqual([
			'  - Sample Utility',
			'    Ada (you)',
			'    ·',
			'  + State University',
		]);
	});

	test.each([
		['id.Forecast exchange', 3, '  (nothing is shared in it)'],
		['id.Storm desk', 4, '  (cannot be looked into before it is approved)'],
		['id.Trials', 5, '  (cannot be looked into: access is denied)'],
		['id.Winter', 5, '  (no member organizations)'],
	])('of %s say what is not there', (key, at, note) => {
		expect(rowsOf(open(key))[at]).toBe(note);
	});

	test('say what is on its way, and what could not be read', () => {
		const winter = {...known, collaboratives: [empty]};
		expect(rowsOf(open('id.Winter'), winter).at(-1)).toBe('  (reading what is shared…)');
		const refused = {...winter, services: () => 'no way to the Exchange'};
		expect(rowsOf(open('id.Winter'), refused).at(-1)).toBe('  (no way to the Exchange)');
	});

	test('that the Exchange tells twice are two rows, each with a key', () => {
		const twice = {...known, collaboratives: [pilot, pilot], services: () => [store('A'), store('A')]};
		const {rows, positions} = collaborativeRows(twice, open('id.Resilience pilot'));
		expect(positions.size).toBe(rows.length);
		for (const [index, row] of rows.entries()) expect(positions.get(row.key)).toBe(index);
	});

	test('know nobody before one knows who one is', () => {
		const {rows} = collaborativeRows({...known, user: undefined}, open('id.Resilience pilot'));
		expect(rows[1]).toMatchObject({kind: 'collaborative', membership: undefined});
	});
});

describe('a filter', () => {
	test.each([
		['vendor', ['- Resilience pilot', '  - Vendor Ltd', '    Vic']],
		['PENDING', ['- Resilience pilot', '  + Vendor Ltd', '- Storm desk', '  + Sample Utility']],
		[
			'uma@',
			[
				'- Forecast exchange',
				'  - State University',
				'    Uma',
				'- Resilience pilot',
				'  - State University',
				'    Uma',
				'  Microgrid',
			],
		],
		['microgrid', ['- Resilience pilot', '  Microgrid']],
		['iot group', ['- Resilience pilot', '  IOT_GROUP.null']],
		['resilience uma', ['- Resilience pilot', '  - State University', '    Uma', '  Microgrid']],
		['exchange', ['+ Forecast exchange']],
		['nobody', []],
	])('%j leaves %j', (filter, rows) => {
		expect(rowsOf(filtered(filter))).toEqual(rows);
	});

	test('leaves all that is in what fits as a whole, once it is unfolded', () => {
		expect(rowsOf(filtered('exchange', 'id.Forecast exchange'))).toEqual([
			'- Forecast exchange',
			'  + State University',
			'  + Sample Utility',
			'  (nothing is shared in it)',
		]);
	});

	test('wants to know what is shared in all that may be looked into, else only in what is unfolded', () => {
		expect(wantedServices(known, filtered('x')).toSorted()).toEqual([
			'id.Forecast exchange',
			'id.Resilience pilot',
			'id.Winter',
		]);
		expect(wantedServices(known, open('id.Resilience pilot', 'id.Storm desk'))).toEqual([
			'id.Resilience pilot',
		]);
		expect(wantedServices({...known, user: undefined}, filtered('x'))).toEqual([]);
	});
});

describe('walking', () => {
	const pane = open('id.Storm desk', 'id.Winter');
	const all = collaborativeRows(known, pane);
	const walk = (by: number, from: Collaboratives = pane) => {
		const moved = collaborativeMoved(from, all, by);
		return text(all.rows[collaborativeIndex(all, moved)]!);
	};
	const at = (row: string) => ({...pane, selected: all.rows.find(one => text(one) === row)!.key});

	test('goes over notes and no further than the ends', () => {
		expect(walk(0)).toBe('+ Forecast exchange');
		expect(walk(-1)).toBe('+ Forecast exchange');
		expect(walk(1, at('  + Sample Utility'))).toBe('+ Trials');
		expect(walk(-1, at('+ Trials'))).toBe('  + Sample Utility');
		expect(walk(99)).toBe('- Winter');
	});

	test('to the left folds, then goes to what the row belongs to', () => {
		const inside = all.rows.find(row => row.kind === 'organization')!;
		const outside = collaborativeLeft(at('  + Sample Utility'), inside);
		expect(outside.selected).toBe('id.Storm desk');
		const folded = collaborativeLeft(outside, all.rows[all.positions.get('id.Storm desk')!]!);
		expect(folded.unfolded.has('id.Storm desk')).toBe(false);
	});

	test('what was selected and is gone leaves the first row', () => {
		expect(collaborativeIndex(all, {...pane, selected: 'gone'})).toBe(0);
	});
});

test('10,000 people are unfolded, and walked, without being laid out again', () => {
	const people = Object.fromEntries(
		Array.from({length: 10_000}, (_, at) => [`Person${at} X`, 'READ_ONLY' as const]),
	);
	const big = collaborative('Big', organization('Crowd', 'APPROVED', people));
	const pane = collaborativeFolded(open('id.Big'), 'id.Big organization org.Crowd', true);
	const rows = collaborativeRows(
		{...known, collaboratives: [big], services: () => [service('X', 'x')]},
		pane,
	);
	expect(rows.rows).toHaveLength(10_003);
	const end = collaborativeMoved(pane, rows, 10_001);
	expect(text(rows.rows[collaborativeIndex(rows, end)]!)).toBe('    Person9999');
});
