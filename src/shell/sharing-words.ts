import type {User} from './ports.ts';
import type {MemberState, Permission, ServiceType} from './sharing.ts';

type Word = {readonly word: string; readonly mark: string};

const states: Readonly<Record<MemberState, Word>> = {
	HOST_ORGANIZATION: {word: 'host', mark: '◆'},
	APPROVED: {word: 'approved', mark: '✓'},
	PENDING_APPROVAL: {word: 'pending', mark: '…'},
	DENIED_ACCESS: {word: 'denied', mark: '✗'},
};
const types: Readonly<Record<string, Word>> = {
	DATA_STORE: {word: 'data store', mark: '▤'},
	TIME_SERIES_DB: {word: 'time series', mark: '∿'},
};

/** `host`, `approved`, `pending`, `denied`; of a state that is newer than this shell its own word. */
export function stateWord(state: MemberState): string {
	return states[state]?.word ?? ownWord(state);
}

/** One cell wide, beside the word, never instead of it. */
export function stateMark(state: MemberState | null): string {
	return (state && states[state]?.mark) ?? '·';
}

/** `read` or `write`; who may write may read. */
export function permissionWord(permission: Permission): string {
	if (permission === 'READ_ONLY') return 'read';
	return permission === 'READ_WRITE' ? 'write' : ownWord(permission);
}

/** `data store`, `time series`; of any other type its own word: `iot group`. */
export function serviceWord(type: ServiceType): string {
	return types[type]?.word ?? ownWord(type);
}

/** One cell wide, beside the word. */
export function serviceMark(type: ServiceType): string {
	return types[type]?.mark ?? '◦';
}

/** First and last name, else the email, else the id. */
export function personName({firstName, lastName, email, userId}: User): string {
	const name = [firstName, lastName].filter(part => part !== null && part.trim() !== '').join(' ');
	return name || email || userId;
}

function ownWord(word: string): string {
	return word.toLowerCase().replaceAll('_', ' ');
}
