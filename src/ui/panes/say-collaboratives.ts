import type {ShellError} from '../../shell/errors.ts';
import type {State} from '../state/workspace-state.ts';
import {unready} from '../unready.ts';
import type {Said} from './say-series.ts';

type Known = {
	/** Undefined before they have come. */
	readonly all: number | undefined;
	readonly rows: number;
	readonly failure: ShellError | undefined;
};

/** What the pane says where there are no rows, or beneath those that could not be read anew. */
export function saidOfCollaboratives(
	{connection, collaboratives: {filter}}: Pick<State, 'collaboratives' | 'connection'>,
	{all, rows, failure}: Known,
): Said {
	if (failure) {
		const {message, hint} = failure;
		return {words: [hint === undefined ? message : `${message} (${hint})`], isAll: rows === 0};
	}
	if (rows > 0) return {words: [], isAll: false};
	if (all === undefined)
		return {words: [connection === 'failed' ? unready.failed : 'reading the collaboratives…'], isAll: true};
	if (all > 0 && filter) return {words: [`nothing fits ${filter}`], isAll: true};
	return {words: ['your organization is in no collaborative'], isAll: true};
}
