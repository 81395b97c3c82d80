import {expect, test} from 'vitest';
import {ShellError} from '../../src/shell/errors.ts';
import {exchangeToCome, needsExchange, unreachable} from '../../src/shell/unreachable.ts';
import {memoryExchange} from '../support/memory-exchange.ts';

test('an Exchange that there is no way to gives everybody the reason, and holds nothing', async () => {
	const exchange = unreachable(new ShellError('config', 'password_command: ended with 7'));
	await expect(exchange.listDataStores()).rejects.toThrow('password_command: ended with 7');
	await expect(exchange.tokens.listTokens()).rejects.toThrow('password_command: ended with 7');
	expect(exchange.cachedListing('x')).toBeUndefined();
	expect(exchange.timeSeries.cachedDatabases()).toBeUndefined();
	expect(exchange.inFlight()).toBe(0);
	expect(() => exchange.close()).not.toThrow();
	expect(await Promise.resolve(exchange)).toBe(exchange);
	await expect(unreachable().user()).rejects.toMatchObject({code: 'connection', hint: /`login`/});
});

test('one that is to come is connected to when it is asked for something, once', async () => {
	let connections = 0;
	const memory = memoryExchange({Campus: {}});
	let connecting: Promise<typeof memory> | undefined;
	const exchange = exchangeToCome(() => {
		connecting ??= Promise.resolve(memory).finally(() => connections++);
		return connecting;
	});
	expect(exchange.cachedListing('x')).toBeUndefined();
	expect(connections).toBe(0);
	expect(await exchange.listDataStores()).toHaveLength(1);
	expect(await exchange.tokens.listTokens()).toEqual([]);
	expect(connections).toBe(1);
	expect(memory.requests).toEqual(['listDataStores', 'listTokens']);
});

test('what leads to an Exchange needs none', () => {
	expect(['Account', 'Session'].map(group => needsExchange({group: group as 'Account'}))).toEqual([
		false,
		false,
	]);
	expect(needsExchange({group: 'Files'})).toBe(true);
});
