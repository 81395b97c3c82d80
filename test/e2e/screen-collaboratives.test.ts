import {afterAll, afterEach, beforeAll, beforeEach, expect, test} from 'vitest';
import type {Program} from '../support/pty.ts';
import {createSandbox, type Sandbox} from './sandbox.ts';
import {
	keys,
	leave,
	openScreen,
	paneWithKeys,
	promptRow,
	rowsOfPane,
	shellRows,
	toPane,
	treeRows,
} from './screen.ts';

let sandbox: Sandbox;
let program: Program;
beforeAll(async () => {
	sandbox = await createSandbox();
	// The first question about time series fills the sample databases.
	await sandbox.run(['-c', 'databases']);
}, 120_000);
afterAll(() => sandbox.remove());
beforeEach(async () => {
	program = await open();
});
afterEach(() => program.kill());

const open = (options: Parameters<typeof openScreen>[1] = {}) =>
	openScreen(sandbox, {args: ['--store', 'Sensor study'], ...options});

const pane = /[┌┏][─━] Collaboratives/;
const rows = (of = program) => rowsOfPane(of, pane);
const row = (text: string | RegExp, of = program) => rows(of).find(line => line.match(text) !== null);
const isFocused = (of = program) => paneWithKeys(of) === 'collaboratives';

async function toCollaboratives(of = program) {
	await toPane(of, 'collaboratives');
	await of.waitFor(() => row('Forecast exchange', of) !== undefined);
}

/** Moves the selection to the row with the text. */
async function select(text: string, of = program) {
	of.write(keys.home);
	await of.waitFor(() => row('›Forecast exchange', of) !== undefined);
	for (let moves = 0; !row(`›${text}`, of) && moves < 40; moves++) {
		const before = row('›', of);
		of.write(keys.down);
		await of.waitFor(() => row('›', of) !== before || row(`›${text}`, of) !== undefined);
	}
	await of.waitFor(() => row(`›${text}`, of) !== undefined);
}

async function unfold(text: string, of = program) {
	await select(text, of);
	of.write(keys.right);
	await of.waitFor(() => row(`▾›${text}`, of) !== undefined);
}

test('the sample shows every standing, and unfolds into organizations, people and services', async () => {
	await toCollaboratives();
	expect(rows()).toEqual([
		expect.stringMatching(/^▸.Forecast exchange +member · you: read$/),
		expect.stringMatching(/^▸.Instrument trials +denied$/),
		expect.stringMatching(/^▸.Resilience pilot +host · you: write$/),
		expect.stringMatching(/^▸.Storm desk +pending$/),
		expect.stringMatching(/^▸.Winter readiness +·$/),
	]);
	program.write(keys.f3);
	await unfold('Resilience pilot');
	await program.waitFor(() => row(/∿ Climate and power +time series +you/) !== undefined);
	expect(row(/▸ Sample Utility +◆ host +3 people/)).toBeDefined();
	expect(row(/Placeholder Power Cooperative +… pending +1 person/)).toBeDefined();
	expect(row(/Specimen Instruments +✗ denied +0 people/)).toBeDefined();
	expect(row(/◦ id:ocsAdapterId\.\S+ +ocs adapter +·/)).toBeDefined();
	await unfold('Example State University');
	await program.waitFor(() => row(/Joon Park +read/) !== undefined);
	await unfold('Storm desk');
	await program.waitFor(() => row('cannot be looked into before it is approved') !== undefined);
	await unfold('Instrument trials');
	await program.waitFor(() => row('cannot be looked into: access is denied') !== undefined);
	await unfold('Winter readiness');
	await program.waitFor(() => row('no member organizations') !== undefined);
});

test('a store of somebody else opens in the tree, a database in the series', async () => {
	await toCollaboratives();
	await unfold('Resilience pilot');
	await program.waitFor(() => row('Mauna Loa air') !== undefined);
	await select('Mauna Loa air');
	program.write(keys.enter);
	await program.waitFor(() => shellRows(program).join('\n').includes("> use 'Mauna Loa air'"));
	await program.waitFor(/┌─ Mauna Loa air/);
	await select('Climate and power');
	program.write(keys.enter);
	await program.waitFor(() => shellRows(program).join('\n').includes("> db 'Climate and power'"));
	await program.waitFor(/┌─ Time series · Climate and power ─[\s\S]*Collaboratives/);
	expect(isFocused()).toBe(true);
});

test('s and u ask in the shell first, and the pane shows what has become of it', async () => {
	await toCollaboratives();
	await unfold('Resilience pilot');
	program.write('s');
	await program.waitFor(() =>
		/share 'store:Sensor study' 'Resilience pilot'[\s\S]*becomes visible to[\s\S]*\[y\/N\]/.test(
			shellRows(program).join('\n'),
		),
	);
	program.write('n');
	await program.waitFor(() => shellRows(program).includes('nothing shared') && isFocused());
	program.write('s');
	await program.waitFor(screen => screen.at(-1)!.includes('y yes'));
	program.write('y');
	await program.waitFor(() => row(/▤.Sensor study +data store +you/) !== undefined && isFocused());
	await select('Sensor study');
	program.write('u');
	await program.waitFor(screen => screen.at(-1)!.includes('y yes'));
	program.write('y');
	await program.waitFor(() => row('Sensor study') === undefined && isFocused());
});

test('the filter looks into what is folded', async () => {
	await toCollaboratives();
	program.write('/joon park');
	await program.waitFor(() => row(/∿ Mauna Loa +time series/) !== undefined && row('Winter') === undefined);
	program.write(keys.escape);
	await program.waitFor(() => row('Winter') !== undefined);
});

test('which panes are shown survives a restart', async () => {
	await toCollaboratives();
	await toPane(program, 'tree');
	await program.waitFor(() => treeRows(program).length > 0);
	program.write(keys.f4);
	await program.waitFor(() => treeRows(program).length === 0);
	await leave(program);
	const next = await open({keepsPanes: true});
	await next.waitFor(/Time series[\s\S]*Collaboratives[\s\S]*Forecast exchange/);
	expect(treeRows(next)).toEqual([]);
	next.write(keys.f4);
	await next.waitFor(() => treeRows(next).length > 0 || /Collaboratives/.test(next.screen().join('\n')));
	await toPane(next, 'tree');
	await next.waitFor(() => treeRows(next).length > 0);
	next.write(keys.escape);
	next.kill();
});

test.each([
	[80, 24],
	[200, 60],
])('at %ix%i the pane is reached by its key and drawn whole', async (columns, height) => {
	const other = await open({columns, rows: height});
	await toCollaboratives(other);
	await unfold('Resilience pilot', other);
	await other.waitFor(() => row('Climate and power', other) !== undefined);
	const screen = other.screen();
	expect(screen).toHaveLength(height);
	const border = screen.findIndex(line => pane.test(line));
	expect(screen[border]!.trimEnd()).toMatch(/[┐┓]$/);
	if (columns > 160)
		expect(screen.join('\n')).toMatch(/Time series ·[\s\S]*─ Sensor study[\s\S]*Collaboratives/);
	other.write('q');
	await other.waitFor(() => promptRow(other).endsWith('>'));
	other.kill();
});
