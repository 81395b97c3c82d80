import type {Database} from './database.ts';
import {newId} from './ids.ts';
import type {ServiceType} from './rights.ts';

export type OtherServiceType = Exclude<ServiceType, 'DATA_STORE' | 'TIME_SERIES_DB'>;

export type OtherServiceRow = {
	readonly serviceId: string;
	readonly serviceType: OtherServiceType;
	readonly name: string;
	readonly description: string | null;
	readonly ownerUserId: string;
	/** ISO 8601. */
	readonly created: string;
};

/** Services of which the exchange knows that they are there, and nothing else. */
export type OtherServices = {
	readonly get: (serviceId: string) => OtherServiceRow | undefined;
	/** Answers with its id. */
	readonly create: (service: Omit<OtherServiceRow, 'serviceId'>) => string;
};

const idKinds = {
	DATA_CAPTURE: 'dataCapture',
	IOT_GROUP: 'iotGroupId',
	OCS_ADAPTER: 'ocsAdapterId',
} as const;

export function otherServices(database: Database): OtherServices {
	const byId = database.prepare('SELECT * FROM otherServices WHERE serviceId = ?');
	const insert = database.prepare('INSERT INTO otherServices VALUES (?, ?, ?, ?, ?, ?)');
	return {
		get: id => byId.get(id) as OtherServiceRow | undefined,
		create: ({serviceType, name, description, ownerUserId, created}) => {
			const id = newId(idKinds[serviceType]);
			insert.run(id, serviceType, name, description, ownerUserId, created);
			return id;
		},
	};
}
