import {sanitize} from '../../render/sanitize.ts';
import {textWidth, truncate} from '../../render/width.ts';
import {pathOf, type Session} from '../../shell/session.ts';
import type {Paint} from '../theme.ts';

/** The text before the caret, and the same in colour. */
export type Label = {readonly text: string; readonly painted: string};

/** `Store:/path> ` in at most `width` columns: a long path loses its first names, a long store its end. */
export function promptLabel({location}: Session, width: number, paint: Paint): Label {
	if (!location) return {text: 'adx-shell> ', painted: 'adx-shell> '};
	const store = truncate(sanitize(location.store.name), Math.max(4, Math.floor(width / 2)));
	const path = shortPath(sanitize(pathOf(location)), Math.max(4, width - textWidth(store) - 3));
	return {text: `${store}:${path}> `, painted: `${paint('store', store)}:${paint('path', path)}> `};
}

function shortPath(path: string, width: number): string {
	if (textWidth(path) <= width) return path;
	const names = path.split('/');
	for (let first = 2; first < names.length; first++) {
		const short = `/…/${names.slice(first).join('/')}`;
		if (textWidth(short) <= width) return short;
	}
	return truncate(names.at(-1) ?? path, width);
}
