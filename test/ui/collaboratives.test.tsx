import {afterEach, describe, expect, test} from 'vitest';
import {ShellError} from '../../src/shell/errors.ts';
import {type MemorySharing, memoryExchange} from '../support/memory-exchange.ts';
import {type OpenScreen, openScreen, sampleTree} from './open-screen.tsx';

let screen: OpenScreen;
afterEach(() => screen.close());

const [f1, f2, f3, f4] = ['P', 'Q', 'R', 'S'].map(letter => `\u001bO${letter}`) as [
	string,
	string,
	string,
	string,
];

const sharing: MemorySharing = {
	collaboratives: [
		{
			name: 'Resilience pilot',
			organizations: {
				'Sample Utility': {people: {'Ada User': 'READ_WRITE'}},
				'State University': {people: {'Uma Student': 'READ_ONLY'}},
				'Vendor Ltd': {state: 'PENDING_APPROVAL', people: {'Vic Vendor': 'READ_WRITE'}},
			},
			services: ['store:Campus study', 'db:Microgrid', 'store:Wind park'],
		},
		{
			name: 'Forecast exchange',
			host: 'State University',
			organizations: {
				'State University': {people: {'Uma Student': 'READ_WRITE'}},
				'Sample Utility': {people: {'Ada User': 'READ_ONLY'}},
			},
		},
		{
			name: 'Storm desk',
			host: 'State University',
			organizations: {'Sample Utility': {state: 'DENIED_ACCESS', people: {'Ada User': 'READ_WRITE'}}},
		},
		{name: 'Winter'},
	],
	owners: {'Wind park': 'Uma Student'},
};

async function open(given: Parameters<typeof openScreen>[0] & {readonly sharing?: MemorySharing} = {}) {
	const {sharing: people = sharing, ...options} = given;
	const trees = {...sampleTree, 'Wind park': {'mast.csv': 'x'}};
	const assets = [{assetId: 'a', name: 'Feeder 1', attributes: {kW: [['2026-11-21T14:00:00Z', 1] as const]}}];
	const exchange = memoryExchange(trees, {databases: {Microgrid: assets}, sharing: people});
	screen = await openScreen({exchange, ...options});
	await screen.waitFor('Campus study:/>');
	return {...screen, exchange};
}

/** Rows of the pane, without its frame. */
const rows = () => {
	const frame = screen.frame();
	const top = frame.findIndex(line => line.includes('─ Collaboratives') || line.includes('━ Collaboratives'));
	const left = frame[top]!.search(/[┌┏][─━] Collaboratives/);
	return frame
		.slice(top + 1)
		.map(line => line.slice(left))
		.filter(line => /^[│┃] /.test(line))
		.map(line => line.slice(2, -1).trimEnd());
};

const toPane = async () => {
	screen.toPane('collaboratives');
	await screen.waitFor(/┏━ Collaboratives[\s\S]*Forecast/);
};

describe('beside the shell', () => {
	test('stand the collaboratives beneath the tree, with what one is in them', async () => {
		await open();
		await screen.waitFor(/┌─ Collaboratives ─+ 4 ┐/);
		expect(rows().slice(0, 4)).toEqual([
			expect.stringMatching(/^▸ Forecast exchange +member · you: read$/),
			expect.stringMatching(/^▸ Resilience pilot +host · you: write$/),
			expect.stringMatching(/^▸ Storm desk +denied$/),
			expect.stringMatching(/^▸ Winter +·$/),
		]);
	});

	test('what is unfolded in the last row comes in sight', async () => {
		const many = Array.from({length: 40}, (_, at) => ({...sharing.collaboratives![0]!, name: `Pilot ${at}`}));
		await open({sharing: {collaboratives: many}});
		screen.toPane('collaboratives');
		await screen.waitFor(/┏━ Collaboratives[\s\S]*Pilot 1 /);
		const last = rows().findLastIndex(row => /^▸ Pilot/.test(row));
		screen.type('j'.repeat(last));
		await screen.waitFor(`›Pilot ${last} `);
		screen.type('\r');
		await screen.waitFor(new RegExp(`▾›Pilot ${last} [\\s\\S]*Vendor Ltd[\\s\\S]*∿ Microgrid`));
	});

	test('a collaborative unfolds into organizations, people and services', async () => {
		await open();
		await toPane();
		screen.type('j\r');
		await screen.waitFor(/State University +✓ approved +1 person[\s\S]*Wind park/);
		expect(rows().slice(1, 8)).toEqual([
			expect.stringMatching(/^▾›Resilience pilot/),
			expect.stringMatching(/^ {2}▸ Sample Utility +◆ host +1 person$/),
			expect.stringMatching(/^ {2}▸ State University +✓ approved +1 person$/),
			expect.stringMatching(/^ {2}▸ Vendor Ltd +… pending +1 person$/),
			expect.stringMatching(/^ {2}▤ Campus study +data store +you$/),
			expect.stringMatching(/^ {2}∿ Microgrid +time series +you$/),
			expect.stringMatching(/^ {2}▤ Wind park +data store +Uma Stu/),
		]);
		screen.type('j\u001b[C');
		await screen.waitFor(/Ada User +write +you/);
		screen.type('h');
		await screen.waitFor(text => !/Ada User +write/.test(text));
	});

	test('one that is denied says that it cannot be looked into, and is not asked', async () => {
		const {exchange} = await open();
		await toPane();
		screen.type('jj\r');
		await screen.waitFor('cannot be looked into: access is denied');
		expect(exchange.requests.filter(request => request.startsWith('listServices'))).toEqual([]);
	});
});

