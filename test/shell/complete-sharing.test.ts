import {beforeEach, describe, expect, test} from 'vitest';
import {share} from '../../src/commands/sharing/share.ts';
import {unshare} from '../../src/commands/sharing/unshare.ts';
import {type Command, defineCommand, type Spec} from '../../src/shell/command.ts';
import {type CompletionSources, complete} from '../../src/shell/complete.ts';
import {openPilot} from '../commands/sharing/pilot.ts';
import type {MemoryExchange} from '../support/memory-exchange.ts';

const command = (name: string, args: Record<string, Spec>): Command =>
	defineCommand({
		name,
		group: 'Sharing',
		summary: name,
		args,
		examples: [name],
		run: async function* () {},
	});
const commands: readonly Command[] = [
	command('collaborative', {name: {kind: 'collaborative', help: ''}}),
	command('share', {service: {kind: 'service', help: ''}, collaborative: {kind: 'collaborative', help: ''}}),
];

let sources: CompletionSources;
beforeEach(async () => {
	sources = await sourcesOf(openPilot());
});

async function sourcesOf(exchange: MemoryExchange): Promise<CompletionSources> {
	const {sharing} = exchange;
	const user = await exchange.user();
	const stores = await exchange.listDataStores();
	const databases = await exchange.timeSeries.listDatabases();
	const collaboratives = await sharing.listCollaboratives();
	const lists = collaboratives.map(({collaborativeId}) =>
		sharing.listServices(collaborativeId).catch(() => undefined),
	);
	await Promise.all(lists);
	return {
		commands,
		session: {location: undefined, previous: undefined, database: undefined, localDirectory: '/', status: 0},
		user: () => user,
		stores: () => stores,
		listing: () => null,
		databases: () => databases,
		collaboratives: () => collaboratives,
		services: id => sharing.cachedServices(id) ?? null,
		latest: () => null,
		localEntries: () => null,
	};
}

const at = (line: string) => complete({line, cursor: line.length}, sources);
const menu = (line: string) => at(line).candidates.map(({insert, summary}) => [insert, summary]);

describe('a service', () => {
	test('is offered with what it is and whose, quoted', () => {
		expect(menu('share the')).toEqual([
			["'Their store' ", 'data store of Grace Hopper'],
			["'Their feeders' ", 'time series of Grace Hopper'],
		]);
	});

	test('that bears the name of another is told apart by what it is', () => {
		expect(menu('share twi')).toEqual([
			['store:Twins ', 'data store of Ada User'],
			['db:Twins ', 'time series of Ada User'],
		]);
	});

	test('behind a prefix only what is meant by it is offered', () => {
		expect(menu('share db:')).toEqual([
			['db:Microgrid ', 'time series of Ada User'],
			['db:Twins ', 'time series of Ada User'],
			["'db:Their feeders' ", 'time series of Grace Hopper'],
		]);
		expect(menu("share 'store:wi")).toEqual([["'store:Wind park' ", 'data store of Ada User']]);
		expect(at('share db:M').common).toBe('db:Microgrid');
	});

	test('of an unknown type is offered, one without a name by its id, an owner without a name by none', () => {
		expect(menu('share roof')).toEqual([["'Roof sensors' ", 'iot group']]);
		expect(menu('share id')).toEqual([['id:q.1 ', 'quantum lake']]);
	});

	test('in several collaboratives is offered once', () => {
		expect(menu('share ').filter(([insert]) => insert === "'Their store' ")).toHaveLength(1);
	});

	test('is one of one’s own for `share`, and a shared one for `unshare`', () => {
		const owners = () => new Set(menu('share ').map(([, summary]) => summary?.replace(/.* of /, '')));
		expect(owners()).toContain('Grace Hopper');
		sources = {...sources, commands: [share, unshare]};
		expect(owners()).not.toContain('Grace Hopper');
		expect(menu('share ').length).toBeGreaterThan(menu('unshare ').length);
		expect(menu('unshare ').length).toBeGreaterThan(0);
		sources = {...sources, user: () => undefined};
		expect(at('share ').pending).toBe(true);
	});

	test('of one’s own is offered, shared or not, where that cannot be known', () => {
		sources = {...sources, commands: [share, unshare], services: () => null};
		expect(menu('unshare ')).toEqual(menu('share '));
	});

	test('may still be coming, while others are there', () => {
		sources = {...sources, services: () => undefined};
		expect(at('share wind')).toMatchObject({pending: true, total: 1});
		sources = {...sources, services: () => null};
		expect(at('share wind')).toMatchObject({pending: false, total: 1});
	});
});

describe('a collaborative', () => {
	test('comes behind the service, with its description', () => {
		expect(menu('share Microgrid res')).toEqual([["'Resilience pilot' ", 'Feeders in a storm']]);
		expect(menu('collaborative wai')).toEqual([["'Waiting room' ", undefined]]);
	});

	test('that is not the only one of its name is offered by id', async () => {
		const [one] = sources.collaboratives()!;
		const twin = {...one!, collaborativeId: 'collaborativeId.9'};
		sources = {...sources, collaboratives: () => [one!, twin]};
		expect(menu('collaborative ').map(([insert]) => insert)).toEqual([
			'id:collaborativeId.1 ',
			'id:collaborativeId.9 ',
		]);
	});

	test.each([
		[undefined, true],
		[null, false],
	])('when the list is %s nothing is offered', (list, pending) => {
		sources = {...sources, collaboratives: () => list};
		expect(at('collaborative r')).toMatchObject({candidates: [], pending});
	});
});
