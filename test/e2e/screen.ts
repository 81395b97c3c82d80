import {readFile, rm} from 'node:fs/promises';
import path from 'node:path';
import type {Exit, Program} from '../support/pty.ts';
import type {Sandbox} from './sandbox.ts';
import {drawModernWidths} from './screen-widths.ts';

/** What terminals send for keys. */
export const keys = {
	enter: '\r',
	tab: '\t',
	backTab: '\u001b[Z',
	escape: '\u001b',
	up: '\u001b[A',
	down: '\u001b[B',
	right: '\u001b[C',
	left: '\u001b[D',
	home: '\u001b[H',
	end: '\u001b[F',
	pageUp: '\u001b[5~',
	pageDown: '\u001b[6~',
	backspace: '\u007f',
	f1: '\u001bOP',
	f2: '\u001bOQ',
	f3: '\u001bOR',
	f4: '\u001bOS',
	/** `ctrl('c')` */
	ctrl: (letter: string) => String.fromCharCode(letter.toUpperCase().charCodeAt(0) - 64),
	alt: (letter: string) => `\u001b${letter}`,
	/** As a terminal sends text from the clipboard. */
	paste: (text: string) => `\u001b[200~${text}\u001b[201~`,
} as const;

export const prompt = 'Sensor study:/>';

/**
 * Opens the screen and waits until it is connected and has a prompt. The panes are where they are for somebody new,
 * unless `keepsPanes`.
 */
export async function openScreen(
	sandbox: Sandbox,
	{keepsPanes, ...options}: Parameters<Sandbox['open']>[0] & {readonly keepsPanes?: boolean} = {},
): Promise<Program> {
	if (!keepsPanes) await rm(path.join(sandbox.directory, '.state/adx-shell/panes.json'), {force: true});
	const program = sandbox.open(options);
	drawModernWidths(program);
	await program.waitFor(screen => /^ \S[^(]+$/.test(screen[0]!) && promptRow(program).endsWith('>'));
	return program;
}

/** The rows inside the shell's frame, or all of them where there is none. */
export function shellRows(program: Program): string[] {
	const screen = program.screen();
	const border = screen[1] ?? '';
	if (!/^[┌┏][─━] Shell/.test(border)) return [...screen];
	const right = border.search(/[┐┓]/);
	const last = screen.findIndex(row => /^[└┗]/.test(row));
	const buffer = program.terminal.buffer.active;
	return Array.from({length: last - 2}, (_, row) =>
		(buffer.getLine(buffer.baseY + 2 + row)?.translateToString(false, 2, right - 1) ?? '').trimEnd(),
	);
}

/** The rows inside the tree's frame: the lower one at the right where the series stand above it. */
export function treeRows(program: Program): string[] {
	return rowsOfPane(program, /[┌┏][─━] (?!Shell|Time series|Collaboratives)/);
}

/** The rows with something in them of the pane whose top border holds `title`; none while it is out of sight. */
export function rowsOfPane(program: Program, title: RegExp): string[] {
	const screen = program.screen();
	const top = screen.findIndex(row => title.test(row));
	if (top === -1) return [];
	const left = screen[top]!.search(title);
	const height = screen.slice(top + 1).findIndex(row => /^[└┗]/.test(row.slice(left)));
	const buffer = program.terminal.buffer.active;
	return Array.from({length: height}, (_, row) =>
		(
			buffer
				.getLine(buffer.baseY + top + 1 + row)
				?.translateToString(false, left + 2, screen[top]!.length - 2) ?? ''
		).trimEnd(),
	).filter(row => row !== '');
}

/** The row the cursor is in, without the frame. */
export function promptRow(program: Program): string {
	const rows = shellRows(program);
	const framed = rows.length < program.terminal.rows;
	return rows[program.cursor().row - (framed ? 2 : 0)] ?? '';
}

type PaneName = 'shell' | 'tree' | 'series' | 'collaboratives';

/** The pane with the keys, by its frame: the title is bold, or without colour the border. */
export function paneWithKeys(program: Program): PaneName | undefined {
	const buffer = program.terminal.buffer.active;
	for (const [row, text] of program.screen().entries()) {
		for (const {index} of text.matchAll(/[┌┏][─━] /g)) {
			if (
				text[index] !== '┏' &&
				!buffer
					.getLine(buffer.baseY + row)
					?.getCell(index + 3)
					?.isBold()
			)
				continue;
			const title = text.slice(index + 3);
			if (title.startsWith('Shell')) return 'shell';
			if (title.startsWith('Time series')) return 'series';
			return title.startsWith('Collaboratives') ? 'collaboratives' : 'tree';
		}
	}
	return undefined;
}

/** Gives the keys to the pane by F2, from whichever has them. */
export async function toPane(program: Program, pane: PaneName): Promise<void> {
	while (paneWithKeys(program) !== pane) {
		const before = paneWithKeys(program);
		program.write(keys.f2);
		await program.waitFor(() => paneWithKeys(program) !== before);
	}
}

/**
 * Runs a line on a cleared screen and resolves to what it says, once it has ended. What is longer than
 * the screen loses its first rows.
 */
export async function said(program: Program, line: string): Promise<string[]> {
	program.write(keys.ctrl('l'));
	await program.waitFor(() => shellRows(program).filter(row => row !== '').length === 1);
	program.write(line);
	program.write(keys.enter);
	let rows: string[] = [];
	await program.waitFor(screen => {
		rows = shellRows(program).filter(row => row !== '');
		return rows.length > 1 && !screen[0]!.includes('⇣') && promptRow(program).endsWith('>');
	});
	return rows.slice(rows[0]!.endsWith(`> ${line}`) ? 1 : 0, -1);
}

/** Presses Ctrl-D at an empty line, again where the line before it has said all but has not quite ended. */
export async function leave(program: Program): Promise<Exit> {
	const refusals = () => program.scrollback().filter(row => row.includes('A line is running')).length;
	for (;;) {
		const before = refusals();
		program.write(keys.ctrl('d'));
		const isRefused = program.waitFor(() => refusals() > before).then(() => undefined);
		const exit = await Promise.race([program.exit, isRefused.catch(() => program.exit)]);
		if (exit) return exit;
	}
}

/** Where the sandbox's own exchange runs, and its key. */
export async function runningExchange(
	sandbox: Sandbox,
): Promise<{readonly endpoint: string; readonly token: string; readonly pid: number}> {
	const folder = path.join(sandbox.directory, '.data/adx-shell/local-exchange');
	const [lock, token] = await Promise.all([
		readFile(path.join(folder, 'exchange.lock'), 'utf8'),
		readFile(path.join(folder, 'token'), 'utf8'),
	]);
	return {...JSON.parse(lock), token: token.trim()};
}
