import {describe, expect, test} from 'vitest';
import {ShellError} from '../../../src/shell/errors.ts';
import {type MemoryExchange, memoryExchange} from '../../support/memory-exchange.ts';
import {runCommands} from '../../support/run.ts';
import {openPilot} from './pilot.ts';

const line = "share 'Campus study' 'Resilience pilot'";
const asked = (exchange: MemoryExchange) => exchange.requests.filter(request => request.startsWith('share '));
const fails = (): Promise<boolean> => {
	throw new Error('asked');
};

describe('what it says first', () => {
	test('each organization with state, people and what changes for them, then how many gain access, then asks', async () => {
		const exchange = openPilot();
		const questions: string[] = [];
		const {screen, status} = await runCommands(line, {
			exchange,
			interactive: true,
			confirm: async question => {
				questions.push(question);
				return false;
			},
		});
		expect(screen).toEqual([
			'  Campus study (data store) becomes visible to',
			'',
			'  ◆  Sample Utility    host       4 people  2 read, 1 write; already yours',
			'  ✓  State University  approved  31 people  29 read, 2 write',
			'  …  Vendor Ltd        pending    1 person  sees nothing until approved',
			'  ✗  Loud Inc          denied     0 people  denied, sees nothing',
			'',
			'nothing shared',
		]);
		expect(questions).toEqual(['34 people of 2 organizations gain access, 3 may write. Share?']);
		expect(status).toBe(0);
		expect(asked(exchange)).toEqual([]);
	});

	test('whoever sees it through another collaborative gains nothing', async () => {
		const {screen} = await runCommands("share -n Microgrid 'Resilience pilot'", {
			exchange: openPilot(),
			interactive: true,
		});
		expect(screen).toContain(
			'  ✓  State University  approved  31 people  28 read, 1 write; 2 already see it',
		);
		expect(screen).toContain('  2 of State University already see it through Forecast exchange');
		expect(screen.at(-1)).toBe(
			'32 people of 2 organizations gain access, 2 may write (dry run: nothing shared)',
		);
	});

	test.each([
		[null, '31 people  not known'],
		['SUSPENDED', 'suspended  31 people  not known'],
	])(
		'of an organization whose state is %s it is not said that it gains nothing',
		async (memberState, row) => {
			const exchange = openPilot();
			const [, university] = exchange.people.collaborative('Resilience pilot').memberOrganizations;
			Object.assign(university!, {memberState});
			const {screen} = await runCommands(`${line} -n`, {exchange, interactive: true});
			expect(screen[3]).toContain(row);
			expect(screen.join(' ')).toContain('at least 3 people of 1 organization gain access, 1 may write');
		},
	);

	test('an organization all of whose people see it already is said to; who may write now is counted', async () => {
		const exchange = openPilot();
		await runCommands("share -f 'Campus study' 'Resilience pilot'", {exchange});
		exchange.people.setPermission('Forecast exchange', 'Person u1', 'READ_WRITE');
		const {screen} = await runCommands("share -n 'Campus study' 'Forecast exchange'", {
			exchange,
			interactive: true,
		});
		expect(screen.slice(2)).toEqual([
			'  ◆  State University  host      2 people  2 already see it',
			'  ✓  Sample Utility    approved  1 person  already yours',
			'',
			'  2 of State University already see it through Resilience pilot, 1 of them may',
			'write now',
			'',
			'nobody gains access; 1 more may write (dry run: nothing shared)',
		]);
	});

	test('an organization all of whose people see it through one collaborative with a short name', async () => {
		const exchange = openPilot();
		Object.assign(exchange.people.collaborative('Resilience pilot'), {name: 'Pilot'});
		await runCommands("share -f 'Campus study' Pilot", {exchange});
		const {screen} = await runCommands("share -n 'Campus study' 'Forecast exchange'", {
			exchange,
			interactive: true,
		});
		expect(screen.slice(2)).toEqual([
			'  ◆  State University  host      2 people  already sees it through Pilot',
			'  ✓  Sample Utility    approved  1 person  already yours',
			'',
			'nobody gains access (dry run: nothing shared)',
		]);
	});

	test('how much it holds, where that is known without asking', async () => {
		const exchange = openPilot();
		const ran = await runCommands(['ls', `${line} -n`], {exchange, interactive: true});
		expect(ran.screen[0]).toBe('  Campus study (data store, 1 file, 1 B) becomes visible to');
		await exchange.timeSeries.latest(exchange.database('Microgrid').timeSeriesDbId);
		const database = await runCommands("share -n Microgrid 'Resilience pilot'", {
			exchange,
			interactive: true,
		});
		expect(database.screen[0]).toBe('  Microgrid (time series, 0 assets) becomes visible to');
	});

	test('a script is told what it is that is shared, beside the data', async () => {
		const {outputs, text} = await runCommands("share -n 'Campus study' 'Resilience pilot'", {
			exchange: openPilot(),
		});
		expect(outputs[0]).toEqual({kind: 'note', text: 'Campus study (data store) becomes visible to'});
		expect(text).not.toContain('becomes visible');
	});

	test('JSON says it in one record', async () => {
		const {text} = await runCommands(`${line} -n --json`, {exchange: openPilot()});
		expect(JSON.parse(text)).toMatchObject({
			change: 'share',
			serviceId: 'dataStoreId.1',
			serviceType: 'DATA_STORE',
			collaborativeId: 'collaborativeId.1',
			people: 34,
			writers: 3,
			dryRun: true,
			organizations: [{isOwners: true, read: 2}, {organizationId: 'organization.2', people: 31}, {}, {}],
		});
	});

	test('a collaborative without members shows it to nobody, and may not take it from those outside', async () => {
		const exchange = openPilot();
		Object.assign(exchange.people.collaborative('Resilience pilot'), {memberOrganizations: []});
		const {screen} = await runCommands(`${line} -n`, {exchange});
		expect(screen).toEqual([
			'Campus study (data store) becomes visible to',
			'nobody: the collaborative has no members',
			'warning: the Exchange may refuse it: your organization is not in it',
			'nobody gains access (dry run: nothing shared)',
		]);
	});

	test('an organization and people that the Exchange does not name count, and are no reason to fail', async () => {
		const exchange = openPilot();
		Object.assign(exchange.people.collaborative('Resilience pilot'), {
			memberOrganizations: [
				{
					organization: null,
					memberState: 'APPROVED',
					usersInCollaborative: [
						{permission: null, user: null},
						{permission: 'READ_WRITE', user: null},
					],
				},
				{organization: null, memberState: null, usersInCollaborative: []},
			],
		});
		const {screen} = await runCommands(`${line} -n`, {exchange, interactive: true});
		expect(screen.slice(2)).toEqual([
			'  ✓  ·  approved  2 people  1 read, 1 write',
			'  ·  ·  ·         0 people  not known',
			'',
			'at least 2 people of 1 organization gain access, 1 may write (dry run: nothing',
			'shared)',
		]);
	});
});

