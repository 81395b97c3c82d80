import {expect, test} from 'vitest';
import {ShellError} from '../../../src/shell/errors.ts';
import {memoryExchange} from '../../support/memory-exchange.ts';
import {runCommands} from '../../support/run.ts';
import {openPilot} from './pilot.ts';

test('lists all stores and databases of one’s own, with whom each is shared', async () => {
	const {screen} = await runCommands('shared', {exchange: openPilot(), interactive: true});
	expect(screen).toEqual([
		'   service         type         shared with        orgs  people  may write',
		"▤  'Campus study'  data store   nobody                0       0          0",
		'∿  Microgrid       time series  Forecast exchange     1       2          1',
		'▤  Twins           data store   nobody                0       0          0',
		'∿  Twins           time series  nobody                0       0          0',
		"▤  'Wind park'     data store   Resilience pilot      2      34          3",
	]);
});

test('one thing, in every collaborative that has it', async () => {
	const exchange = openPilot();
	await runCommands("share -f 'Wind park' 'Forecast exchange'", {exchange});
	const {text} = await runCommands("shared 'Wind park'", {exchange});
	expect(text).toBe(
		'Wind park\tdata store\tResilience pilot\t2\t34\t3\nWind park\tdata store\tForecast exchange\t1\t2\t1\n',
	);
	const {text: json} = await runCommands("shared --json 'Wind park'", {exchange});
	expect(JSON.parse(json.split('\n')[0]!)).toMatchObject({
		serviceId: 'dataStoreId.4',
		serviceType: 'DATA_STORE',
		collaborativeId: 'collaborativeId.1',
		people: 34,
	});
});

test('what is not one’s own is refused, naming the owner', async () => {
	const {screen, status} = await runCommands("shared 'Their store'", {exchange: openPilot()});
	expect(screen.slice(0, 2).join(' ')).toBe(
		'shared: Their store: belongs to Grace Hopper of State University, and only its owner shares it',
	);
	expect(status).toBe(1);
});

test('a store and a database of one name are told apart', async () => {
	const {text} = await runCommands('shared db:Twins', {exchange: openPilot()});
	expect(text).toBe('Twins\ttime series\t\t0\t0\t0\n');
});

test('forty things are asked for a few at a time; one that has gone meanwhile leaves the others', async () => {
	const names = Array.from({length: 40}, (_, index) => `s${index + 10}`);
	const exchange = memoryExchange(Object.fromEntries(names.map(name => [name, {}])));
	let now = 0;
	let most = 0;
	const listSharedWith: typeof exchange.sharing.listSharedWith = async service => {
		most = Math.max(most, ++now);
		await Promise.resolve();
		now--;
		if (service.serviceId === 'dataStoreId.1') throw new ShellError('not-found', 'gone');
		return [];
	};
	const {text} = await runCommands('shared', {
		exchange: {...exchange, sharing: {...exchange.sharing, listSharedWith}},
	});
	expect(text.split('\n')).toHaveLength(41);
	expect(text).toContain('s10\tdata store\t\t\t\t\n');
	expect(most).toBe(6);
});

test('Ctrl-C ends it', async () => {
	const controller = new AbortController();
	const exchange = openPilot();
	const listSharedWith: typeof exchange.sharing.listSharedWith = async () => {
		controller.abort();
		throw new DOMException('aborted', 'AbortError');
	};
	const {status} = await runCommands('shared', {
		exchange: {...exchange, sharing: {...exchange.sharing, listSharedWith}},
		signal: controller.signal,
	});
	expect(status).toBe(130);
});
