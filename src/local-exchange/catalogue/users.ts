import type {Database} from './database.ts';
import {transact} from './database.ts';
import {newId} from './ids.ts';

export type OrganizationRow = {
	readonly organizationId: string;
	readonly name: string;
	readonly hostOrganization: number;
};

export type UserRow = {
	readonly userId: string;
	readonly firstName: string | null;
	readonly lastName: string | null;
	readonly email: string | null;
	readonly mobile: string | null;
	readonly organization: OrganizationRow;
	readonly userAccountState: string;
	readonly userRoles: readonly string[];
	readonly lastActive: string | null;
};

export type Users = {
	/** Undefined for an id that nobody bears. */
	readonly get: (userId: string) => UserRow | undefined;
	/** Whoever holds the data directory's own token. */
	readonly local: () => UserRow;
};

/** The people in the catalogue. On first use it creates the local user and organization. */
export function users(database: Database): Users {
	const byId = database.prepare(
		'SELECT * FROM users NATURAL JOIN (SELECT organizationId, name, hostOrganization FROM organizations) WHERE userId = ?',
	);
	const first = database.prepare('SELECT userId FROM users ORDER BY rowid LIMIT 1');
	const get = (userId: string) => {
		const row = byId.get(userId);
		return row === undefined ? undefined : fromRow(row);
	};
	if (first.get() === undefined) addLocalUser(database);
	const localId = String(first.get()?.userId);
	return {get, local: () => get(localId)!};
}

function fromRow(row: Record<string, unknown>): UserRow {
	const {organizationId, name, hostOrganization, userRoles, ...user} = row;
	return {
		...user,
		organization: {organizationId, name, hostOrganization},
		userRoles: JSON.parse(String(userRoles)),
	} as UserRow;
}

function addLocalUser(database: Database): void {
	transact(database, () => {
		const organizationId = newId('organizationId');
		database.prepare("INSERT INTO organizations VALUES (?, 'Sample Utility', 1)").run(organizationId);
		database
			.prepare("INSERT INTO users VALUES (?, ?, 'Local', 'User', 'user@localhost', NULL, 'ACTIVE', ?, NULL)")
			.run(newId('userId'), organizationId, JSON.stringify(['DATA_CONSUMER', 'DATA_PROVIDER']));
	});
}
