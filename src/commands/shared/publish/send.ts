import type {Context, Output, Progress} from '../../../shell/command.ts';
import {ShellError, toShellError} from '../../../shell/errors.ts';
import type {Call} from '../../../shell/ports.ts';
import {counted, readableCount} from '../../../shell/readable.ts';
import {breather} from '../../../shell/slices.ts';
import type {PublishRequest, SampleRecord} from '../../../shell/time-series.ts';
import type {Plan} from './plan.ts';
import {publishRecords} from './publish-records.ts';
import {type RecordStyle, recordsOf} from './records.ts';
import {noneRejected, type Rejected, reject} from './rejected.ts';
import type {FileRow, Reading} from './row.ts';

/** The most that one request takes. */
const batchSize = 100;
/** Between two words about how far it is, ms. */
const interval = 100;
/** For the batch under way to end after Ctrl-C, ms: an Exchange that has fallen silent is not waited for. */
const grace = 2000;

/** What became of the records. */
export type Sent = {readonly accepted: number; readonly rejected: Rejected};

type Batch = {
	readonly records: readonly SampleRecord[];
	readonly lines: readonly number[];
	readonly rows: number;
};

/**
 * Sends the rows of a file a hundred records at a time, one batch after the other. Ctrl-C lets the batch under
 * way end, for a moment, and throws `cancelled`; that and a failure say how much was sent.
 */
export async function* sendRows(
	context: Context,
	{rows}: Reading,
	{
		plan,
		style,
		file,
		...target
	}: {
		readonly plan: Plan;
		readonly style: RecordStyle;
		readonly file: string;
		readonly replaces: boolean;
	} & Pick<PublishRequest, 'timeSeriesDbId' | 'assetId' | 'name'>,
): AsyncGenerator<Output, Sent> {
	const {exchange, signal, now} = context;
	const startedAt = now();
	let saidAt = startedAt;
	let accepted = 0;
	let sentRows = 0;
	const rejected = noneRejected();
	const progress = (): Progress => ({
		kind: 'progress',
		key: 'publish',
		label: `publish ${file}`,
		bytes: 0,
		total: null,
		percent: plan.rows === 0 ? 100 : (100 * sentRows) / plan.rows,
		detail: `${readableCount(sentRows)} of ${readableCount(plan.rows)} rows`,
		startedAt,
		at: now(),
	});
	const soFar = () => `${readableCount(sentRows)} of ${readableCount(plan.rows)} rows were sent`;
	for await (const {records, lines, rows: count} of batches(rows, plan, style, file)) {
		if (signal.aborted) throw new ShellError('cancelled', `cancelled: ${soFar()}`, {hint: again});
		try {
			// Not the signal: what is under way arrives, and its answer tells what became of it.
			const result = await late(signal, call => publishRecords(exchange, {...target, records}, call));
			accepted += result.accepted;
			sentRows += count;
			for (const {index, reason, existingVersion} of result.rejected) {
				reject(rejected, lines[index] ?? 0, reason);
				rejected.hasOlder ||= existingVersion !== undefined;
			}
		} catch (thrown) {
			const fault = toShellError(thrown);
			if (fault.code === 'cancelled') {
				const unknown = `${soFar()}, and maybe ${counted(count, 'row')} more`;
				throw new ShellError('cancelled', `cancelled: ${unknown}`, {hint: again, cause: fault});
			}
			if (saidAt > startedAt) yield {...progress(), done: true, failed: true};
			throw stopped(fault, file, sentRows > 0 ? soFar() : undefined);
		}
		// Whoever cancelled hears how much was sent, at the next batch.
		if (signal.aborted || now() - saidAt < interval) continue;
		saidAt = now();
		yield progress();
	}
	if (saidAt > startedAt) yield {...progress(), done: true};
	return {accepted, rejected};
}

/** Does `work` with a signal that is aborted some time after `signal`. */
async function late<T>(signal: AbortSignal, work: (call: Call) => Promise<T>): Promise<T> {
	const own = new AbortController();
	let timer: ReturnType<typeof setTimeout> | undefined;
	const abort = () => {
		timer = setTimeout(() => own.abort(), grace);
	};
	signal.addEventListener('abort', abort);
	try {
		return await work({signal: own.signal});
	} finally {
		signal.removeEventListener('abort', abort);
		clearTimeout(timer);
	}
}

function stopped({code, message, hint, details, cause}: ShellError, file: string, sent?: string): ShellError {
	return new ShellError(code, sent === undefined ? `${file}: ${message}` : `${file}: ${message}: ${sent}`, {
		hint: sent === undefined ? (hint ?? 'nothing was sent') : again,
		details,
		cause,
	});
}

const again = 'the same command again sends the rest: what is there already stays as it is';

async function* batches(
	rows: AsyncIterable<readonly FileRow[]>,
	plan: Plan,
	style: RecordStyle,
	file: string,
): AsyncGenerator<Batch> {
	// An abort ends the sending between two batches, not this.
	const breathe = breather(new AbortController().signal);
	let records: SampleRecord[] = [];
	let lines: number[] = [];
	let count = 0;
	for await (const batch of rows) {
		for (const row of batch) {
			await breathe();
			const made = recordsOf(row, plan, style);
			if (!made) {
				throw new ShellError('failed', `${file}: line ${row.line}: changed since it was checked`);
			}
			if (made.length > 0) count++;
			for (const record of made) {
				if (records.length === batchSize) {
					yield {records, lines, rows: count - 1};
					[records, lines, count] = [[], [], 1];
				}
				records.push(record);
				lines.push(row.line);
			}
		}
	}
	if (records.length > 0) yield {records, lines, rows: count};
}
