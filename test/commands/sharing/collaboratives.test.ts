import {expect, test} from 'vitest';
import {ShellError} from '../../../src/shell/errors.ts';
import {memoryExchange} from '../../support/memory-exchange.ts';
import {runCommands} from '../../support/run.ts';
import {openPilot} from './pilot.ts';

test('lists by name: host, state and permission of one’s own, how many organizations, people, services', async () => {
	const {screen} = await runCommands('collaboratives', {exchange: openPilot(), interactive: true});
	expect(screen).toEqual([
		'name                 host              state     may      orgs  people  services',
		"'Forecast exchange'  State University  approved  read        2       3         3",
		"'Resilience pilot'   Sample Utility    host      write       4      36         4",
		"'Waiting room'       Vendor Ltd        pending   nothing     2       2         ·",
	]);
});

test('what one may not know is not counted as none, nor asked for', async () => {
	const exchange = openPilot();
	const {text} = await runCommands('collabs', {exchange, json: true});
	const waiting = text.split('\n').find(line => line.includes('Waiting room'))!;
	expect(JSON.parse(waiting)).toMatchObject({
		memberState: 'PENDING_APPROVAL',
		permission: 'READ_ONLY',
		services: null,
	});
	expect(exchange.requests).not.toContain('listServices collaborativeId.3');
});

test('-l shows ids and description whole', async () => {
	const {screen} = await runCommands('collabs -l', {exchange: openPilot(), interactive: true});
	expect(screen).toContain('description  Feeders in a storm');
	expect(screen).toContain('id           collaborativeId.1');
	expect(screen).toContain('host id      organization.1');
});

test('JSON has the API’s fields, in a pipe words go with counts', async () => {
	const exchange = openPilot();
	const {text} = await runCommands('collaboratives --json', {exchange});
	expect(JSON.parse(text.split('\n')[1]!)).toMatchObject({
		collaborativeId: 'collaborativeId.1',
		name: 'Resilience pilot',
		hostOrganizationId: 'organization.1',
		memberOrganizations: [{memberState: 'HOST_ORGANIZATION'}, {}, {}, {}],
		organizations: 4,
		services: 4,
	});
	const piped = await runCommands('collaboratives', {exchange});
	expect(piped.text).toContain('Resilience pilot\tSample Utility\thost\twrite\t4\t36\t4\n');
});

test('asks anew each time: a permission that is gone shows at once', async () => {
	const exchange = openPilot();
	await runCommands('collaboratives', {exchange});
	exchange.people.setPermission('Forecast exchange', 'Ada User', undefined);
	const {text} = await runCommands('collaboratives', {exchange});
	expect(text).toContain('Forecast exchange\tState University\tapproved\t\t2\t2\t\n');
});

test('a collaborative of nobody, an organization and a person without a name are no reason to fail', async () => {
	const exchange = memoryExchange({}, {sharing: {collaboratives: [{name: 'Empty'}, {name: 'Odd'}]}});
	Object.assign(exchange.people.collaborative('Odd'), {
		memberOrganizations: [
			{organization: null, memberState: null, usersInCollaborative: [{permission: null, user: null}]},
		],
	});
	const {screen, status} = await runCommands('collaboratives', {exchange, interactive: true});
	expect(screen).toEqual([
		'name   host  state  may  orgs  people  services',
		'Empty  ·     ·      ·       0       0         ·',
		'Odd    ·     ·      ·       1       1         ·',
	]);
	expect(status).toBe(0);
});

test('a user without an organization is found by name', async () => {
	const exchange = openPilot();
	const user = async () => ({...exchange.people.user, organization: null});
	const {text} = await runCommands('collaboratives', {exchange: {...exchange, user}});
	expect(text).toContain('Resilience pilot\tSample Utility\thost\twrite\t');
});

test('twenty collaboratives are asked a few at a time', async () => {
	const names = Array.from({length: 20}, (_, index) => ({
		name: `c${index}`,
		organizations: {'Sample Utility': {people: {'Ada User': 'READ_WRITE' as const}}},
	}));
	const exchange = memoryExchange({}, {sharing: {collaboratives: names}});
	let now = 0;
	let most = 0;
	const listServices: typeof exchange.sharing.listServices = async (...asked) => {
		most = Math.max(most, ++now);
		const answer = await exchange.sharing.listServices(...asked);
		now--;
		return answer;
	};
	const {outputs} = await runCommands('collaboratives', {
		exchange: {...exchange, sharing: {...exchange.sharing, listServices}},
	});
	expect(outputs.at(-1)).toMatchObject({records: {length: 20}});
	expect(most).toBe(6);
});

test('says that there are none, and what the Exchange lacks', async () => {
	const none = await runCommands('collaboratives', {exchange: memoryExchange({}), interactive: true});
	expect(none.screen).toEqual(['no collaboratives']);
	const exchange = openPilot();
	exchange.failNext(
		'listCollaboratives',
		new ShellError('unsupported', 'this Exchange has no collaboratives'),
	);
	const {screen, status} = await runCommands('collaboratives', {exchange});
	expect(screen).toEqual(['collaboratives: this Exchange has no collaboratives']);
	expect(status).toBe(1);
});

test('where only one’s own organization is shown, nobody counts the others as none', async () => {
	const exchange = openPilot();
	const waiting = exchange.people.collaborative('Waiting room');
	Object.assign(waiting, {memberOrganizations: waiting.memberOrganizations.slice(1)});
	const {text} = await runCommands('collaboratives', {exchange});
	expect(text).toContain('Waiting room\t\tpending\tnothing\t\t\t\n');
	const {screen} = await runCommands("collaborative 'Waiting room'", {exchange});
	expect(screen.slice(-2).join(' ')).toContain('who else is in it and what is shared in it cannot be seen');
	Object.assign(waiting, {memberOrganizations: []});
	const empty = await runCommands("collaborative 'Waiting room'", {exchange});
	expect(empty.screen).toContain('its people are not shown');
});
