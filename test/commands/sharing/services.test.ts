import {expect, test} from 'vitest';
import {ShellError} from '../../../src/shell/errors.ts';
import {memoryExchange} from '../../support/memory-exchange.ts';
import {runCommands} from '../../support/run.ts';
import {openPilot} from './pilot.ts';

test('lists everything of every type, known or not, with owner and collaborative', async () => {
	const {screen} = await runCommands('services', {exchange: openPilot(), interactive: true});
	expect(screen).toEqual([
		'   service          type          owner              collaborative',
		"◦  id:q.1           quantum lake  ·                  'Resilience pilot'",
		"∿  Microgrid        time series   Ada User           'Forecast exchange'",
		"◦  'Roof sensors'   iot group     user.nobody-knows  'Resilience pilot'",
		"∿  'Their feeders'  time series   Grace Hopper       'Forecast exchange'",
		"▤  'Their store'    data store    Grace Hopper       'Forecast exchange'",
		"▤  'Their store'    data store    Grace Hopper       'Resilience pilot'",
		"▤  'Wind park'      data store    Ada User           'Resilience pilot'",
		'what is shared in Waiting room cannot be seen',
	]);
});

test('of one collaborative', async () => {
	const {text} = await runCommands("services 'Forecast exchange'", {exchange: openPilot()});
	expect(text).toBe(
		[
			'Microgrid\ttime series\tAda User\tForecast exchange',
			'Their feeders\ttime series\tGrace Hopper\tForecast exchange',
			'Their store\tdata store\tGrace Hopper\tForecast exchange',
			'',
		].join('\n'),
	);
});

test('-l has the ids, JSON the API’s fields', async () => {
	const exchange = openPilot();
	const {text} = await runCommands('services -l', {exchange});
	expect(text).toContain(
		'Their store\tdata store\tGrace Hopper\tResilience pilot\tdataStoreId.8\tuser.5\tcollaborativeId.1\n',
	);
	const json = await runCommands("services 'Resilience pilot'", {exchange, json: true});
	expect(JSON.parse(json.text.split('\n')[0]!)).toEqual({
		serviceId: 'q.1',
		serviceType: 'QUANTUM_LAKE',
		name: null,
		ownerUserId: null,
		ownerName: null,
		dataStore: null,
		timeSeriesDb: null,
		collaborative: 'Resilience pilot',
		collaborativeId: 'collaborativeId.1',
	});
});

test.each(["'Their store'", 'id:dataStoreId.8'])(
	'a shared store that the list of stores leaves out opens at once: use %s',
	async word => {
		const exchange = openPilot();
		expect((await runCommands('stores', {exchange})).text).not.toContain('Their store');
		const {session, status} = await runCommands(['services', `use ${word}`], {exchange});
		expect(status).toBe(0);
		expect(session.location?.store).toMatchObject({name: 'Their store', ownerUserId: 'user.5'});
		const {text} = await runCommands([`use ${word}`, 'ls'], {exchange});
		expect(text).toBe('b.csv\n');
		expect((await runCommands("cat 'Their store:/b.csv'", {exchange})).text).toBe('b');
	},
);

test('so does a shared database', async () => {
	const {session, status} = await runCommands("db 'Their feeders'", {exchange: openPilot()});
	expect(session.database).toMatchObject({name: 'Their feeders', ownerUserId: 'user.5'});
	expect(status).toBe(0);
});

test('what is shared where one’s organization is pending does not open', async () => {
	const {screen, status} = await runCommands("use 'Old data'", {exchange: openPilot()});
	expect(screen[0]).toBe('use: Old data: no such data store (try `stores`)');
	expect(status).toBe(1);
});

test('a misspelt shared store is suggested', async () => {
	const {screen} = await runCommands("use 'Thier store'", {exchange: openPilot()});
	expect(screen[0]).toBe('use: Thier store: no such data store (did you mean Their store?)');
});

test('an Exchange without collaboratives has none to look in', async () => {
	const exchange = openPilot();
	exchange.failNext('listCollaboratives', new ShellError('unsupported', 'no collaboratives'));
	const {screen} = await runCommands("use 'Their store'", {exchange});
	expect(screen[0]).toBe('use: Their store: no such data store (try `stores`)');
});

test('a permission lost in the middle of a session is told with what has changed, and the next list is right', async () => {
	const exchange = openPilot();
	await runCommands("services 'Forecast exchange'", {exchange});
	exchange.people.setState('Forecast exchange', 'Sample Utility', 'DENIED_ACCESS');
	const {screen, status} = await runCommands("services 'Forecast exchange'", {exchange});
	expect(screen.slice(0, 2).join(' ')).toBe(
		'services: Forecast exchange: what is shared in it cannot be seen: Sample Utility is denied access',
	);
	expect(status).toBe(1);
	expect((await runCommands('services', {exchange})).text).not.toContain('Forecast exchange');
	const collaboratives = await runCommands('collaboratives', {exchange});
	expect(collaboratives.text).toContain('Forecast exchange\tState University\tdenied\tnothing\t2\t3\t\n');
});

test('somebody taken out of a collaborative is told so', async () => {
	const exchange = openPilot();
	exchange.people.setPermission('Forecast exchange', 'Ada User', undefined);
	const {screen} = await runCommands("services 'Forecast exchange'", {exchange});
	expect(screen.slice(0, 2).join(' ')).toContain('you are not among the people of Sample Utility in it');
});

test('says that nothing is shared', async () => {
	const none = await runCommands('services', {exchange: memoryExchange({}), interactive: true});
	expect(none.screen).toEqual(['nothing is shared with you']);
});

test.each(['ls', 'refresh', 'assets', "latest 'Feeder 1'"])(
	'what is withdrawn while one is in it: %s says so, and where to look',
	async line => {
		const exchange = openPilot();
		const denied = async () => {
			throw new ShellError('denied', 'you have no permission for this');
		};
		const {timeSeries} = exchange;
		const {screen, status} = await runCommands(["use 'Their store'", "db 'Their feeders'", line], {
			exchange: {...exchange, listDirectory: denied, timeSeries: {...timeSeries, latest: denied}},
		});
		expect(screen.join(' ')).toMatch(
			/Their (store:\/|feeders): you have no permission to see it \(it may be shared with you no longer; `services` lists what is\)/,
		);
		expect(status).toBe(1);
	},
);
