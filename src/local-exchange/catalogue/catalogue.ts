import {type Collaboratives, collaboratives} from './collaboratives.ts';
import {type Database, openDatabase, transact} from './database.ts';
import {type Databases, databases} from './databases.ts';
import {type Directories, directories} from './directories.ts';
import {type Files, files} from './files.ts';
import {type Listings, listings} from './listings.ts';
import {type OtherServices, otherServices} from './other-services.ts';
import {type Rights, rights} from './rights.ts';
import {type Shares, shares} from './shares.ts';
import {type Stores, stores} from './stores.ts';
import {type Tokens, tokens} from './tokens.ts';
import {type Transfers, transfers} from './transfers.ts';
import {type Users, users} from './users.ts';

/** Everything the exchange knows but the bytes of files and the samples of series. Synchronous: a statement takes microseconds. */
export type Catalogue = {
	readonly users: Users;
	readonly tokens: Tokens;
	readonly stores: Stores;
	readonly directories: Directories;
	readonly files: Files;
	readonly listings: Listings;
	readonly transfers: Transfers;
	readonly databases: Databases;
	readonly otherServices: OtherServices;
	readonly collaboratives: Collaboratives;
	readonly shares: Shares;
	readonly rights: Rights;
	/** All of `work` or nothing; it must be synchronous and must not nest. */
	readonly transact: <T>(work: () => T) => T;
	/** A lasting note to ourselves, or undefined. */
	readonly fact: (name: string) => string | undefined;
	readonly setFact: (name: string, value: string) => void;
	readonly close: () => void;
};

/** Opens or creates the catalogue at `file`. `now` in epoch ms. */
export function openCatalogue(file: string, now: () => number): Catalogue {
	const database: Database = openDatabase(file);
	const fact = database.prepare('SELECT value FROM facts WHERE name = ?');
	const setFact = database.prepare('INSERT OR REPLACE INTO facts VALUES (?, ?)');
	return {
		users: users(database),
		tokens: tokens(database, now),
		stores: stores(database),
		directories: directories(database),
		files: files(database),
		listings: listings(database),
		transfers: transfers(database, now),
		databases: databases(database),
		otherServices: otherServices(database),
		collaboratives: collaboratives(database),
		shares: shares(database),
		rights: rights(database),
		transact: work => transact(database, work),
		fact: name => fact.get(name)?.value as string | undefined,
		setFact: (name, value) => {
			setFact.run(name, value);
		},
		close: () => database.close(),
	};
}
