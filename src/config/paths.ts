import {homedir, userInfo} from 'node:os';
import path from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** Absolute folders of this program's files, by the XDG base directory rules on every system. */
export type Folders = {
	/** The settings, and the tokens that no keyring keeps. */
	readonly config: string;
	/** History and logs: survive a restart, need no backup. */
	readonly state: string;
	/** May be deleted at any time. */
	readonly cache: string;
	/** The local exchange's catalogue and bytes. */
	readonly data: string;
};

/** The XDG rules say a relative path in these variables is invalid and ignored. */
export function foldersOf(environment: Environment): Folders {
	const folder = (variable: string, fallback: string) => {
		const set = environment[variable];
		// An empty HOME would put the tokens wherever one happens to be.
		const home = () => homedir() || userInfo().homedir;
		return path.join(set && path.isAbsolute(set) ? set : path.join(home(), fallback), 'adx-shell');
	};
	return {
		config: folder('XDG_CONFIG_HOME', '.config'),
		state: folder('XDG_STATE_HOME', '.local/state'),
		cache: folder('XDG_CACHE_HOME', '.cache'),
		data: folder('XDG_DATA_HOME', '.local/share'),
	};
}

/** The file of profiles. */
export function settingsFile({config}: Pick<Folders, 'config'>): string {
	return path.join(config, 'config.json');
}

/** The file of tokens that no keyring keeps. */
export function tokensFile({config}: Pick<Folders, 'config'>): string {
	return path.join(config, 'tokens.json');
}
