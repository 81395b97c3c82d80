import {describe, expect, test} from 'vitest';
import {type Command, defineCommand} from '../../src/shell/command.ts';
import type {ShellError} from '../../src/shell/errors.ts';
import {parseArgs} from '../../src/shell/parse-args.ts';
import {parseLine} from '../../src/shell/parse-line.ts';
import {parseAge, parseSize} from '../../src/shell/quantities.ts';
import {usageOf} from '../../src/shell/usage.ts';
import {evaluateWord} from '../../src/shell/word.ts';

const ls = defineCommand({
	name: 'ls',
	group: 'Navigation',
	summary: 'List',
	args: {
		long: {kind: 'flag', short: 'l', help: ''},
		human: {kind: 'flag', short: 'h', help: ''},
		one: {kind: 'flag', short: '1', help: ''},
		sort: {kind: 'text', option: true, optional: true, choices: ['name', 'size', 'time'], help: ''},
		paths: {kind: 'path', many: true, optional: true, help: ''},
	},
	examples: ['ls'],
	run: async function* () {},
});
const head = defineCommand({
	name: 'head',
	group: 'Files',
	summary: 'First lines',
	args: {
		lines: {kind: 'count', option: true, optional: true, short: 'n', help: ''},
		larger: {kind: 'size', option: true, optional: true, short: 's', help: ''},
		newer: {kind: 'age', option: true, optional: true, help: ''},
		from: {kind: 'time', option: true, optional: true, help: ''},
		every: {kind: 'duration', option: true, optional: true, help: ''},
		dryRun: {kind: 'flag', help: ''},
		quiet: {kind: 'flag', short: 'q', help: ''},
		paths: {kind: 'path', many: true, help: ''},
	},
	examples: ['head a'],
	run: async function* () {},
});
const mv = defineCommand({
	name: 'mv',
	group: 'Files',
	summary: 'Move',
	args: {
		sources: {kind: 'path', many: true, help: ''},
		target: {kind: 'path', help: ''},
		note: {kind: 'text', optional: true, help: ''},
	},
	examples: ['mv a b'],
	run: async function* () {},
});

function parse(command: Command, line: string) {
	const [statement] = parseLine(line);
	const words = statement?.kind === 'command' ? statement.words.slice(1) : [];
	const parsed = parseArgs(
		command,
		words.map(word => evaluateWord(word, 0)),
	);
	const shown = [...parsed.words].map(([key, values]) => [key, ...values.map(({pattern}) => pattern)]);
	return {shown, format: parsed.format, help: parsed.help};
}

describe('words go to', () => {
	test.each<[line: string, command: Command, shown: string[][]]>([
		['ls', ls, []],
		['ls -lh a b', ls, [['long'], ['human'], ['paths', 'a', 'b']]],
		['ls a -l', ls, [['long'], ['paths', 'a']]],
		['ls --long -1', ls, [['long'], ['one']]],
		['ls --sort=size', ls, [['sort', 'size']]],
		[
			'ls --sort size x',
			ls,
			[
				['sort', 'size'],
				['paths', 'x'],
			],
		],
		['ls --sort time --sort name', ls, [['sort', 'name']]],
		['ls -- -l --json', ls, [['paths', '-l', '--json']]],
		['ls - ./-l', ls, [['paths', '-', './-l']]],
		["ls '-l'", ls, [['long']]],
		["ls '*' *", ls, [['paths', '\\*', '*']]],
		[
			'head -n5 a',
			head,
			[
				['lines', '5'],
				['paths', 'a'],
			],
		],
		[
			'head -n 5 a',
			head,
			[
				['lines', '5'],
				['paths', 'a'],
			],
		],
		[
			'head -5 a',
			head,
			[
				['lines', '5'],
				['paths', 'a'],
			],
		],
		['head -qn 5 a', head, [['quiet'], ['lines', '5'], ['paths', 'a']]],
		['head -qn5 a', head, [['quiet'], ['lines', '5'], ['paths', 'a']]],
		[
			'head -s -1M --newer +2d --dry-run a',
			head,
			[['larger', '-1M'], ['newer', '+2d'], ['dryRun'], ['paths', 'a']],
		],
		[
			'mv a b',
			mv,
			[
				['sources', 'a'],
				['target', 'b'],
			],
		],
		[
			'mv a b c d',
			mv,
			[
				['sources', 'a', 'b', 'c'],
				['target', 'd'],
			],
		],
	])('%s', (line, command, shown) => {
		expect(parse(command, line).shown).toEqual(shown);
	});

	test('-R is what -r is where it has no meaning of its own, but not the other way round', () => {
		const recursive = (short: string): Command => ({
			...mv,
			args: {recursive: {kind: 'flag', short, help: ''}, sources: {kind: 'path', many: true, help: ''}},
		});
		expect(parse(recursive('r'), 'cp -R a').shown).toEqual([['recursive'], ['sources', 'a']]);
		expect(() => parse(recursive('R'), 'ls -r a')).toThrow('-r: no such option');
	});

	test('--json, --csv and --help are there for all; -h is help unless it means something else', () => {
		expect(parse(ls, 'ls --json')).toMatchObject({format: 'json', help: false});
		expect(parse(ls, 'ls --csv')).toMatchObject({format: 'csv', help: false});
		expect(parse(ls, 'ls')).toMatchObject({format: undefined});
		expect(parse(ls, 'ls -h')).toMatchObject({help: false});
		expect(parse(head, 'head -h')).toMatchObject({help: true});
		expect(parse(mv, 'mv --help')).toMatchObject({help: true});
	});
});

