import type {Kept, SignIn} from './account.ts';
import type {User} from './ports.ts';
import {personName} from './sharing-words.ts';

/** What a login asks. */
export function tokenQuestion({profile, host}: SignIn): string {
	return `token for ${host} (profile ${profile}):`;
}

/** As whom one is in. */
export function signedInText(user: User, {host}: SignIn): string {
	const {organization} = user;
	return `logged in at ${host} as ${personName(user)}${organization ? `, ${organization.name}` : ''}`;
}

/** Where the token is now, a line each. */
export function keptText(profile: string, {where, notes}: Kept): readonly string[] {
	const places = {
		keyring: `the token is kept in the keyring, as profile ${profile}`,
		file: `the token is kept in a file that only you can read, as profile ${profile}`,
		session: 'the token is kept for this session only',
	};
	return [places[where], ...notes];
}

/** What a logout has come to. */
export function removedText({
	profile,
	from,
}: {
	readonly profile: string;
	readonly from: readonly string[];
}): string {
	if (from.length === 0) return `${profile}: no token of it is kept here`;
	return `${profile}: token removed from the ${from.join(' and the ')}`;
}
