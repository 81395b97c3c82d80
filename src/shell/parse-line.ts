import {ShellError} from './errors.ts';
import {type Token, tokenize} from './tokenize.ts';
import type {Word} from './word.ts';

export type Redirect = {readonly target: Word; readonly append: boolean};

/** One command of a line. It runs after `;` always, after `&&` on success, after `||` on failure. */
export type Statement = {
	readonly after: ';' | '&&' | '||';
	readonly start: number;
	readonly end: number;
} & (
	| {
			readonly kind: 'command';
			readonly words: readonly [Word, ...Word[]];
			/** Where its data goes instead of the screen. */
			readonly redirect?: Redirect;
			/** The local command that its data goes to, verbatim. */
			readonly pipe?: string;
	  }
	/** For the local shell, verbatim. */
	| {readonly kind: 'local'; readonly command: string}
);

/** The statements of a line; none for a blank one. Throws `usage` with the place in the line. */
export function parseLine(line: string): readonly Statement[] {
	const {tokens, open} = tokenize(line);
	if (open) {
		const what =
			open.what === '\\' ? 'a character must follow the \\' : `the quote ${open.what} is not closed`;
		throw new ShellError('usage', what, {at: {start: open.start, end: line.length}});
	}
	const statements: Statement[] = [];
	let after: Statement['after'] = ';';
	let from = 0;
	let mark: Token | undefined;
	for (let at = 0; at <= tokens.length; at++) {
		const token = tokens[at];
		if (token && token.kind !== ';' && token.kind !== '&&' && token.kind !== '||') continue;
		const segment = tokens.slice(from, at);
		from = at + 1;
		if (segment.length > 0) {
			statements.push(parseStatement(segment, after));
		} else if (token?.kind === ';' && line[token.start] === '\n' && after !== ';') {
			// `a &&` goes on in the next line.
			continue;
		} else if (after !== ';' || (token && token.kind !== ';')) {
			const place = after !== ';' && mark ? mark : token!;
			const side = after !== ';' ? 'after' : 'before';
			throw new ShellError('usage', `a command is missing ${side} ${place.kind}`, {at: spanOf(place)});
		}
		after = token?.kind === '&&' || token?.kind === '||' ? token.kind : ';';
		mark = token;
	}
	return statements;
}

function parseStatement(tokens: readonly Token[], after: Statement['after']): Statement {
	const first = tokens[0]!;
	const place = {after, start: first.start, end: tokens.at(-1)!.end};
	if (first.kind === '!') return {...place, kind: 'local', command: first.command};
	const words: Word[] = [];
	let redirect: Redirect | undefined;
	let pipe: string | undefined;
	for (let at = 0; at < tokens.length; at++) {
		const token = tokens[at]!;
		if (token.kind === 'word') {
			words.push(token.word);
		} else if (token.kind === '>' || token.kind === '>>') {
			if (redirect)
				throw new ShellError('usage', 'one > is enough: there is one stream of data', {at: spanOf(token)});
			refuseDescriptor(tokens[at - 1], token);
			const target = tokens[++at];
			if (target?.kind !== 'word') {
				throw new ShellError('usage', `a file name is missing after ${token.kind}`, {at: spanOf(token)});
			}
			redirect = {target: target.word, append: token.kind === '>>'};
		} else if (token.kind === '|') {
			if (token.command === '') {
				throw new ShellError('usage', 'a local command is missing after |', {at: spanOf(token)});
			}
			pipe = token.command;
		} else {
			throw unsupported(token);
		}
	}
	const [verb, ...rest] = words;
	if (!verb) throw new ShellError('usage', `a command is missing before ${first.kind}`, {at: spanOf(first)});
	if (redirect && pipe !== undefined) {
		throw new ShellError('usage', 'data goes either to a file (>) or to a command (|)', {
			at: {start: redirect.target.start, end: redirect.target.end},
		});
	}
	return {
		...place,
		kind: 'command',
		words: [verb, ...rest],
		...(redirect && {redirect}),
		...(pipe !== undefined && {pipe}),
	};
}

const spanOf = ({start, end}: Token) => ({start, end});

/** `2> file` would silently make a file of the data and an argument of the 2. */
function refuseDescriptor(before: Token | undefined, mark: Token): void {
	if (before?.kind !== 'word' || before.end !== mark.start) return;
	const [part, ...rest] = before.word.parts;
	if (rest.length > 0 || part?.kind !== 'text' || part.quoted || !/^\d$/.test(part.text)) return;
	throw new ShellError('usage', `${part.text}${mark.kind}: only a command's data can be redirected`, {
		hint: 'errors stay on the screen',
		at: {start: before.start, end: mark.end},
	});
}

function unsupported(token: Token): ShellError {
	const text = token.kind === 'unsupported' ? token.text : token.kind;
	const what = text === '&' ? 'background jobs are not supported' : 'not supported here';
	return new ShellError('usage', `${text}: ${what}`, {
		hint: `quote it ('${text}') to mean itself`,
		at: token,
	});
}
