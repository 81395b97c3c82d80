import type {Connection} from '../../config/connection.ts';
import {endpointOf, hostedEndpoint, hostOf, placeOf} from '../../config/endpoint.ts';
import {checkProfileName, profileNamed, readSettings} from '../../config/settings.ts';
import type {SignIn} from '../../shell/account.ts';
import {ShellError} from '../../shell/errors.ts';

type World = {
	/** Of the settings. */
	readonly file: string;
	/** The local exchange's folder. */
	readonly directory: string;
	/** The session's. */
	readonly current: Connection | undefined;
};

/**
 * For which profile and endpoint a token is to be kept. Throws `config` where it would be of no use, or would
 * take the place of one for another endpoint that nobody has spoken of.
 */
export async function planSignIn(
	wanted: {readonly profile?: string | undefined; readonly endpoint?: string | undefined},
	{file, directory, current}: World,
): Promise<SignIn> {
	const settings = await readSettings(file);
	const session = current?.profile === 'local' ? undefined : current?.profile;
	const profile = wanted.profile ?? session ?? settings.profile ?? 'default';
	checkProfileName(profile);
	if (profile === 'local') {
		throw new ShellError('config', 'local: the local exchange needs no login', {
			hint: '`login --profile NAME --endpoint local` is for another of its users',
		});
	}
	const known = profileNamed(settings, profile);
	const place = placeOf(wanted.endpoint ?? known?.endpoint ?? hostedEndpoint, directory);
	if (wanted.profile === undefined && known?.endpoint !== undefined) {
		const own = placeOf(known.endpoint, directory);
		if (endpointOf(own) !== endpointOf(place)) {
			throw new ShellError('config', `${profile}: this profile is of ${hostOf(own)}`, {
				hint: 'choose another name: --profile NAME',
			});
		}
	}
	const elsewhere =
		known?.token_file !== undefined ? 'token_file' : known?.password_command && 'password_command';
	if (elsewhere) {
		throw new ShellError('config', `${profile}: its token comes from ${elsewhere}`, {
			hint: `take that out of ${file} first`,
		});
	}
	return {profile, endpoint: endpointOf(place), host: hostOf(place)};
}
