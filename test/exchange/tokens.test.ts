import {afterEach, expect, test} from 'vitest';
import {failure} from './failure.ts';
import {type Asked, type FakeExchange, fakeExchange, type Reply} from './fake-exchange.ts';
import {data, refused, undefinedField} from './sharing-answers.ts';

let fake: FakeExchange;
afterEach(() => fake.close());

const value = 'the-value-of-a-new-token';
const token = (name: string) => ({
	tokenId: `token.${name}`,
	name,
	tokenType: 'USER_FULL_ACCESS',
	dateCreated: '2026-01-01T00:00:00.000Z',
	dateExpires: '2026-02-01T00:00:00.000Z',
	lastActive: null,
});
const row = (name: string, more: object = {}) => ({
	__typename: 'AuthenticationToken',
	...token(name),
	...more,
});
const open = async (answer: (asked: Asked) => Reply | Promise<Reply>) => {
	fake = await fakeExchange(answer);
	return fake.connect();
};

test('tokens are listed, null rows absent, types newer than the shell as text', async () => {
	const {tokens} = await open(() =>
		data({
			user_listAuthenticationTokens: [null, row('a'), row('b', {tokenType: 'NEWER', tokenValue: value})],
		}),
	);
	expect(await tokens.listTokens()).toEqual([token('a'), {...token('b'), tokenType: 'NEWER'}]);
	await tokens.listTokens();
	expect(fake.asked).toHaveLength(2);
});

test('of none there are none', async () => {
	const {tokens} = await open(() => data({user_listAuthenticationTokens: null}));
	expect(await tokens.listTokens()).toEqual([]);
});

test('the value of a new token is in that answer alone, not in the cache, not in the token', async () => {
	const exchange = await open(({operationName}) =>
		operationName === 'CreateToken'
			? data({user_createAuthenticationToken: row('a', {tokenValue: value})})
			: data({user_listAuthenticationTokens: [row('a')]}),
	);
	const made = await exchange.tokens.createToken({name: 'a', daysBeforeExpiration: 30});
	expect(made).toEqual({token: token('a'), value});
	expect(fake.asked[0]?.variables).toEqual({name: 'a', daysBeforeExpiration: 30});
	await exchange.tokens.listTokens();
	expect(JSON.stringify(exchange.client.cache.extract(true))).not.toContain(value);
});

test('a token whose value does not come is an error that says how to take it back', async () => {
	const {tokens} = await open(() =>
		data({user_createAuthenticationToken: row('a', {tokenId: 't.1', tokenValue: null})}),
	);
	const error = await failure(tokens.createToken({name: 'a', daysBeforeExpiration: 1}));
	expect([error.code, error.message, error.hint]).toEqual([
		'failed',
		'a: the Exchange did not give the value of the token',
		'`token delete id:t.1` takes it back',
	]);
});

test('none made at all is an error, too', async () => {
	const {tokens} = await open(() => data({user_createAuthenticationToken: null}));
	const error = await failure(tokens.createToken({name: 'a', daysBeforeExpiration: 1}));
	expect([error.code, error.hint]).toEqual(['failed', undefined]);
});

test('one that is made after the cancelling is deleted: nobody will see its value', async () => {
	const sent = Promise.withResolvers<void>();
	const made = Promise.withResolvers<void>();
	const deleted = Promise.withResolvers<unknown>();
	const {tokens} = await open(async ({operationName, variables}) => {
		if (operationName === 'DeleteToken') {
			deleted.resolve(variables);
			return data({user_deleteAuthenticationToken: row('a')});
		}
		sent.resolve();
		await made.promise;
		return data({user_createAuthenticationToken: row('a', {tokenValue: value})});
	});
	const stop = new AbortController();
	const creating = failure(tokens.createToken({name: 'a', daysBeforeExpiration: 1}, {signal: stop.signal}));
	await sent.promise;
	stop.abort();
	expect((await creating).code).toBe('cancelled');
	made.resolve();
	expect(await deleted.promise).toEqual({tokenId: 'token.a'});
});

test('a token is deleted; one that is not there is not found, another’s is denied', async () => {
	const {tokens} = await open(({attempt}) => {
		if (attempt === 1) return data({user_deleteAuthenticationToken: row('a')});
		return attempt === 2 ? data({user_deleteAuthenticationToken: null}) : refused();
	});
	await tokens.deleteToken('token.a');
	expect(fake.asked[0]?.variables).toEqual({tokenId: 'token.a'});
	expect((await failure(tokens.deleteToken('token.x'))).code).toBe('not-found');
	expect((await failure(tokens.deleteToken('token.other'))).code).toBe('denied');
});

test('an Exchange that has no tokens to list or make says so once', async () => {
	const {tokens} = await open(() => undefinedField('user_listAuthenticationTokens', 'Query'));
	for (const call of [
		() => tokens.listTokens(),
		() => tokens.createToken({name: 'a', daysBeforeExpiration: 1}),
		() => tokens.deleteToken('a'),
	]) {
		const {code, message} = await failure(call());
		expect([code, message]).toEqual(['unsupported', 'this Exchange has no tokens to list or make']);
	}
	expect(fake.asked).toHaveLength(1);
});
