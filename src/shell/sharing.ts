import type {Call, DataStore, Read, User} from './ports.ts';
import type {TimeSeriesDb} from './time-series.ts';

export type MemberState = 'APPROVED' | 'DENIED_ACCESS' | 'HOST_ORGANIZATION' | 'PENDING_APPROVAL';

export type Permission = 'READ_ONLY' | 'READ_WRITE';

/** A person in a collaborative. Null where the Exchange does not say. */
export type MemberUser = {readonly permission: Permission | null; readonly user: User | null};

export type MemberOrganization = {
	readonly organization: {readonly organizationId: string; readonly name: string} | null;
	/** Only the people of a host or an approved organization see what is shared. */
	readonly memberState: MemberState | null;
	/** Null entries are already gone; empty where the Exchange tells of none. */
	readonly usersInCollaborative: readonly MemberUser[];
};

export type Collaborative = {
	readonly collaborativeId: string;
	readonly name: string;
	readonly description: string | null;
	readonly hostOrganizationId: string;
	readonly memberOrganizations: readonly MemberOrganization[];
};

/** The API's, or one that is newer than this shell. */
export type ServiceType =
	| 'DATA_CAPTURE'
	| 'DATA_STORE'
	| 'IOT_GROUP'
	| 'OCS_ADAPTER'
	| 'TIME_SERIES_DB'
	| (string & {});

/** A shared thing. What it is, is told by `serviceType` alone, never by its id. */
export type Service = {
	readonly serviceId: string;
	readonly serviceType: ServiceType;
	/** Null where the Exchange does not say, as for types it gives no details of. */
	readonly name: string | null;
	readonly ownerUserId: string | null;
	/** Set for a DATA_STORE. */
	readonly dataStore: DataStore | null;
	/** Set for a TIME_SERIES_DB. */
	readonly timeSeriesDb: TimeSeriesDb | null;
};

export type Share = {
	readonly collaborativeId: string;
	readonly serviceId: string;
	readonly serviceType: ServiceType;
};

/** Collaboratives and what is shared in them, behind the same cache and with the same errors as the rest. */
export type Sharing = {
	/** Those that one's organization has to do with, in whatever state. */
	readonly listCollaboratives: (read?: Read) => Promise<readonly Collaborative[]>;
	/** The cached list of any age, at once. */
	readonly cachedCollaboratives: () => readonly Collaborative[] | undefined;
	/** What is shared in a collaborative, of every type, known or not. */
	readonly listServices: (collaborativeId: string, read?: Read) => Promise<readonly Service[]>;
	readonly cachedServices: (collaborativeId: string) => readonly Service[] | undefined;
	/** With which collaboratives a thing of one's own is shared. */
	readonly listSharedWith: (
		service: Pick<Share, 'serviceId' | 'serviceType'>,
		read?: Read,
	) => Promise<readonly Collaborative[]>;
	/** Enters the service into the cached lists. Sharing what is shared already changes nothing. */
	readonly share: (share: Share, call?: Call) => Promise<void>;
	readonly unshare: (share: Share, call?: Call) => Promise<void>;
};

/** A token as the Exchange lists it: never its value. Times are ISO 8601, UTC. */
export type Token = {
	readonly tokenId: string;
	readonly name: string;
	readonly tokenType: string | null;
	readonly dateCreated: string;
	readonly dateExpires: string;
	readonly lastActive: string | null;
};

export type Tokens = {
	readonly listTokens: (call?: Call) => Promise<readonly Token[]>;
	/** The only answer that holds the value. */
	readonly createToken: (
		input: {readonly name: string; readonly daysBeforeExpiration: number},
		call?: Call,
	) => Promise<{readonly token: Token; readonly value: string}>;
	readonly deleteToken: (tokenId: string, call?: Call) => Promise<void>;
};
