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

const roles = JSON.stringify(['DATA_CONSUMER', 'DATA_PROVIDER']);

export type Users = {
	/** Undefined for an id that nobody bears. */
	readonly get: (userId: string) => UserRow | undefined;
	/** Whoever holds the data directory's own token. */
	readonly local: () => UserRow;
	/** All but the local user. */
	readonly others: () => UserRow[];
	/** Undefined for an id that nobody bears. */
	readonly organization: (organizationId: string) => OrganizationRow | undefined;
	/** Answers with its id. */
	readonly createOrganization: (name: string) => string;
	/** An active account; answers with its id. */
	readonly create: (user: NewUser) => string;
};

export type NewUser = {
	readonly organizationId: string;
	readonly firstName: string;
	readonly lastName: string;
	readonly email: string;
};

/** The people in the catalogue. On first use it creates the local user and organization. */
export function users(database: Database): Users {
	const byId = database.prepare(
		'SELECT * FROM users NATURAL JOIN (SELECT organizationId, name, hostOrganization FROM organizations) WHERE userId = ?',
	);
	const first = database.prepare('SELECT userId FROM users ORDER BY rowid LIMIT 1');
	const others = database.prepare('SELECT userId FROM users WHERE userId <> ? ORDER BY rowid');
	const organization = database.prepare('SELECT * FROM organizations WHERE organizationId = ?');
	const insertOrganization = database.prepare('INSERT INTO organizations VALUES (?, ?, ?)');
	const insert = database.prepare("INSERT INTO users VALUES (?, ?, ?, ?, ?, NULL, 'ACTIVE', ?, NULL)");
	const get = (userId: string) => {
		const row = byId.get(userId);
		return row === undefined ? undefined : fromRow(row);
	};
	const createOrganization = (name: string, hostOrganization = 0) => {
		const organizationId = newId('organizationId');
		insertOrganization.run(organizationId, name, hostOrganization);
		return organizationId;
	};
	const create = ({organizationId, firstName, lastName, email}: NewUser) => {
		const userId = newId('userId');
		insert.run(userId, organizationId, firstName, lastName, email, roles);
		return userId;
	};
	if (first.get() === undefined) {
		transact(database, () => {
			const organizationId = createOrganization('Sample Utility', 1);
			create({organizationId, firstName: 'Local', lastName: 'User', email: 'user@localhost'});
		});
	}
	const localId = String(first.get()?.userId);
	return {
		get,
		local: () => get(localId)!,
		others: () => others.all(localId).map(({userId}) => get(String(userId))!),
		organization: id => organization.get(id) as OrganizationRow | undefined,
		createOrganization: name => createOrganization(name),
		create,
	};
}

function fromRow(row: Record<string, unknown>): UserRow {
	const {organizationId, name, hostOrganization, userRoles, ...user} = row;
	return {
		...user,
		organization: {organizationId, name, hostOrganization},
		userRoles: JSON.parse(String(userRoles)),
	} as UserRow;
}
