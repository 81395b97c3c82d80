import {join} from 'node:path';
import {type Catalogue, openCatalogue} from '../../../src/local-exchange/catalogue/catalogue.ts';
import type {MemberState} from '../../../src/local-exchange/catalogue/collaboratives.ts';
import {openDatabase} from '../../../src/local-exchange/catalogue/database.ts';
import type {Permission} from '../../../src/local-exchange/catalogue/rights.ts';
import {type AppSyncSocket, credentialsOf, openSocket} from '../../support/appsync-socket.ts';
import {startExchange, type TestExchange} from '../../support/exchange.ts';

/** What somebody has to do with the things of the owner that are shared with the collaborative. */
export const relations = {
	owner: 'owner',
	writer: 'READ_WRITE member',
	reader: 'READ_ONLY member',
	colleague: 'colleague of members who is none',
	pending: 'member of a pending organization',
	denied: 'member of a denied organization',
	stranger: 'non-member',
	nobody: 'without a token',
} as const;

export type Relation = keyof typeof relations;

// biome-ignore lint/suspicious/noExplicitAny: a test reads the fields it asked for.
type Data = any;

export type Answer = {
	readonly status: number;
	readonly data: Data;
	readonly errors?: readonly {readonly errorType?: string; readonly message: string}[];
};

/** One person of each relation on an exchange of their own, and the collaborative. */
export type Cast = {
	readonly exchange: TestExchange;
	readonly collaborativeId: string;
	/** The same database as the server's, for what the API cannot change. */
	readonly catalogue: Catalogue;
	/** Changes that database by SQL. */
	readonly change: (sql: string, ...values: string[]) => void;
	/** A connection for events, acknowledged; it goes with `close`. */
	readonly connect: (relation: Relation) => Promise<AppSyncSocket>;
	readonly tokenOf: (relation: Relation) => string;
	readonly userIdOf: (relation: Relation) => string;
	readonly ask: (relation: Relation, query: string, variables?: object) => Promise<Answer>;
	/** As `ask`; throws with the first error. */
	readonly sure: (relation: Relation, query: string, variables?: object) => Promise<Data>;
	/** Another collaborative, in which the reader may write. */
	readonly secondCollaborative: () => string;
	readonly close: () => Promise<void>;
};

/** The owner is the local user; the collaborative's host is the owner's organization. */
export async function openCast(options: Parameters<typeof startExchange>[0] = {}): Promise<Cast> {
	const exchange = await startExchange(options);
	const file = join(exchange.directory, 'catalogue.sqlite');
	const catalogue = openCatalogue(file, options.now ?? Date.now);
	const sockets: AppSyncSocket[] = [];
	const owner = catalogue.users.local();
	const hostOrganizationId = owner.organization.organizationId;
	const userIds = new Map<Relation, string>([['owner', owner.userId]]);
	const tokens = new Map<Relation, string>([
		['owner', exchange.token],
		['nobody', ''],
	]);
	const organizations = {
		partner: catalogue.users.createOrganization('Partner'),
		waiting: catalogue.users.createOrganization('Waiting'),
		refused: catalogue.users.createOrganization('Refused'),
		foreign: catalogue.users.createOrganization('Foreign'),
	};
	const hire = (relation: Relation, organization: keyof typeof organizations) => {
		const userId = catalogue.users.create({
			organizationId: organizations[organization],
			firstName: relation,
			lastName: organization,
			email: `${relation}@${organization}.example`,
		});
		userIds.set(relation, userId);
		tokens.set(relation, catalogue.tokens.create({userId, name: 'test', days: 1}).tokenValue);
	};
	hire('writer', 'partner');
	hire('reader', 'partner');
	hire('colleague', 'partner');
	hire('pending', 'waiting');
	hire('denied', 'refused');
	hire('stranger', 'foreign');

	const createCollaborative = (name: string) =>
		catalogue.collaboratives.create({name, description: null, hostOrganizationId});
	const admit = (collaborativeId: string, organizationId: string, memberState: MemberState) =>
		catalogue.collaboratives.addOrganization({
			collaborativeId,
			organizationId,
			memberState,
			submittedByUserId: null,
			submittedTimestamp: null,
			accessApprovedByUserId: null,
		});
	const add = (
		collaborativeId: string,
		organizationId: string,
		relation: Relation,
		permission: Permission,
	) => {
		const userId = userIds.get(relation)!;
		catalogue.collaboratives.addPerson(collaborativeId, organizationId, {userId, permission});
	};
	const collaborativeId = createCollaborative('Pilot');
	admit(collaborativeId, hostOrganizationId, 'HOST_ORGANIZATION');
	add(collaborativeId, hostOrganizationId, 'owner', 'READ_WRITE');
	admit(collaborativeId, organizations.partner, 'APPROVED');
	add(collaborativeId, organizations.partner, 'writer', 'READ_WRITE');
	add(collaborativeId, organizations.partner, 'reader', 'READ_ONLY');
	admit(collaborativeId, organizations.waiting, 'PENDING_APPROVAL');
	add(collaborativeId, organizations.waiting, 'pending', 'READ_WRITE');
	admit(collaborativeId, organizations.refused, 'DENIED_ACCESS');
	add(collaborativeId, organizations.refused, 'denied', 'READ_WRITE');

	const ask: Cast['ask'] = async (relation, query, variables) => {
		const {status, body} = await exchange.post(query, variables, tokens.get(relation)!);
		return {status, ...(body as Omit<Answer, 'status'>)};
	};
	return {
		exchange,
		collaborativeId,
		catalogue,
		change: (sql, ...values) => {
			const database = openDatabase(file);
			database.prepare(sql).run(...values);
			database.close();
		},
		connect: async relation => {
			const url = new URL('/graphql/realtime', exchange.endpoint.replace('http', 'ws'));
			url.searchParams.set('header', credentialsOf(tokens.get(relation)!));
			const socket = await openSocket(url.href);
			sockets.push(socket);
			socket.send({type: 'connection_init'});
			const {type} = await socket.next();
			if (type !== 'connection_ack') throw new Error(type);
			return socket;
		},
		tokenOf: relation => tokens.get(relation)!,
		userIdOf: relation => userIds.get(relation)!,
		ask,
		sure: async (relation, query, variables) => {
			const {data, errors} = await ask(relation, query, variables);
			if (errors !== undefined) throw new Error(errors[0]?.message);
			return data;
		},
		secondCollaborative: () => {
			const id = createCollaborative('Second');
			admit(id, hostOrganizationId, 'HOST_ORGANIZATION');
			add(id, hostOrganizationId, 'owner', 'READ_ONLY');
			admit(id, organizations.partner, 'APPROVED');
			add(id, organizations.partner, 'reader', 'READ_WRITE');
			return id;
		},
		close: async () => {
			for (const socket of sockets) socket.close();
			catalogue.close();
			await exchange.close();
		},
	};
}
