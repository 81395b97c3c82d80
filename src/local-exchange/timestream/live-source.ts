import type {Events} from '../realtime/events.ts';
import type {SampleDatabase} from '../sample/sample-database.ts';
import type {Engine} from './engine.ts';
import type {LiveSource} from './live.ts';
import {tellOfRecords} from './publish-events.ts';

/** The engine takes in one of these at a time: others need not wait long for their turn. */
const batchSize = 2000;

/** What a live sample measures, as it goes into its database. `now` in epoch ms. */
export async function liveSource(
	live: NonNullable<SampleDatabase['live']>,
	timeSeriesDbId: string,
	engine: Engine,
	events: Events,
	now: () => number,
): Promise<LiveSource> {
	let since = newest(await engine.lastValues(timeSeriesDbId));
	return {
		records: () => live(now(), since),
		write: async records => {
			for (let from = 0; from < records.length; from += batchSize) {
				await engine.write(timeSeriesDbId, records.slice(from, from + batchSize));
			}
			since = Math.max(newest(records) ?? 0, since ?? 0);
			tellOfRecords(timeSeriesDbId, records, events);
		},
	};
}

/** Epoch ms. */
function newest(timed: readonly {readonly time: bigint}[]): number | undefined {
	if (timed.length === 0) return undefined;
	return timed.map(({time}) => Number(time / 1_000_000n)).reduce((a, b) => Math.max(a, b));
}
