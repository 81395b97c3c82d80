import type {Account, Kept, Profile} from '../../src/shell/account.ts';
import {ShellError} from '../../src/shell/errors.ts';
import type {User} from '../../src/shell/ports.ts';

export type MemoryAccount = Account & {
	/** What was asked of it, in order: `signIn work a-token`. */
	readonly calls: readonly string[];
};

export const ada: User = {
	userId: 'user.1',
	firstName: 'Ada',
	lastName: 'User',
	email: 'ada@example.org',
	organization: {organizationId: 'organization.1', name: 'Sample Utility'},
};

/** Profiles that are nowhere but here. Tokens that begin with `bad` are refused. */
export function memoryAccount(
	names: readonly string[] = ['work'],
	kept: Kept = {where: 'keyring', notes: []},
): MemoryAccount {
	const calls: string[] = [];
	const profiles = new Map<string, Omit<Profile, 'name' | 'current' | 'isDefault'>>([
		['local', {endpoint: null, token: 'data folder'}],
		...names.map(name => [name, {endpoint: `https://${name}.example/graphql`, token: 'keyring'}] as const),
	]);
	let current = 'local';
	let byDefault = 'local';
	const known = (name: string) => {
		const profile = profiles.get(name);
		if (!profile) throw new ShellError('not-found', `${name}: no such profile`);
		return profile;
	};
	const accepted = (token: string) => {
		if (token.startsWith('bad'))
			throw new ShellError('unauthorized', 'the Exchange does not accept the token');
	};
	return {
		calls,
		current: () => ({profile: current, tokenFrom: profiles.get(current)?.token ?? null}),
		profiles: async () =>
			[...profiles].map(([name, profile]) => ({
				...profile,
				name,
				current: name === current,
				isDefault: name === byDefault,
			})),
		planSignIn: async ({profile = 'default', endpoint = 'https://hosted.example/graphql'}) => ({
			profile,
			endpoint,
			host: new URL(endpoint).host,
		}),
		signIn: async (plan, token) => {
			calls.push(`signIn ${plan.profile} ${token}`);
			accepted(token);
			profiles.set(plan.profile, {endpoint: plan.endpoint, token: kept.where});
			current = plan.profile;
			return {user: ada, kept};
		},
		signOut: async (name = current) => {
			calls.push(`signOut ${name}`);
			const {endpoint, token} = known(name);
			profiles.set(name, {endpoint, token: null});
			if (name === current) current = 'local';
			return {profile: name, from: token === null ? [] : [token]};
		},
		enter: async (name, {asDefault} = {}) => {
			calls.push(`enter ${name}`);
			known(name);
			current = name;
			if (asDefault) byDefault = name;
			return {user: ada};
		},
		keep: async token => {
			calls.push(`keep ${token}`);
			return {...kept, profile: current};
		},
	};
}
