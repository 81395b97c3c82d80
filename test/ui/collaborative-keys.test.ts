import {describe, expect, test} from 'vitest';
import type {Service} from '../../src/shell/sharing.ts';
import {collaborativeStep} from '../../src/ui/collaborative-keys.ts';
import {canOpen, type KnownNames} from '../../src/ui/collaborative-lines.ts';
import type {Action} from '../../src/ui/key-table.ts';
import {collaborativeRows} from '../../src/ui/state/collaborative-rows.ts';
import {emptyCollaboratives} from '../../src/ui/state/collaboratives.ts';
import {ada, collaborative, known, pilot, service, store, uma} from './sample-collaboratives.ts';

const campus = store('Campus study');
const others = store('Wind park', uma);
const grid: Service = {...service('TIME_SERIES_DB', 'Microgrid', uma)};
const location = {store: campus.dataStore!, trail: [{dataStoreDirectoryId: 'home', name: ''}]} as const;
const database = {
	timeSeriesDbId: 'db.1',
	name: 'Grid',
	description: null,
	databaseName: null,
	tableName: null,
	ownerUserId: ada.userId,
};

const names: KnownNames = {
	user: ada,
	collaboratives: [pilot],
	listed: [campus],
	shared: [campus, others, grid],
};

type Given = {
	readonly row: string;
	readonly names?: Partial<KnownNames>;
	readonly services?: readonly Service[];
	readonly collaboratives?: readonly (typeof pilot)[];
	readonly selected?: Partial<Parameters<typeof collaborativeStep>[2]['session']>;
};

function step(action: Action, {row, services = names.shared, collaboratives = [pilot], ...given}: Given) {
	const pane = {...emptyCollaboratives, unfolded: new Set(collaboratives.map(one => one.collaborativeId))};
	const rows = collaborativeRows({...known, collaboratives, services: () => services}, pane);
	const selected = rows.rows.find(({key}) => key.endsWith(row))!.key;
	return collaborativeStep({...pane, selected}, action, {
		rows,
		page: 5,
		session: {location, database, ...given.selected},
		known: () => ({...names, collaboratives, shared: services, ...given.names}),
	});
}

describe('Enter', () => {
	test.each([
		['store.Campus study', "use 'Campus study'"],
		['store.Wind park', "use 'Wind park'"],
		['TIME_SERIES_DB.Microgrid', 'db Microgrid'],
	])('on %s runs %s', (row, line) => {
		expect(step('collaboratives-open', {row}).run).toBe(line);
	});

	test('names by id what something of one’s own has the name of', () => {
		const mine = {...store('Wind park'), serviceId: 'store.mine'};
		const given = {row: 'store.Wind park', names: {listed: [campus, mine]}};
		expect(step('collaboratives-open', given).run).toBe("use 'id:store.Wind park'");
	});

	test('names by id while nobody knows what else bears the name', () => {
		const given = {row: 'Microgrid', names: {listed: undefined}};
		expect(step('collaboratives-open', given).run).toBe('db id:TIME_SERIES_DB.Microgrid');
	});

	test.each([
		['DATA_STORE', true],
		['TIME_SERIES_DB', true],
		['IOT_GROUP', false],
	] as const)('opens a %s: %s', (type, opens) => {
		expect(canOpen({...grid, serviceType: type})).toBe(opens);
	});

	test('on a type that the shell cannot open says so', () => {
		const services = [service('IOT_GROUP', 'Roof sensors')];
		expect(step('collaboratives-open', {row: 'Roof sensors', services})).toMatchObject({
			say: 'The shell cannot open services of the type iot group.',
		});
	});

	test('on a collaborative or an organization folds and unfolds', () => {
		const folded = step('collaboratives-open', {row: 'id.Resilience pilot'});
		expect(folded.pane.unfolded.size).toBe(0);
		const row = 'org.State University';
		const unfolded = step('collaboratives-open', {row});
		expect([...unfolded.pane.unfolded].at(-1)).toMatch(row);
		expect(step('collaboratives-fold', {row}).pane.selected).toBe('id.Resilience pilot');
	});
});

describe('s', () => {
	test.each([
		['id.Resilience pilot', 'collaboratives-share', "share 'Campus study' 'Resilience pilot'"],
		['org.State University', 'collaboratives-share', "share 'Campus study' 'Resilience pilot'"],
		['store.Wind park', 'collaboratives-share-database', "share Grid 'Resilience pilot'"],
	] as const)('in the row %s, %s: %s', (row, action, line) => {
		expect(step(action, {row}).run).toBe(line);
	});

	test('tells a store from a database of the same name', () => {
		const same = {...database, name: 'Campus study'};
		const listed = [campus, {...service('TIME_SERIES_DB', 'Campus study'), serviceId: 'db.1'}];
		const given = {row: 'id.Resilience pilot', names: {listed}, selected: {database: same}};
		expect(step('collaboratives-share', given).run).toBe("share 'store:Campus study' 'Resilience pilot'");
		expect(step('collaboratives-share-database', given).run).toBe(
			"share 'db:Campus study' 'Resilience pilot'",
		);
	});

	test('names one of two collaboratives of the same name by id, and options are none', () => {
		const [one, two] = [collaborative('-x'), {...collaborative('-x'), collaborativeId: 'id.2'}];
		const given = {row: 'id.2', collaboratives: [one, two]};
		expect(step('collaboratives-share', given).run).toBe("share 'Campus study' id:id.2");
		const dashed = {row: 'id.-x', collaboratives: [one]};
		expect(step('collaboratives-share', dashed).run).toBe("share -- 'Campus study' -x");
	});

	test('without a selected store or database says how to select one', () => {
		const selected = {location: undefined, database: undefined};
		const given = {row: 'id.Resilience pilot', selected};
		expect(step('collaboratives-share', given)).toMatchObject({say: expect.stringContaining('`use NAME`')});
		expect(step('collaboratives-share-database', given)).toMatchObject({
			say: expect.stringContaining('`db NAME`'),
		});
	});
});

test.each([
	['collaboratives-unshare', "unshare 'Campus study' 'Resilience pilot'"],
	['collaboratives-why', "why 'Campus study'"],
] as const)('%s on a service runs %s, elsewhere nothing', (action, line) => {
	expect(step(action, {row: 'store.Campus study'}).run).toBe(line);
	expect(step(action, {row: 'org.State University'}).run).toBeUndefined();
});

test('without rows every key does nothing', () => {
	const place = {
		rows: {rows: [], positions: new Map()},
		page: 5,
		session: {location, database},
		known: () => names,
	};
	for (const action of ['open', 'unfold', 'fold', 'down', 'last', 'share', 'why'] as const)
		expect(collaborativeStep(emptyCollaboratives, `collaboratives-${action}`, place)).toEqual({
			pane: emptyCollaboratives,
		});
});
