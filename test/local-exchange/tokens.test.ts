import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {startExchange, type TestExchange} from '../support/exchange.ts';

const dayMs = 86_400_000;
let now = Date.parse('2026-11-21T12:00:00Z');
let exchange: TestExchange;
beforeEach(async () => {
	exchange = await startExchange({now: () => now});
});
afterEach(() => exchange.close());

const create = `mutation ($days: Int!) {
	token: user_createAuthenticationToken(name: "notebook", daysBeforeExpiration: $days) {
		tokenId userId name tokenType scope dateCreated dateExpires lastActive tokenValue
	}
}`;
const list = '{tokens: user_listAuthenticationTokens {tokenId name dateExpires lastActive tokenValue}}';
const remove = 'mutation ($id: ID!) {user_deleteAuthenticationToken(tokenId: $id) {tokenId}}';
const status = async (token: string) => (await exchange.post('{__typename}', {}, token)).status;

test('a new token works, shows its value once, and is kept only as a hash', async () => {
	const {token} = await exchange.ask(create, {days: 30});
	expect(token).toMatchObject({
		name: 'notebook',
		tokenType: 'USER_FULL_ACCESS',
		dateCreated: '2026-11-21T12:00:00.000Z',
		dateExpires: '2026-12-21T12:00:00.000Z',
		lastActive: null,
	});
	expect(await status(token.tokenValue)).toBe(200);
	expect((await exchange.ask(list)).tokens).toEqual([
		{
			tokenId: token.tokenId,
			name: 'notebook',
			dateExpires: token.dateExpires,
			lastActive: '2026-11-21T12:00:00.000Z',
			tokenValue: null,
		},
	]);
	for (const name of readdirSync(exchange.directory).filter(each => each.startsWith('catalogue'))) {
		expect(readFileSync(join(exchange.directory, name)).includes(token.tokenValue)).toBe(false);
	}
});

test('a token is refused from the moment it expires', async () => {
	const {token} = await exchange.ask(create, {days: 1});
	now += dayMs - 1;
	expect(await status(token.tokenValue)).toBe(200);
	now += 1;
	expect(await status(token.tokenValue)).toBe(401);
	expect(await status(exchange.token)).toBe(200);
});

test('a deleted token is refused and no longer listed', async () => {
	const {token} = await exchange.ask(create, {days: 1});
	await exchange.ask(remove, {id: token.tokenId});
	expect(await status(token.tokenValue)).toBe(401);
	expect((await exchange.ask(list)).tokens).toEqual([]);
	await expect(exchange.ask(remove, {id: token.tokenId})).rejects.toThrow('does not exist');
});

test.each([0, -1, 100_000])('a token for %d days is refused', async days => {
	await expect(exchange.ask(create, {days})).rejects.toThrow('daysBeforeExpiration must be');
});
