import type {Command, Spec} from './command.ts';
import {type Option, optionsOf, positionalsOf} from './options.ts';

/** One line: `get [-f] [-o NAME] PATH… [LOCAL]`. `--json` and `--help` go without saying. */
export function usageOf(command: Pick<Command, 'name' | 'args'>): string {
	const options = optionsOf(command);
	const letters = options.filter(({spec}) => spec.kind === 'flag' && spec.short).map(({spec}) => spec.short);
	const others = options.filter(({spec}) => spec.kind !== 'flag' || !spec.short);
	return [
		command.name,
		...(letters.length > 0 ? [`[-${letters.join('')}]`] : []),
		...others.map(option => bracket(optionText(option), option.spec.kind === 'flag' || option.spec.optional)),
		...positionalsOf(command).map(({key, spec}) => bracket(placeholder(key, spec), spec.optional)),
	].join(' ');
}

/** An option as a table of options shows it: `-o, --output NAME`. */
export function optionForms({key, long, spec}: Option): string {
	const forms = spec.short ? `-${spec.short}, --${long}` : `--${long}`;
	return spec.kind === 'flag' ? forms : `${forms} ${placeholder(key, spec)}`;
}

/** What stands for an argument: `PATH…`, `N`, `name|size|time`. */
export function placeholder(key: string, spec: Spec): string {
	if (spec.choices) return spec.choices.join('|');
	const word = generic[spec.kind] ?? key.replace(/[A-Z]/g, letter => `-${letter}`).toUpperCase();
	return spec.many ? `${word.replace(/(?<!S|SERIE)S$/, '')}…` : word;
}

/** Of these kinds the option's own name would say nothing more. */
const generic: Partial<Record<Spec['kind'], string>> = {count: 'N', time: 'TIME', duration: 'DURATION'};

function optionText({key, long, spec}: Option): string {
	const form = spec.short ? `-${spec.short}` : `--${long}`;
	return spec.kind === 'flag' ? form : `${form} ${placeholder(key, spec)}`;
}

const bracket = (text: string, optional: boolean | undefined) => (optional ? `[${text}]` : text);
