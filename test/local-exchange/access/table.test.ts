import {afterAll, afterEach, beforeAll, describe, expect, test} from 'vitest';
import {type AppSyncSocket, credentialsOf, openSocket, startMessage} from '../../support/appsync-socket.ts';
import {type Cast, openCast, type Relation, relations} from './cast.ts';
import {type Operation, operations} from './documents.ts';
import {type Row, type Rule, rows, rules} from './rows.ts';
import {type Things, thingsOf} from './things.ts';

let cast: Cast;
let things: Things;
let socket: AppSyncSocket | undefined;
beforeAll(async () => {
	cast = await openCast();
	things = thingsOf(cast);
});
afterEach(() => {
	socket?.close();
	socket = undefined;
});
afterAll(() => cast.close());

/** `allowed`, or what the operation is refused with. */
type Outcome = 'allowed' | 'NotFound' | 'NotImplemented' | 'Unauthorized' | 'UnauthorizedException';

type Result = {readonly outcome: Outcome; readonly data: unknown};

const isAmong = (rule: Rule, relation: Relation) => (rules[rule] as readonly Relation[]).includes(relation);

function expected({rule}: Row, relation: Relation): Outcome {
	if (relation === 'nobody') return 'UnauthorizedException';
	if (rule === 'notServed') return 'NotImplemented';
	return isAmong(rule, relation) ? 'allowed' : 'Unauthorized';
}

async function run({kind, document}: Operation, relation: Relation, variables: object): Promise<Result> {
	if (kind === 'subscription') return subscribe(document, relation, variables);
	const {status, data, errors} = await cast.ask(relation, document, variables);
	expect(status).toBe(relation === 'nobody' ? 401 : 200);
	if (errors === undefined) return {outcome: 'allowed', data: data.answer};
	// What is refused says nothing else.
	expect(data?.answer ?? null).toBeNull();
	return {outcome: refusal(errors[0]!), data: null};
}

async function subscribe(document: string, relation: Relation, variables: object): Promise<Result> {
	const url = new URL('/graphql/realtime', cast.exchange.endpoint.replace('http', 'ws'));
	const token = cast.tokenOf(relation);
	url.searchParams.set('header', credentialsOf(token));
	socket = await openSocket(url.href);
	socket.send({type: 'connection_init'});
	const connected = await socket.next();
	if (connected.type !== 'connection_ack') {
		return {outcome: refusal(connected.payload.errors[0]), data: null};
	}
	socket.send(startMessage('1', document, token, variables));
	const {type, payload} = await socket.next();
	return {outcome: type === 'start_ack' ? 'allowed' : refusal(payload.errors[0]), data: null};
}

function refusal({errorType, message}: {errorType?: string; message: string}): Outcome {
	if (errorType === 'Unauthorized') expect(message).toBe('Unauthorized');
	return errorType as Outcome;
}

/** Arguments of the right types that name nothing, for what is refused whatever it names. */
function anything({name, document}: Operation): object {
	if (!name.toLowerCase().includes('iot')) return {};
	const given: Readonly<Record<string, unknown>> = {
		endpointQueryFilters: [],
		data: [],
		properties: [],
		includeEndpoints: true,
		fileFormat: 'CSV',
	};
	const names = [...document.matchAll(/\$(\w+): \S+/g)].map(match => match[1]!);
	return Object.fromEntries([...new Set(names)].map(each => [each, given[each] ?? 'x']));
}

test('every operation of the API has its row', () => {
	expect(Object.keys(rows).sort()).toEqual(operations.map(({name}) => name).sort());
});

describe.each(Object.keys(relations) as Relation[])('%s', relation => {
	for (const operation of operations) {
		const row = rows[operation.name];
		if (row === undefined) continue;
		const outcome = expected(row, relation);
		const shown =
			outcome === 'allowed' && row.shows ? (isAmong(row.shows.rule, relation) ? ', shown' : ', hidden') : '';
		test(`${relations[relation]}: ${operation.name} → ${outcome}${shown}`, async () => {
			const world = {cast, things};
			const id = await row.shows?.id(world);
			const variables = (await row.variables?.(world, relation)) ?? anything(operation);
			const result = await run(operation, relation, only(operation, variables));
			expect(result.outcome).toBe(outcome);
			if (id === undefined || outcome !== 'allowed') return;
			expect(JSON.stringify(result.data).includes(id)).toBe(shown === ', shown');
		});
	}
});

/** Of the ids of a thing, those that the operation takes. */
function only({argumentNames}: Operation, variables: object): object {
	return Object.fromEntries(Object.entries(variables).filter(([name]) => argumentNames.includes(name)));
}

describe('what is not there', () => {
	for (const operation of operations) {
		const row = rows[operation.name];
		if (row?.variables === undefined) continue;
		for (const name of operation.argumentNames.filter(each => isId(operation, each))) {
			test(`${operation.name} of an unknown ${name} → NotFound`, async () => {
				const variables = only(operation, await row.variables!({cast, things}, 'owner'));
				expect(variables).toHaveProperty(name);
				const result = await run(operation, 'owner', {...variables, [name]: `${name}.gone`});
				expect(result.outcome).toBe('NotFound');
			});
		}
	}
});

/** Whether an argument must name what is there. */
function isId({name: operation}: Operation, argument: string): boolean {
	if (!/Id$/.test(argument)) return false;
	// A new asset may have any id.
	if (argument === 'assetId') return false;
	// Older clients send it, and it has no meaning.
	if (operation === 'storage_getDataStoreFileDownloadUrl') return argument !== 'dataStoreId';
	// An answer, not an error: a query may end by itself at any time.
	return operation !== 'timeSeriesDb_cancelDatabaseQuery' || argument !== 'queryId';
}
