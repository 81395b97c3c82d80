import {expect, test} from 'vitest';
import type {Token} from '../../../src/shell/sharing.ts';
import {memoryExchange} from '../../support/memory-exchange.ts';
import {noon, runCommands} from '../../support/run.ts';

const day = 86_400_000;
const token = (name: string, expires: number, lastActive: string | null = null): Token => ({
	tokenId: `tokenId.${name}`,
	name,
	tokenType: 'USER_FULL_ACCESS',
	dateCreated: new Date(noon - 100 * day).toISOString(),
	dateExpires: new Date(expires).toISOString(),
	lastActive,
});
const old = token('old one', noon - day);
const nightly = token('nightly', noon + 30 * day, new Date(noon - day).toISOString());
const exchange = memoryExchange({}, {sharing: {tokens: [nightly, old]}});

test('lists what expires first at the top, and marks what has', async () => {
	const {screen} = await runCommands('tokens', {exchange, interactive: true});
	expect(screen).toHaveLength(3);
	expect(screen[0]).toMatch(/^name +type +created +expires +last used/);
	expect(screen[1]).toMatch(/^'old one' +USER_FULL_ACCESS .+ expired$/);
	expect(screen[2]).toMatch(/^nightly +USER_FULL_ACCESS .+$/);
	expect(screen[2]).not.toContain('expired');
});

test('-l has whole ids', async () => {
	const {screen} = await runCommands('tokens -l', {exchange, interactive: true});
	expect(screen.join('\n')).toContain('tokenId.nightly');
});

test('as JSON has the fields of the API', async () => {
	const {text} = await runCommands('tokens --json', {exchange});
	const [first, second] = text
		.trim()
		.split('\n')
		.map(line => JSON.parse(line));
	expect(first).toEqual({...old, state: 'expired'});
	expect(second).toEqual({...nightly, state: ''});
});

test('a person without tokens is told so', async () => {
	const {screen} = await runCommands('tokens', {exchange: memoryExchange({}), interactive: true});
	expect(screen).toEqual(['no tokens']);
});
