import {describe, expect, test} from 'vitest';
import {ShellError} from '../../../src/shell/errors.ts';
import type {Read} from '../../../src/shell/ports.ts';
import type {Collaborative, Service} from '../../../src/shell/sharing.ts';
import {runCommands} from '../../support/run.ts';
import {openPilot} from './pilot.ts';

const line = "unshare 'Wind park' 'Resilience pilot'";

test('says who loses sight of it, asks, and takes it out', async () => {
	const exchange = openPilot();
	await runCommands('services', {exchange});
	const questions: string[] = [];
	const {screen, status} = await runCommands(line, {
		exchange,
		interactive: true,
		confirm: async question => {
			questions.push(question);
			return true;
		},
	});
	expect(screen.slice(0, 7)).toEqual([
		'  Wind park (data store) is no longer visible to',
		'',
		'  ◆  Sample Utility    host       4 people  3 lose sight of it; stays yours',
		'  ✓  State University  approved  31 people  31 lose sight of it',
		'  …  Vendor Ltd        pending    1 person  saw nothing',
		'  ✗  Loud Inc          denied     0 people  saw nothing',
		'',
	]);
	expect(questions).toEqual(['34 people of 2 organizations lose sight of it. Unshare?']);
	expect(status).toBe(0);
	expect(exchange.sharing.cachedServices('collaborativeId.1')?.map(({name}) => name)).not.toContain(
		'Wind park',
	);
});

test('whoever sees it through another collaborative keeps it, and may lose writing', async () => {
	const exchange = openPilot();
	await runCommands("share -f 'Wind park' 'Forecast exchange'", {exchange});
	exchange.people.setPermission('Resilience pilot', 'Person u1', 'READ_WRITE');
	const {screen} = await runCommands(`${line} -n`, {exchange, interactive: true});
	expect(screen).toContain('  ✓  State University  approved  31 people  29 lose sight of it; 2 still see it');
	expect(screen.join(' ')).toContain(
		'2 of State University still see it through Forecast exchange, 1 of them may only read from then on',
	);
	expect(screen.join(' ')).toContain(
		'32 people of 2 organizations lose sight of it; 1 may only read from then on (dry run: nothing unshared)',
	);
});

test('a no leaves it shared', async () => {
	const exchange = openPilot();
	const {screen, status} = await runCommands(line, {exchange, confirm: async () => false});
	expect(screen.at(-1)).toBe('nothing unshared');
	expect(status).toBe(0);
	expect(exchange.requests.some(request => request.startsWith('unshare'))).toBe(false);
});

test('what is not shared there is a clear error, which says where to look', async () => {
	const {screen, status} = await runCommands("unshare -f 'Campus study' 'Resilience pilot'", {
		exchange: openPilot(),
	});
	expect(screen.slice(0, 2).join(' ')).toBe(
		"unshare: Campus study: not shared with Resilience pilot (`shared 'Campus study'` says with which it is)",
	);
	expect(status).toBe(1);
});

test('where it says to look, a store and a database of one name are told apart', async () => {
	const {screen} = await runCommands("unshare --store Twins 'Resilience pilot'", {exchange: openPilot()});
	expect(screen.join(' ')).toContain('(`shared store:Twins` says with which it is)');
});

test('what somebody else owns is refused, naming them', async () => {
	const {screen, status} = await runCommands("unshare -f 'Their store' 'Resilience pilot'", {
		exchange: openPilot(),
	});
	expect(screen[0]).toContain('unshare: Their store: belongs to Grace Hopper of State University');
	expect(status).toBe(1);
});

test('one’s own comes out of a collaborative that one has lost sight of', async () => {
	const exchange = openPilot();
	const [, ...left] = await exchange.sharing.listCollaboratives();
	const {status} = await runCommands(`${line} -f`, {
		exchange: {...exchange, sharing: {...exchange.sharing, listCollaboratives: async () => left}},
	});
	expect(status).toBe(0);
	expect(exchange.people.shares.some(({serviceId}) => serviceId === 'dataStoreId.4')).toBe(false);
});

