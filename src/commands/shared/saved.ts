import type {Context, Format, Output, Spec} from '../../shell/command.ts';
import {formatted, isData} from '../../shell/formatted.ts';
import {counted} from '../../shell/readable.ts';
import {channel, merge} from '../../shell/streams.ts';

/** The options of a command whose data can go to a file. */
export const fileArgs = {
	output: {
		kind: 'local',
		option: true,
		optional: true,
		short: 'o',
		help: 'File to write: .csv, .json, else with tabs',
	},
	force: {kind: 'flag', short: 'f', help: 'Replace the local file'},
} as const satisfies Record<string, Spec>;

export type FileArgs = {readonly output: string | undefined; readonly force: boolean};

/**
 * Sends the data that `run` says to the local file `output`, in the format asked for or told by its
 * extension, and passes on the rest; without a file passes on everything. The file is there whole or not at
 * all, and replaces none without `force`.
 */
export async function* saved(
	context: Context,
	{output, force}: FileArgs,
	run: (context: Context) => AsyncGenerator<Output>,
): AsyncGenerator<Output> {
	if (output === undefined) return yield* run(context);
	const {local, session, signal, plain} = context;
	const format = context.format ?? formatOf(output);
	const outputs = run({...context, interactive: false, redraws: false, ...(format && {format})});
	const present = formatted(format);
	const data = channel<Output>();
	let rows = 0;

	async function* narrate(): AsyncGenerator<Output> {
		try {
			for await (const each of outputs) {
				if (!isData(each)) yield each;
				else {
					rows +=
						each.kind === 'records' ? each.records.length : each.kind === 'chart' ? each.series.length : 0;
					if (!(await data.push(present(each)))) return;
				}
			}
			data.end();
		} catch (thrown) {
			data.end(thrown);
			throw thrown;
		}
	}
	async function* write(): AsyncGenerator<Output> {
		const body = plain(data.values(), {json: format === 'json'});
		await local.write(local.resolve(session.localDirectory, output!), body, {replace: force, signal});
		yield {kind: 'note', text: `${output}: ${counted(rows, 'row')}`};
	}
	yield* merge([narrate(), write()], data.close);
}

/** What a file's extension says. */
function formatOf(name: string): Format | undefined {
	const [, extension] = /\.(json|jsonl|ndjson|csv)$/i.exec(name) ?? [];
	if (extension === undefined) return undefined;
	return extension.toLowerCase() === 'csv' ? 'csv' : 'json';
}
