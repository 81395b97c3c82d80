import {counted, readableCount} from '../../shell/readable.ts';
import type {Consequences, Effect} from './consequences.ts';

export type Change = 'share' | 'unshare';

/** What changes for an organization: `29 read, 2 write`, `already sees it through Forecast exchange`. */
export function effectWords(change: Change, effect: Effect): string {
	const {memberState, people, read, write, kept, through, isOwners} = effect;
	if (memberState === 'PENDING_APPROVAL')
		return change === 'share' ? 'sees nothing until approved' : 'saw nothing';
	if (memberState === 'DENIED_ACCESS') return change === 'share' ? 'denied, sees nothing' : 'saw nothing';
	if (memberState !== 'HOST_ORGANIZATION' && memberState !== 'APPROVED') return '·';
	if (people === 0) return 'nobody is in it';
	const changed = read + write;
	const parts = [
		...(changed > 0
			? [change === 'share' ? mayWords(effect) : `${readableCount(changed)} lose sight of it`]
			: []),
		...(kept > 0 ? [keptWords(change, effect, through.join(', '))] : []),
		...(isOwners ? [change === 'share' ? 'already yours' : 'stays yours'] : []),
	];
	return parts.join('; ') || (change === 'share' ? 'nothing new' : 'nothing changes');
}

/** `31 people of 2 organizations gain access, 5 may write`. */
export function sumWords(change: Change, {organizations, people, writers, regraded}: Consequences): string {
	const touched = organizations.filter(({read, write}) => read + write > 0).length;
	const who =
		people === 0 ? 'nobody' : `${counted(people, 'person', 'people')} of ${counted(touched, 'organization')}`;
	const one = people < 2;
	const more = readableCount(regraded);
	if (change === 'share') {
		const may = writers > 0 ? `, ${readableCount(writers)} may write` : '';
		return `${who} ${one ? 'gains' : 'gain'} access${may}${regraded > 0 ? `; ${more} more may write` : ''}`;
	}
	const left = regraded > 0 ? `; ${more} may only read from then on` : '';
	return `${who} ${one ? 'loses' : 'lose'} sight of it${left}`;
}

function mayWords({read, write}: Effect): string {
	const may = [
		...(read > 0 ? [`${readableCount(read)} read`] : []),
		...(write > 0 ? [`${readableCount(write)} write`] : []),
	];
	return may.join(', ');
}

function keptWords(change: Change, {read, write, kept, regraded, isOwners}: Effect, through: string): string {
	const isAll = read + write === 0 && !isOwners;
	const again = change === 'share' ? 'already' : 'still';
	const who = isAll
		? `${again} sees it through ${through}`
		: `${readableCount(kept)} ${again} ${kept === 1 ? 'sees' : 'see'} it through ${through}`;
	if (regraded === 0) return who;
	const few = regraded === kept ? '' : `${readableCount(regraded)} `;
	return change === 'share' ? `${who}, ${few}may write now` : `${who}, ${few}may only read from then on`;
}
