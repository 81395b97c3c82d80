import {ApolloClient, ApolloLink, InMemoryCache} from '@apollo/client';
import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {ShellError} from '../../../src/shell/errors.ts';
import {type CollaborativesWatch, watchCollaboratives} from '../../../src/ui/hooks/collaboratives-watch.ts';
import {type MemoryExchange, memoryExchange} from '../../support/memory-exchange.ts';
import {patience} from '../patience.ts';

let exchange: MemoryExchange;
let watch: CollaborativesWatch;
const onChange = vi.fn();

beforeEach(() => {
	onChange.mockClear();
	exchange = memoryExchange(
		{'Campus study': {}},
		{
			sharing: {
				collaboratives: [
					{
						name: 'Pilot',
						organizations: {'Sample Utility': {people: {'Ada User': 'READ_WRITE'}}},
						services: ['store:Campus study'],
					},
				],
			},
		},
	);
	const client = new ApolloClient({cache: new InMemoryCache(), link: ApolloLink.empty()});
	watch = watchCollaboratives({...exchange, client}, onChange);
});
afterEach(() => watch.close());

const id = 'collaborativeId.1';
const names = () => watch.collaboratives()?.map(({name}) => name);

test('nothing is asked before somebody looks, and nothing twice', async () => {
	expect(names()).toBeUndefined();
	watch.look([]);
	await expect.poll(names, {timeout: patience}).toEqual(['Pilot']);
	expect(watch.services(id)).toBeUndefined();
	watch.look([id]);
	await expect
		.poll(() => watch.services(id)?.map(({name}) => name), {timeout: patience})
		.toEqual(['Campus study']);
	watch.look([id]);
	watch.retry();
	await vi.waitFor(() => expect(onChange).toHaveBeenCalled(), patience);
	expect(exchange.requests.filter(request => /^list(Collaboratives|Services)/.test(request))).toHaveLength(2);
});

test('what is unfolded is asked for anew, however young it is', async () => {
	await exchange.sharing.listServices(id);
	exchange.people.remove({collaborativeId: id, ...exchange.people.service('store:Campus study')});
	watch.look([]);
	await expect.poll(names, {timeout: patience}).toEqual(['Pilot']);
	watch.look([id]);
	await expect.poll(() => watch.services(id), {timeout: patience}).toEqual([]);
});

test('what could not be had is told, and tried again when a line has ended', async () => {
	exchange.failNext('listCollaboratives', new ShellError('connection', 'no way to the Exchange'));
	watch.look([]);
	await expect.poll(() => watch.failure()?.message, {timeout: patience}).toBe('no way to the Exchange');
	watch.retry();
	await expect.poll(names, {timeout: patience}).toEqual(['Pilot']);
	expect(watch.failure()).toBeUndefined();
});

test('why one collaborative cannot be looked into is its own', async () => {
	exchange.failNext('listServices', new ShellError('denied', 'not permitted'));
	watch.look([id]);
	await expect.poll(() => watch.failure(id)?.code, {timeout: patience}).toBe('denied');
	expect(watch.failure()).toBeUndefined();
	expect(names()).toEqual(['Pilot']);
});

test('once nobody looks nothing is told any more', async () => {
	watch.look([]);
	await expect.poll(names, {timeout: patience}).toEqual(['Pilot']);
	watch.look(undefined);
	onChange.mockClear();
	watch.retry();
	expect(onChange).not.toHaveBeenCalled();
});
