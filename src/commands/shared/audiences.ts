import {type Audience, audienceOf} from '../../shell/audience.ts';
import type {Column, Context, Output, Row} from '../../shell/command.ts';
import {isRefusal, toShellError} from '../../shell/errors.ts';
import {membershipOf, tellsMembers} from '../../shell/membership.ts';
import type {User} from '../../shell/ports.ts';
import {counted} from '../../shell/readable.ts';
import {collaborativesWith} from '../../shell/services.ts';
import {atOnce, listShared} from '../../shell/shared-services.ts';
import type {Collaborative, Service} from '../../shell/sharing.ts';
import {permissionWord} from '../../shell/sharing-words.ts';
import {turns} from '../../shell/turns.ts';
import {inParallel} from './in-parallel.ts';
import {ownerNames} from './owners.ts';

/**
 * With which collaboratives each service of one's own is shared, in their order; undefined where the Exchange
 * does not say it of one. Says how far it is when it takes long.
 */
export async function* readSharedWith(
	context: Context,
	services: readonly Service[],
	maxAge = 0,
): AsyncGenerator<Output, readonly (readonly Collaborative[] | undefined)[]> {
	const turn = turns(atOnce);
	const progress = {key: 'shared', label: 'with whom it is shared'};
	return yield* inParallel(context, progress, services, ({serviceId, serviceType}, {exchange, signal}) =>
		turn(async () => {
			signal.throwIfAborted();
			try {
				return await exchange.sharing.listSharedWith({serviceId, serviceType}, {signal, maxAge});
			} catch (thrown) {
				if (isRefusal(thrown)) return undefined;
				throw thrown;
			}
		}),
	);
}

/** Who sees a service, besides its owner: the collaboratives and whom they come to. */
export type ServiceAudience = Audience & {
	readonly collaboratives: readonly Pick<Collaborative, 'collaborativeId' | 'name'>[];
	/** False where there may be more, since the Exchange does not say who is in one of the collaboratives. */
	readonly isComplete: boolean;
};

export type AudienceCell = {
	/** `→ Resilience pilot (3 orgs, 41 people)`; of what others own: through which collaborative one sees it. */
	readonly text: string;
	readonly audience: ServiceAudience;
};

export const audienceColumn: Column = {field: 'audienceText', as: 'maybe', header: 'audience'};

/**
 * A listing of stores or databases, with `audienceText`, as JSON with `audience`; for a person also with `owner`,
 * a name.
 */
export async function* withAudiences<T extends Row>(
	context: Context,
	things: readonly T[],
	serviceOf: (thing: T) => Service,
	listing: (rows: readonly T[]) => Output,
): AsyncGenerator<Output> {
	const services = things.map(serviceOf);
	const cells = yield* readAudiences(context, services);
	const owners = context.interactive ? await ownerNames(context, services) : undefined;
	yield listing(
		things.map((thing, index) => {
			const cell = cells[index];
			if (context.format === 'json') return {...thing, audience: cell?.audience ?? null};
			const audienceText = cell?.text ?? null;
			return owners ? {...thing, audienceText, owner: owners[index]} : {...thing, audienceText};
		}),
	);
}

/**
 * Who sees each of these services, in their order; undefined where that cannot be known. What fails here
 * leaves the rest of a listing as it is.
 */
async function* readAudiences(
	context: Context,
	services: readonly Service[],
): AsyncGenerator<Output, readonly (AudienceCell | undefined)[]> {
	const {exchange, signal} = context;
	try {
		const user = await exchange.user({signal});
		const own = services.filter(({ownerUserId}) => ownerUserId === user.userId);
		const lists = yield* readSharedWith(context, own, 30_000);
		const seen = own.length < services.length ? await listShared(context) : [];
		return services.map(service => {
			const index = own.indexOf(service);
			if (index === -1) return cellOfOthers(collaborativesWith(service, seen), service, user);
			const list = lists[index];
			return list && cellOf(list, user);
		});
	} catch (thrown) {
		if (toShellError(thrown).code === 'cancelled') throw thrown;
		return services.map(() => undefined);
	}
}

function cellOf(collaboratives: readonly Collaborative[], user: User): AudienceCell {
	const audience = audienceWith(collaboratives, user.userId, user);
	return {
		text: collaboratives.length === 0 ? 'only you' : `→ ${namesOf(collaboratives)} (${counts(audience)})`,
		audience,
	};
}

/** Of those others own one knows no more than the collaboratives one shares with them. */
function cellOfOthers(
	collaboratives: readonly Collaborative[],
	{ownerUserId}: Service,
	user: User,
): AudienceCell | undefined {
	if (collaboratives.length === 0) return undefined;
	const permissions = collaboratives.map(collaborative => membershipOf(collaborative, user).permission);
	const permission = permissions.find(each => each === 'READ_WRITE') ?? permissions[0];
	const may = permission ? ` (you: ${permissionWord(permission)})` : '';
	return {
		text: `through ${namesOf(collaboratives)}${may}`,
		audience: audienceWith(collaboratives, ownerUserId, user),
	};
}

function audienceWith(
	collaboratives: readonly Collaborative[],
	ownerUserId: string | null,
	user: User,
): ServiceAudience {
	return {
		collaboratives: collaboratives.map(({collaborativeId, name}) => ({collaborativeId, name})),
		...audienceOf(collaboratives, ownerUserId),
		isComplete: collaboratives.every(collaborative => tellsMembers(collaborative, user)),
	};
}

function namesOf(collaboratives: readonly Collaborative[]): string {
	return collaboratives.map(({name}) => name).join(', ');
}

function counts({organizations, people, isComplete}: ServiceAudience): string {
	if (people === 0) return isComplete ? 'nobody else' : 'people not shown';
	return `${counted(organizations, 'org')}, ${counted(people, 'person', 'people')}${isComplete ? '' : ' or more'}`;
}