describe('a key', () => {
	const toServices = async () => {
		await toPane();
		screen.type('j\r');
		await screen.waitFor('Wind park');
	};

	test('Enter on a store of somebody else opens it, and the tree follows', async () => {
		await open();
		await toServices();
		screen.type('jjjjjj\r');
		await screen.waitFor(/> use 'Wind park'[\s\S]*Wind park:\/>/);
		await screen.waitFor(/┌─ Wind park[\s\S]*mast\.csv/);
		expect(screen.workspace.store.get().focus).toBe('collaboratives');
	});

	test('Enter on a database opens it, and the series come in sight', async () => {
		await open();
		await toServices();
		screen.type('jjjjj\r');
		await screen.waitFor(/> db Microgrid[\s\S]*┏━ Collaboratives/);
		await screen.waitFor(/Time series · Microgrid[\s\S]*Feeder 1[\s\S]*┏━ Collaboratives/);
		expect(screen.frame().join('\n')).not.toMatch(/─ Campus study/);
	});

	test('s shares the selected store through the shell’s own preview, and the pane shows it at once', async () => {
		await open();
		await toPane();
		screen.type('\r');
		await screen.waitFor('nothing is shared in it');
		screen.type('s');
		await screen.waitFor(/> share 'Campus study' 'Forecast exchange'[\s\S]*Share\?[\s\S]*\[y\/N\]/);
		expect(screen.frame().join('\n')).toContain('┏━ Shell');
		expect(screen.frame().at(-1)).toContain('y yes');
		screen.type('y');
		await screen.waitFor(/┏━ Collaboratives[\s\S]*▤ Campus study +data store/);
		screen.type('jjju');
		await screen.waitFor(/> unshare 'Campus study' 'Forecast exchange'[\s\S]*Unshare\?[\s\S]*\[y\/N\]/);
		screen.type('y');
		await screen.waitFor('nothing is shared in it');
	});

	test('S without a database says how to select one', async () => {
		await open();
		await toPane();
		expect(screen.frame().at(-1)).toMatch(/s share store {2}\//);
		screen.type('S');
		await screen.waitFor('No database is selected');
	});

	test('w explains why one sees it', async () => {
		await open();
		await toServices();
		screen.type('jjjjjjw');
		await screen.waitFor(/> why 'Wind park'[\s\S]*Resilience pilot/);
	});

	test('/ looks into all of them, also into what is shared and folded', async () => {
		await open();
		await toPane();
		screen.type('/wind');
		await screen.waitFor(/Collaboratives ━+ 1 of 4 [\s\S]*\/ wind▏[\s\S]*▤ Wind park/);
		screen.type('\rj\r');
		await screen.waitFor(/> use 'Wind park'/);
		screen.type('/\u0015zzz');
		await screen.waitFor('nothing fits zzz');
		screen.type('\u001b');
		await screen.waitFor(text => text.includes('Winter') && !text.includes('/ zzz'));
	});

	test('F3 shows the pane alone, F4 hides it, and at the prompt shows it again', async () => {
		await open();
		await toPane();
		screen.type(f3);
		await screen.waitFor(/^┏━ Collaboratives ━{60,}/m);
		screen.type(f3);
		await screen.waitFor('─ Shell');
		screen.type(f4);
		await screen.waitFor(text => !text.includes('Collaboratives'));
		screen.type(f4);
		await screen.waitFor('─ Collaboratives');
	});

	test('F1 tells the keys of the pane', async () => {
		await open({rows: 100});
		screen.type(f1);
		await screen.waitFor(/In the collaboratives[\s\S]*s +share the selected store here/);
	});
});

test('hundreds of organizations scroll, and the title says where one is', async () => {
	const organizations = Object.fromEntries(
		Array.from({length: 300}, (_, at) => [`Member ${at}`, {people: {[`P${at} X`]: 'READ_ONLY' as const}}]),
	);
	await open({sharing: {collaboratives: [{name: 'Big', organizations}]}});
	screen.toPane('collaboratives');
	await screen.waitFor(/┏━ Collaboratives[\s\S]*Big/);
	screen.type('\r');
	await screen.waitFor('row 1 of 30');
	screen.type('\u001b[F');
	await screen.waitFor(/row 301 of 30[\s\S]*›Member 299/);
	screen.type('\u001b[5~');
	await screen.waitFor(/row 289 of 30/);
	screen.type('\u001b[H');
	await screen.waitFor(/row 1 of 30[\s\S]*▾›Big/);
});

describe('at 80x24', () => {
	test('the panes take turns, and a key that asks shows the shell', async () => {
		await open({columns: 80, rows: 24});
		screen.toPane('collaboratives');
		await screen.waitFor(/┏━ Collaboratives[\s\S]*Winter/);
		screen.type('s');
		await screen.waitFor(/┏━ Shell[\s\S]*Share\?[\s\S]*\[y\/N\]/);
		screen.type('n');
		await screen.waitFor('nothing shared');
	});

	test('what a key says instead of a command is to be seen', async () => {
		await open({columns: 80, rows: 24});
		screen.toPane('collaboratives');
		await screen.waitFor(/┏━ Collaboratives[\s\S]*Winter/);
		screen.type('S');
		await screen.waitFor(/┏━ Shell[\s\S]*No database is selected/);
	});

	test('a question that comes up while the pane is in sight is to be seen', async () => {
		await open({columns: 80, rows: 24});
		screen.type(`share 'Campus study' 'Forecast exchange'${f2}${f2}${f2}`);
		await screen.waitFor('┏━ Collaboratives');
		screen.type(f2);
		await screen.waitFor('┏━ Shell');
		screen.type(`\r${f2}${f2}${f2}`);
		await screen.waitFor(/┏━ Shell[\s\S]*\[y\/N\]/);
		screen.type('n');
		await screen.waitFor('┏━ Collaboratives');
	});
});

describe('when something is amiss', () => {
	const failing = async (error: ShellError) => {
		const exchange = memoryExchange(sampleTree, {sharing: {collaboratives: [{name: 'Resilience pilot'}]}});
		exchange.failNext('listCollaboratives', error);
		screen = await openScreen({exchange});
		return exchange;
	};

	test('an Exchange without collaboratives is told once', async () => {
		await failing(new ShellError('unsupported', 'this Exchange has no collaboratives'));
		await screen.waitFor('this Exchange has no collaboratives');
		expect(
			screen
				.frame()
				.join('\n')
				.match(/this Exchange/g),
		).toHaveLength(1);
	});

	test('what could not be read is tried again with the next line', async () => {
		await failing(new ShellError('connection', 'no way to the Exchange', {hint: 'wait'}));
		await screen.waitFor('no way to the Exchange (wait)');
		screen.type('pwd\r');
		await screen.waitFor('Resilience pilot');
	});

	test('an organization without collaboratives is told so', async () => {
		await open({sharing: {}});
		await screen.waitFor('your organization is in no collaborative');
	});

	test('a permission lost in mid-session says why nothing is to be seen', async () => {
		const {exchange} = await open();
		await toPane();
		screen.type('j');
		exchange.failNext('listServices', new ShellError('denied', 'not permitted'));
		screen.type('\r');
		await screen.waitFor('cannot be looked into: ');
	});
});
