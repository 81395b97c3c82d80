import {collaborativesNamed, peopleIn, resolveCollaborative} from '../../shell/collaboratives.ts';
import type {Context, Output, Spec} from '../../shell/command.ts';
import {ShellError, toShellError} from '../../shell/errors.ts';
import {mayRead} from '../../shell/membership.ts';
import type {User} from '../../shell/ports.ts';
import {quoteWord} from '../../shell/quote.ts';
import {resolveService} from '../../shell/services.ts';
import type {Collaborative, Service, Share} from '../../shell/sharing.ts';
import {personName} from '../../shell/sharing-words.ts';
import {about} from '../shared/about.ts';
import {endsAll} from '../shared/batch.ts';
import {agree} from './agree.ts';
import type {Change} from './effect-words.ts';
import {serviceLabel} from './service-rows.ts';
import {reason} from './unreadable.ts';

/** What `share` and `unshare` take. */
export const changeArgs = {
	service: {kind: 'service', own: 'any', help: 'A data store, a database or another service of yours'},
	collaborative: {kind: 'collaborative', help: 'Name or id of the collaborative'},
	force: {kind: 'flag', short: 'f', help: 'Do not ask'},
	dryRun: {kind: 'flag', short: 'n', help: 'Only say what would change for whom'},
	store: {kind: 'flag', help: 'A data store is meant, as with `store:NAME`'},
	db: {kind: 'flag', help: 'A database is meant, as with `db:NAME`'},
} as const satisfies Record<string, Spec>;

export type ChangeArgs = {
	readonly service: string;
	readonly collaborative: string;
	readonly force: boolean;
	readonly dryRun: boolean;
	readonly store: boolean;
	readonly db: boolean;
};

/**
 * Shares, or no longer shares, a service of one's own: says first who gains or loses sight of it, asks, and says
 * afterwards what is so, which another shell may have had a hand in.
 */
export async function* changeShare(
	context: Context,
	change: Change,
	args: ChangeArgs,
): AsyncGenerator<Output> {
	const {exchange, signal} = context;
	const {user, service, collaborative, others, isShared} = await prepare(context, change, args);
	const label = serviceLabel(service);
	if (change === 'share' && isShared) {
		yield {kind: 'note', text: `${label} is shared with ${collaborative.name} already`};
		return;
	}
	const sum = yield* agree(context, {change, user, service, collaborative, others}, args);
	if (sum === undefined) return;
	const share: Share = {
		collaborativeId: collaborative.collaborativeId,
		serviceId: service.serviceId,
		serviceType: service.serviceType,
	};
	const failure = await exchange.sharing[change](share, {signal}).then(
		() => undefined,
		thrown => toShellError(thrown),
	);
	if (failure && endsAll(failure)) throw failure;
	// What is so is told by the Exchange: another shell may have been faster, or have undone it.
	const after = await holds(context, share).catch((thrown: unknown) => failure ?? toShellError(thrown));
	if (after === (change === 'share')) {
		const past = change === 'share' ? `shared ${label} with` : `${label} is no longer shared with`;
		yield {kind: 'note', text: `${past} ${collaborative.name}: ${sum}`};
		return;
	}
	if (failure) throw await refusal(context, label, collaborative, failure);
	if (after instanceof ShellError) {
		yield {kind: 'note', tone: 'warning', text: `${label}: done, but not seen to be so: ${after.message}`};
		return;
	}
	const undone = change === 'share' ? 'is not shared with' : 'is still shared with';
	throw new ShellError(
		'failed',
		`${label}: ${undone} ${collaborative.name}, another client has undone it in this moment`,
	);
}

async function prepare(
	context: Context,
	change: Change,
	{service: word, collaborative: name, store, db}: ChangeArgs,
) {
	const {exchange, signal} = context;
	if (store && db) throw new ShellError('usage', 'either --store or --db');
	const type = store ? 'DATA_STORE' : db ? 'TIME_SERIES_DB' : undefined;
	const [user, service, collaboratives] = await Promise.all([
		exchange.user({signal}),
		resolveService(context, word, {type, own: true}),
		exchange.sharing.listCollaboratives({signal, maxAge: 0}),
	]);
	demandOwner(service, user, collaboratives);
	const label = serviceLabel(service);
	const shared = await about(label, exchange.sharing.listSharedWith(service, {signal, maxAge: 0}));
	// One that has put the organization out may still be left.
	const [left, another] = collaborativesNamed(shared, name);
	const isListed = collaborativesNamed(collaboratives, name).length > 0;
	const collaborative =
		change === 'unshare' && left && !another && !isListed ? left : await resolveCollaborative(context, name);
	const isSame = ({collaborativeId}: Collaborative) => collaborativeId === collaborative.collaborativeId;
	const isShared = shared.some(isSame);
	if (change === 'share' && !mayRead(collaborative, user)) {
		throw new ShellError(
			'denied',
			`${collaborative.name}: nothing can be shared with it, ${reason(collaborative, user)}`,
		);
	}
	if (change === 'unshare' && !isShared) {
		throw new ShellError('not-found', `${label}: not shared with ${collaborative.name}`, {
			hint: `\`shared ${quoteWord(`${store ? 'store:' : db ? 'db:' : ''}${word}`)}\` says with which it is`,
		});
	}
	return {user, service, collaborative, isShared, others: shared.filter(other => !isSame(other))};
}

/** Throws `denied`, naming the owner. Where the Exchange does not say whose it is, it decides. */
export function demandOwner(service: Service, user: User, collaboratives: readonly Collaborative[]): void {
	const {ownerUserId} = service;
	if (ownerUserId === null || ownerUserId === user.userId) return;
	const owner = peopleIn(collaboratives).get(ownerUserId);
	const organization = owner?.organization ? ` of ${owner.organization.name}` : '';
	const called = owner ? `${personName(owner)}${organization}` : ownerUserId;
	throw new ShellError(
		'denied',
		`${serviceLabel(service)}: belongs to ${called}, and only its owner shares it`,
	);
}

async function holds({exchange, signal}: Context, share: Share): Promise<boolean> {
	const shared = await exchange.sharing.listSharedWith(share, {signal, maxAge: 0});
	return shared.some(({collaborativeId}) => collaborativeId === share.collaborativeId);
}

/** A refusal, with what has become of one's place in the collaborative. */
async function refusal(
	context: Context,
	label: string,
	{collaborativeId, name}: Collaborative,
	failure: ShellError,
): Promise<ShellError> {
	if (failure.code !== 'denied')
		return new ShellError(failure.code, `${label}: ${failure.message}`, {cause: failure});
	const {exchange, signal} = context;
	const [user, now] = await Promise.all([
		exchange.user({signal}),
		exchange.sharing.listCollaboratives({signal, maxAge: 0}),
	]);
	const found = now.find(other => other.collaborativeId === collaborativeId);
	const why = found ? reason(found, user) : 'your organization is no longer in it';
	return new ShellError('denied', `${name}: the Exchange refuses ${label} there: ${why}`, {cause: failure});
}
