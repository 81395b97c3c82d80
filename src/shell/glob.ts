/** One name of a pattern: a name as it is, any number of directories (`**`), or a test of names. */
export type Segment =
	| {readonly kind: 'name'; readonly name: string}
	| {readonly kind: 'any-depth'}
	| {readonly kind: 'match'; readonly matches: (name: string) => boolean};

/** Whether `pattern` holds an unescaped `*`, `?` or `[a-z]`. Braces are expanded before. */
export function hasGlob(pattern: string): boolean {
	return pattern.split('/').some(part => compileSegment(part).kind !== 'name');
}

/** `pattern` without the backslashes that mark quoted characters. */
export function unescapePattern(pattern: string): string {
	return pattern.replace(/\\(.)/gs, '$1');
}

/** The names of a path pattern. Empty ones and `.` are gone. */
export function compileGlob(pattern: string): readonly Segment[] {
	return pattern
		.split('/')
		.filter(part => part !== '' && part !== '.')
		.map(compileSegment);
}

/**
 * A test of whole names, for `find -name`: `*`, `?`, `[a-z]`, `[!a-z]`; `\` makes the next character
 * plain. A leading dot is matched like any other character.
 */
export function nameMatcher(pattern: string, {ignoreCase = false} = {}): (name: string) => boolean {
	const expression = new RegExp(`^${toExpression(pattern).source}$`, ignoreCase ? 'sui' : 'su');
	return name => expression.test(name);
}

function compileSegment(part: string): Segment {
	if (part === '**') return {kind: 'any-depth'};
	const {source, special} = toExpression(part);
	if (!special) return {kind: 'name', name: unescapePattern(part)};
	const expression = new RegExp(`^${source}$`, 'su');
	const hidden = part.startsWith('.') || part.startsWith('\\.');
	return {
		kind: 'match',
		matches: name => (hidden || !name.startsWith('.')) && expression.test(name),
	};
}

/** Every character but `*`, `?` and a closed `[…]` stands for itself. */
function toExpression(pattern: string): {readonly source: string; readonly special: boolean} {
	let source = '';
	let special = false;
	// By code points, so that `?` is one character of any plane.
	const token = /\\(.)|(\*+)|(\?)|\[([!^]?)(\]?(?:\\.|[^\]\\])*)\]|(.)/gsu;
	for (const [, quoted, stars, one, negated, members, plain] of pattern.matchAll(token)) {
		if (stars !== undefined || one !== undefined || members !== undefined) special = true;
		if (stars !== undefined) source += '.*';
		else if (one !== undefined) source += '.';
		else if (members !== undefined) source += `[${negated ? '^' : ''}${toClass(members)}]`;
		else source += literal(quoted ?? plain ?? '');
	}
	return {source, special};
}

/** The inside of `[…]`: characters and ranges; a range the wrong way round matches its ends only. */
function toClass(members: string): string {
	const characters = [...members.matchAll(/\\(.)|(.)/gsu)].map(([, quoted, plain]) => ({
		text: quoted ?? plain ?? '',
		dash: plain === '-',
	}));
	let source = '';
	for (let at = 0; at < characters.length; at++) {
		const [first, dash, last] = characters.slice(at, at + 3);
		if (dash?.dash && last && first!.text <= last.text) {
			source += `${literal(first!.text)}-${literal(last.text)}`;
			at += 2;
		} else {
			source += literal(first!.text);
		}
	}
	return source;
}

/** Any character as itself in an expression with the u flag. */
function literal(text: string): string {
	return /^[\w ]$/.test(text) ? text : `\\u{${text.codePointAt(0)!.toString(16)}}`;
}
