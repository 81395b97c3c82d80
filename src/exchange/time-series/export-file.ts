import type {ApolloClient} from '@apollo/client';
import {ShellError} from '../../shell/errors.ts';
import type {ExportFile, ExportFormat, TimeSeries} from '../../shell/time-series.ts';
import {download} from '../download.ts';
import {cancelled} from '../faults.ts';
import type {Transfers} from '../presigned.ts';
import type {Questions} from '../questions.ts';
import {awaitExport, type ExportNotice} from './export-notice.ts';
import {readPeriod} from './period-query.ts';
import {cancelQuery} from './query.ts';

/** The whole flow: all rows are read, the file is asked for and waited for, then opened. */
export function createExportFile(
	transfers: Transfers,
	client: ApolloClient,
	questions: Questions,
): TimeSeries['exportFile'] {
	return async (request, {signal: outer} = {}) => {
		const {format, onProgress} = request;
		const {timeSeriesDbId} = request.database;
		const signal = outer ?? new AbortController().signal;
		if (signal.aborted) throw cancelled(signal.reason);
		let queryId = '';
		const giveUp = async () => {
			if (queryId !== '') await cancelQuery(questions, timeSeriesDbId, queryId);
		};

		const generate = async (): Promise<ExportNotice> => {
			onProgress?.('file', 0);
			const {patience} = transfers;
			const asked = {timeSeriesDbId, queryId, format, patience, signal};
			const notice = await awaitExport(client, questions, asked);
			onProgress?.('file', 100);
			return notice;
		};
		try {
			const onPage = (id: string, percent: number) => {
				queryId = id;
				onProgress?.('query', percent);
			};
			queryId = await readPeriod(questions, request, onPage, signal);
			let notice: ExportNotice | undefined = await generate();
			const {size} = notice;
			const url = async () => {
				// Asked for once more when the first has expired.
				const {url} = notice ?? (await generate());
				notice = undefined;
				return url;
			};
			const file = await download(transfers, {url, resumable: true}, signal);
			const announced = size ?? file.size;
			if (file.size !== null && file.size !== announced) throw mismatch(file.size, announced);
			const body = checked(file.body, format, announced, giveUp);
			return {size: announced, body};
		} catch (error) {
			await giveUp();
			throw signal.aborted ? cancelled(error) : questions.faultOf(error);
		}
	};
}

/** The bytes as they come, unless they are no export or not all of it. `giveUp` where they are not read to the end. */
async function* checked(
	body: ExportFile['body'],
	format: ExportFormat,
	size: number | null,
	giveUp: () => Promise<void>,
): AsyncGenerator<Uint8Array> {
	let reached = 0;
	let isWhole = false;
	try {
		for await (const chunk of body) {
			if (reached === 0 && isMarkup(chunk)) {
				throw new ShellError('failed', `the file store sent a web page in place of the ${format} file`, {
					hint: 'try again',
				});
			}
			reached += chunk.length;
			if (size !== null && reached > size) throw mismatch(reached, size);
			yield chunk;
		}
		if (size !== null && reached !== size) throw mismatch(reached, size);
		isWhole = true;
	} finally {
		if (!isWhole) await giveUp();
	}
}

/** Whether bytes begin as HTML or XML do, which no export does. */
function isMarkup(chunk: Uint8Array): boolean {
	const beginning = Buffer.from(chunk.subarray(0, 256)).toString('latin1');
	return /^(\u00ef\u00bb\u00bf)?\s*<(!doctype|\?xml|html|head|body|error)\b/i.test(beginning);
}

function mismatch(bytes: number, announced: number | null): ShellError {
	return new ShellError('failed', `the file store has ${bytes} bytes, the Exchange announced ${announced}`, {
		hint: 'try again',
	});
}
