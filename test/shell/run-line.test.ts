import {beforeEach, describe, expect, test} from 'vitest';
import {type Command, defineCommand, type Output} from '../../src/shell/command.ts';
import {ShellError} from '../../src/shell/errors.ts';
import type {LocalProcesses} from '../../src/shell/ports.ts';
import {type Runtime, runLine} from '../../src/shell/run-line.ts';
import {reduceSession, type Session} from '../../src/shell/session.ts';
import {memoryAccount} from '../support/memory-account.ts';
import {memoryExchange} from '../support/memory-exchange.ts';
import {type MemoryFiles, memoryFiles} from '../support/memory-files.ts';

let log: string[] = [];

const echo = defineCommand({
	name: 'echo',
	aliases: ['say'],
	group: 'Session',
	summary: 'Say the words',
	args: {
		count: {kind: 'count', option: true, optional: true, short: 'n', help: ''},
		words: {kind: 'text', many: true, optional: true, help: ''},
	},
	examples: ['echo a'],
	async *run(context, {words, count = 1}) {
		log.push(`interactive ${context.interactive}`);
		for (let at = 0; at < count; at++) {
			log.push(`line ${at}`);
			yield {kind: 'text', text: words.join(' ')};
		}
		yield {kind: 'note', text: 'said'};
	},
});
const cat = defineCommand({
	name: 'cat',
	group: 'Files',
	summary: 'Show local files, or fail',
	args: {paths: {kind: 'local', many: true, help: ''}},
	examples: ['cat a'],
	async *run({local, session}, {paths}) {
		for (const path of paths) {
			try {
				const {body} = await local.read(local.resolve(session.localDirectory, path));
				for await (const bytes of body()) yield {kind: 'bytes', bytes};
			} catch {
				const error = new ShellError('not-found', `${path}: no such file`);
				if (path === 'now') throw error;
				yield {kind: 'error', verb: undefined, error};
			}
		}
	},
});
const one = defineCommand({
	name: 'one',
	group: 'Files',
	summary: 'Take one local file',
	args: {path: {kind: 'local', help: ''}},
	examples: ['one a'],
	async *run(_, {path}) {
		yield {kind: 'text', text: path};
	},
});
const lcd = defineCommand({
	name: 'lcd',
	group: 'Navigation',
	summary: 'Go',
	args: {path: {kind: 'text', help: ''}},
	examples: ['lcd /'],
	async *run(_, {path}) {
		yield {kind: 'session', action: {type: 'local-directory', path}};
	},
});
const rows = defineCommand({
	name: 'rows',
	group: 'Files',
	summary: 'Rows',
	args: {},
	examples: ['rows'],
	async *run({interactive}) {
		log.push(`interactive ${interactive}`);
		yield {kind: 'records', records: [{a: 1}], columns: [], layout: 'table'};
	},
});
const hang = defineCommand({
	name: 'hang',
	group: 'Files',
	summary: 'Wait for Ctrl-C',
	args: {},
	examples: ['hang'],
	async *run({signal}) {
		yield {kind: 'note', text: 'hanging'};
		await new Promise((_, reject) => {
			signal.addEventListener('abort', () => reject(new ShellError('local', 'the socket broke')));
		});
	},
});
const exit = defineCommand({
	name: 'exit',
	group: 'Session',
	summary: 'Leave',
	args: {status: {kind: 'count', optional: true, help: ''}},
	examples: ['exit'],
	async *run({session}, {status = session.status}) {
		yield {kind: 'exit', status};
	},
});
const help = defineCommand({
	name: 'help',
	group: 'Session',
	summary: 'Help',
	args: {command: {kind: 'command', optional: true, help: ''}},
	examples: ['help'],
	async *run(_, {command}) {
		yield {kind: 'text', text: `help on ${command}`};
	},
});
const commands: readonly Command[] = [echo, cat, one, lcd, rows, hang, exit, help];

let session: Session;
let files: MemoryFiles;
let controller: AbortController;

beforeEach(() => {
	log = [];
	session = {
		location: undefined,
		previous: undefined,
		database: undefined,
		localDirectory: '/work',
		status: 0,
	};
	files = memoryFiles({'/work/a.txt': 'A', '/work/b.txt': 'B', '/work/old': 'old'});
	controller = new AbortController();
});

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (data: Uint8Array) => new TextDecoder().decode(data);

