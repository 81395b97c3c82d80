import {ShellError} from '../shell/errors.ts';
import {closest} from '../shell/suggest.ts';
import {endpointOf, hostedEndpoint, type Place, placeOf} from './endpoint.ts';
import {type ProfileSettings, profileNamed, type Settings} from './settings.ts';

/** Where to find a token. `label` is what people call it. */
export type TokenSource = {readonly label: string} & (
	| {readonly kind: 'variable'; readonly value: string}
	| {readonly kind: 'path'; readonly path: string}
	| {readonly kind: 'command'; readonly command: string}
	| {readonly kind: 'keyring'}
	| {readonly kind: 'file'}
	/** The local exchange lets its own user in. */
	| {readonly kind: 'folder'}
);

/** An Exchange, and as whom. */
export type Connection = Place & {
	/** Undefined for a token that was given without one. */
	readonly profile: string | undefined;
	/** Undefined where there is none: one has to log in first. */
	readonly source: TokenSource | undefined;
	/** Where the profile starts, unless something else is said. */
	readonly store: string | undefined;
	readonly database: string | undefined;
};

/** What was said about the connection, and what is known. */
export type Wanted = {
	readonly settings: Settings;
	/** The local exchange's folder. */
	readonly directory: string;
	/** Asked for by name. */
	readonly profile: string | undefined;
	readonly endpoint: string | undefined;
	/** The local exchange, whatever else is said. */
	readonly isLocal: boolean;
	/** A token from outside the settings. */
	readonly token: TokenSource | undefined;
};

/**
 * The connection to start with: of the profile asked for, else of the endpoint's, else of the default one,
 * else the local exchange. A token from outside goes before the profile's own. One that a profile keeps is
 * never sent anywhere but to the profile's endpoint. Throws `config`.
 */
export function chooseConnection(wanted: Wanted): Connection {
	const {settings, directory, profile, endpoint, isLocal, token} = wanted;
	if (isLocal) {
		const local = connectionOf('local', settings, directory);
		return token ? {...local, profile: undefined, source: token} : local;
	}
	const place = endpoint === undefined ? undefined : placeOf(endpoint, directory);
	const name = profile ?? nameFor(place, wanted);
	const own = name === undefined ? undefined : connectionOf(name, settings, directory);
	if (token) {
		const base = own ?? unnamed({kind: 'remote', endpoint: hostedEndpoint});
		const isElsewhere = place && endpointOf(place) !== endpointOf(base);
		return {...(isElsewhere ? unnamed(place) : base), source: token};
	}
	if (!own) {
		if (!place) return connectionOf('local', settings, directory);
		throw new ShellError('config', `no token for ${endpointOf(place)}`, {
			hint: '`adx-shell login --endpoint URL` takes one, or set ADX_TOKEN or pass --token-file FILE',
		});
	}
	if (place && endpointOf(place) !== endpointOf(own)) {
		throw new ShellError('config', `${name}: its token is for ${endpointOf(own)}`, {
			hint: `\`adx-shell login --profile ${name} --endpoint URL\` takes another one`,
		});
	}
	return own;
}

/** A profile's own connection. Throws `config` for a name that there is not, with what may have been meant. */
export function connectionOf(name: string, settings: Settings, directory: string): Connection {
	const own = profileNamed(settings, name);
	if (name === 'local') {
		return {
			kind: 'local',
			directory,
			profile: name,
			source: {kind: 'folder', label: 'data folder'},
			store: own?.store,
			database: own?.db,
		};
	}
	if (!own) {
		const names = ['local', ...Object.keys(settings.profiles)];
		const meant = closest(name, names);
		throw new ShellError('config', `${name}: no such profile`, {
			hint: meant === undefined ? `\`login --profile ${name}\` makes it` : `did you mean ${meant}?`,
		});
	}
	return {
		...placeOf(own.endpoint ?? hostedEndpoint, directory),
		profile: name,
		source: sourceOf(own),
		store: own.store,
		database: own.db,
	};
}

function sourceOf({token_file, password_command, token}: ProfileSettings): TokenSource | undefined {
	if (token_file !== undefined) return {kind: 'path', path: token_file, label: `token_file ${token_file}`};
	if (password_command !== undefined) {
		return {kind: 'command', command: password_command, label: 'password_command'};
	}
	return token && {kind: token, label: token};
}

/** The profile that an endpoint, or nothing at all, stands for. */
function nameFor(place: Place | undefined, {settings, directory}: Wanted): string | undefined {
	const preferred = settings.profile;
	if (!place) return preferred === 'local' ? undefined : preferred;
	const isThere = (name: string) => endpointOf(connectionOf(name, settings, directory)) === endpointOf(place);
	const names = Object.keys(settings.profiles).filter(name => name !== 'local' && isThere(name));
	return preferred !== undefined && names.includes(preferred) ? preferred : names[0];
}

function unnamed(place: Place): Connection {
	return {...place, profile: undefined, source: undefined, store: undefined, database: undefined};
}
