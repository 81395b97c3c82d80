import {afterEach, describe, expect, test} from 'vitest';
import {defineCommand} from '../../src/shell/command.ts';
import {ShellError} from '../../src/shell/errors.ts';
import {memoryExchange} from '../support/memory-exchange.ts';
import {type OpenScreen, openScreen, sampleTree} from './open-screen.tsx';

let screen: OpenScreen;
const open = async (given?: Parameters<typeof openScreen>[0]) => {
	screen = await openScreen(given);
	await screen.waitFor('Campus study:/>');
	return screen;
};
afterEach(() => screen.close());

const esc = '\u001b';

describe('a line', () => {
	test('runs on Enter, also when all its keys come at once', async () => {
		const {type, waitFor, frame} = await open();
		type('ls\r');
		await waitFor('2 files');
		expect(frame().join('\n')).toContain('Campus study:/> ls');
		expect(frame().join('\n')).toContain('weather/');
	});

	test('keys of one chunk act in order', async () => {
		const {type, waitFor} = await open();
		type('abx\u007fcd\u0001z\u0005!');
		await waitFor('> zabcd!');
	});

	test('lines typed ahead wait and run in order', async () => {
		const {type, waitFor, frame} = await open();
		type('cd weather\rpwd\rcd ..\r');
		await waitFor(/> cd \.\.[\s\S]*\n. Campus study:\/> /);
		expect(
			frame()
				.filter(line => line.includes('> '))
				.map(line => /Campus.*?> \S*/.exec(line)?.[0]),
		).toEqual([
			'Campus study:/> cd',
			'Campus study:/weather> pwd',
			'Campus study:/weather> cd',
			'Campus study:/> ',
		]);
	});

	test('a pasted text of many lines is shown, and runs only on Enter', async () => {
		const {type, waitFor, frame} = await open();
		type(`${esc}[200~pwd\nls\n${esc}[201~`);
		await waitFor('┃ > ls');
		expect(frame().join('\n')).not.toContain('files');
		type('\r');
		await waitFor('2 files');
	});

	test('Ctrl-C clears it, and it never ends the session', async () => {
		const {type, waitFor, workspace} = await open();
		type('abc');
		await waitFor('> abc');
		type('\u0003');
		await waitFor(/study:\/> +┃/);
		type('\u0003\u0003pwd\r');
		await waitFor(/> pwd[\s\S]*Campus study:\/ /);
		expect(workspace.store.get().prompt.line.text).toBe('');
	});

	test('Ctrl-D on an empty line leaves; on another it deletes', async () => {
		const {type, waitFor, exit} = await open();
		type('ab\u0001\u0004');
		await waitFor(/> b +/);
		type('\u000b\u0004');
		expect(await exit).toBe(0);
	});

	test('exit leaves with its status', async () => {
		const {type, exit} = await open();
		type('exit 3\r');
		expect(await exit).toBe(3);
	});

	test('an open quote goes on in the next row', async () => {
		const {type, waitFor} = await open();
		type("ls 'a\r");
		await waitFor('┃ > ');
		type('\u0003');
	});

	test('what is entered is remembered, but no secret', async () => {
		const {type, waitFor, appended} = await open({history: ['ls weather']});
		type('pwd\r');
		await waitFor(/> pwd[\s\S]*> /);
		type('!echo token=abc\r');
		await waitFor(/token=abc/);
		expect(appended).toEqual(['pwd']);
		type(`${esc}[A${esc}[A`);
		await waitFor('> ls weather');
	});

	test('the newest line that begins as typed is suggested, and → takes it', async () => {
		const {type, waitFor, workspace} = await open({history: ['cd weather']});
		type('cd');
		await waitFor('> cd weather');
		expect(workspace.store.get().prompt.line.text).toBe('cd');
		type(`${esc}[C`);
		expect(workspace.store.get().prompt.line.text).toBe('cd weather');
	});

	test('Ctrl-R finds a line and Enter runs it', async () => {
		const {type, waitFor} = await open({history: ['cd weather', 'ls']});
		type('\u0012wea');
		await waitFor('search ‹wea› cd weather');
		type('\r');
		await waitFor('Campus study:/weather> ');
	});
});

