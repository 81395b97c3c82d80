import type {ApolloClient} from '@apollo/client';
import {ShellError, toShellError} from '../../shell/errors.ts';
import type {ExportFormat} from '../../shell/time-series.ts';
import type {Patience} from '../endpoint.ts';
import {cancelled} from '../faults.ts';
import {ExportCompleteDocument, GenerateExportDocument} from '../operations/generated.ts';
import type {Questions} from '../questions.ts';

/** Where an export's file is, and how long it is; the URL is a secret while it lives. */
export type ExportNotice = {readonly url: string; readonly size: number | null};

type Asked = {
	readonly timeSeriesDbId: string;
	readonly queryId: string;
	readonly format: ExportFormat;
	readonly patience: Patience;
	readonly signal: AbortSignal;
};

/** Times the Exchange is asked for the file, when answers or connections are lost. */
const attempts = 3;

/** Part of the whole patience after which silence on a new connection means that the word was missed. */
const missed = 0.05;

/**
 * Has a finished query's rows written to a file, and waits for the word that it is there. Nothing is asked for
 * before the Exchange has acknowledged that it will tell; after a dropped connection it may have told nobody,
 * so that it is asked once more. Throws `timeout` at the end of patience.
 */
export function awaitExport(
	client: ApolloClient,
	questions: Questions,
	{timeSeriesDbId, queryId, format, patience, signal}: Asked,
): Promise<ExportNotice> {
	return new Promise((resolve, reject) => {
		if (signal.aborted) return reject(cancelled(signal.reason));
		let asked = 0;
		let silence: NodeJS.Timeout | undefined;
		let settled = false;
		const settle = (finish: () => void) => {
			if (settled) return;
			settled = true;
			clearTimeout(deadline);
			clearTimeout(silence);
			signal.removeEventListener('abort', abort);
			// Deferred, as the first event may come while still subscribing.
			queueMicrotask(() => events.unsubscribe());
			finish();
		};
		const fail = (thrown: unknown) => settle(() => reject(questions.faultOf(thrown)));
		const abort = () => fail(cancelled(signal.reason));
		const deadline = setTimeout(() => fail(late(patience.exportFile)), patience.exportFile);
		signal.addEventListener('abort', abort);

		const ask = async () => {
			asked += 1;
			const variables = {timeSeriesDbId, queryId, fileFormat: format};
			try {
				await questions.tell(GenerateExportDocument, variables);
			} catch (thrown) {
				const {code} = toShellError(thrown);
				const isPassing = code === 'connection' || code === 'timeout' || code === 'throttled';
				if (!isPassing || asked >= attempts) fail(thrown);
				// It may have arrived: its word would come in the meantime.
				else askLater(patience.backoff * 2 ** asked);
			}
		};
		const askLater = (pause: number) => {
			clearTimeout(silence);
			if (!settled) silence = setTimeout(() => void ask(), pause);
		};
		const onLive = () => {
			if (asked === 0) void ask();
			else if (asked < attempts) askLater(patience.exportFile * missed);
		};

		const events = client
			.subscribe({
				query: ExportCompleteDocument,
				variables: {queryId},
				fetchPolicy: 'no-cache',
				context: {onLive, queryDeduplication: false},
			})
			.subscribe({
				next: ({data, error}) => {
					if (error) return fail(error);
					const notice = data?.onNotifyTimeSeriesQueryExportComplete;
					if (!notice || (notice.fileType && notice.fileType !== format)) return;
					settle(() => resolve({url: notice.url, size: notice.fileSizeBytes}));
				},
				error: fail,
				complete: () => fail(new ShellError('connection', 'the Exchange ended the event connection')),
			});
	});
}

function late(milliseconds: number): ShellError {
	return new ShellError(
		'timeout',
		`the Exchange has not said in ${milliseconds / 1000} s that the file is there; the export may still be running`,
		{hint: 'try again, or a shorter time range'},
	);
}
