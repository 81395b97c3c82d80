import {readFile} from 'node:fs/promises';
import {isAbsolute} from 'node:path';
import {ShellError} from '../shell/errors.ts';
import {closest} from '../shell/suggest.ts';

/** What the settings say of one profile, checked for shape only. */
export type ProfileSettings = {
	/** A URL, or `local`. */
	readonly endpoint?: string;
	/** Where `login` has put the token. */
	readonly token?: 'keyring' | 'file';
	/** A file that holds the token and nothing else. */
	readonly token_file?: string;
	/** The first line that it prints is the token. */
	readonly password_command?: string;
	/** The data store to start in. */
	readonly store?: string;
	/** The time-series database to start with. */
	readonly db?: string;
};

export type Settings = {
	/** The profile of a session that nothing is said about. */
	readonly profile?: string;
	readonly profiles: Readonly<Record<string, ProfileSettings>>;
};

/** What `problem` finds: where in the file, what is wrong there, and what may have been meant. */
export type Problem = {
	readonly path: readonly string[];
	readonly what: string;
	readonly hint?: string;
};

const profileKeys = ['endpoint', 'token', 'token_file', 'password_command', 'store', 'db'] as const;

/**
 * The settings; none where there is no file. Throws `config`, naming the line and the key; the text around
 * it is never repeated, as it may be a token in the wrong place.
 */
export async function readSettings(file: string): Promise<Settings> {
	const text = await readText(file);
	if (text === undefined || text.trim() === '') return {profiles: {}};
	let settings: unknown;
	try {
		settings = JSON.parse(text);
	} catch {
		// Comments and commas at the end are fine: only the parser at hand does not know them.
		const {parseRelaxed} = await import('./relaxed-json.ts');
		settings = parseRelaxed(file, text);
	}
	const problem = problemOf(settings);
	if (!problem) return {profiles: {}, ...(settings as Partial<Settings>)};
	const {lineOf} = await import('./relaxed-json.ts');
	const {path, what, hint} = problem;
	throw new ShellError('config', `${file}:${lineOf(text, path)}: ${[...path, what].join(': ')}`, {hint});
}

/** A profile's name can be typed without quotes, and is a word in messages. */
export function checkProfileName(name: string): void {
	if (/^[\p{L}\p{N}_][\p{L}\p{N}_.@-]{0,63}$/u.test(name)) return;
	throw new ShellError('config', `${name.slice(0, 64) || '(nothing)'}: not a name for a profile`, {
		hint: 'letters, digits and . _ @ - make one',
	});
}

/** What the settings say of a profile; undefined where there is none of that name. */
export function profileNamed({profiles}: Settings, name: string): ProfileSettings | undefined {
	return Object.hasOwn(profiles, name) ? profiles[name] : undefined;
}

async function readText(file: string): Promise<string | undefined> {
	try {
		return await readFile(file, 'utf8');
	} catch (thrown) {
		const {code} = thrown as NodeJS.ErrnoException;
		if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
		throw new ShellError('config', `${file}: cannot be read (${code})`, {cause: thrown});
	}
}

function problemOf(settings: unknown): Problem | undefined {
	if (!isObject(settings)) return {path: [], what: 'not an object of settings', hint: '{"profiles": {…}}'};
	const stray = strayKey([], settings, ['profile', 'profiles']);
	if (stray) return stray;
	const {profile, profiles = {}} = settings;
	if (profile !== undefined && typeof profile !== 'string') return notText(['profile']);
	if (!isObject(profiles)) {
		return {
			path: ['profiles'],
			what: 'not an object of profiles',
			hint: '{"NAME": {"endpoint": "https://…"}}',
		};
	}
	for (const [name, given] of Object.entries(profiles)) {
		const problem = profileProblem(name, given);
		if (problem) return problem;
	}
	return undefined;
}

function profileProblem(name: string, given: unknown): Problem | undefined {
	const place = ['profiles', name];
	if (!isObject(given)) return {path: place, what: 'not an object of settings'};
	const stray = strayKey(place, given, profileKeys);
	if (stray) return stray;
	const wrong = Object.keys(given).find(key => typeof given[key] !== 'string' || given[key].trim() === '');
	if (wrong !== undefined) return notText([...place, wrong]);
	if (name === 'local' && (given.endpoint ?? given.token ?? given.token_file ?? given.password_command)) {
		return {path: place, what: 'is the local exchange, which needs no settings but store and db'};
	}
	const file = given.token_file;
	if (typeof file === 'string' && !file.startsWith('~/') && !isAbsolute(file)) {
		return {path: [...place, 'token_file'], what: 'not a whole path', hint: 'it begins with / or ~/'};
	}
	if (given.token !== undefined && given.token !== 'keyring' && given.token !== 'file') {
		return {
			path: [...place, 'token'],
			what: 'says where the token is, keyring or file, and is not the token',
			hint: '`login` puts it there',
		};
	}
	return undefined;
}

function strayKey(
	path: readonly string[],
	given: Readonly<Record<string, unknown>>,
	known: readonly string[],
): Problem | undefined {
	const stray = Object.keys(given).find(key => !known.includes(key));
	if (stray === undefined) return undefined;
	return {path: [...path, stray], what: 'no such setting', hint: hintFor(stray, path, known)};
}

function hintFor(stray: string, path: readonly string[], known: readonly string[]): string {
	const meant = closest(stray, known);
	if (meant !== undefined) return `did you mean ${meant}?`;
	const ofProfile: readonly string[] = profileKeys;
	if (path.length === 0 && ofProfile.includes(stray))
		return 'it goes into a profile: {"profiles": {"NAME": {…}}}';
	return `there are ${known.join(', ')}`;
}

const notText = (path: readonly string[]): Problem => ({path, what: 'not a text'});

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
