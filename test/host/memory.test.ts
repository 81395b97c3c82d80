import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import type {Connection} from '../../src/config/connection.ts';
import {openMemory} from '../../src/host/memory.ts';
import type {Location} from '../../src/shell/session.ts';

let state: string;
beforeAll(async () => {
	state = await mkdtemp(path.join(tmpdir(), 'adx-memory-'));
});
afterAll(() => rm(state, {recursive: true}));

const placeOf = (name: string): Location => ({
	store: {dataStoreId: `store.${name}`, name, description: null, ownerUserId: null, homeDirectoryId: 'd.1'},
	trail: [{dataStoreDirectoryId: 'd.1', name: ''}],
});
const connection = (given: Partial<Pick<Connection, 'profile' | 'source'>>): Connection => ({
	kind: 'local',
	directory: '/data',
	profile: undefined,
	source: undefined,
	store: undefined,
	database: undefined,
	...given,
});
const withFile = (file: string) => connection({source: {kind: 'path', path: file, label: '--token-file'}});

test('each profile, and each token file, of one Exchange has a place of its own', async () => {
	const users = {
		own: connection({profile: 'local', source: {kind: 'folder', label: 'data folder'}}),
		work: connection({profile: 'work', source: {kind: 'keyring', label: 'keyring'}}),
		ada: withFile('/tokens/ada'),
		ines: withFile('/tokens/ines'),
	};
	for (const [name, user] of Object.entries(users)) {
		const memory = await openMemory({state});
		(await memory.of(user)).remember({location: placeOf(name), database: undefined});
		await memory.settled();
	}
	const memory = await openMemory({state});
	for (const [name, user] of Object.entries(users)) {
		expect((await memory.of(user)).saved.location?.store.name).toBe(name);
	}
	expect((await memory.of(withFile('/tokens/pia'))).saved.location).toBeUndefined();
});
