import {spawn} from 'node:child_process';
import {once} from 'node:events';

export type Row = {readonly what: string; readonly value: string; readonly goal: string};

export function median(values: readonly number[]): number {
	return percentile(values, 50);
}

/** Nearest-rank percentile, 0 to 100. */
export function percentile(values: readonly number[], rank: number): number {
	const sorted = values.toSorted((a, b) => a - b);
	const index = Math.max(0, Math.ceil((rank / 100) * sorted.length) - 1);
	const value = sorted[index];
	if (value === undefined) throw new Error('no values');
	return value;
}

/**
 * Runs the measurements in turn, so that a change in the machine's speed meets all of them alike, and
 * gives the median of each, in whatever they return. The first round warms up and does not count.
 */
export async function inTurn<K extends string>(
	rounds: number,
	measurements: Readonly<Record<K, () => Promise<number>>>,
): Promise<Record<K, number>> {
	const names = Object.keys(measurements) as K[];
	const values = Object.fromEntries(names.map(name => [name, [] as number[]])) as Record<K, number[]>;
	for (let round = 0; round <= rounds; round++) {
		for (const name of names) {
			const value = await measurements[name]();
			if (round > 0) values[name].push(value);
		}
	}
	return Object.fromEntries(names.map(name => [name, median(values[name])])) as Record<K, number>;
}

/** ms from spawn to exit; throws when the command fails. */
export async function timeProcess(
	command: string,
	args: readonly string[],
	environment: NodeJS.ProcessEnv = process.env,
): Promise<number> {
	const start = performance.now();
	const child = spawn(command, args, {env: environment, stdio: ['ignore', 'ignore', 'inherit']});
	const [code] = await once(child, 'exit');
	if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}`);
	return performance.now() - start;
}

export const times = (ratio: number) => `${ratio.toFixed(2)} ×`;
export const milliseconds = (ms: number) => `${ms.toFixed(1)} ms`;
export const megabytes = (bytes: number) => `${(bytes / 1_000_000).toFixed(0)} MB`;
