import stringWidth from 'string-width';
import type {Program} from '../support/pty.ts';

const joiner = 0x200d;

/**
 * Makes a terminal draw emoji two columns wide and join their parts, as terminals of this decade do. The
 * emulator's own tables are of Unicode 6, where an emoji is a narrow letter.
 */
export function drawModernWidths({terminal}: Pick<Program, 'terminal'>): void {
	const wcwidth = (codePoint: number) =>
		Math.min(2, stringWidth(String.fromCodePoint(codePoint))) as 0 | 1 | 2;
	terminal.unicode.register({
		version: 'modern',
		wcwidth,
		// Packed as the emulator wants it: a state of our own, the width, whether it joins what precedes.
		charProperties: (codePoint, preceding) => {
			const afterJoiner = preceding >> 3 === joiner;
			const own = wcwidth(codePoint);
			const joins = preceding !== 0 && (afterJoiner || own === 0);
			const width = joins ? Math.max(own, (preceding >> 1) & 3) : own;
			return (codePoint === joiner ? joiner << 3 : 0) | (width << 1) | (joins ? 1 : 0);
		},
	});
	terminal.unicode.activeVersion = 'modern';
}
