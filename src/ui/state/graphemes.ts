let segmenter: Intl.Segmenter | undefined;
/** Of one text: to make them reads all of it, and a text is asked about again and again. */
let known: {readonly text: string; readonly segments: Intl.Segments} | undefined;

function segmentsOf(text: string): Intl.Segments {
	if (known?.text === text) return known.segments;
	segmenter ??= new Intl.Segmenter();
	known = {text, segments: segmenter.segment(text)};
	return known.segments;
}

/** Below this, every UTF-16 unit is a grapheme of its own. */
const firstCombining = 0x300;

function isSimple(text: string, index: number): boolean {
	return index >= text.length || text.charCodeAt(index) < firstCombining;
}

/** Where the grapheme that starts at or holds `index` ends. */
export function nextGrapheme(text: string, index: number): number {
	if (index >= text.length) return text.length;
	if (isSimple(text, index) && isSimple(text, index + 1)) return index + 1;
	const {segment, index: start} = segmentsOf(text).containing(index)!;
	return start + segment.length;
}

/** Where the grapheme before `index` starts. */
export function previousGrapheme(text: string, index: number): number {
	if (index <= 0) return 0;
	if (isSimple(text, index - 1)) return index - 1;
	return segmentsOf(text).containing(index - 1)!.index;
}

/** `index`, or the start of the grapheme it would split. */
export function atGrapheme(text: string, index: number): number {
	const bounded = Math.max(0, Math.min(text.length, index));
	return bounded === text.length ? bounded : previousGrapheme(text, nextGrapheme(text, bounded));
}
