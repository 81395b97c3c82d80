import {expect, test} from 'vitest';
import {login} from '../../src/commands/account/login.ts';
import {profile} from '../../src/commands/account/profile.ts';
import type {Profile} from '../../src/shell/account.ts';
import {complete} from '../../src/shell/complete.ts';

const known: readonly Profile[] = [
	{name: 'local', endpoint: null, token: 'data folder', current: true, isDefault: true},
	{name: 'lab', endpoint: 'https://lab.example/graphql', token: 'keyring', current: false, isDefault: false},
	{name: 'work', endpoint: 'https://work.example/graphql', token: null, current: false, isDefault: false},
];

const at = (line: string, profiles: readonly Profile[] | undefined | null) =>
	complete(
		{line, cursor: line.length},
		{
			commands: [profile, login],
			session: {
				location: undefined,
				previous: undefined,
				database: undefined,
				localDirectory: '/',
				status: 0,
			},
			user: () => null,
			stores: () => null,
			listing: () => null,
			databases: () => null,
			collaboratives: () => null,
			services: () => null,
			latest: () => null,
			localEntries: () => null,
			profiles: () => profiles,
		},
	);

test('profiles are offered by name, with where they lead', () => {
	expect(at('profile l', known).candidates).toMatchObject([
		{insert: 'local ', kind: 'profile', summary: 'local exchange'},
		{insert: 'lab ', kind: 'profile', summary: 'https://lab.example/graphql'},
	]);
	expect(at('login --profile w', known).candidates.map(({insert}) => insert)).toEqual(['work ']);
});

test('while they are being read the completion is on its way, and ends where they cannot be', () => {
	expect(at('profile l', undefined)).toMatchObject({pending: true, candidates: []});
	expect(at('profile l', null)).toMatchObject({pending: false, candidates: []});
});
