import {type Column, defineCommand} from '../../shell/command.ts';
import {ShellError} from '../../shell/errors.ts';
import {nameMatcher} from '../../shell/glob.ts';
import {entryName} from '../../shell/paths.ts';
import type {Entry} from '../../shell/ports.ts';
import {type Bound, parseAge, parseSize} from '../../shell/quantities.ts';
import {resolveDirectory} from '../../shell/resolve.ts';
import {pathBelow, walk} from '../../shell/walk.ts';
import {failure} from '../shared/failure.ts';

const columns: readonly Column[] = [{field: 'path', as: 'entry'}];
const longColumns: readonly Column[] = [
	{field: 'mode', as: 'mode', screenOnly: true},
	{field: 'storageSizeBytes', as: 'bytes'},
	{field: 'lastModified', as: 'time'},
	...columns,
];

/** Entries below a directory that pass all tests, as they are found. */
export const find = defineCommand({
	name: 'find',
	group: 'Navigation',
	summary: 'Find files by name, type, size or time',
	description:
		'The tests may also be written with one dash, as find has them: `-name`. A file of unknown size or time passes no test of it.',
	args: {
		directory: {kind: 'directory', optional: true, help: 'Where to start; default: where you are'},
		name: {kind: 'text', option: true, optional: true, help: 'Whole name, with * ? [a-z]; quote it'},
		iname: {kind: 'text', option: true, optional: true, help: 'The same, whatever the case'},
		type: {kind: 'text', option: true, optional: true, choices: ['f', 'd'], help: 'Files or directories'},
		size: {kind: 'size', option: true, optional: true, help: 'At least +1M, at most -10k, or exactly'},
		mtime: {
			kind: 'text',
			option: true,
			optional: true,
			help: 'Changed -1 day ago at most, +7 at least; or -2h',
		},
		newer: {kind: 'age', option: true, optional: true, help: 'Changed within that time, such as 2d'},
		older: {kind: 'age', option: true, optional: true, help: 'Not changed within that time'},
		maxdepth: {kind: 'count', option: true, optional: true, help: 'Levels to look into'},
		long: {kind: 'flag', short: 'l', help: 'With size and time'},
	},
	examples: ["find --name '*.csv' --size +1M", "find / -type d -name 'case*'", 'find weather --newer 2d -l'],
	async *run(context, {directory = '.', maxdepth, long, ...tests}) {
		const start = await resolveDirectory(context, directory);
		const passes = testOf(tests, context.now());
		if (maxdepth === 0) return;
		const depth = maxdepth === undefined ? {} : {depth: maxdepth - 1};
		for await (const {names, entries, error} of walk(context, start, depth)) {
			if (error) yield failure(pathBelow(directory, names), error);
			const records = entries
				.filter(passes)
				.map(entry => ({...entry, path: pathBelow(directory, [...names, entryName(entry)])}));
			if (records.length === 0) continue;
			yield {kind: 'records', records, columns: long ? longColumns : columns, layout: 'table'};
		}
	},
});

type Tests = {
	readonly [K in 'name' | 'iname' | 'type' | 'size' | 'mtime' | 'newer' | 'older']: string | undefined;
};
type Test = (entry: Entry) => boolean;

const day = 86_400_000;

/** All tests that are asked for as one, the cheap ones first. */
function testOf({name, iname, type, size, mtime, newer, older}: Tests, now: number): Test {
	const tests: Test[] = [];
	if (type !== undefined) tests.push(entry => (entry.objectType === 'FILE') === (type === 'f'));
	if (name !== undefined) tests.push(named(nameMatcher(name)));
	if (iname !== undefined) tests.push(named(nameMatcher(iname, {ignoreCase: true})));
	if (size !== undefined) {
		const bound = parseSize(size)!;
		tests.push(entry => entry.objectType === 'FILE' && within(entry.storageSizeBytes, bound));
	}
	const ages = [
		...(mtime === undefined ? [] : [parseDays(mtime)]),
		...(newer === undefined ? [] : [{sign: '-', value: parseAge(newer)!.value} as const]),
		...(older === undefined ? [] : [{sign: '+', value: parseAge(older)!.value} as const]),
	];
	for (const bound of ages) {
		tests.push(entry => within(ageOf(entry, now), bound, day));
	}
	return entry => tests.every(test => test(entry));
}

function named(matches: (name: string) => boolean): Test {
	return entry => matches(entryName(entry));
}

function ageOf(entry: Entry, now: number): number | null {
	if (entry.objectType !== 'FILE' || entry.lastModified === null) return null;
	return now - Date.parse(entry.lastModified);
}

/** Without a sign: that value, or within one `step` above it. */
function within(value: number | null, bound: Bound, step = 1): boolean {
	if (value === null) return false;
	if (bound.sign === '+') return value >= bound.value;
	return bound.sign === '-' ? value <= bound.value : value >= bound.value && value < bound.value + step;
}

/** find's own days, `-1`, as well as `-2h`. */
function parseDays(text: string): Bound {
	const bound = parseAge(/\d$/.test(text) ? `${text}d` : text);
	if (bound) return bound;
	throw new ShellError('usage', `--mtime: ${text} is neither days nor an age`, {hint: 'try -1, +7 or -2h'});
}