describe('sharing', () => {
	test('happens once confirmed, and shows in every list at once', async () => {
		const exchange = openPilot();
		await runCommands(['services', 'shared'], {exchange});
		const {screen, status} = await runCommands(line, {exchange});
		expect(screen.slice(-2).join(' ')).toBe(
			'shared Campus study with Resilience pilot: 34 people of 2 organizations gain access, 3 may write',
		);
		expect(status).toBe(0);
		expect(exchange.sharing.cachedServices('collaborativeId.1')?.map(({name}) => name)).toContain(
			'Campus study',
		);
	});

	test('-f does not ask', async () => {
		const exchange = openPilot();
		const {status} = await runCommands(`${line} -f`, {exchange, confirm: fails});
		expect(status).toBe(0);
		expect(asked(exchange)).toEqual(['share dataStoreId.1 collaborativeId.1']);
	});

	test('without a person nothing is shared, and -f is named', async () => {
		const exchange = openPilot();
		const confirm = async () => {
			throw new ShellError('usage', 'nobody is here to answer', {hint: 'pass -f'});
		};
		const {screen, status} = await runCommands(line, {exchange, confirm});
		expect(screen.at(-1)).toContain('(pass -f)');
		expect(status).toBe(2);
		expect(asked(exchange)).toEqual([]);
	});

	test('--dry-run asks nothing and shares nothing', async () => {
		const exchange = openPilot();
		const {status} = await runCommands(`${line} --dry-run`, {exchange, confirm: fails});
		expect(status).toBe(0);
		expect(asked(exchange)).toEqual([]);
	});

	test('what is shared already is fine, and nobody is asked', async () => {
		const exchange = openPilot();
		const {screen, status} = await runCommands("share 'Wind park' 'Resilience pilot'", {
			exchange,
			confirm: fails,
		});
		expect(screen).toEqual(['Wind park is shared with Resilience pilot already']);
		expect(status).toBe(0);
		expect(asked(exchange)).toEqual([]);
	});
});