/** `upper`, `head N`, `fail`, `count`: enough of a local shell. */
const processes: LocalProcesses = {
	async *run(command, {directory, input = (async function* () {})()}) {
		log.push(`${command} in ${directory}`);
		if (command === 'fail') return 3;
		const [verb, limit = 'Infinity'] = command.split(' ');
		let lines = 0;
		if (verb === 'upper' || verb === 'head') {
			for await (const chunk of input) {
				yield bytes(verb === 'upper' ? text(chunk).toUpperCase() : text(chunk));
				if (++lines >= Number(limit)) break;
			}
		} else {
			yield bytes(`${command}\n`);
		}
		return 0;
	},
};

function runtime(changes: Partial<Runtime> = {}): Runtime {
	return {
		session: () => session,
		dispatch: action => {
			session = reduceSession(session, action);
		},
		exchange: memoryExchange({}),
		local: files,
		processes,
		commands,
		signal: controller.signal,
		now: () => 0,
		interactive: true,
		confirm: async () => true,
		ask: async () => '',
		askSecret: async () => '',
		account: memoryAccount(),
		history: () => [],
		json: false,
		picture: async () => '',
		async *plain(outputs, {json, command}) {
			for await (const output of outputs) {
				if (output.kind === 'text') yield bytes(`${output.text}\n`);
				else if (output.kind === 'bytes') yield output.bytes;
				else yield bytes(`${command} ${output.kind} json ${json}\n`);
			}
		},
		...changes,
	};
}

/** What a line says, one short text an output, and its status. */
async function run(line: string, changes?: Partial<Runtime>): Promise<{said: string[]; status: number}> {
	const said: string[] = [];
	const running = runLine(line, runtime(changes));
	for (;;) {
		const step = await running.next();
		if (step.done) return {said, status: step.value};
		said.push(show(step.value));
	}
}

function show(output: Output): string {
	switch (output.kind) {
		case 'text':
			return `${output.text}${output.json ? ' (json)' : ''}`;
		case 'bytes':
			return text(output.bytes);
		case 'note':
			return `note: ${output.text}`;
		case 'error': {
			const {at, message, hint} = output.error;
			const place = at && output.line ? ` @${output.line.slice(at.start, at.end)}` : '';
			return `error ${output.verb ?? ''}: ${message}${hint ? ` (${hint})` : ''}${place}`;
		}
		case 'records':
			return `${output.records.length} records${output.json ? ' (json)' : ''}`;
		default:
			return output.kind;
	}
}

describe('a line', () => {
	test.each<[line: string, said: string[], status: number]>([
		['', [], 0],
		['# nothing', [], 0],
		['echo a "b c"', ['a b c', 'note: said'], 0],
		['say a', ['a', 'note: said'], 0],
		['echo a; echo b', ['a', 'note: said', 'b', 'note: said'], 0],
		['cat now && echo b', ['error cat: now: no such file @now'], 1],
		['cat now || one b', ['error cat: now: no such file @now', 'b'], 0],
		['cat now; one b', ['error cat: now: no such file @now', 'b'], 0],
		['one a || one b && one c', ['a', 'c'], 0],
		['cat zz a.txt', ['error cat: zz: no such file @zz', 'A'], 1],
		['cat now; one $?', ['error cat: now: no such file @now', '1'], 0],
		['cat now; exit', ['error cat: now: no such file @now', 'exit'], 1],
		['exit 5; one b', ['exit'], 5],
		['lcd /x; !pwd', ['session', 'pwd\n'], 0],
		['!fail', [], 3],
		['cat *.txt', ['A', 'B'], 0],
		['one *.txt', ['error one: *.txt: stands for 2 names where one is wanted @*.txt'], 2],
		['one *.pdf', ['error one: *.pdf: no match @*.pdf'], 1],
		["one '*.pdf'", ['*.pdf'], 0],
		['ecoh a', ['error : ecoh: no such command (did you mean echo?) @ecoh'], 2],
		['""', ['error : \'\': no such command (try `help`) @""'], 2],
		['zzzzz', ['error : zzzzz: no such command (try `help`) @zzzzz'], 2],
		['echo a; echo "b', ['error : the quote " is not closed @"b'], 2],
		['echo -n', ['error echo: -n needs a value (usage: echo [-n N] [WORD…]) @-n'], 2],
		['echo --help', ['help on echo'], 0],
		['echo -h x', ['help on echo'], 0],
		['rows --json', ['1 records (json)'], 0],
		['one a --json', ['a (json)'], 0],
	])('%s', async (line, said, status) => {
		expect(await run(line)).toEqual({said, status});
		if (line && !line.startsWith('#')) expect(session.status).toBe(status);
	});

	test('--json on the program marks all records, and is no screen to repaint', async () => {
		expect(await run('rows', {json: true})).toEqual({said: ['1 records (json)'], status: 0});
		expect(log).toEqual(['interactive false']);
	});

	test('goes no further than its reader', async () => {
		const running = runLine('echo -n 100 a', runtime());
		await running.next();
		await running.next();
		expect(log).toEqual(['interactive true', 'line 0', 'line 1']);
		await running.return(0);
	});
});

