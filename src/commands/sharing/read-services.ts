import type {Context, Output} from '../../shell/command.ts';
import type {User} from '../../shell/ports.ts';
import {atOnce, readServices} from '../../shell/shared-services.ts';
import type {Collaborative, Service} from '../../shell/sharing.ts';
import {turns} from '../../shell/turns.ts';
import {inParallel} from '../shared/in-parallel.ts';

/** What is shared in each of them, in their order, as of now; undefined where one may not know. Says how far it is when it takes long. */
export async function* readAllServices(
	context: Context,
	collaboratives: readonly Collaborative[],
	user: User,
): AsyncGenerator<Output, readonly (readonly Service[] | undefined)[]> {
	const turn = turns(atOnce);
	const progress = {key: 'services', label: 'what is shared'};
	return yield* inParallel(context, progress, collaboratives, (collaborative, inner) =>
		turn(async () => {
			inner.signal.throwIfAborted();
			return readServices(inner, collaborative, user, {maxAge: 0});
		}),
	);
}