describe('what is meant', () => {
	test('a store and a database of one name are told apart by a prefix or a flag', async () => {
		const {screen, status} = await runCommands("share -f Twins 'Resilience pilot'", {exchange: openPilot()});
		expect(screen.slice(0, 4)).toEqual([
			'share: Twins is ambiguous: a data store and a time series bear that name. Name',
			'one:',
			'     store:Twins  data store of Ada User',
			'     db:Twins     time series of Ada User',
		]);
		expect(status).toBe(1);
		for (const [words, request] of [
			['store:Twins', 'dataStoreId.6'],
			['--store Twins', 'dataStoreId.6'],
			['db:Twins', 'timeSeriesDbId.2'],
			['--db Twins', 'timeSeriesDbId.2'],
			['id:timeSeriesDbId.2', 'timeSeriesDbId.2'],
		]) {
			const exchange = openPilot();
			await runCommands(`share -f ${words} 'Resilience pilot'`, {exchange});
			expect(asked(exchange), words).toEqual([`share ${request} collaborativeId.1`]);
		}
		const both = await runCommands("share --store --db Twins 'Resilience pilot'", {exchange: openPilot()});
		expect(both.status).toBe(2);
	});

	test('the type comes from the list the thing is in, whatever its id looks like', async () => {
		const exchange = openPilot();
		const [store] = await exchange.listDataStores();
		const odd = {...store!, dataStoreId: 'timeSeriesDb.dataStore.iotGroup'};
		const shares: unknown[] = [];
		await runCommands("share -f 'Campus study' 'Resilience pilot'", {
			exchange: {
				...exchange,
				listDataStores: async () => [odd],
				sharing: {
					...exchange.sharing,
					listSharedWith: async () => [],
					share: async share => {
						shares.push(share);
					},
				},
			},
		});
		expect(shares).toEqual([
			{collaborativeId: 'collaborativeId.1', serviceId: odd.dataStoreId, serviceType: 'DATA_STORE'},
		]);
	});

	test('a service of an unknown type by its id', async () => {
		const exchange = memoryExchange(
			{},
			{
				sharing: {
					collaboratives: ['Pilot', 'Other'].map((name, index) => ({
						name,
						organizations: {'Sample Utility': {people: {'Ada User': 'READ_WRITE' as const}}},
						services:
							index === 1
								? []
								: [
										{
											serviceId: 'q.7',
											serviceType: 'QUANTUM_LAKE',
											name: null,
											ownerUserId: 'user.1',
											dataStore: null,
											timeSeriesDb: null,
										},
									],
					})),
				},
			},
		);
		const {status} = await runCommands('share -f id:q.7 Other', {exchange});
		expect(status).toBe(0);
		expect(exchange.people.shares).toContainEqual({
			collaborativeId: 'collaborativeId.2',
			serviceId: 'q.7',
			serviceType: 'QUANTUM_LAKE',
		});
	});

	test.each([
		['Campsu', 'Campsu: no such service'],
		["'Campus studdy'", 'Campus studdy: no such service (did you mean Campus study?)'],
	])('an unknown service: %s', async (word, message) => {
		const {screen} = await runCommands(`share -f ${word} 'Resilience pilot'`, {exchange: openPilot()});
		expect(screen[0]).toContain(message);
	});

	test('an unknown and an ambiguous collaborative', async () => {
		const unknown = await runCommands("share -f 'Campus study' 'Resilience pilto'", {exchange: openPilot()});
		expect(unknown.screen.join(' ')).toContain('(did you mean Resilience pilot?)');
		const exchange = openPilot();
		Object.assign(exchange.people.collaborative('Forecast exchange'), {name: 'Resilience pilot'});
		const ambiguous = await runCommands(`${line} -f`, {exchange});
		expect(ambiguous.screen.join('\n')).toContain('id:collaborativeId.1  Feeders in a storm\n');
		expect(asked(exchange)).toEqual([]);
	});

	test('a collaborative whose name looks like the id of another is not taken for it', async () => {
		const exchange = openPilot();
		Object.assign(exchange.people.collaborative('Forecast exchange'), {name: 'id:collaborativeId.1'});
		await runCommands("share -f 'Campus study' id:collaborativeId.1", {exchange});
		const [shared] = exchange.people.shares.filter(({serviceId}) => serviceId === 'dataStoreId.1');
		expect(shared?.collaborativeId).toBe('collaborativeId.1');
	});
});

