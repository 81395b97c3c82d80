import {parseArgs} from 'node:util';
import {ShellError} from '../shell/errors.ts';
import {quoteWord} from '../shell/quote.ts';
import {closest} from '../shell/suggest.ts';

/** One program option: its variable is `ADX_` and the name in capitals. */
type Option = {
	readonly type: 'string' | 'boolean';
	readonly short?: string;
	readonly multiple?: true;
	readonly value?: string;
	readonly help: string;
};

/** In the order of `--help`. */
export const programOptions = {
	command: {type: 'string', short: 'c', multiple: true, value: 'LINE', help: 'run LINE and exit; repeatable'},
	file: {
		type: 'string',
		short: 'f',
		multiple: true,
		value: 'FILE',
		help: 'run the lines of FILE (- is stdin)',
	},
	json: {type: 'boolean', help: 'data as JSON lines, an object a row'},
	csv: {type: 'boolean', help: 'data as CSV, a header for each command'},
	'keep-going': {type: 'boolean', help: 'go on after a line that failed'},
	store: {type: 'string', value: 'NAME', help: 'start in this data store'},
	db: {type: 'string', value: 'NAME', help: 'start with this time-series database'},
	profile: {type: 'string', value: 'NAME', help: 'the profile to use; `profiles` lists them'},
	endpoint: {type: 'string', value: 'URL', help: 'the GraphQL endpoint to talk to'},
	'token-file': {type: 'string', value: 'FILE', help: 'read the token from FILE'},
	local: {type: 'boolean', help: 'use the local exchange even when there is a token'},
	data: {type: 'string', value: 'DIR', help: 'data folder of the local exchange'},
	inline: {type: 'boolean', help: "a plain prompt in the terminal's own scrollback"},
	'screen-reader': {type: 'boolean', help: 'a plain prompt without drawings or progress bars'},
	color: {type: 'string', value: 'WHEN', help: 'auto, always or never'},
	help: {type: 'boolean', short: 'h', help: 'show this text'},
	version: {type: 'boolean', help: 'show the version'},
} as const satisfies Record<string, Option>;

/** Options of `adx-shell serve`. */
export const serveOptions = {
	port: {type: 'string', value: 'N', help: 'listen on this port (default: any free one)'},
	data: {type: 'string', value: 'DIR', help: 'data folder of the local exchange'},
	reset: {type: 'boolean', help: 'delete the data folder and make the sample anew'},
	idle: {type: 'string', value: 'SECONDS', help: 'end after so long without use (default: never)'},
	help: {type: 'boolean', short: 'h', help: 'show this text'},
} as const satisfies Record<string, Option>;

const accountOptions = {
	profile: {
		type: 'string',
		short: 'p',
		value: 'NAME',
		help: 'the profile (default: the one you start in, else `default`)',
	},
	data: {type: 'string', value: 'DIR', help: 'data folder of the local exchange'},
	help: {type: 'boolean', short: 'h', help: 'show this text'},
} as const satisfies Record<string, Option>;

/** Options of `adx-shell login`. */
export const loginOptions = {
	profile: accountOptions.profile,
	endpoint: {
		type: 'string',
		value: 'URL',
		help: 'the GraphQL endpoint, or `local` (default: the hosted one)',
	},
	data: accountOptions.data,
	help: accountOptions.help,
} as const satisfies Record<string, Option>;

/** Options of `adx-shell logout`. */
export const logoutOptions = accountOptions;

type Options = Readonly<Record<string, Option>>;
export type Values<O extends Options> = {
	readonly [K in keyof O]: O[K] extends {multiple: true}
		? readonly string[]
		: O[K]['type'] extends 'boolean'
			? boolean
			: string | undefined;
};
type Environment = Readonly<Record<string, string | undefined>>;

/** Never from the environment: they say what to do once, not how. */
const onlyTyped = new Set(['command', 'file', 'help', 'version', 'reset']);

