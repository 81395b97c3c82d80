import type {Command, Kind, Spec, Specs} from './command.ts';

/** A flag or an option that takes a value. */
export type Option = {
	/** Its key in the command's specs. */
	readonly key: string;
	/** `dry-run`, without dashes. */
	readonly long: string;
	readonly spec: Spec;
};

export type Positional = {readonly key: string; readonly spec: Spec};

/** `--json`, `--csv` and `--help`, which every command has. */
export const common: readonly Option[] = [
	{key: 'json', long: 'json', spec: {kind: 'flag', help: 'Print JSON, a line a record', optional: true}},
	{key: 'csv', long: 'csv', spec: {kind: 'flag', help: 'Print CSV, with a header', optional: true}},
	{key: 'help', long: 'help', spec: {kind: 'flag', help: 'Show how the command is used', optional: true}},
];

/** The command's own flags and options, in order. */
export function optionsOf({args}: Pick<Command, 'args'>): readonly Option[] {
	return specsOf(args)
		.filter(([, spec]) => isOption(spec))
		.map(([key, spec]) => ({key, long: kebab(key), spec}));
}

/** The command's positional arguments, in order. */
export function positionalsOf({args}: Pick<Command, 'args'>): readonly Positional[] {
	return specsOf(args)
		.filter(([, spec]) => !isOption(spec))
		.map(([key, spec]) => ({key, spec}));
}

/** Whether globs and braces expand in arguments of that kind. */
export function expands(kind: Kind): boolean {
	const isPath = kind === 'path' || kind === 'directory' || kind === 'local' || kind === 'local-directory';
	return isPath || isSeriesKind(kind);
}

/** Whether globs in arguments of that kind match names of the selected database. */
export function isSeriesKind(kind: Kind): boolean {
	return kind === 'asset' || kind === 'attribute' || kind === 'series' || kind === 'selection';
}

const specsOf = (specs: Specs) => Object.entries(specs);
const isOption = (spec: Spec) => spec.kind === 'flag' || spec.option === true;
const kebab = (key: string) => key.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
