import {expect, test} from 'vitest';
import {memoryExchange} from '../../support/memory-exchange.ts';
import {runCommands} from '../../support/run.ts';
import {openPilot} from './pilot.ts';

test('shows what it is, its organizations in words and marks, its people, what is shared in it', async () => {
	const {screen} = await runCommands("collaborative 'Resilience pilot'", {
		exchange: openPilot(),
		interactive: true,
	});
	expect(screen.slice(0, 12)).toEqual([
		'name         Resilience pilot',
		'description  Feeders in a storm',
		'host         Sample Utility',
		'state        host',
		'may          write',
		'id           collaborativeId.1',
		'',
		'Organizations',
		'◆  Sample Utility    host       4',
		'✓  State University  approved  31',
		'…  Vendor Ltd        pending    1',
		'✗  Loud Inc          denied     0',
	]);
	expect(screen).toContain('Ada User      Sample Utility    write    ada@example.org');
	expect(screen).toContain('Olga Vendor   Vendor Ltd        nothing  olga@example.org');
	expect(screen.slice(-5)).toEqual([
		'Shared',
		'◦  id:q.1          quantum lake  ·',
		"◦  'Roof sensors'  iot group     user.nobody-knows",
		"▤  'Their store'   data store    Grace Hopper",
		"▤  'Wind park'     data store    Ada User",
	]);
});

test('while one’s organization is pending it says why what is shared stays hidden', async () => {
	const exchange = openPilot();
	const {screen, status} = await runCommands("collaborative 'Waiting room'", {exchange});
	expect(screen.slice(-2).join(' ')).toBe(
		'what is shared in it cannot be seen: Sample Utility is pending, its host has to approve it',
	);
	expect(status).toBe(0);
	exchange.people.setState('Waiting room', 'Sample Utility', 'DENIED_ACCESS');
	const denied = await runCommands("collaborative 'Waiting room'", {exchange});
	expect(denied.screen.join('\n')).toContain('Sample Utility is denied access');
});

test('JSON is one record, with everything in it', async () => {
	const {text} = await runCommands("collaborative 'Forecast exchange' --json", {exchange: openPilot()});
	expect(text.trim().split('\n')).toHaveLength(1);
	expect(JSON.parse(text)).toMatchObject({
		collaborativeId: 'collaborativeId.2',
		memberOrganizations: [{organization: {name: 'State University'}}, {}],
		services: 3,
		shared: [
			{name: 'Microgrid', serviceType: 'TIME_SERIES_DB', ownerName: 'Ada User'},
			{name: 'Their feeders', timeSeriesDb: {databaseName: 'database_3'}},
			{name: 'Their store', serviceType: 'DATA_STORE'},
		],
	});
});

test('without members, and with members nobody names', async () => {
	const exchange = memoryExchange({}, {sharing: {collaboratives: [{name: 'Odd'}]}});
	const empty = await runCommands('collaborative Odd', {exchange, interactive: true});
	expect(empty.screen).toContain('no member organizations');
	expect(empty.screen).toContain('nobody');
	Object.assign(exchange.people.collaborative('Odd'), {
		memberOrganizations: [
			{organization: null, memberState: null, usersInCollaborative: [{permission: null, user: null}]},
		],
	});
	const odd = await runCommands('collaborative Odd', {exchange, interactive: true});
	expect(odd.screen).toContain('·  ·  ·  1');
	expect(odd.screen).toContain('·  ·  ·  ·');
	expect(odd.status).toBe(0);
});

test('by id, where two bear one name; an ambiguous name lists the ids', async () => {
	const exchange = memoryExchange(
		{},
		{sharing: {collaboratives: [{name: 'Pilot', description: 'old'}, {name: 'Pilot'}]}},
	);
	const {screen, status} = await runCommands('collaborative Pilot', {exchange});
	expect(screen.slice(0, 3)).toEqual([
		'collaborative: Pilot is ambiguous: 2 collaboratives bear that name. Name one by',
		'id:',
		'     id:collaborativeId.1  old',
	]);
	expect(status).toBe(1);
	const named = await runCommands('collaborative id:collaborativeId.2', {exchange});
	expect(named.screen).toContain('id           collaborativeId.2');
});

test('an unknown name is asked for anew, then suggested', async () => {
	const exchange = openPilot();
	const {screen, status} = await runCommands("collaborative 'Resilience pilto'", {exchange});
	expect(screen.join(' ')).toContain('no such collaborative (did you mean Resilience pilot?)');
	expect(status).toBe(1);
	const other = await runCommands('collaborative xyz', {exchange});
	expect(other.screen[0]).toBe('collaborative: xyz: no such collaborative (try `collaboratives`)');
});

test('what somebody called themselves is shown, not obeyed', async () => {
	const exchange = memoryExchange(
		{},
		{
			sharing: {
				collaboratives: [{name: 'x\u001b[2J', organizations: {'Evil\u001b]0;': {people: {'A\nB': null}}}}],
			},
		},
	);
	const {screen} = await runCommands('collaborative id:collaborativeId.1', {exchange, interactive: true});
	expect(screen.join('\n')).not.toContain('\u001b');
	expect(screen).toContain('name         x\\x1b[2J');
});

test('CSV has all of it in one table', async () => {
	const {text} = await runCommands("collaborative 'Resilience pilot'", {exchange: openPilot(), csv: true});
	const lines = text.trimEnd().split('\n');
	expect(lines[0]).toBe('what,called,organization,state,may,people,email,type,owner,id');
	expect(lines[1]).toBe('collaborative,Resilience pilot,Sample Utility,host,write,36,,,,collaborativeId.1');
	expect(lines).toContainEqual(expect.stringMatching(/^organization,Vendor Ltd,Vendor Ltd,pending,,1,,,,/));
	expect(lines).toContainEqual(
		expect.stringMatching(/^person,Ada User,Sample Utility,host,write,,ada@example\.org,,,/),
	);
	expect(lines).toContainEqual(expect.stringMatching(/^service,Wind park,,,,,,data store,Ada User,/));
	expect(lines.filter(line => line.startsWith('what,'))).toHaveLength(1);
});