describe('errors point at the word', () => {
	test.each<[line: string, command: Command, at: string | undefined, message: string, hint: string]>([
		[
			'ls --json a --csv',
			ls,
			'--csv',
			'--json and --csv cannot go together',
			'usage: ls [-lh1] [--sort name|size|time] [PATH…]',
		],
		['ls --lnog', ls, '--lnog', '--lnog: no such option', 'did you mean --long?'],
		['ls -lx', ls, '-lx', '-x: no such option', 'usage: ls [-lh1] [--sort name|size|time] [PATH…]'],
		['ls -5', ls, '-5', '-5: no such option', 'usage: ls [-lh1] [--sort name|size|time] [PATH…]'],
		[
			'ls --long=yes',
			ls,
			'--long=yes',
			'--long takes no value',
			'usage: ls [-lh1] [--sort name|size|time] [PATH…]',
		],
		['ls --sort', ls, '--sort', '--sort needs a value', 'usage: ls [-lh1] [--sort name|size|time] [PATH…]'],
		['ls --sort sise', ls, 'sise', '--sort: sise is none of name, size, time', 'did you mean size?'],
		['head -n x a', head, 'x', '-n: x is not a whole number of 0 or more', 'try `head --help`'],
		['head -n -1 a', head, '-1', '-n: -1 is not a whole number of 0 or more', 'try `head --help`'],
		['head --newer 2 a', head, '2', '--newer: 2 is not an age such as 2d or +1h', 'try `head --help`'],
		[
			'head --from soon a',
			head,
			'soon',
			"--from: soon is not a time such as 24h, yesterday, 2026-01-01 or '2026-01-01 14:30'",
			'try `head --help`',
		],
		[
			'head --every yesterday a',
			head,
			'yesterday',
			'--every: yesterday is not a duration such as 15m, 24h or 7d',
			'try `head --help`',
		],
		['head', head, undefined, 'PATH is missing', 'try `head --help`'],
		['mv a', mv, 'a', 'SOURCE is missing', 'usage: mv SOURCE… TARGET [NOTE]'],
	])('%s', (line, command, at, message, hint) => {
		let error: ShellError | undefined;
		try {
			parse(command, line);
		} catch (thrown) {
			error = thrown as ShellError;
		}
		expect(error).toMatchObject({code: 'usage', message, hint});
		expect(error?.at && line.slice(error.at.start, error.at.end)).toBe(at);
	});

	test('one word too many', () => {
		const pwd: Command = {...mv, name: 'pwd', args: {}};
		expect(() => parse(pwd, 'pwd x')).toThrow('x: one argument too many');
	});

	test('a name with spaces that is not quoted is shown quoted', () => {
		const use: Command = {...mv, name: 'use', args: {store: {kind: 'store', help: ''}}};
		const error = expect.objectContaining({
			message: 'study: one argument too many',
			hint: "did you mean 'Campus study two'?",
		});
		expect(() => parse(use, 'use Campus study two')).toThrow(error);
	});
});

test('usage shows flags together, options with their value, positionals in order', () => {
	expect(usageOf(head)).toBe(
		'head [-q] [-n N] [-s LARGER] [--newer NEWER] [--from TIME] [--every DURATION] [--dry-run] PATH…',
	);
});

test.each<[text: string, sign: string | undefined, value?: number]>([
	['10', '', 10],
	['10k', '', 10_000],
	['+1.5M', '+', 1_500_000],
	['-2KiB', '-', 2048],
	['1GB', '', 1e9],
	['k', undefined],
	['1x', undefined],
])('size %s', (text, sign, value) => {
	expect(parseSize(text)).toEqual(sign === undefined ? undefined : {sign, value});
});

test.each<[text: string, sign: string | undefined, value?: number]>([
	['2d', '', 172_800_000],
	['+1h', '+', 3_600_000],
	['-90s', '-', 90_000],
	['2', undefined],
	['d', undefined],
])('age %s', (text, sign, value) => {
	expect(parseAge(text)).toEqual(sign === undefined ? undefined : {sign, value});
});
