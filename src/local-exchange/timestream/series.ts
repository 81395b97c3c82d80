import type {Catalogue} from '../catalogue/catalogue.ts';
import type {DatabaseRow} from '../catalogue/databases.ts';
import type {Results} from '../contents/results.ts';
import type {SignedUrls} from '../contents/signed-urls.ts';
import type {Events} from '../realtime/events.ts';
import type {Engine} from './engine.ts';
import {type Exports, exports} from './exports/exports.ts';
import {lazyEngine} from './lazy-engine.ts';
import {live} from './live.ts';
import {liveSource} from './live-source.ts';
import {loadSample, sampleOf} from './sample-loading.ts';
import type {Queries} from './sql/queries.ts';
import {structuredQueries} from './structured/structured-queries.ts';
import type {StructuredQueries} from './structured/structured-query.ts';

/** The time-series half of the exchange: the engine, what it needs to be asked, and what is under way. */
export type Series = {
	/** The engine, with this database in it, loaded and live. Throws `NotSupported` where there is no engine. */
	readonly engineFor: (row: DatabaseRow) => Promise<Engine>;
	/** The engine with these databases in it, loaded or not. */
	readonly declare: (rows: readonly DatabaseRow[]) => Promise<Engine>;
	/** The data of a database that the catalogue has forgotten. */
	readonly remove: (timeSeriesDbId: string) => Promise<void>;
	/** SQL. */
	readonly queries: () => Promise<Queries>;
	/** Ends an SQL query; false when the user has no such query. */
	readonly cancelQuery: (queryId: string, userId: string) => Promise<boolean>;
	/** Whose SQL query it is; undefined when there is none. */
	readonly userOfQuery: (queryId: string) => Promise<string | undefined>;
	readonly structured: StructuredQueries;
	readonly exports: Exports;
	/** Lets go of samples that are being loaded: the exchange is about to close. */
	readonly interrupt: () => void;
	readonly close: () => Promise<void>;
};

type Parts = {
	readonly catalogue: Catalogue;
	/** The engine's file. */
	readonly file: string;
	readonly results: Results;
	readonly urls: SignedUrls;
	readonly events: Events;
	readonly now: () => number;
	/** Whether somebody uses the exchange: only then do live databases go on. */
	readonly isInUse: () => boolean;
	readonly log: (line: string) => void;
};

export function series(parts: Parts): Series {
	const {catalogue, events, now, log} = parts;
	const engine = lazyEngine(parts);
	const closing = new AbortController();
	const declared = new Map<string, Promise<void>>();
	const ready = new Map<string, Promise<void>>();
	const writers = live(parts.isInUse, log);
	const exporting = exports(parts);
	const structured = structuredQueries({results: parts.results, onEnd: exporting.end});
	let queries: Promise<Queries> | undefined;

	/** It may be deleted between the moment it was listed and this one. */
	const exists = ({timeSeriesDbId}: DatabaseRow) => catalogue.databases.get(timeSeriesDbId) !== undefined;

	const declare = (row: DatabaseRow) =>
		once(declared, row.timeSeriesDbId, async () => {
			const opened = await engine.open();
			if ((await opened.table(row.timeSeriesDbId)) !== undefined) return;
			if (exists(row)) await opened.createDatabase(row);
		});

	const enliven = async (row: DatabaseRow, opened: Engine) => {
		const sample = await sampleOf(row);
		if (sample === undefined || !exists(row)) return;
		const {timeSeriesDbId} = row;
		if (row.loaded === 0) await loadSample(row, sample, opened, catalogue, closing.signal);
		const {live} = sample;
		if (live === undefined) return;
		const source = await liveSource(live, timeSeriesDbId, opened, events, now);
		await writers.add(timeSeriesDbId, source);
	};

	const engineFor: Series['engineFor'] = async row => {
		await declare(row);
		const opened = await engine.open();
		await once(ready, row.timeSeriesDbId, () => enliven(row, opened));
		return opened;
	};

	return {
		engineFor,
		declare: async rows => {
			for (const row of rows) await declare(row);
			return engine.open();
		},
		remove: async timeSeriesDbId => {
			writers.remove(timeSeriesDbId);
			await ready.get(timeSeriesDbId)?.catch(() => {});
			writers.remove(timeSeriesDbId);
			ready.delete(timeSeriesDbId);
			declared.delete(timeSeriesDbId);
			await structured.endAll(timeSeriesDbId);
			// Not opened for this alone: opening it removes what is left.
			const opened = await engine.opened()?.catch(() => undefined);
			if (opened === undefined) return;
			await opened.removeDatabase(timeSeriesDbId);
			catalogue.databases.forget(timeSeriesDbId);
		},
		queries: () => {
			queries ??= (async () => {
				const {createQueries} = await import('./sql/queries.ts');
				return createQueries({engine: await engine.open(), now});
			})();
			const opening = queries;
			opening.catch(() => {
				if (queries === opening) queries = undefined;
			});
			return opening;
		},
		cancelQuery: async (queryId, userId) => {
			const opened = await queries?.catch(() => undefined);
			return (await opened?.cancel(queryId, userId)) ?? false;
		},
		userOfQuery: async queryId => (await queries?.catch(() => undefined))?.userOf(queryId),
		structured,
		exports: exporting,
		interrupt: () => closing.abort(),
		close: async () => {
			closing.abort();
			await Promise.allSettled([...declared.values(), ...ready.values()]);
			await writers.close();
			await structured.close();
			const opened = await queries?.catch(() => undefined);
			await opened?.close();
			await engine.close();
		},
	};
}

/** Does `work` once for each key, again only after it has failed. */
function once(done: Map<string, Promise<void>>, key: string, work: () => Promise<void>): Promise<void> {
	const doing = done.get(key) ?? work();
	done.set(key, doing);
	doing.catch(() => {
		if (done.get(key) === doing) done.delete(key);
	});
	return doing;
}
