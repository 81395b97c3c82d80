import {writeFile} from 'node:fs/promises';
import path from 'node:path';
import {afterAll, afterEach, beforeAll, beforeEach, expect, test} from 'vitest';
import type {Program} from '../support/pty.ts';
import {createSandbox, type Sandbox} from './sandbox.ts';
import {keys, openScreen, promptRow, rowsOfPane, shellRows, toPane, treeRows} from './screen.ts';

let sandbox: Sandbox;
let program: Program;
beforeAll(async () => {
	sandbox = await createSandbox();
	await sandbox.run(['-c', 'databases']);
}, 120_000);
afterAll(() => sandbox.remove());
beforeEach(async () => {
	// All panes are in sight.
	program = await openScreen(sandbox, {args: ['--store', 'Sensor study'], columns: 200, rows: 60});
	await program.waitFor(/Collaboratives[\s\S]*▸ Resilience pilot/);
});
afterEach(() => program.kill());

const sharedRows = () => rowsOfPane(program, /[┌┏][─━] Collaboratives/);
const seriesRows = () => rowsOfPane(program, /[┌┏][─━] Time series/);
const has = (rows: readonly string[], text: string) => rows.some(row => row.includes(text));

async function enter(line: string) {
	program.write(`${line}${keys.enter}`);
	await program.waitFor(screen => !screen[0]!.includes('⇣') && promptRow(program).endsWith('>'));
}

/** Unfolds a collaborative, and goes back to the prompt. */
async function unfold(name: string) {
	await toPane(program, 'collaboratives');
	program.write(`/${name}${keys.enter}${keys.home}${keys.right}/${keys.ctrl('u')}${keys.enter}`);
	await program.waitFor(() => has(sharedRows(), `▾›${name}`));
	program.write('q');
	await program.waitFor(() => has(sharedRows(), `▾ ${name}`) && promptRow(program).endsWith('>'));
}

test('what is shared and unshared at the prompt comes and goes in the pane', async () => {
	await unfold('Resilience pilot');
	await program.waitFor(() => has(sharedRows(), 'Climate and power'));
	expect(has(sharedRows(), 'Sensor study')).toBe(false);
	await enter("share -f --store 'Sensor study' 'Resilience pilot'");
	await program.waitFor(() => has(sharedRows(), '▤ Sensor study'));
	await enter("unshare -f --store 'Sensor study' 'Resilience pilot'");
	await program.waitFor(() => !has(sharedRows(), '▤ Sensor study'));
});

test('files come and go in the tree', async () => {
	await writeFile(path.join(sandbox.directory, 'arrived.csv'), 'a,b\n');
	await enter('put arrived.csv');
	await program.waitFor(() => has(treeRows(program), 'arrived.csv'));
	await enter('rm -f arrived.csv');
	await program.waitFor(() => !has(treeRows(program), 'arrived.csv'));
});

test('a database is made, filled, shared and deleted, and each pane follows', async () => {
	await unfold('Resilience pilot');
	await enter('create database Bench');
	await enter('db Bench');
	await program.waitFor(/Time series · Bench/);
	await enter("publish 'Feeder 1' kW=412.5 --new");
	await program.waitFor(() => has(seriesRows(), '412.5'));
	await enter("share -f Bench 'Resilience pilot'");
	await program.waitFor(() => has(sharedRows(), '∿ Bench'));
	await enter("publish 'Feeder 1' kW=398.25");
	await program.waitFor(() => has(seriesRows(), '398.25'));
	await enter('delete database Bench -f');
	await program.waitFor(() => !has(sharedRows(), 'Bench') && seriesRows().length === 0);
});

/** A line of another session. */
async function elsewhere(line: string) {
	expect(await sandbox.run(['-c', line])).toMatchObject({code: 0});
}

test('what another session withdraws is gone with the next look at it', async () => {
	await elsewhere("share -f --store 'Sensor study' 'Resilience pilot'");
	await unfold('Resilience pilot');
	await program.waitFor(() => has(sharedRows(), '▤ Sensor study'));
	await elsewhere("unshare -f --store 'Sensor study' 'Resilience pilot'");
	await enter("services 'Resilience pilot'");
	await program.waitFor(() => !has(sharedRows(), '▤ Sensor study'));
});

test('refresh reads again what all panes show', async () => {
	await unfold('Resilience pilot');
	await program.waitFor(() => has(sharedRows(), 'Climate and power'));
	await elsewhere("share -f --store 'Sensor study' 'Resilience pilot'");
	await enter('refresh');
	await program.waitFor(() => has(sharedRows(), '▤ Sensor study') && has(treeRows(program), 'readme.txt'));
	await enter("unshare -f --store 'Sensor study' 'Resilience pilot'");
	await program.waitFor(() => !has(sharedRows(), '▤ Sensor study'));
	expect(shellRows(program).join('\n')).not.toMatch(/error|refuses/);
});