describe('what is refused', () => {
	test('what somebody else owns, naming them', async () => {
		const exchange = openPilot();
		const {screen, status} = await runCommands("share -f 'Their store' 'Resilience pilot'", {exchange});
		expect(screen.slice(0, 2).join(' ')).toBe(
			'share: Their store: belongs to Grace Hopper of State University, and only its owner shares it',
		);
		expect(status).toBe(1);
		expect(asked(exchange)).toEqual([]);
	});

	test('an owner nobody names is called by id; where the Exchange does not say whose it is, it decides', async () => {
		const exchange = openPilot();
		const named = await runCommands("share -f 'Roof sensors' 'Forecast exchange'", {exchange});
		expect(named.screen.join(' ')).toContain(
			'Roof sensors: belongs to user.nobody-knows, and only its owner',
		);
		const {screen} = await runCommands("share -f id:q.1 'Forecast exchange'", {exchange});
		expect(screen[0]).toBe('share: id:q.1: q.1: not permitted');
	});

	test('sharing where one’s organization is pending, before anybody is asked', async () => {
		const exchange = openPilot();
		const {screen, status} = await runCommands("share 'Campus study' 'Waiting room'", {
			exchange,
			confirm: fails,
		});
		expect(screen.slice(0, 2).join(' ')).toBe(
			'share: Waiting room: nothing can be shared with it, Sample Utility is pending, its host has to approve it',
		);
		expect(status).toBe(1);
	});

	test('a permission that is lost while the question stands is told with what has changed', async () => {
		const exchange = openPilot();
		const {screen, status} = await runCommands(line, {
			exchange,
			confirm: async () => {
				exchange.people.setState('Resilience pilot', 'Sample Utility', 'DENIED_ACCESS');
				return true;
			},
		});
		expect(screen.slice(-4, -2).join(' ')).toContain(
			'share: Resilience pilot: the Exchange refuses Campus study there: Sample Utility is denied access',
		);
		expect(status).toBe(1);
		const {text} = await runCommands('collaboratives', {exchange});
		expect(text).toContain('Resilience pilot\tSample Utility\tdenied\tnothing\t');
	});
});

test('who is in it has changed while the question stood: says so, and asks again', async () => {
	const exchange = openPilot();
	const questions: string[] = [];
	const {screen, status} = await runCommands(line, {
		exchange,
		confirm: async question => {
			questions.push(question);
			exchange.people.setState('Resilience pilot', 'Vendor Ltd', 'APPROVED');
			return questions.length < 2;
		},
	});
	expect(questions).toEqual([
		'34 people of 2 organizations gain access, 3 may write. Share?',
		'35 people of 3 organizations gain access, 3 may write. Share?',
	]);
	expect(screen.join(' ')).toContain('warning: this has changed while the question stood:');
	expect(screen.at(-1)).toBe('nothing shared');
	expect(status).toBe(0);
	expect(asked(exchange)).toEqual([]);
});

describe('two shells at once', () => {
	test('both share: both are told that it is shared', async () => {
		const exchange = openPilot();
		const other = exchange.connect();
		const [one, two] = await Promise.all([
			runCommands(`${line} -f`, {exchange}),
			runCommands(`${line} -f`, {exchange: other}),
		]);
		expect([one.status, two.status]).toEqual([0, 0]);
		expect(exchange.people.shares.filter(({serviceId}) => serviceId === 'dataStoreId.1')).toHaveLength(1);
	});

	test('one unshares what the other has just shared: the other is told that it is not', async () => {
		const exchange = openPilot();
		const share: typeof exchange.sharing.share = async (...args) => {
			await exchange.sharing.share(...args);
			await runCommands("unshare -f 'Campus study' 'Resilience pilot'", {exchange: exchange.connect()});
		};
		const {screen, status} = await runCommands(`${line} -f`, {
			exchange: {...exchange, sharing: {...exchange.sharing, share}},
		});
		expect(screen.join(' ')).toContain(
			'share: Campus study: is not shared with Resilience pilot, another client has undone it in this moment',
		);
		expect(status).toBe(1);
	});

	test('an answer that is lost is no failure when it is shared', async () => {
		const exchange = openPilot();
		const share: typeof exchange.sharing.share = async (...args) => {
			await exchange.sharing.share(...args);
			throw new ShellError('failed', 'the answer cannot be read');
		};
		const {status} = await runCommands(`${line} -f`, {
			exchange: {...exchange, sharing: {...exchange.sharing, share}},
		});
		expect(status).toBe(0);
	});

	test('when it cannot be seen whether it is so, that is said', async () => {
		const exchange = openPilot();
		let calls = 0;
		const listSharedWith: typeof exchange.sharing.listSharedWith = (...args) => {
			if (++calls === 2) throw new ShellError('connection', 'the connection dropped');
			return exchange.sharing.listSharedWith(...args);
		};
		const {screen, status} = await runCommands(`${line} -f`, {
			exchange: {...exchange, sharing: {...exchange.sharing, listSharedWith}},
		});
		expect(screen.at(-1)).toContain('the connection dropped');
		expect(status).toBe(0);
		expect(asked(exchange)).toHaveLength(1);
	});
});
