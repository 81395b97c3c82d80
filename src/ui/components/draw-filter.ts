import {sanitize} from '../../render/sanitize.ts';
import type {Paint} from '../theme.ts';

/** The line above the rows that a filter leaves. */
export function drawFilter(filter: string, isTyping: boolean, paint: Paint): string {
	return paint('hint', '/ ') + sanitize(filter) + (isTyping ? paint('hint', '▏') : '');
}
