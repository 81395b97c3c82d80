import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtemp, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {type Program, startProgram} from '../support/pty.ts';
import {milliseconds, percentile, type Row} from './measure.ts';
import {program} from './program.ts';

const keys = 200;
const settling = 3_000;
/** A person who types fast; the next key comes only after the frame of the one before. */
const pause = 60;

/** A key and its frame, and the time of the processor, while 1,000 values change ten times a second. */
export async function rows(): Promise<Row[]> {
	const directory = await mkdtemp(path.join(tmpdir(), 'adx-bench-'));
	const server = spawn(process.execPath, [fileURLToPath(new URL('series-server.ts', import.meta.url))], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const [line] = await once(server.stdout, 'data');
	const shell = startProgram({
		args: [program],
		columns: 120,
		rows: 40,
		env: {
			ADX_ENDPOINT: String(line).trim(),
			ADX_TOKEN: 'a-token-nobody-may-see',
			TERM: 'xterm-256color',
			HOME: directory,
			XDG_STATE_HOME: path.join(directory, 'state'),
			XDG_CACHE_HOME: path.join(directory, 'cache'),
			XDG_DATA_HOME: path.join(directory, 'data'),
		},
		directory,
	});
	try {
		await shell.waitFor(/:\/> /);
		shell.write('db Busy\r');
		await shell.waitFor(/10,000 · live/);
		// The line just entered must not be taken for one that is typed.
		shell.write('\u000c');
		await wait(settling);
		const idle = await share(shell, () => wait(10_000));
		const latencies: number[] = [];
		const typing = await share(shell, async () => {
			for (let key = 0; key < keys; key++) latencies.push(await press(shell, key));
		});
		const frames = await framesOf(shell, 5_000);
		return [
			{
				what: 'key to its frame, p95, while 1,000 values in sight change ten times a second',
				value: `${milliseconds(percentile(latencies, 95))} (p50 ${milliseconds(percentile(latencies, 50))})`,
				goal: '≤ 16 ms',
			},
			{
				what: 'the processor meanwhile, of one core',
				value: `${percent(idle)} (${percent(typing)} while typing; ${frames.toFixed(1)} frames a second)`,
				goal: '≤ 25 %',
			},
		];
	} finally {
		shell.kill();
		server.kill();
		await rm(directory, {recursive: true, force: true, maxRetries: 5});
	}
}

async function press(shell: Program, key: number): Promise<number> {
	const typed = 'abcdefghij'.slice(0, (key % 10) + 1);
	if (key % 10 === 0) {
		shell.write('\u0015');
		await shell.waitFor(screen => !screen.some(line => /> [a-j]/.test(line)));
	}
	await wait(pause);
	const start = performance.now();
	shell.write(typed.at(-1)!);
	await shell.waitFor(screen => screen.some(line => line.includes(`> ${typed}`)));
	return performance.now() - start;
}

/** The part of a core that the program took during some work. */
async function share(shell: Program, work: () => Promise<unknown>): Promise<number> {
	const [started, before] = [performance.now(), await processorTime(shell.pid)];
	await work();
	return ((await processorTime(shell.pid)) - before) / (performance.now() - started);
}

/** ms in user and kernel mode, of Linux's /proc; ticks are hundredths of a second. */
async function processorTime(pid: number): Promise<number> {
	const text = await readFile(`/proc/${pid}/stat`, 'utf8');
	const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
	return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Synchronized updates that the terminal was given. */
async function framesOf(shell: Program, ms: number): Promise<number> {
	const begun = () => shell.transcript().toString('latin1').split('\u001b[?2026h').length;
	const before = begun();
	await wait(ms);
	return ((begun() - before) * 1000) / ms;
}

const percent = (part: number) => `${(part * 100).toFixed(0)} %`;
const wait = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));
