import type {Context, Output} from '../../shell/command.ts';
import {isOutside, tellsMembers} from '../../shell/membership.ts';
import type {User} from '../../shell/ports.ts';
import type {Collaborative, Service} from '../../shell/sharing.ts';
import {consequences} from './consequences.ts';
import {type Change, sumWords} from './effect-words.ts';
import {preview} from './preview.ts';
import {notTold, reason} from './unreadable.ts';

type Proposal = {
	readonly change: Change;
	readonly user: User;
	readonly service: Service;
	readonly collaborative: Collaborative;
	/** The others that the service is shared with. */
	readonly others: readonly Collaborative[];
};

const questions: Readonly<Record<Change, string>> = {share: 'Share?', unshare: 'Unshare?'};

/**
 * Says who gains or loses sight of the service and asks, unless forced to or only to say it. Returns what was agreed
 * to, in words; undefined when nothing is to be done.
 */
export async function* agree(
	context: Context,
	proposal: Proposal,
	{force, dryRun}: {readonly force: boolean; readonly dryRun: boolean},
): AsyncGenerator<Output, string | undefined> {
	let {change, user, service, collaborative, others} = proposal;
	const {ownerUserId} = service;
	for (;;) {
		const effects = consequences(collaborative, others, {ownerUserId, user});
		yield* preview(context, {change, service, collaborative, effects, isDryRun: dryRun});
		const sum = sumWords(change, effects);
		if (!tellsMembers(collaborative, user)) yield warning(notTold(collaborative, user));
		if (change === 'share' && isOutside(collaborative, user))
			yield warning(`the Exchange may refuse it: ${reason(collaborative, user)}`);
		if (dryRun) {
			yield {kind: 'note', text: `${sum} (dry run: nothing ${change}d)`};
			return undefined;
		}
		if (force) return sum;
		if (!(await context.confirm(`${sum}. ${questions[change]}`))) {
			yield {kind: 'note', text: `nothing ${change}d`};
			return undefined;
		}
		// A question may stand for hours: what was agreed to must be what happens.
		({collaborative, others} = await asOfNow(context, proposal));
		const now = consequences(collaborative, others, {ownerUserId, user});
		if (JSON.stringify(now) === JSON.stringify(effects)) return sum;
		yield warning('this has changed while the question stood:');
	}
}

async function asOfNow({exchange: {sharing}, signal}: Context, {service, collaborative}: Proposal) {
	const [known, shared] = await Promise.all([
		sharing.listCollaboratives({signal, maxAge: 0}),
		sharing.listSharedWith(service, {signal, maxAge: 0}),
	]);
	const isSame = ({collaborativeId}: Collaborative) => collaborativeId === collaborative.collaborativeId;
	return {
		collaborative: known.find(isSame) ?? shared.find(isSame) ?? collaborative,
		others: shared.filter(other => !isSame(other)),
	};
}

function warning(text: string): Output {
	return {kind: 'note', tone: 'warning', text};
}
