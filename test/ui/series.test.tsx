import {afterEach, describe, expect, test} from 'vitest';
import {ShellError} from '../../src/shell/errors.ts';
import {type MemoryDatabases, memoryExchange} from '../support/memory-exchange.ts';
import {type OpenScreen, openScreen, sampleTree} from './open-screen.tsx';
import {patience} from './patience.ts';

let screen: OpenScreen;
afterEach(() => screen.close());

const esc = '\u001b';
const [f1, f2, f3, f4] = ['P', 'Q', 'R', 'S'].map(letter => `${esc}O${letter}`) as [
	string,
	string,
	string,
	string,
];
const ago = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString();

function microgrid(): MemoryDatabases {
	const feeder = (number: number) => ({
		assetId: `feeder-${number}`,
		name: `Feeder ${number}`,
		attributes: {
			'A kW': Array.from({length: 8}, (_, at) => [ago(40 - at * 5), 400 + at * number] as const),
			state: [[ago(3600), 'closed'] as const],
		},
	});
	const empty = {type: 'BIGINT' as const, samples: []};
	return {
		Microgrid: [
			feeder(12),
			feeder(2),
			feeder(1),
			{assetId: 'tap', name: 'Transformer', attributes: {Tap: empty}},
		],
		Other: [],
	};
}

async function open({
	databases = microgrid(),
	selected = 'Microgrid',
	...given
}: Parameters<typeof openScreen>[0] & {
	readonly databases?: MemoryDatabases;
	/** The selected database's name; empty for none. */
	readonly selected?: string;
} = {}) {
	const exchange = memoryExchange(sampleTree, {databases});
	screen = await openScreen({exchange, database: exchange.database(selected), ...given});
	await screen.waitFor('Campus study:/>');
	return {...screen, exchange};
}

/** Rows of the pane, without its frame. */
const rows = (frame: readonly string[]) => {
	const left = (frame.find(line => line.includes(' Time series')) ?? '').search(/[┌┏][─━] Time series/);
	return frame
		.map(line => line.slice(left))
		.filter(line => /^[│┃] /.test(line))
		.map(line => line.slice(2, -1).trimEnd());
};

const toSeries = async ({toPane, waitFor}: OpenScreen) => {
	toPane('series');
	await waitFor(/┏━ Time series · Microgrid[\s\S]*Feeder/);
};

describe('beside the shell', () => {
	test('stand the latest values, live, above the tree', async () => {
		const {waitFor, frame} = await open();
		await waitFor(/Time series · Microgrid ─+ 4 · live ┐/);
		await waitFor('▁▂▃▄▅▆▇█');
		expect(rows(frame()).slice(0, 4)).toEqual([
			expect.stringMatching(/^▸ Feeder 1 +A kW +407 +▁▂▃▄▅▆▇█ +5 s$/),
			expect.stringMatching(/^▸ Feeder 2 +A kW +414 +▁▂▃▄▅▆▇█ +5 s$/),
			expect.stringMatching(/^▸ Feeder 12 +A kW +484 +▁▂▃▄▅▆▇█ +5 s$/),
			expect.stringMatching(/^▸ Transformer +Tap +· +—$/),
		]);
		expect(frame().join('\n')).toContain('┌─ Campus study');
		expect(frame()[0]).toContain('Campus study:/ · Microgrid');
	});

	test('appear with `db` and go with the selection', async () => {
		const {type, waitFor} = await open({selected: ''});
		expect(screen.frame().join('\n')).not.toContain('Time series');
		type('db Microgrid\r');
		await waitFor(/Time series · Microgrid[\s\S]*Feeder 12/);
		type('db Other\r');
		await waitFor(/Time series · Other[\s\S]*no assets yet/);
	});

	test('a published value is shown and lit at once', async () => {
		const {waitFor, exchange, painted} = await open({color: true});
		await waitFor('live');
		exchange.emit('Microgrid', 'feeder-2', {'A kW': 999.5}, ago(0));
		await waitFor(/Feeder 2 +A kW +999\.5/);
		expect(painted()).toContain(`${esc}[1m999.5`);
		await waitFor(() => !painted().includes(`${esc}[1m999.5`));
	});

	test('only what is in sight is followed, and nothing once it is hidden', async () => {
		const assets = Array.from({length: 200}, (_, at) => ({
			assetId: `a${at}`,
			attributes: {v: [[ago(1), at] as const]},
		}));
		const {type, waitFor, exchange} = await open({databases: {Microgrid: assets}});
		await waitFor('live');
		const followed = () => [...exchange.followers].flatMap(({assetIds}) => [...assetIds]);
		expect(followed().length).toBeLessThan(40);
		expect(followed()).toContain('a0');
		await toSeries({
			...screen,
			waitFor: wanted => (wanted instanceof RegExp ? waitFor(/┏━ Time/) : waitFor(wanted)),
		});
		type(`${esc}[F`);
		await waitFor(/200\/200/);
		await expect.poll(followed, {timeout: patience}).toContain('a199');
		expect(followed()).not.toContain('a0');
		type(f4);
		await waitFor(text => !text.includes('Time series'));
		await expect.poll(() => exchange.followers.size, {timeout: patience}).toBe(0);
	});
});

