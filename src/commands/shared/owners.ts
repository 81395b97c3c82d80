import {peopleIn} from '../../shell/collaboratives.ts';
import type {Context} from '../../shell/command.ts';
import {toShellError} from '../../shell/errors.ts';
import type {User} from '../../shell/ports.ts';
import type {Service} from '../../shell/sharing.ts';
import {personName} from '../../shell/sharing-words.ts';

/**
 * Whose each of these services is, in their order: `you`, else the name of somebody in one's collaboratives, else
 * the id; null where the Exchange does not say. What fails here leaves the ids.
 */
export async function ownerNames(
	context: Pick<Context, 'exchange' | 'signal'>,
	services: readonly Service[],
): Promise<readonly (string | null)[]> {
	const user = await unlessCancelled(context.exchange.user({signal: context.signal}));
	const isOwn = (id: string | null) => id === null || id === user?.userId;
	const people = services.every(({ownerUserId}) => isOwn(ownerUserId))
		? undefined
		: await readPeople(context);
	return services.map(({ownerUserId: id}) => {
		if (id === null) return null;
		if (isOwn(id)) return 'you';
		const owner = people?.get(id);
		return owner ? personName(owner) : id;
	});
}

async function readPeople({
	exchange,
	signal,
}: Pick<Context, 'exchange' | 'signal'>): Promise<ReadonlyMap<string, User>> {
	const collaboratives = await unlessCancelled(exchange.sharing.listCollaboratives({signal}));
	return peopleIn(collaboratives ?? []);
}

function unlessCancelled<T>(asked: Promise<T>): Promise<T | undefined> {
	return asked.catch((thrown: unknown) => {
		if (toShellError(thrown).code === 'cancelled') throw thrown;
		return undefined;
	});
}
