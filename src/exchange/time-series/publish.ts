import {setTimeout as delay} from 'node:timers/promises';
import {ShellError, toShellError} from '../../shell/errors.ts';
import type {Asset, PublishResult, TimeSeries} from '../../shell/time-series.ts';
import {cancelled} from '../faults.ts';
import {PublishDocument} from '../operations/generated.ts';
import type {Questions} from '../questions.ts';
import {publishedNews, recordInputs} from './publish-input.ts';
import {rejectedRecords} from './rejected-records.ts';

/** Times the same records are sent at most. */
const attempts = 4;

/** The API's Int. */
const maxVersion = 2 ** 31 - 1;

/** Records in one request: Timestream's limit. */
const maxRecords = 100;

/** See the contract. What was taken is `entered` at once. */
export function createPublish(
	{tell, backoff}: Questions,
	entered: (timeSeriesDbId: string, news: readonly Asset[]) => void,
): TimeSeries['publish'] {
	return async (request, {signal} = {}) => {
		const {timeSeriesDbId, assetId, records} = request;
		if (records.length === 0) return {accepted: 0, rejected: []};
		if (records.length > maxRecords) {
			throw new ShellError('failed', `${assetId}: ${records.length} records are too many for one request`);
		}
		const bad = records.find(
			({version}) => !(Number.isInteger(version) && version > 0 && version <= maxVersion),
		);
		if (bad) throw new ShellError('usage', `${bad.version}: not a version (1 to ${maxVersion})`);

		const data = {records: recordInputs(request)};
		const send = async (): Promise<PublishResult['rejected']> => {
			let rejected: PublishResult['rejected'] | undefined;
			const onErrors = (errors: Parameters<typeof rejectedRecords>[0]) => {
				rejected = rejectedRecords(errors)?.filter(({index}) => index < records.length);
			};
			try {
				await tell(PublishDocument, {timeSeriesDbId, assetId, data}, {signal, onErrors});
			} catch (error) {
				if (!rejected?.length) throw error;
			}
			return rejected ?? [];
		};
		const rejected = await again(send, backoff, signal);
		const isRejected = new Set(rejected.map(({index}) => index));
		const taken = records.filter((_record, index) => !isRejected.has(index));
		if (taken.length > 0) entered(timeSeriesDbId, [publishedNews({...request, records: taken})]);
		return {accepted: taken.length, rejected};
	};
}

/** Does it again after a lost answer or when the Exchange is busy. */
async function again<T>(
	work: () => Promise<T>,
	backoff: number,
	signal: AbortSignal | undefined,
): Promise<T> {
	for (let attempt = 1; ; attempt++) {
		try {
			return await work();
		} catch (thrown) {
			const fault = toShellError(thrown);
			if (signal?.aborted) throw cancelled(thrown);
			const isPassing = ['connection', 'throttled', 'timeout'].includes(fault.code);
			if (!isPassing || attempt === attempts) throw fault;
		}
		// Half of it chance, so that clients throttled together don't come back together.
		const pause = backoff * 2 ** (attempt - 1) * (0.5 + Math.random() / 2);
		await delay(pause, undefined, {signal}).catch(error => {
			throw cancelled(error);
		});
	}
}
