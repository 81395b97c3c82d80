import {sanitize} from '../../render/sanitize.ts';
import {truncate, wrapWords} from '../../render/width.ts';
import {firstAsset} from '../../shell/assets.ts';
import type {ShellError} from '../../shell/errors.ts';
import type {LatestValues} from '../../shell/time-series.ts';
import type {State} from '../state/workspace-state.ts';
import type {Paint} from '../theme.ts';
import {unready} from '../unready.ts';

export type Said = {
	readonly words: readonly string[];
	/** There is nothing else to show. */
	readonly isAll: boolean;
};

type Known = {
	readonly latest: LatestValues | undefined;
	readonly rows: number;
	readonly failure: ShellError | undefined;
};

/** What the pane says where there are no rows, or beneath those that could not be read anew. */
export function saidInstead({session, series, connection}: State, {latest, rows, failure}: Known): Said {
	if (!session.database) {
		if (connection !== 'ready') return {words: [unready[connection]], isAll: true};
		return {words: ['no database is selected', '`databases` lists them, `db NAME` selects one'], isAll: true};
	}
	if (failure) {
		return {words: [wordsOf(failure)], isAll: rows === 0};
	}
	if (rows > 0) return {words: [], isAll: false};
	if (latest?.isComplete) {
		const {filter} = series;
		if (filter && latest.assets.length > 0) return {words: [`nothing fits ${filter}`], isAll: true};
		return {words: ['no assets yet', firstAsset], isAll: true};
	}
	return {words: [connection === 'failed' ? unready.failed : 'reading the latest values…'], isAll: true};
}

function wordsOf({code, message, hint}: ShellError): string {
	if (code === 'denied') return 'you may no longer see this database';
	if (code === 'not-found') return 'this database is gone, or no longer shared with you';
	return hint === undefined ? message : `${message} (${hint})`;
}

export function saidLines({words, isAll}: Said, width: number, paint: Paint): readonly string[] {
	if (!isAll) return words.map(text => paint('warning', truncate(sanitize(text), width)));
	return words.flatMap(text => wrapWords(sanitize(text), width)).map(line => paint('hint', line));
}