/**
 * Options as typed, else from the environment. `order` holds `-c` and `-f` values as they were
 * mixed on the command line. Throws ShellError `usage`.
 */
export function readOptions<O extends Options>(
	options: O,
	argv: readonly string[],
	environment: Environment,
): {readonly values: Values<O>; readonly order: readonly {readonly name: string; readonly value: string}[]} {
	const {values, tokens} = parse(options, argv);
	const result: Record<string, unknown> = {};
	for (const [name, option] of Object.entries(options)) {
		const fromEnvironment = onlyTyped.has(name) ? undefined : environment[variableOf(name)];
		if (option.multiple) result[name] = values[name] ?? [];
		else if (option.type === 'boolean') result[name] = values[name] ?? isOn(fromEnvironment);
		else result[name] = values[name] ?? (fromEnvironment || undefined);
	}
	const order = tokens.flatMap(token =>
		token.kind === 'option' && token.value !== undefined ? [{name: token.name, value: token.value}] : [],
	);
	return {values: result as Values<O>, order};
}

/** `--token-file` is `ADX_TOKEN_FILE`. */
function variableOf(name: string): string {
	return `ADX_${name.toUpperCase().replaceAll('-', '_')}`;
}

function isOn(value: string | undefined): boolean {
	return value !== undefined && !['', '0', 'false', 'no'].includes(value.toLowerCase());
}

function parse(options: Options, argv: readonly string[]) {
	const given = {
		args: [...argv],
		options: Object.fromEntries(
			Object.entries(options).map(([name, {type, short, multiple}]) => [
				name,
				{type, ...(short && {short}), ...(multiple && {multiple})},
			]),
		),
		tokens: true,
	} as const;
	try {
		return parseArgs({...given, strict: true, allowPositionals: false});
	} catch (thrown) {
		const {tokens} = parseArgs({...given, strict: false, allowPositionals: true});
		const first = tokens.find(({kind}) => kind === 'positional')?.index ?? argv.length;
		throw misuse(options, argv.slice(first), thrown);
	}
}

/** What Node finds wrong with the arguments, in the words of the help text. `words`: what is no option, and all after it. */
function misuse(options: Options, words: readonly string[], thrown: unknown): ShellError {
	const {code, message} = thrown as NodeJS.ErrnoException;
	const [, name = ''] = /'([^']*)'/.exec(message) ?? [];
	const usage = (text: string, hint = 'see adx-shell --help') =>
		new ShellError('usage', text, {hint, cause: thrown});
	if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
		const meant = closest(name.replace(/^-+/, ''), Object.keys(options));
		return usage(`${name}: no such option`, meant && `did you mean --${meant}?`);
	}
	if (code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') {
		const typed = /^--?[\w-]+/.exec(name)?.[0] ?? '';
		const option = Object.entries(options).find(
			([long, {short}]) => name.includes(`--${long}`) || typed === `-${short}`,
		);
		if (option?.[1].type === 'boolean') return usage(`--${option[0]} takes no value`);
		const hint = `after --${option?.[0]}= it may begin with -`;
		return usage(`${typed}: ${option?.[1].value} is missing`, /ambiguous/.test(message) ? hint : undefined);
	}
	const line = words.map(quoteWord).join(' ');
	return usage(
		`${words[0]}: not an option`,
		'command' in options ? `to run a line: adx-shell -c ${quoteWord(line)}` : undefined,
	);
}

/** The option lines of a help text. */
export function describeOptions(options: Options): string {
	const rows = Object.entries(options).map(([name, {short, value, help}]) => ({
		left: `${short ? `-${short}, ` : '    '}--${name}${value ? ` ${value}` : ''}`,
		help,
	}));
	const width = Math.max(...rows.map(row => row.left.length));
	return rows.map(row => `  ${row.left.padEnd(width)}  ${row.help}`).join('\n');
}
