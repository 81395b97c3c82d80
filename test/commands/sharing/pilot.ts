import type {Service} from '../../../src/shell/sharing.ts';
import {type MemoryExchange, memoryExchange} from '../../support/memory-exchange.ts';

/** `person.1: READ_ONLY` to `person.N`, the last `writers` of them with READ_WRITE. */
export function crowd(
	of: string,
	count: number,
	writers: number,
): Record<string, 'READ_ONLY' | 'READ_WRITE'> {
	return Object.fromEntries(
		Array.from({length: count}, (_, index) => [
			`Person ${of}${index + 1}`,
			index < count - writers ? 'READ_ONLY' : 'READ_WRITE',
		]),
	);
}

export const sensors: Service = {
	serviceId: 'iotGroup.7c1e',
	serviceType: 'IOT_GROUP',
	name: 'Roof sensors',
	ownerUserId: 'user.nobody-knows',
	dataStore: null,
	timeSeriesDb: null,
};
/** Of a type that is newer than this shell, without details. */
export const nameless: Service = {
	...sensors,
	serviceId: 'q.1',
	serviceType: 'QUANTUM_LAKE',
	name: null,
	ownerUserId: null,
};

/**
 * Ada User of Sample Utility, with stores and a database of her own; two collaboratives, of the second of which
 * she is a reader; what others share in them, partly missing in the lists of stores and databases.
 */
export function openPilot(): MemoryExchange {
	return memoryExchange(
		{
			'Campus study': {'a.csv': 'a'},
			'Wind park': {},
			Twins: {},
			'Their store': {'b.csv': 'b'},
			'Old data': {},
		},
		{
			databases: {Microgrid: [], Twins: [], 'Their feeders': []},
			sharing: {
				owners: {'Their store': 'Grace Hopper', 'Their feeders': 'Grace Hopper', 'Old data': 'Olga Vendor'},
				unlisted: ['Their store', 'Their feeders', 'Old data'],
				collaboratives: [
					{
						name: 'Resilience pilot',
						description: 'Feeders in a storm',
						organizations: {
							'Sample Utility': {people: {'Ada User': 'READ_WRITE', ...crowd('s', 3, 1)}},
							'State University': {people: {'Grace Hopper': 'READ_WRITE', ...crowd('u', 30, 1)}},
							'Vendor Ltd': {state: 'PENDING_APPROVAL', people: {'Olga Vendor': 'READ_ONLY'}},
							'Loud Inc': {state: 'DENIED_ACCESS'},
						},
						services: ['store:Wind park', 'store:Their store', sensors, nameless],
					},
					{
						name: 'Forecast exchange',
						host: 'State University',
						organizations: {
							'State University': {people: {'Grace Hopper': 'READ_WRITE', 'Person u1': 'READ_ONLY'}},
							'Sample Utility': {people: {'Ada User': 'READ_ONLY'}},
						},
						services: ['db:Their feeders', 'store:Their store', 'db:Microgrid'],
					},
					{
						name: 'Waiting room',
						host: 'Vendor Ltd',
						organizations: {
							'Vendor Ltd': {people: {'Olga Vendor': 'READ_WRITE'}},
							'Sample Utility': {state: 'PENDING_APPROVAL', people: {'Ada User': 'READ_ONLY'}},
						},
						services: ['store:Old data'],
					},
				],
			},
		},
	);
}
