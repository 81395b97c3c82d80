import type {CollaborativeRow} from './collaboratives.ts';
import type {Database} from './database.ts';
import type {ServiceKey} from './rights.ts';

/** What is shared with which collaborative. A deleted store or database is shared no more. */
export type Shares = {
	/** In the order they were shared. */
	readonly inCollaborative: (collaborativeId: string) => ServiceKey[];
	readonly collaborativesOf: (service: ServiceKey) => CollaborativeRow[];
	readonly has: (collaborativeId: string, service: ServiceKey) => boolean;
	/** Does nothing when it is there. */
	readonly add: (collaborativeId: string, service: ServiceKey) => void;
	/** Does nothing when it is not there. */
	readonly remove: (collaborativeId: string, service: ServiceKey) => void;
};

export function shares(database: Database): Shares {
	const byCollaborative = database.prepare(
		'SELECT serviceId, serviceType FROM shares WHERE collaborativeId = ? ORDER BY rowid',
	);
	const byService = database.prepare(
		`SELECT collaboratives.* FROM collaboratives NATURAL JOIN shares
		WHERE serviceId = ? AND serviceType = ? ORDER BY collaboratives.rowid`,
	);
	const one = database.prepare(
		'SELECT 1 FROM shares WHERE collaborativeId = ? AND serviceId = ? AND serviceType = ?',
	);
	const insert = database.prepare('INSERT OR IGNORE INTO shares VALUES (?, ?, ?)');
	const drop = database.prepare(
		'DELETE FROM shares WHERE collaborativeId = ? AND serviceId = ? AND serviceType = ?',
	);
	return {
		inCollaborative: id => byCollaborative.all(id) as ServiceKey[],
		collaborativesOf: ({serviceId, serviceType}) =>
			byService.all(serviceId, serviceType) as CollaborativeRow[],
		has: (id, {serviceId, serviceType}) => one.get(id, serviceId, serviceType) !== undefined,
		add: (id, {serviceId, serviceType}) => {
			insert.run(id, serviceId, serviceType);
		},
		remove: (id, {serviceId, serviceType}) => {
			drop.run(id, serviceId, serviceType);
		},
	};
}
