import {describe, expect, test} from 'vitest';
import type {ShellError} from '../../src/shell/errors.ts';
import {parseLine} from '../../src/shell/parse-line.ts';
import {isIncomplete} from '../../src/shell/tokenize.ts';
import {evaluateWord} from '../../src/shell/word.ts';

/** A line as `[after, what…]` rows: words with status 7 filled in, `>f`, `>>f`, `|cmd`, `!cmd`. */
function outline(line: string) {
	return parseLine(line).map(statement => {
		if (statement.kind === 'local') return [statement.after, `!${statement.command}`];
		const {words, redirect, pipe} = statement;
		return [
			statement.after,
			...words.map(word => evaluateWord(word, 7).text),
			...(redirect ? [`${redirect.append ? '>>' : '>'}${evaluateWord(redirect.target, 7).text}`] : []),
			...(pipe === undefined ? [] : [`|${pipe}`]),
		];
	});
}

describe('words', () => {
	test.each<[line: string, ...words: string[]]>([
		['ls', 'ls'],
		['  ls \t -l  ', 'ls', '-l'],
		['cat "a b"', 'cat', 'a b'],
		['cat \'a "b" $? \\n\'', 'cat', 'a "b" $? \\n'],
		['cat "a \\"b\\" \\\\ \\x"', 'cat', 'a "b" \\ \\x'],
		['cat a\\ b', 'cat', 'a b'],
		['cat a"b c"d\'e f\'', 'cat', 'ab cde f'],
		["cat ''", 'cat', ''],
		['cat a#b', 'cat', 'a#b'],
		["cat '#b'", 'cat', '#b'],
		['cat $? "$?" $HOME', 'cat', '7', '7', '$HOME'],
		["cat $'a\\nb\\x1b\\u00e9\\U0001f600\\'\\q'", 'cat', "a\nb\x1bé😀'\\q"],
		['cat Züge/图\u00a0表.csv 😀', 'cat', 'Züge/图\u00a0表.csv', '😀'],
		['cat a\\\nb', 'cat', 'ab'],
		['cat a\\\r\nb', 'cat', 'ab'],
		['find (x) {y} a!b', 'find', '(x)', '{y}', 'a!b'],
		['ls # not this; nor && this', 'ls'],
	])('%j', (line, ...words) => {
		expect(outline(line)).toEqual([[';', ...words]]);
	});

	test('know their place in the line', () => {
		const [statement] = parseLine('  cat  "a b"c\\ d ');
		expect(statement?.kind === 'command' && statement.words.map(({start, end}) => [start, end])).toEqual([
			[2, 5],
			[7, 16],
		]);
	});
});

describe('statements', () => {
	test.each<[line: string, rows: string[][]]>([
		['', []],
		[' # only a comment', []],
		[
			'a; b && c || d',
			[
				[';', 'a'],
				[';', 'b'],
				['&&', 'c'],
				['||', 'd'],
			],
		],
		[
			'a;;b;',
			[
				[';', 'a'],
				[';', 'b'],
			],
		],
		[
			'a\nb\r\n\r\nc\r\n',
			[
				[';', 'a'],
				[';', 'b'],
				[';', 'c'],
			],
		],
		[
			'a &&\n\n b',
			[
				[';', 'a'],
				['&&', 'b'],
			],
		],
		["a ';' \\; '&&'", [[';', 'a', ';', ';', '&&']]],
		[
			'!ls *.ts && echo "x" # y\npwd',
			[
				[';', '!ls *.ts && echo "x" # y'],
				[';', 'pwd'],
			],
		],
		[
			'cd x && !make all; ls',
			[
				[';', 'cd', 'x'],
				['&&', '!make all; ls'],
			],
		],
		['ls > out.txt', [[';', 'ls', '>out.txt']]],
		['ls>"a b" -l', [[';', 'ls', '-l', '>a b']]],
		['> f ls', [[';', 'ls', '>f']]],
		[
			'ls >> log && pwd',
			[
				[';', 'ls', '>>log'],
				['&&', 'pwd'],
			],
		],
		['ls a2>f', [[';', 'ls', 'a2', '>f']]],
		[
			'ls | grep a && pwd',
			[
				[';', 'ls', '|grep a'],
				['&&', 'pwd'],
			],
		],
		[
			'ls|sort | uniq -c > f; pwd',
			[
				[';', 'ls', '|sort | uniq -c > f'],
				[';', 'pwd'],
			],
		],
		[
			'ls | grep ";&&" \\; \'||\' || pwd',
			[
				[';', 'ls', '|grep ";&&" \\; \'||\''],
				['||', 'pwd'],
			],
		],
		[
			'ls | grep "a\\";b"; pwd',
			[
				[';', 'ls', '|grep "a\\";b"'],
				[';', 'pwd'],
			],
		],
		[
			'ls | wc # a; b\npwd',
			[
				[';', 'ls', '|wc'],
				[';', 'pwd'],
			],
		],
	])('%j', (line, rows) => {
		expect(outline(line)).toEqual(rows);
	});
});

describe('errors point at the place', () => {
	test.each<[line: string, at: string, message: string]>([
		['cat "a b', '"a b', 'the quote " is not closed'],
		["cat 'a", "'a", "the quote ' is not closed"],
		["cat $'a", "$'a", "the quote $' is not closed"],
		['cat a\\', 'a\\', 'a character must follow the \\'],
		['ls &&', '&&', 'a command is missing after &&'],
		['|| ls', '||', 'a command is missing before ||'],
		['ls && ; pwd', '&&', 'a command is missing after &&'],
		['ls && || pwd', '&&', 'a command is missing after &&'],
		['ls >', '>', 'a file name is missing after >'],
		['ls >> && pwd', '>>', 'a file name is missing after >>'],
		['> f', '>', 'a command is missing before >'],
		['| wc', '| wc', 'a command is missing before |'],
		['ls |', '|', 'a local command is missing after |'],
		['ls > a > b', '> b', 'one > is enough: there is one stream of data'],
		['ls > a | wc', 'a', 'data goes either to a file (>) or to a command (|)'],
		['ls 2> f', '2>', "2>: only a command's data can be redirected"],
		['ls &', '&', '&: background jobs are not supported'],
		['ls < f', '<', '<: not supported here'],
	])('%j', (line, at, message) => {
		let error: ShellError | undefined;
		try {
			parseLine(line);
		} catch (thrown) {
			error = thrown as ShellError;
		}
		expect(error).toMatchObject({code: 'usage', message});
		expect(line.slice(error!.at!.start, error!.at!.end)).toBe(at.startsWith('> b') ? '>' : at);
	});
});

test.each<[line: string, incomplete: boolean]>([
	['', false],
	['ls', false],
	['cat "a', true],
	['cat "a\nb', true],
	['cat "a\nb"', false],
	["cat $'a", true],
	['cat a\\', true],
	['cat a\\\\', false],
	['ls &&', true],
	['ls ||\n', true],
	['ls && # and', true],
	['ls |', true],
	['ls | grep "a', true],
	['ls ;', false],
	['!echo "', false],
	['# "', false],
])('%j is incomplete: %s', (line, incomplete) => {
	expect(isIncomplete(line)).toBe(incomplete);
});
