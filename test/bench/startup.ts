import {startProgram} from '../support/pty.ts';
import {inTurn, type Row, timeProcess, times} from './measure.ts';
import {program, startBench} from './program.ts';

const rounds = 11;

/** Start-up beside `node -e 0`, with the local exchange already running. */
export async function rows(): Promise<Row[]> {
	const bench = await startBench();
	const firstFrame = async () => {
		const start = performance.now();
		const shell = startProgram({
			args: [program],
			columns: 120,
			rows: 40,
			env: bench.environment,
			directory: bench.directory,
		});
		// The bottom line is drawn last; the prompt shows the store it stands in.
		await shell.waitFor(screen => screen.some(line => /:\/> /.test(line)) && /F1/.test(screen.at(-1) ?? ''));
		const duration = performance.now() - start;
		shell.write('\u0004');
		await shell.exit;
		return duration;
	};
	try {
		const {bare, screen, script} = await inTurn(rounds, {
			bare: () => timeProcess(process.execPath, ['-e', '0'], bench.environment),
			screen: firstFrame,
			script: () => timeProcess(process.execPath, [program, '-c', 'pwd'], bench.environment),
		});
		return [
			{
				what: 'start to the first complete frame with a usable prompt, 120x40, ÷ `node -e 0`',
				value: `${times(screen / bare)} (${screen.toFixed(0)} / ${bare.toFixed(0)} ms)`,
				goal: '≤ 7',
			},
			{
				what: '`-c pwd` to exit, ÷ `node -e 0`',
				value: `${times(script / bare)} (${script.toFixed(0)} ms)`,
				goal: '≤ 5',
			},
		];
	} finally {
		await bench.close();
	}
}
