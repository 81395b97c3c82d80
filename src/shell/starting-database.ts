import type {Command} from './command.ts';
import type {Session, SessionAction} from './session.ts';
import type {TimeSeriesDb} from './time-series.ts';

/** What a session finds to start with; `note` is for the person, who may have expected another one. */
export type StartingDatabase = {readonly database: TimeSeriesDb | undefined; readonly note?: string};

type World = {
	/** Asks the Exchange. */
	readonly open: () => Promise<StartingDatabase>;
	readonly session: () => Session;
	readonly dispatch: (action: SessionAction) => void;
	readonly say: (note: string) => void;
	/** Not before it is needed. */
	readonly lazy?: true;
};

/** Makes ready what a command needs of the session. */
export type Prepare = (command: Pick<Command, 'group'>, signal: AbortSignal) => Promise<void>;

/**
 * Finds the database that a session starts with, beside everything else: nothing but the commands of time
 * series waits for it. What comes back is for `Runtime.prepare`. An Exchange that could not be asked is
 * asked again by the next of these commands, which fails with what is wrong, unless one is selected anyway.
 */
export function findStartingDatabase({open, session, dispatch, say, lazy}: World): Prepare {
	let finding: Promise<void> | undefined;
	const find = async () => {
		const before = session().database;
		const {database, note} = await open();
		// Whoever gave up waiting may have selected one since.
		if (session().database === before && database !== before) dispatch({type: 'database', database});
		if (note !== undefined) say(note);
	};
	const found = () => {
		finding ??= find().catch((thrown: unknown) => {
			finding = undefined;
			throw thrown;
		});
		return finding;
	};
	if (!lazy) found().catch(() => undefined);
	return async ({group}, signal) => {
		if (group !== 'Time series') return;
		const {promise: aborted, reject} = Promise.withResolvers<never>();
		const abort = () => reject(signal.reason);
		signal.addEventListener('abort', abort);
		try {
			await Promise.race([found(), aborted]);
		} catch (thrown) {
			if (signal.aborted || session().database === undefined) throw thrown;
		} finally {
			signal.removeEventListener('abort', abort);
		}
	};
}