describe('a key', () => {
	test('Enter unfolds into attributes and a chart', async () => {
		const opened = await open();
		await toSeries(opened);
		opened.type('\r');
		await opened.waitFor(/▾›Feeder 1[\s\S]*state +closed +1 h[\s\S]*┤/);
		await opened.waitFor(/\n Enter fold {2}/);
		opened.type('\r');
		await opened.waitFor(text => !text.includes('closed'));
	});

	test('p runs plot where it can be read', async () => {
		const opened = await open();
		await toSeries(opened);
		opened.type('jp');
		await opened.waitFor("> plot 'Feeder 2' 'A kW'");
	});

	test('e puts export at the prompt, to be completed there', async () => {
		const opened = await open();
		await toSeries(opened);
		opened.type(' j e');
		await opened.waitFor("> export 'Feeder 1' 'Feeder 2' --from now-24h --to");
		expect(opened.workspace.store.get()).toMatchObject({focus: 'shell'});
		expect(opened.frame().join('\n')).toContain('2 marked');
	});

	test('Enter on an asset with one recent sample says that it makes no chart', async () => {
		const feeder = {assetId: 'f', name: 'Feeder', attributes: {kW: [[ago(5), 1] as const]}};
		const opened = await open({databases: {Microgrid: [feeder]}});
		await toSeries(opened);
		opened.type('\r');
		await opened.waitFor('one recent sample: nothing to draw yet');
	});

	test('of those anywhere works while a filter is typed, which is kept', async () => {
		const opened = await open();
		const {type, waitFor, frame} = opened;
		await toSeries(opened);
		type('/feeder 12');
		await waitFor('/ feeder 12▏');
		type(f1);
		await waitFor('━ Keys');
		type(esc);
		await waitFor('/ feeder 12▏');
		type(f2);
		await waitFor('┏━ Campus study');
		expect(rows(frame())).toContainEqual(expect.stringMatching(/^\/ feeder 12$/));
		expect(rows(frame()).slice(0, 2)[1]).toMatch(/^▸ Feeder 12/);
	});

	test('unfolded in the last row, its attributes and its chart come in sight', async () => {
		const assets = Array.from({length: 40}, (_, at) => ({
			assetId: `a${at}`,
			name: `Feeder ${at}`,
			attributes: {kW: [[ago(9), 1] as const, [ago(5), at] as const], state: [[ago(5), 'closed'] as const]},
		}));
		const opened = await open({databases: {Microgrid: assets}});
		await toSeries(opened);
		const last = rows(opened.frame()).findLastIndex(row => /^▸ Feeder/.test(row));
		opened.type('j'.repeat(last));
		await opened.waitFor(`›Feeder ${last} `);
		opened.type('\r');
		await opened.waitFor(new RegExp(`▾›Feeder ${last} [\\s\\S]*state +closed[\\s\\S]*└`));
	});

	test('/ filters as one types, also when all comes at once; Enter keeps it, Esc ends it', async () => {
		const opened = await open();
		await toSeries(opened);
		opened.type('/feeder 12\r');
		await opened.waitFor(/1 of 4[\s\S]*\/ feeder 12/);
		expect(rows(opened.frame())[1]).toMatch(/^▸›Feeder 12/);
		opened.type('/\u007f\u007fx');
		await opened.waitFor(/0 of 4[\s\S]*\/ feeder x▏[\s\S]*nothing fits feeder x/);
		opened.type(esc);
		await opened.waitFor(text => /Feeder 1 /.test(text) && !text.includes('/ fee'));
	});

	test('s sorts, and the title says how', async () => {
		const opened = await open();
		await toSeries(opened);
		opened.type('ss');
		await opened.waitFor(/ · oldest · live/);
		opened.type('ss');
		await opened.waitFor(text => !text.includes('oldest'));
	});

	test('F1 tells the keys of the pane', async () => {
		const {type, waitFor} = await open({rows: 80});
		type(f1);
		await waitFor(/In the time series[\s\S]*Space +mark/);
	});

	test('F3 shows the pane alone, F4 hides it, and at the prompt shows it again', async () => {
		const opened = await open();
		await toSeries(opened);
		opened.type(f3);
		await opened.waitFor(/^┏━ Time series · Microgrid ━{60,}/m);
		opened.type(f3);
		await opened.waitFor('─ Shell');
		opened.type(f4);
		await opened.waitFor(text => !text.includes('Time series') && text.includes('┏━ Shell'));
		expect(opened.frame().at(-1)).toContain('F4 show');
		opened.type(f4);
		await opened.waitFor('Time series');
	});
});

