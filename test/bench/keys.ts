import {type Program, startProgram} from '../support/pty.ts';
import {milliseconds, percentile, type Row} from './measure.ts';
import {program, startBench} from './program.ts';
import {largeDirectory} from './sample.ts';

const keys = 200;

/** A key and the frame that shows it, in a session that holds a lot. */
export async function rows(): Promise<Row[]> {
	const bench = await startBench();
	const shell = startProgram({
		args: [program],
		columns: 120,
		rows: 40,
		env: bench.environment,
		directory: bench.directory,
	});
	try {
		await shell.waitFor(/:\/> /);
		await run(shell, '!seq 100000', /100000/);
		await run(shell, `use '${largeDirectory.store}'`, /:\/> /);
		await run(shell, `cd '${largeDirectory.path}'`, new RegExp(`${largeDirectory.path}> `));
		await run(shell, 'ls -l', /10,?000 files/);
		const latencies: number[] = [];
		for (let key = 0; key < keys; key++) {
			const typed = 'abcdefghij'.slice(0, (key % 10) + 1);
			if (key % 10 === 0) {
				shell.write('\u0015');
				await shell.waitFor(screen => screen.some(line => /> \s*│?/.test(line) && !/> [a-j]/.test(line)));
			}
			const start = performance.now();
			shell.write(typed.at(-1)!);
			await shell.waitFor(screen => screen.some(line => line.includes(`> ${typed}`)));
			latencies.push(performance.now() - start);
		}
		return [
			{
				what: 'key to its frame, p95, with 100,000 lines of scrollback and 10,000 rows listed',
				value: `${milliseconds(percentile(latencies, 95))} (p50 ${milliseconds(percentile(latencies, 50))})`,
				goal: '≤ 16 ms',
			},
		];
	} finally {
		shell.kill();
		await bench.close();
	}
}

async function run(shell: Program, line: string, shows: RegExp): Promise<void> {
	shell.write(`${line}\r`);
	await shell.waitFor(shows);
}
