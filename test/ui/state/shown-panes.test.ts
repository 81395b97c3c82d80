import {describe, expect, test} from 'vitest';
import {panesBeside, paneUsed, savedPanes, shownPanes} from '../../../src/ui/state/shown-panes.ts';
import {initialState, nextPane, panesOf, type State} from '../../../src/ui/state/workspace-state.ts';

const all = ['tree', 'series', 'collaboratives'] as const;
const medium = {columns: 120, rows: 40};

describe('beside the shell', () => {
	test.each([
		[{columns: 120, rows: 20}, ['tree']],
		[medium, ['tree', 'series']],
		[{columns: 200, rows: 60}, ['tree', 'series', 'collaboratives']],
	])('at %o there is room for %j', (size, panes) => {
		expect(panesBeside(size, shownPanes(), all)).toEqual(panes);
	});

	test('stand those used last', () => {
		const used = paneUsed(shownPanes(), 'collaboratives');
		expect(panesBeside(medium, used, all)).toEqual(['collaboratives', 'tree']);
		expect(panesBeside(medium, paneUsed(used, 'series'), all)).toEqual(['series', 'collaboratives']);
		expect(panesBeside(medium, used, ['series', 'collaboratives'])).toEqual(['collaboratives', 'series']);
	});

	test('what is opened from a pane comes in sight, and the pane stays', () => {
		const opened = paneUsed(paneUsed(shownPanes(), 'collaboratives'), 'series', 'collaboratives');
		expect(panesBeside(medium, opened, all)).toEqual(['collaboratives', 'series']);
		expect(paneUsed(opened, 'series', 'collaboratives')).toBe(opened);
		expect(paneUsed(opened, 'tree', 'shell').used).toEqual(['tree', 'collaboratives', 'series']);
	});

	test('the keys go to each pane in turn, and it makes room for itself below the series', () => {
		const timeSeriesDb = {timeSeriesDbId: 'db', name: 'Grid', description: null, ownerUserId: 'ada'};
		const database = {...timeSeriesDb, databaseName: null, tableName: null};
		const session = {location: undefined, previous: undefined, database, localDirectory: '/', status: 0};
		let state: State = initialState({size: medium, session, history: [], now: 0});
		const beside = () => panesBeside(state.size, state, all);
		const seen = Array.from({length: 4}, () => {
			state = nextPane(state);
			return `${state.focus}: ${beside().join(' ')}`;
		});
		expect(seen).toEqual([
			'series: series tree',
			'tree: tree series',
			'collaboratives: collaboratives series',
			'shell: collaboratives series',
		]);
		expect(panesOf({...state, hidden: new Set(['tree'])})).toEqual(['shell', 'series', 'collaboratives']);
		expect(nextPane({...state, question: 'Share?'}).focus).toBe('shell');
	});
});

describe('what one session leaves', () => {
	test('is what the next one begins with', () => {
		const panes = {...paneUsed(shownPanes(), 'series'), hidden: new Set(['tree'] as const)};
		expect(shownPanes(savedPanes(panes))).toEqual(panes);
	});

	test.each([
		[{}, shownPanes()],
		[{used: ['series', 'mail', 'series']}, {hidden: new Set(), used: ['series', 'tree', 'collaboratives']}],
		[{hidden: ['shell', 'series']}, {...shownPanes(), hidden: new Set(['series'])}],
	])('%j is taken as far as it is known', (saved, panes) => {
		expect(shownPanes(saved)).toEqual(panes);
	});
});