describe('at 80x24', () => {
	test('F2 goes from the shell to the series, the tree, the collaboratives and back', async () => {
		const {type, waitFor} = await open({columns: 80, rows: 24});
		type(f2);
		await waitFor(/┏━ Time series · Microgrid[\s\S]*Feeder 1 +A kW +407/);
		type(f2);
		await waitFor('┏━ Campus study');
		type(f2);
		await waitFor('┏━ Collaboratives');
		type(f2);
		await waitFor('┏━ Shell');
	});

	test('the status line keeps the latest value of the selected asset', async () => {
		const {type, toPane, waitFor, exchange} = await open({columns: 80, rows: 24});
		toPane('series');
		await waitFor(/┏━ Time series[\s\S]*Feeder 2/);
		type('j');
		await waitFor('›Feeder 2');
		type('q');
		await waitFor(/Feeder 2 A kW 414 +\d s[\s\S]*┏━ Shell/);
		await expect
			.poll(() => [...exchange.followers].flatMap(({assetIds}) => [...assetIds]), {timeout: patience})
			.toEqual(['feeder-2']);
		exchange.emit('Microgrid', 'feeder-2', {'A kW': 1}, ago(0));
		await waitFor(/Feeder 2 A kW 1 +0 s/);
	});

	test('a command of the pane shows the shell', async () => {
		const {type, toPane, waitFor} = await open({columns: 80, rows: 24});
		toPane('series');
		await waitFor(/┏━ Time series[\s\S]*Feeder 2/);
		type('d');
		await waitFor(/┏━ Shell[\s\S]*> data 'Feeder 1' 'A kW'/);
	});

	test('without a database the pane says how to select one', async () => {
		const {toPane, waitFor, frame} = await open({columns: 80, rows: 24, selected: ''});
		toPane('series');
		await waitFor('`databases` lists them, `db NAME` selects one');
		expect(frame().at(-1)).toMatch(/^ \/ filter {2}Esc prompt {2}F1 help/);
	});
});

describe('when something is amiss', () => {
	const failing = (error: ShellError) => {
		const exchange = memoryExchange(sampleTree, {databases: microgrid()});
		exchange.failNext('latest', error);
		return exchange;
	};

	test('an Exchange without time series is told once', async () => {
		const exchange = failing(new ShellError('unsupported', 'this Exchange has no time-series databases'));
		screen = await openScreen({exchange, database: exchange.database('Microgrid')});
		await screen.waitFor('this Exchange has no time-series');
		expect(
			screen
				.frame()
				.join('\n')
				.match(/this Exchange/g),
		).toHaveLength(1);
	});

	test('what could not be read is tried again with the next line', async () => {
		const exchange = failing(new ShellError('connection', 'no way to the Exchange', {hint: 'wait'}));
		screen = await openScreen({exchange, database: exchange.database('Microgrid')});
		await screen.waitFor('no way to the Exchange (wait)');
		screen.type('pwd\r');
		await screen.waitFor('Feeder 12');
	});

	test('a database that is unshared meanwhile is said to be, until it is shared again', async () => {
		const {exchange, type, waitFor} = await open();
		await waitFor(/4 · live/);
		const refused = new ShellError('denied', 'you have no permission for this');
		exchange.forget();
		exchange.failNext('latest', refused);
		for (const {fail} of exchange.followers) fail(refused);
		await waitFor(text => text.includes('you may no longer see this database') && !text.includes('Feeder'));
		type('pwd\r');
		await waitFor('Feeder 12');
	});

	test('rows appear with the first page', async () => {
		const exchange = memoryExchange(sampleTree, {databases: microgrid()});
		const database = exchange.database('Microgrid');
		const all = await exchange.timeSeries.latest(database.timeSeriesDbId);
		const gate = Promise.withResolvers<void>();
		let isOpen = false;
		const timeSeries: typeof exchange.timeSeries = {
			...exchange.timeSeries,
			latest: async (_, read) => {
				read?.onPage?.({...all, assets: all.assets.slice(0, 2), isComplete: false});
				await gate.promise;
				isOpen = true;
				return all;
			},
			cachedLatest: () => (isOpen ? all : undefined),
		};
		screen = await openScreen({exchange: {...exchange, timeSeries}, database});
		await screen.waitFor(/ 2… ┐[\s\S]*Feeder 12/);
		expect(screen.frame().join('\n')).not.toContain('Feeder 1 ');
		gate.resolve();
		await screen.waitFor(/Feeder 1 /);
	});
});
