import type {Action} from '../key-table.ts';
import {previousGrapheme} from './graphemes.ts';

/** A filter over the rows of a pane. */
export type Filter = {
	/** Undefined: no filter. */
	readonly filter: string | undefined;
	/** It is being typed. */
	readonly isTyping: boolean;
};

export function filterTyped<T extends Filter>(pane: T, text: string): T {
	return {...pane, filter: (pane.filter ?? '') + text.replaceAll(/\s+/g, ' ')};
}

/** The pane after an action that concerns its filter; other actions leave it as it is. */
export function filterAction<T extends Filter>(pane: T, action: Action): T {
	const {filter = ''} = pane;
	switch (action) {
		case 'filter':
			return {...pane, filter, isTyping: true};
		case 'filter-erase':
			return {...pane, filter: filter.slice(0, previousGrapheme(filter, filter.length))};
		case 'filter-clear':
			return {...pane, filter: ''};
		case 'filter-done':
			return {...pane, filter: filter || undefined, isTyping: false};
		case 'filter-cancel':
			return {...pane, filter: undefined, isTyping: false};
		default:
			return pane;
	}
}
