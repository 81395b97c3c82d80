import type {Database} from './database.ts';

export type ServiceType = 'DATA_CAPTURE' | 'DATA_STORE' | 'IOT_GROUP' | 'OCS_ADAPTER' | 'TIME_SERIES_DB';

/** A thing that can be shared. An id alone does not say what it names. */
export type ServiceKey = {readonly serviceId: string; readonly serviceType: ServiceType};

export type Permission = 'READ_ONLY' | 'READ_WRITE';

/** What somebody may do with a service; each includes the one before. */
export type Right = 'none' | 'read' | 'write' | 'own';

export type Rights = {
	/** Undefined when there is no such service. */
	readonly of: (userId: string, service: ServiceKey) => Right | undefined;
};

/** Who counts in a collaborative: the people of its host and of approved organizations. */
export const activePeople = `(
	SELECT * FROM memberUsers NATURAL JOIN memberOrganizations
	WHERE memberState IN ('HOST_ORGANIZATION', 'APPROVED')
)`;

/** SQL of the ids of the services of a type that user `?1` sees through collaboratives. */
export function sharedWith(serviceType: ServiceType): string {
	return `SELECT serviceId FROM ${activePeople} NATURAL JOIN shares
		WHERE userId = ?1 AND serviceType = '${serviceType}'`;
}

const services = `(
	SELECT dataStoreId AS serviceId, 'DATA_STORE' AS serviceType, ownerUserId FROM stores
	UNION ALL SELECT timeSeriesDbId, 'TIME_SERIES_DB', ownerUserId FROM databases
	UNION ALL SELECT serviceId, serviceType, ownerUserId FROM otherServices
)`;

/**
 * The rule: its owner owns a service; a person of the host or of an approved organization in a collaborative that it
 * is shared with may read it, and write to it with READ_WRITE; nobody else may do anything.
 */
export function rights(database: Database): Rights {
	// The greatest text is the greatest permission.
	const right = database.prepare(`
		SELECT ownerUserId = ?1 AS owns, (
			SELECT max(permission) FROM shares NATURAL JOIN ${activePeople}
			WHERE serviceId = ?2 AND serviceType = ?3 AND userId = ?1
		) AS permission
		FROM ${services} WHERE serviceId = ?2 AND serviceType = ?3`);
	return {
		of: (userId, {serviceId, serviceType}) => {
			const row = right.get(userId, serviceId, serviceType);
			if (row === undefined) return undefined;
			if (row.owns === 1) return 'own';
			if (row.permission === null) return 'none';
			return row.permission === 'READ_WRITE' ? 'write' : 'read';
		},
	};
}