describe('where one’s organization is denied by now, and who else is there is not shown', () => {
	const open = async () => {
		const exchange = openPilot();
		await runCommands("share -f 'Wind park' 'Forecast exchange'", {exchange});
		exchange.people.setState('Forecast exchange', 'Sample Utility', 'DENIED_ACCESS');
		const hide = (list: readonly Collaborative[]) =>
			list.map(collaborative =>
				collaborative.name === 'Forecast exchange'
					? {
							...collaborative,
							memberOrganizations: collaborative.memberOrganizations.filter(
								({memberState}) => memberState === 'DENIED_ACCESS',
							),
						}
					: collaborative,
			);
		const {sharing} = exchange;
		return {
			...exchange,
			sharing: {
				...sharing,
				listCollaboratives: async (read?: Read) => hide(await sharing.listCollaboratives(read)),
				listSharedWith: async (service: Pick<Service, 'serviceId' | 'serviceType'>, read?: Read) =>
					hide(await sharing.listSharedWith(service, read)),
			},
		};
	};

	test('nobody is said to be nobody', async () => {
		const {screen} = await runCommands("unshare -n 'Wind park' 'Forecast exchange'", {
			exchange: await open(),
		});
		expect(screen.slice(-3).join(' ')).toBe(
			'warning: who else is in Forecast exchange is not shown to you: Sample Utility is denied access ' +
				'it is not known who loses sight of it (dry run: nothing unshared)',
		);
	});

	test('who is said to lose sight of it elsewhere may see it there', async () => {
		const {screen} = await runCommands(`${line} -n`, {exchange: await open()});
		expect(screen.slice(-3).join(' ')).toBe(
			'warning: some may still see it through Forecast exchange: who is in it is not shown to you ' +
				'34 people of 2 organizations lose sight of it (dry run: nothing unshared)',
		);
	});

	test('`shared` and `stores -l` count nobody they cannot count', async () => {
		const {text} = await runCommands("shared 'Wind park'; stores -l", {exchange: await open()});
		expect(text).toContain('Wind park\tdata store\tForecast exchange\t\t\t\n');
		expect(text).toContain('→ Resilience pilot, Forecast exchange (2 orgs, 34 people or more)');
	});
});

test('two shells at once: both are told that it is shared no more', async () => {
	const exchange = openPilot();
	const ran = await Promise.all([
		runCommands(`${line} -f`, {exchange}),
		runCommands(`${line} -f`, {exchange: exchange.connect()}),
	]);
	expect(ran.map(({status}) => status)).toEqual([0, 0]);
});

test('an Exchange that calls it an error that the other shell was faster makes none', async () => {
	const exchange = openPilot();
	const unshare: typeof exchange.sharing.unshare = async (...args) => {
		await exchange.sharing.unshare(...args);
		throw new ShellError('not-found', 'no such share');
	};
	const {screen, status} = await runCommands(`${line} -f`, {
		exchange: {...exchange, sharing: {...exchange.sharing, unshare}},
	});
	expect(screen.join(' ')).toContain('Wind park is no longer shared with Resilience pilot');
	expect(status).toBe(0);
});

test('when another shell shares it again at once, that is said', async () => {
	const exchange = openPilot();
	const unshare: typeof exchange.sharing.unshare = async (...args) => {
		await exchange.sharing.unshare(...args);
		exchange.people.add(args[0]);
	};
	const {screen, status} = await runCommands(`${line} -f`, {
		exchange: {...exchange, sharing: {...exchange.sharing, unshare}},
	});
	expect(screen.join(' ')).toContain(
		'unshare: Wind park: is still shared with Resilience pilot, another client',
	);
	expect(status).toBe(1);
});

test('a failure names the thing, which stays shared', async () => {
	const exchange = openPilot();
	exchange.failNext('unshare', new ShellError('failed', 'the Exchange has a cold'));
	const {screen, status} = await runCommands(`${line} -f`, {exchange});
	expect(screen.join('\n')).toContain('unshare: Wind park: the Exchange has a cold');
	expect(status).toBe(1);
});
