import type {Database} from './database.ts';
import {newId} from './ids.ts';
import {activePeople, type Permission} from './rights.ts';

export type MemberState = 'APPROVED' | 'DENIED_ACCESS' | 'HOST_ORGANIZATION' | 'PENDING_APPROVAL';

export type CollaborativeRow = {
	readonly collaborativeId: string;
	readonly name: string;
	readonly description: string | null;
	readonly hostOrganizationId: string;
};

export type MembershipRow = {
	readonly collaborativeId: string;
	/** May name an organization that is gone. */
	readonly organizationId: string;
	readonly memberState: MemberState;
	readonly submittedByUserId: string | null;
	/** ISO 8601. */
	readonly submittedTimestamp: string | null;
	readonly accessApprovedByUserId: string | null;
};

export type PersonRow = {
	/** May name somebody who is gone. */
	readonly userId: string;
	readonly permission: Permission;
};

export type Collaboratives = {
	readonly get: (collaborativeId: string) => CollaborativeRow | undefined;
	/** Those that an organization hosts or is a member of, in whatever state, in the order they were made. */
	readonly ofOrganization: (organizationId: string) => CollaborativeRow[];
	/** What a person who counts in it may do with what is shared; undefined for everybody else. */
	readonly permission: (collaborativeId: string, userId: string) => Permission | undefined;
	readonly organizations: (collaborativeId: string) => MembershipRow[];
	/** Those of one member organization. */
	readonly people: (collaborativeId: string, organizationId: string) => PersonRow[];
	/** Answers with its id. Has no members yet. */
	readonly create: (collaborative: Omit<CollaborativeRow, 'collaborativeId'>) => string;
	readonly addOrganization: (membership: MembershipRow) => void;
	readonly addPerson: (collaborativeId: string, organizationId: string, person: PersonRow) => void;
};

export function collaboratives(database: Database): Collaboratives {
	const byId = database.prepare('SELECT * FROM collaboratives WHERE collaborativeId = ?');
	const byOrganization = database.prepare(
		`SELECT * FROM collaboratives WHERE hostOrganizationId = ?1 OR collaborativeId IN (
			SELECT collaborativeId FROM memberOrganizations WHERE organizationId = ?1
		) ORDER BY rowid`,
	);
	const permission = database.prepare(
		`SELECT permission FROM ${activePeople} WHERE collaborativeId = ? AND userId = ?`,
	);
	const organizations = database.prepare(
		'SELECT * FROM memberOrganizations WHERE collaborativeId = ? ORDER BY rowid',
	);
	const people = database.prepare(
		'SELECT userId, permission FROM memberUsers WHERE collaborativeId = ? AND organizationId = ? ORDER BY rowid',
	);
	const insert = database.prepare('INSERT INTO collaboratives VALUES (?, ?, ?, ?)');
	const insertOrganization = database.prepare('INSERT INTO memberOrganizations VALUES (?, ?, ?, ?, ?, ?)');
	const insertPerson = database.prepare('INSERT INTO memberUsers VALUES (?, ?, ?, ?)');
	return {
		get: id => byId.get(id) as CollaborativeRow | undefined,
		ofOrganization: organizationId => byOrganization.all(organizationId) as CollaborativeRow[],
		permission: (id, userId) => permission.get(id, userId)?.permission as Permission | undefined,
		organizations: id => organizations.all(id) as MembershipRow[],
		people: (id, organizationId) => people.all(id, organizationId) as PersonRow[],
		create: ({name, description, hostOrganizationId}) => {
			const id = newId('collaborativeId');
			insert.run(id, name, description, hostOrganizationId);
			return id;
		},
		addOrganization: membership => {
			const {collaborativeId, organizationId, memberState} = membership;
			const {submittedByUserId, submittedTimestamp, accessApprovedByUserId} = membership;
			insertOrganization.run(
				collaborativeId,
				organizationId,
				memberState,
				submittedByUserId,
				submittedTimestamp,
				accessApprovedByUserId,
			);
		},
		addPerson: (id, organizationId, person) => {
			insertPerson.run(id, organizationId, person.userId, person.permission);
		},
	};
}
