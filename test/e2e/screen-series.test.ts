import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import type {Program} from '../support/pty.ts';
import {createSandbox, type Sandbox} from './sandbox.ts';
import {keys, openScreen, promptRow, rowsOfPane, shellRows, toPane} from './screen.ts';

let sandbox: Sandbox;
let program: Program;
beforeAll(async () => {
	sandbox = await createSandbox();
	// The first question about time series fills the sample databases.
	await sandbox.run(['-c', 'databases']);
}, 120_000);
afterAll(() => sandbox.remove());
beforeEach(async () => {
	program = await openScreen(sandbox, {args: ['--store', 'Sensor study']});
});
afterEach(() => program.kill());

const seriesRows = (of = program) => rowsOfPane(of, /[┌┏][─━] Time series/);
const seriesTitle = (of = program) =>
	/[┌┏][─━] (Time series.*?) ?[┐┓]/.exec(of.screen().join('\n'))?.[1] ?? '';
const rowOf = (name: string, of = program) => seriesRows(of).find(row => row.slice(2).startsWith(name));

async function enter(line: string, of = program) {
	of.write(`${line}${keys.enter}`);
	await of.waitFor(screen => !screen[0]!.includes('⇣') && promptRow(of).endsWith('>'));
}

/** Whether the text is drawn bold where it stands in the pane. */
function isBold(text: string): boolean {
	const buffer = program.terminal.buffer.active;
	for (let row = 2; row < program.terminal.rows - 2; row++) {
		const line = buffer.getLine(buffer.baseY + row)!;
		const at = line.translateToString(false).lastIndexOf(text);
		if (at > 66 && line.getCell(at)!.isBold()) return true;
	}
	return false;
}

describe('a database of 399 tide stations', () => {
	beforeEach(async () => {
		await enter("db 'NOAA tides'");
		await program.waitFor(() => /399 · live/.test(seriesTitle()));
	});

	test('shows names, values, sparklines and ages, and stays alive', async () => {
		await program.waitFor(() =>
			/^. Aberdeen +level_m +-?\d+\.\d+ +[▁▂▃▄▅▆▇█]{8} +\d+ [smh]$/.test(rowOf('Aberdeen')!),
		);
		const values = () =>
			seriesRows()
				.map(row => /level_m +(\S+)/.exec(row)?.[1])
				.join();
		const before = values();
		// It is live while somebody looks.
		await program.waitFor(() => values() !== before);
	});

	test('is filtered, unfolded and plotted where it can be seen', async () => {
		await toPane(program, 'series');
		program.write('/seattle');
		await program.waitFor(
			() => / 1 of 399|\/\d+ of 399| \d+ of 399/.test(seriesTitle()) && seriesRows()[1]!.includes('Seattle'),
		);
		program.write(keys.enter + keys.enter);
		await program.waitFor(
			() =>
				seriesRows().some(row => /^ +rate_m_h +-?\d/.test(row)) &&
				seriesRows().some(row => row.includes('┤')),
		);
		program.write('p');
		await program.waitFor(() =>
			/> plot Seattle\S* level_m|> plot 'Seattle[^']*' level_m/.test(shellRows(program).join('\n')),
		);
		await program.waitFor(() => /min .* max /.test(shellRows(program).join('\n')));
	});

	test('is walked from end to end', async () => {
		await toPane(program, 'series');
		program.write(keys.end);
		await program.waitFor(() => seriesTitle().includes('399/399'));
		program.write(keys.home);
		await program.waitFor(() => seriesTitle().includes(' 1/399'));
	});

	test('marks are what export names, put at the prompt', async () => {
		await toPane(program, 'series');
		program.write(` j e`);
		await program.waitFor(() =>
			/> export Aberdeen 'Alabama Point' --from now-24h/.test(shellRows(program).join(' ')),
		);
		expect(seriesTitle()).toContain('2 marked');
		expect(program.cursor().visible).toBe(true);
	});

	test('is left at once, however live it is', async () => {
		program.write(keys.ctrl('d'));
		expect(await program.exit).toMatchObject({exitCode: 0});
	});
});

test('what is published at the prompt lights up in the pane, and fades', async () => {
	await enter('create database Bench');
	await enter('db Bench');
	await program.waitFor(() => seriesRows()[0] === 'no assets yet');
	await enter("publish 'Feeder 1' kW=412.5 --new");
	await program.waitFor(() => rowOf('Feeder 1')?.includes('412.5') ?? false);
	await enter("publish 'Feeder 1' kW=398.25");
	// In what was written, since frames that come in one go are looked at as one.
	await program.waitFor(() => /\u001b\[1m *398\.25/.test(program.transcript().toString()));
	await program.waitFor(() => (rowOf('Feeder 1')?.includes('398.25') ?? false) && !isBold('398.25'));
	program.write(`delete database Bench${keys.enter}`);
	await program.waitFor(screen => screen.at(-1)!.includes('answer'));
	program.write(`Bench${keys.enter}`);
	await program.waitFor(() => seriesRows().length === 0 && promptRow(program).endsWith('>'));
});

test('at 80x24 panes take turns, and the status line keeps a value', async () => {
	const small = await openScreen(sandbox, {args: ['--store', 'Sensor study'], columns: 80, rows: 24});
	await enter("db 'NOAA tides'", small);
	await toPane(small, 'series');
	await small.waitFor(() => /^▸›?Aberdeen +level_m/.test(rowOf('Aberdeen', small) ?? ''));
	small.write(keys.down);
	await small.waitFor(() => rowOf('Alabama Point', small) !== undefined);
	small.write('q');
	await small.waitFor(
		screen =>
			/Alabama Point level_m -?\d+\.\d+ +\d+ [sm]/.test(screen[0]!) && screen[1]!.startsWith('┌─ Shell'),
	);
	small.kill();
});