describe('completion', () => {
	test('the only name goes into the line', async () => {
		const {type, waitFor} = await open();
		type('cd wea\t');
		await waitFor('> cd weather/');
	});

	test('several are shown with size and age; Tab walks, Enter takes', async () => {
		const {type, waitFor, frame} = await open();
		type('cd weather\rls ');
		await waitFor('weather> ls');
		type('\t');
		await waitFor(/hour-2\.csv +4 B/);
		type('\t\t\t');
		await waitFor('▸ hour-2.csv');
		type('\r');
		await waitFor('> ls hour-2.csv');
		expect(frame().join('\n')).not.toContain('▸ hour');
	});

	test('typing narrows the menu, Esc closes it', async () => {
		const {type, waitFor, workspace} = await open();
		type('ls weather/\t');
		await waitFor('  hour-1.csv');
		type('hour-2');
		await waitFor(text => text.includes('hour-2.csv') && !text.includes('hour-1.csv'));
		type(esc);
		await waitFor(text => !text.includes('hour-2.csv'));
		expect(workspace.store.get().prompt.line.text).toBe('ls weather/hour-2');
	});

	test('names with spaces come quoted', async () => {
		const {type, waitFor} = await open();
		type('stat fee\t');
		await waitFor("> stat 'feeder map (rev 2).pdf'");
	});

	test('an unknown directory is fetched behind while one types on', async () => {
		const exchange = memoryExchange(sampleTree);
		const gate = Promise.withResolvers<void>();
		const {type, waitFor, workspace} = await open({
			exchange: {
				...exchange,
				listDirectory: async (id, read) => {
					if (id === exchange.directoryId('Campus study:/weather')) await gate.promise;
					return exchange.listDirectory(id, read);
				},
			},
		});
		type('ls weather/\t');
		await waitFor('listing…');
		type('h');
		expect(workspace.store.get().prompt.line.text).toBe('ls weather/h');
		gate.resolve();
		await waitFor('hour-2.csv');
	});
});

