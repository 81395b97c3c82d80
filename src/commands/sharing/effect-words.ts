import {counted, readableCount} from '../../shell/readable.ts';
import {type Consequences, type Effect, isUnsure} from './consequences.ts';

export type Change = 'share' | 'unshare';

/** What changes for an organization: `29 read, 2 write`, `already sees it through Forecast exchange`. */
export function effectWords(change: Change, effect: Effect): string {
	const {memberState, people, read, write, kept, through, isOwners} = effect;
	const isShare = change === 'share';
	if (memberState === 'PENDING_APPROVAL') return isShare ? 'sees nothing until approved' : 'saw nothing';
	if (memberState === 'DENIED_ACCESS') return isShare ? 'denied, sees nothing' : 'saw nothing';
	if (isUnsure(effect)) return 'not known';
	if (people === 0) return 'nobody is in it';
	const changed = read + write;
	const again = isShare ? 'already' : 'still';
	const parts: string[] = [];
	if (changed > 0)
		parts.push(
			isShare
				? mayWords(effect)
				: `${readableCount(changed)} ${changed === 1 ? 'loses' : 'lose'} sight of it`,
		);
	if (fitsRow(effect)) parts.push(`${again} sees it through ${through.join(', ')}`);
	else if (kept > 0) parts.push(`${readableCount(kept)} ${again} see${kept === 1 ? 's' : ''} it`);
	if (isOwners) parts.push(isShare ? 'already yours' : 'stays yours');
	return parts.join('; ') || (isShare ? 'nothing new' : 'nothing changes');
}

/** What there is no room for in a row: through what some see it anyway, and what they may do now or no longer. */
export function keptWords(change: Change, effect: Effect): string | undefined {
	const {name, kept, regraded, through} = effect;
	if (kept === 0 || (fitsRow(effect) && regraded === 0)) return undefined;
	const isShare = change === 'share';
	const sees = `${isShare ? 'already' : 'still'} see${kept === 1 ? 's' : ''} it through ${through.join(', ')}`;
	const who = `${readableCount(kept)} of ${name ?? 'them'} ${sees}`;
	if (regraded === 0) return who;
	const few = regraded === kept ? '' : `${readableCount(regraded)} of them `;
	return `${who}, ${few}${isShare ? 'may write now' : 'may only read from then on'}`;
}

/** Through what people may see it anyway, though nobody says who. */
export function untoldWords(change: Change, {people, untold}: Consequences): string | undefined {
	if (people === 0 || untold.length === 0) return undefined;
	const again = change === 'share' ? 'see it already' : 'still see it';
	return `some may ${again} through ${untold.join(', ')}: who is in it is not shown to you`;
}

/** Whether a row has room for through what they see it: the same for all of them, and short. */
function fitsRow({read, write, kept, through, isOwners}: Effect): boolean {
	return kept > 0 && read + write === 0 && !isOwners && through.join(', ').length <= 12;
}

/** `31 people of 2 organizations gain access, 5 may write`; never less than there may be. */
export function sumWords(change: Change, effects: Consequences): string {
	const {organizations, people, writers, regraded, isComplete} = effects;
	if (!isComplete && people === 0)
		return `it is not known who ${change === 'share' ? 'gains access' : 'loses sight of it'}`;
	const touched = organizations.filter(({read, write}) => read + write > 0).length;
	const counts = `${counted(people, 'person', 'people')} of ${counted(touched, 'organization')}`;
	const who = people === 0 ? 'nobody' : isComplete ? counts : `at least ${counts}`;
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