describe('> and >>', () => {
	test('take the data; the rest stays on the screen', async () => {
		expect(await run('echo -n 2 hi > new && cat new')).toEqual({said: ['note: said', 'hi\nhi\n'], status: 0});
		expect(log[0]).toBe('interactive false');
	});

	test('replace and append', async () => {
		await run('one new > old; one more >> old; one x >> other');
		expect(files.contents.get('/work/old')).toBe('new\nmore\n');
		expect(files.contents.get('/work/other')).toBe('x\n');
	});

	test('JSON goes into the file as JSON', async () => {
		await run('rows --json > out');
		expect(files.contents.get('/work/out')).toBe('rows records json true\n');
	});

	test.each(['cat now > old', 'cat a.txt zz > old'])(
		'%s: a failed command leaves the old file',
		async line => {
			const {said, status} = await run(line);
			expect(said).toEqual([
				expect.stringContaining('no such file'),
				'note: old is left as it was: the command failed',
			]);
			expect(status).toBe(1);
			expect(files.contents.get('/work/old')).toBe('old');
		},
	);

	test('a file that cannot be written fails the command and stops it', async () => {
		const full: MemoryFiles = {
			...files,
			write: async (path, body) => {
				for await (const _ of body) throw new ShellError('local', `${path}: the disk is full`);
			},
		};
		const {said, status} = await run('echo -n 1000 a > big', {local: full});
		expect(said).toEqual(['error echo: /work/big: the disk is full']);
		expect(status).toBe(1);
		expect(log.length).toBeLessThan(10);
	});

	test('an unknown command creates no file', async () => {
		await run('zzz > new');
		expect(files.contents.has('/work/new')).toBe(false);
	});
});

describe('|', () => {
	test('feeds a local command, whose output is shown', async () => {
		const {said, status} = await run('echo -n 2 a | upper');
		expect(said.toSorted()).toEqual(['A\n', 'A\n', 'note: said'].toSorted());
		expect(status).toBe(0);
		expect(log[0]).toBe('upper in /work');
	});

	test('an early end of the local command stops the command quietly', async () => {
		const {said, status} = await run('echo -n 1000 a | head 2');
		expect(said).toEqual(['a\n', 'a\n']);
		expect(status).toBe(0);
		expect(log.length).toBeLessThan(10);
	});

	test('a local command that reads nothing ends it too', async () => {
		expect(await run('echo -n 1000 a | true')).toEqual({said: ['true\n'], status: 0});
	});

	test.each<[line: string, status: number]>([
		['echo a | fail', 3],
		['cat now | upper', 1],
		['cat now | fail', 3],
		['echo a | upper && one b', 0],
	])('%s ends with %i', async (line, status) => {
		expect((await run(line)).status).toBe(status);
	});
});

describe('Ctrl-C', () => {
	test('before the line', async () => {
		controller.abort();
		expect(await run('echo a')).toEqual({said: ['error : cancelled'], status: 130});
	});

	test.each(['hang; echo b', 'hang || echo b', 'hang > old; echo b', 'hang | upper; echo b'])(
		'in %s',
		async line => {
			const running = runLine(line, runtime());
			expect(await running.next()).toMatchObject({value: {kind: 'note', text: 'hanging'}});
			controller.abort();
			const rest: string[] = [];
			let step = await running.next();
			for (; !step.done; step = await running.next()) rest.push(show(step.value));
			expect(rest[0]).toBe('error hang: cancelled');
			expect(rest).not.toContain('b');
			expect(step.value).toBe(130);
			expect(session.status).toBe(130);
			expect(files.contents.get('/work/old')).toBe('old');
		},
	);

	test('between two statements', async () => {
		const running = runLine('one a; one b', runtime());
		await running.next();
		controller.abort();
		const {value} = await running.next();
		expect(value).toMatchObject({kind: 'error', error: {code: 'cancelled'}});
		expect(await running.next()).toEqual({done: true, value: 130});
	});
});

test('a reader that leaves a piped line ends both sides', async () => {
	let ended = false;
	const watched: LocalProcesses = {
		async *run(command, options) {
			try {
				return yield* processes.run(command, options);
			} finally {
				ended = true;
			}
		},
	};
	const running = runLine('echo -n 1000 a | upper', runtime({processes: watched}));
	await running.next();
	await running.return(0);
	expect(ended).toBe(true);
	expect(log.length).toBeLessThan(10);
});