describe('work', () => {
	const asks = defineCommand({
		name: 'asks',
		group: 'Session',
		summary: 'Ask',
		args: {},
		examples: ['asks'],
		run: async function* ({confirm}) {
			yield {kind: 'text', text: (await confirm('Delete 3 files?')) ? 'gone' : 'kept'};
		},
	});
	const hangs = defineCommand({
		name: 'hangs',
		group: 'Session',
		summary: 'Wait for the signal',
		args: {},
		examples: ['hangs'],
		run: async function* ({signal}) {
			yield {kind: 'progress', key: 'k', label: 'hang a.csv', bytes: 1, total: 4, startedAt: 0, at: 0};
			await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
		},
	});

	test.each([
		['y', 'gone'],
		['n', 'kept'],
		['\r', 'kept'],
	])('a question is asked in place of the prompt; %j answers %s', async (key, answer) => {
		const {type, waitFor, frame} = await open({commands: [asks]});
		type('asks\r');
		await waitFor('Delete 3 files? [y/N]');
		expect(frame().join('\n')).not.toContain('Campus study:/> \n');
		type(key);
		await waitFor(`┃ ${answer}`);
		await waitFor('Campus study:/> ');
	});

	test('a letter of two UTF-16 units is no answer, nor the end of the program', async () => {
		const {type, waitFor} = await open({commands: [asks]});
		type('asks\r');
		await waitFor('Delete 3 files? [y/N]');
		type('🎁');
		type('漢🎁y');
		await waitFor('┃ gone');
	});

	test('what is being typed when a question comes is no answer, and stays in the line', async () => {
		const due = Promise.withResolvers<void>();
		const asksLate = defineCommand({
			...asks,
			run: async function* (context, args) {
				await due.promise;
				yield* asks.run(context, args);
			},
		});
		const {type, waitFor, workspace} = await open({commands: [asksLate]});
		const {store} = workspace;
		type('asks\r');
		await waitFor('⇣ asks');
		const goesOn = store.subscribe(() => {
			if (store.get().question === undefined) return;
			goesOn();
			type('y');
			type('pt\ry');
		});
		type('ls cr');
		due.resolve();
		await waitFor(/Delete 3 files\? \[y\/N\] .*\n┃ Campus study:\/> y /);
		expect(store.get()).toMatchObject({question: 'Delete 3 files?', queue: ['ls crypt']});
		await waitFor('y yes');
		type('y');
		await waitFor('┃ gone');
		await waitFor('Campus study:/> y');
	});

	test('Ctrl-C leaves the question also while a line is typed', async () => {
		const {type, waitFor, workspace} = await open({commands: [asks]});
		type('asks\r');
		await waitFor('Delete 3 files? [y/N]');
		workspace.store.update(state => ({...state, isTypedAhead: true}));
		type('\u0003');
		await waitFor('Campus study:/> ');
	});

	const asksName = defineCommand({
		name: 'names',
		group: 'Session',
		summary: 'Ask for a name',
		args: {},
		examples: ['names'],
		run: async function* ({ask}) {
			yield {kind: 'text', text: `‹${await ask('Its name:')}›`};
		},
	});

	test.each([
		['Micro grid\r', '‹Micro grid›'],
		['Mikro\u007f\u007f\u007fcro\u0001 \r', '‹Micro›'],
		['Micro\u0003', '‹›'],
		[`Micro${esc}`, '‹›'],
		['\r', '‹›'],
	])('a question for a line of text is answered by typing: %j is %s', async (keys, answer) => {
		const {type, waitFor, frame, workspace} = await open({commands: [asksName]});
		type('names\r');
		await waitFor('┃ Its name:');
		expect(frame().join('\n')).not.toMatch(/y\/N|study:\/> \n/);
		type(keys);
		await waitFor(answer);
		await waitFor('Campus study:/> ');
		expect(workspace.store.get().prompt.line.text).toBe('');
	});

	test('shows its progress, and Ctrl-C cancels it but keeps what was typed', async () => {
		const {type, waitFor, frame} = await open({commands: [hangs]});
		type('hangs\rnext');
		await waitFor('hang a.csv');
		expect(frame()[0]).toContain('⇣ hangs 25 %');
		expect(frame().at(-1)).toContain('Ctrl-C cancel');
		await waitFor('> next');
		type('\u0003');
		await waitFor('hangs: cancelled');
		await waitFor('> next');
	});

	test('Ctrl-D does not leave while a line runs', async () => {
		const {type, waitFor} = await open({commands: [hangs]});
		type('hangs\r');
		await waitFor('hang a.csv');
		type('\u0004');
		await waitFor('Ctrl-C cancels it');
		type('\u0003');
		await waitFor('cancelled');
	});

	test('an error says verb, cause and next step', async () => {
		const {type, waitFor} = await open();
		type('lss\r');
		await waitFor(/lss: no such command \(.*ls/);
	});

	test('local commands show their output; those that need the terminal get it', async () => {
		const {type, waitFor, ranInTerminal} = await open({
			processes: {
				run: async function* (command) {
					yield new TextEncoder().encode(`ran ${command}\n`);
					return 0;
				},
			},
		});
		type('!date\r');
		await waitFor('ran date');
		type('!vim a.csv\r!pwd\r');
		await waitFor('ran pwd');
		expect(ranInTerminal).toEqual(['vim a.csv']);
	});
});

describe('before there is a connection', () => {
	test('the prompt works, and the line waits', async () => {
		const gate = Promise.withResolvers<void>();
		screen = await openScreen({
			connect: async exchange => {
				await gate.promise;
				return exchange;
			},
		});
		await screen.waitFor('adx-shell> ');
		screen.type('ls\r');
		await screen.waitFor('> ls');
		gate.resolve();
		await screen.waitFor('2 files');
	});

	test('a failure is told, and the next line tries again', async () => {
		let attempts = 0;
		screen = await openScreen({
			connect: async exchange => {
				if (++attempts === 1)
					throw new ShellError('unauthorized', 'the token is wrong', {hint: 'make a new one'});
				return exchange;
			},
		});
		await screen.waitFor('the token is wrong (make a new one)');
		expect(screen.frame()[0]).toContain('not connected');
		screen.type('pwd\r');
		await screen.waitFor('Campus study:/');
		expect(attempts).toBe(2);
	});
});

describe('what is connected', () => {
	test('the panes say that it is not yet, and then that it could not be', async () => {
		const gate = Promise.withResolvers<void>();
		screen = await openScreen({
			connect: async () => {
				await gate.promise;
				throw new ShellError('connection', 'nobody listens');
			},
		});
		await screen.waitFor(/┌─ Tree [^\n]*\n[^\n]*│ connecting… /);
		gate.resolve();
		await screen.waitFor(/┌─ Tree [^\n]*\n[^\n]*│ not connected /);
	});

	test('without a store the tree says how to select one', async () => {
		screen = await openScreen({exchange: memoryExchange({})});
		await screen.waitFor('`stores` lists them, `use NAME` selects one');
	});

	test('an Exchange that has not answered is not called connected', async () => {
		const exchange = memoryExchange(sampleTree);
		const answers = [
			async () => {
				throw new ShellError('connection', 'h: is in trouble (502)');
			},
			() => exchange.user(),
		];
		screen = await openScreen({exchange: {...exchange, user: () => answers.shift()!()}});
		await screen.waitFor('local exchange (not connected)');
		screen.type('pwd\r');
		await screen.waitFor('local exchange · Ada User');
	});
});

test('a line told to end says so until it has ended, and what Ctrl-C does then', async () => {
	const due = Promise.withResolvers<void>();
	const lingers = defineCommand({
		name: 'lingers',
		group: 'Session',
		summary: 'Takes its time to end',
		args: {},
		examples: ['lingers'],
		run: async function* () {
			await due.promise;
			yield* [];
		},
	});
	const {type, waitFor, frame} = await open({commands: [lingers]});
	type('lingers\r');
	await waitFor('Ctrl-C cancel');
	type('\u0003');
	await waitFor('⇣ lingers ending');
	expect(frame().at(-1)).toMatch(/^ Ctrl-C stop waiting for it/);
	due.resolve();
	await waitFor(text => !text.includes('⇣'));
});

describe('the tree', () => {
	test('F2 goes there; Enter on a directory runs cd at the prompt', async () => {
		const {type, waitFor, workspace} = await open();
		await waitFor('▸ cases/');
		type(`${esc}OQ`);
		await waitFor('Enter open');
		type(`${esc}[H${esc}[Bjj`);
		type('\r');
		await waitFor(/> cd \/\S+/);
		await waitFor(/here/);
		expect(workspace.store.get().history).toHaveLength(1);
	});

	test('unfolds and folds a directory, fetched behind', async () => {
		const {type, waitFor, frame} = await open();
		await waitFor('▸ weather/');
		type(`${esc}OQ${esc}[F${esc}[C`);
		type(`${esc}[H`);
		await waitFor('▸›cases/');
		type(`${esc}[C`);
		await waitFor('a.glm');
		type(`${esc}[D`);
		await waitFor(text => !text.includes('a.glm'));
		expect(frame().join('\n')).toContain('▸›cases/');
	});

	test('/ filters by name, Esc shows all again', async () => {
		const {type, waitFor, frame} = await open();
		await waitFor('readme.txt');
		type(`${esc}OQ/`);
		await waitFor('Enter keep');
		type('read');
		await waitFor(text => text.includes('readme.txt') && !text.includes('weather/'));
		type(esc);
		await waitFor('weather/');
		expect(frame().at(-1)).toContain('Enter open');
	});
});

describe('the window', () => {
	test.each([
		[80, 24],
		[120, 40],
		[200, 60],
	])('%i x %i is filled exactly', async (columns, rows) => {
		const {type, waitFor, frame, resize} = await open({columns, rows});
		type('ls -l\r');
		await waitFor('2 files');
		if (columns >= 110) await waitFor('▸ weather/');
		expect(frame()).toHaveLength(rows);
		for (const line of frame()) expect(line.length).toBeLessThanOrEqual(columns);
		expect(frame()[1]!.startsWith('┏━ Shell')).toBe(true);
		expect(frame()[rows - 2]!.startsWith('┗')).toBe(true);
		expect(
			frame()
				.slice(1, -1)
				.every(line => line.length === columns),
		).toBe(true);
		resize(columns - 7, rows - 3);
		await waitFor(text => text.split('\n').length === rows - 3);
		expect(
			frame()
				.slice(1, -1)
				.every(line => line.length === columns - 7),
		).toBe(true);
	});

	test('smaller than 60 x 16 is a plain prompt that says so', async () => {
		const {type, waitFor, frame} = await open({columns: 50, rows: 14});
		expect(frame()[0]).toBe('window smaller than 60x16: a plain prompt');
		type('pwd\r');
		await waitFor(/> pwd\nCampus study:\/\n/);
		expect(frame().join('')).not.toMatch(/[│┌┃]/);
	});

	test('F1 shows the keys, Esc closes them', async () => {
		const {type, waitFor} = await open();
		type(`${esc}OP`);
		await waitFor('search the history');
		type(esc);
		await waitFor('Campus study:/> ');
	});

	test('PageUp scrolls, new lines are announced, typing goes back to the end', async () => {
		const {type, waitFor, frame} = await open({rows: 20});
		type('help\rhelp\r');
		await waitFor(/exit +Leave[\s\S]*> +┃/);
		type(`${esc}[5~`);
		await waitFor('↓ more');
		type('pwd\r');
		type(`${esc}[5~`);
		await waitFor('↓ more');
		const top = frame()[2];
		type('x');
		await waitFor('> x');
		expect(frame().join('\n')).not.toContain('↓ more');
		expect(frame()[2]).not.toBe(top);
	});

	test('Ctrl-L leaves only the prompt', async () => {
		const {type, waitFor, frame} = await open();
		type('ls\r');
		await waitFor('2 files');
		type('\u000c');
		await waitFor(text => !text.includes('2 files'));
		expect(frame()[2]).toContain('Campus study:/>');
	});

	test('without colour there is not one escape sequence; with it there is', async () => {
		const {painted, type, waitFor} = await open();
		type('ls -l\r');
		await waitFor('2 files');
		expect(painted()).not.toContain(esc);
		screen.close();
		screen = await openScreen({color: true});
		await screen.waitFor('Campus study:/>');
		expect(screen.painted()).toContain(esc);
	});
});
