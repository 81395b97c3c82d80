import type {Config} from '../config/config.ts';
import type {Connection} from '../config/connection.ts';
import type {Exchange} from '../shell/ports.ts';
import type {Session} from '../shell/session.ts';
import {sharedDatabases, sharedStores} from '../shell/shared-services.ts';
import type {StartingDatabase} from '../shell/starting-database.ts';
import type {Memory} from './memory.ts';
import {startDatabase} from './open-database.ts';
import {startLocation} from './open-location.ts';

/** What a prompt begins with on an Exchange. */
export type StartingPlace = Pick<Session, 'location' | 'database'> & {
	/** To be said beneath the greeting. */
	readonly notes: readonly string[];
	readonly openDatabase: () => Promise<StartingDatabase>;
};

/**
 * Where a prompt begins: as asked for when the program was started, else where the last session was, else
 * where the profile says. `asked` is not heeded any more once the session has gone to another Exchange.
 */
export async function startingPlace(
	exchange: Exchange,
	connection: Connection,
	{saved}: Memory,
	asked: Pick<Config, 'store' | 'database'> | undefined,
): Promise<StartingPlace> {
	const store = asked?.store ?? (saved.location ? undefined : connection.store);
	const wanted = asked?.database ?? (saved.database ? undefined : connection.database);
	const {location, notes} = await startLocation({
		exchange,
		shared: () => sharedStores({exchange}),
		store,
		saved: saved.location,
		first: connection.kind === 'local',
	});
	return {
		location,
		notes,
		database: wanted === undefined ? saved.database : undefined,
		openDatabase: () =>
			startDatabase({
				timeSeries: exchange.timeSeries,
				shared: () => sharedDatabases({exchange}),
				wanted,
				saved: saved.database,
				first: true,
			}),
	};
}
