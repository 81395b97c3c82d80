import type {Catalogue} from '../catalogue/catalogue.ts';
import {eraseSeries} from '../data-directory.ts';
import {ResolverError} from '../graphql/resolver-error.ts';
import type {Engine} from './engine.ts';

export type LazyEngine = {
	/** Opens it the first time. Throws `NotSupported` where its package is not installed. */
	readonly open: () => Promise<Engine>;
	/** Undefined when nobody has opened it. */
	readonly opened: () => Promise<Engine> | undefined;
	readonly close: () => Promise<void>;
};

type Parts = {
	readonly file: string;
	readonly catalogue: Catalogue;
	readonly now: () => number;
	readonly log: (line: string) => void;
};

const madeFact = 'series';

/** The engine takes a moment to load, and most people come for files: it is opened when series are asked for. */
export function lazyEngine({file, catalogue, now, log}: Parts): LazyEngine {
	let engine: Promise<Engine> | undefined;

	const open = async () => {
		// The heaviest module of the exchange, and it looks for a package that may not be installed.
		const {EngineFileError, EngineMissing, openEngine} = await import('./engine.ts');
		// What an interrupted reset left over belongs to no catalogue.
		if (catalogue.fact(madeFact) === undefined) {
			eraseSeries(file);
			catalogue.setFact(madeFact, '1');
		}
		try {
			const opened = await openEngine({file, log, now});
			for (const timeSeriesDbId of catalogue.databases.removed()) {
				await opened.removeDatabase(timeSeriesDbId);
				catalogue.databases.forget(timeSeriesDbId);
			}
			return opened;
		} catch (error) {
			if (error instanceof EngineFileError) throw new ResolverError('InternalFailure', error.message);
			if (!(error instanceof EngineMissing)) throw error;
			const message =
				'This local exchange has no time-series engine: install the optional package @duckdb/node-api';
			throw new ResolverError('NotSupported', message);
		}
	};

	return {
		open: () => {
			const opening = engine ?? open();
			engine = opening;
			// What failed may be put right: the next operation tries again.
			opening.catch(() => {
				if (engine === opening) engine = undefined;
			});
			return opening;
		},
		opened: () => engine,
		close: async () => {
			const opened = await engine?.catch(() => undefined);
			await opened?.close();
		},
	};
}
