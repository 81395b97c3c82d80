import {afterAll, beforeAll, expect, test} from 'vitest';
import {connectExchange} from '../../../src/exchange/connect.ts';
import type {Open} from '../../../src/host/account/open.ts';
import {whoseToken} from '../../../src/host/account/whose-token.ts';
import {type FakeExchange, fakeExchange, type Reply} from '../../exchange/fake-exchange.ts';

let fake: FakeExchange;
let reply: Reply;
beforeAll(async () => {
	fake = await fakeExchange(() => reply);
});
afterAll(() => fake.close());

const open: Open = async target =>
	connectExchange({
		endpoint: target.kind === 'remote' ? target.endpoint : '',
		token: target.token ?? '',
		patience: {backoff: 1, request: 500},
	});
const ask = (endpoint = fake.endpoint) => whoseToken(open, {kind: 'remote', endpoint}, 'my-secret-token');
const user = {userId: 'user.1', firstName: 'Ada', lastName: null, email: null, organization: null};

test('says whose it is', async () => {
	reply = {body: {data: {user_getUserSession: {user}}}};
	expect(await ask()).toEqual(user);
});

test.each<[title: string, reply: Reply, error: object]>([
	['a bad token', {status: 401, text: '{}'}, {code: 'unauthorized'}],
	[
		'an HTML page',
		{text: '<html>my-secret-token</html>', type: 'text/html'},
		{code: 'failed', hint: /endpoint/},
	],
	['a server without such a page', {status: 404, text: 'not here'}, {code: 'failed', hint: /endpoint/}],
	['JSON of something else', {body: {message: 'hello'}}, {code: 'failed', hint: /endpoint/}],
	[
		'GraphQL of something else',
		{body: {errors: [{message: 'Cannot query field "user_getUserSession" on type "Query".'}]}},
		{code: 'failed', message: /answers, but not as an Exchange does$/, hint: 'check the endpoint'},
	],
	[
		'an Exchange that does not know whose it is',
		{body: {data: {user_getUserSession: {user: null}}}},
		{code: 'failed', message: /answers, but not as an Exchange does$/},
	],
	['a server in trouble', {status: 503, text: ''}, {code: 'connection', exitCode: 3}],
	['a dropped connection', 'drop', {code: 'connection', exitCode: 3}],
	['no answer', 'hang', {code: 'timeout', exitCode: 4}],
])('%s is one clear error without the token', async (_, bad, expected) => {
	reply = bad;
	const error = (await ask().catch((thrown: unknown) => thrown)) as Error & {hint?: string};
	for (const [key, value] of Object.entries(expected)) {
		if (value instanceof RegExp) expect(Reflect.get(error, key), key).toMatch(value);
		else expect(Reflect.get(error, key), key).toBe(value);
	}
	expect(JSON.stringify(error) + error.message + error.hint).not.toContain('my-secret-token');
	expect(error.message).toContain(new URL(fake.endpoint).host);
});

test('no network is an error of the connection', async () => {
	await expect(ask('http://127.0.0.1:9/graphql')).rejects.toMatchObject({code: 'connection', exitCode: 3});
});

test('nothing is sent where the network could see it', async () => {
	await expect(ask('http://exchange.example/graphql')).rejects.toMatchObject({
		code: 'config',
		message: 'exchange.example: plain http would show the token to the network',
	});
});
