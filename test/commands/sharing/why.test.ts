import {expect, test} from 'vitest';
import {runCommands} from '../../support/run.ts';
import {openPilot} from './pilot.ts';

test('explains through which collaboratives, as one of whom, with which permission', async () => {
	const {screen} = await runCommands("why 'Their store'", {exchange: openPilot(), interactive: true});
	expect(screen).toEqual([
		'Their store: data store of Grace Hopper, you may write',
		'through              as one of       state     you may',
		"'Resilience pilot'   Sample Utility  host      write",
		"'Forecast exchange'  Sample Utility  approved  read",
	]);
	const {text} = await runCommands("why 'Their feeders'", {exchange: openPilot()});
	expect(text).toBe(
		'Their feeders: time series of Grace Hopper, you may read\nForecast exchange\tSample Utility\tapproved\tread\n',
	);
});

test('what is one’s own is seen because it is', async () => {
	const {screen} = await runCommands('why Microgrid', {exchange: openPilot(), interactive: true});
	expect(screen).toEqual(['Microgrid (time series) is yours', '`shared Microgrid` says who else sees it']);
});

test('JSON has it all in one record', async () => {
	const {text} = await runCommands("why 'Their feeders'", {exchange: openPilot(), json: true});
	expect(JSON.parse(text)).toMatchObject({
		serviceType: 'TIME_SERIES_DB',
		isOwner: false,
		ownerName: 'Grace Hopper',
		collaboratives: [
			{
				collaborativeId: 'collaborativeId.2',
				organization: 'Sample Utility',
				memberState: 'APPROVED',
				permission: 'READ_ONLY',
			},
		],
	});
});

test('a service of an unknown type, by its id', async () => {
	const {text} = await runCommands('why id:q.1', {exchange: openPilot()});
	expect(text).toBe('id:q.1: quantum lake, you may write\nResilience pilot\tSample Utility\thost\twrite\n');
});

test('a name of nothing is suggested', async () => {
	const {screen, status} = await runCommands("why 'Their fedeers'", {exchange: openPilot()});
	expect(screen[0]).toBe('why: Their fedeers: no such service (did you mean Their feeders?)');
	expect(status).toBe(1);
});

test('a store that the Exchange lists without a collaborative is not made up a reason for', async () => {
	const exchange = openPilot();
	const [store] = await exchange.listDataStores();
	const listDataStores = async () => [{...store!, ownerUserId: 'user.999'}];
	const {screen} = await runCommands("why 'Campus study'", {exchange: {...exchange, listDataStores}});
	expect(screen).toEqual([
		'Campus study: data store of user.999',
		'the Exchange lists it without saying why',
	]);
});

test('CSV is a table, a row for each collaborative, one for what is one’s own', async () => {
	const of = async (name: string) =>
		(await runCommands(`why '${name}'`, {exchange: openPilot(), csv: true})).text;
	expect(await of('Their feeders')).toBe(
		'called,type,owner,collaborative,organization,state,may\nTheir feeders,time series,Grace Hopper,Forecast exchange,Sample Utility,approved,read\n',
	);
	expect(await of('Microgrid')).toMatch(/^called,.*\nMicrogrid,time series,Ada User,,,,\n$/);
});
