import {hostOf, type Place} from '../../config/endpoint.ts';
import {ShellError, toShellError} from '../../shell/errors.ts';
import type {Exchange, User} from '../../shell/ports.ts';
import type {Open} from './open.ts';

/**
 * Asks the Exchange of a place whose token it is. Throws `unauthorized` for a bad token, and where there is
 * none, or something else than an Exchange, what is wrong with the place.
 */
export async function whoseToken(
	open: Open<Exchange>,
	place: Place,
	token: string,
	signal?: AbortSignal,
): Promise<User> {
	const exchange = await open({...place, token}, {});
	try {
		return await exchange.user({maxAge: 0, signal});
	} catch (thrown) {
		const error = toShellError(thrown);
		if (error.code !== 'unsupported' && error.code !== 'not-found') throw error;
		throw new ShellError('failed', `${hostOf(place)}: answers, but not as an Exchange does`, {
			hint: 'check the endpoint',
			cause: error,
		});
	} finally {
		exchange.close();
	}
}
