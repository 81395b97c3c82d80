import type {Command, Kind, Spec} from './command.ts';
import {common, type Option, optionsOf, positionalsOf} from './options.ts';

/** What may stand at a place: a flag, or a value of one of the specs. */
export type Wanted =
	| {readonly kind: 'flag'; readonly options: readonly Option[]}
	/** `glued`: characters of the word that come before the value, as in `--output=`. */
	| {
			readonly kind: 'value';
			readonly specs: readonly Spec[];
			readonly glued: number;
			readonly earlier: readonly Earlier[];
	  };

/** A positional argument that is there already. */
export type Earlier = {readonly kind: Kind | undefined; readonly text: string};

/** What the word `text` after the arguments `before` can be. */
export function argumentAt(command: Command, before: readonly string[], text: string): Wanted {
	const options = [...optionsOf(command), ...common];
	const words = before.values();
	const earlier: Earlier[] = [];
	let ended = false;
	for (const word of words) {
		if (ended || word === '-' || !word.startsWith('-')) {
			earlier.push({kind: positionalSpecs(command, earlier.length)[0]?.kind, text: word});
		} else if (word === '--') {
			ended = true;
		} else {
			const option = waiting(options, word);
			if (option && words.next().done) return {kind: 'value', specs: [option.spec], glued: 0, earlier};
		}
	}
	if (!ended && text.startsWith('-')) {
		const equals = text.indexOf('=');
		const option =
			equals === -1 ? undefined : options.find(({long}) => `--${long}` === text.slice(0, equals));
		if (option) return {kind: 'value', specs: [option.spec], glued: equals + 1, earlier};
		return {kind: 'flag', options};
	}
	return {kind: 'value', specs: positionalSpecs(command, earlier.length), glued: 0, earlier};
}

/** The option at the end of `word` that takes the next word as its value. */
function waiting(options: readonly Option[], word: string): Option | undefined {
	if (word.startsWith('--')) {
		return options.find(({long, spec}) => `--${long}` === word && spec.kind !== 'flag');
	}
	for (const [at, letter] of [...word].entries()) {
		const option = at > 0 ? options.find(({spec}) => spec.short === letter) : undefined;
		if (option && option.spec.kind !== 'flag') return at === word.length - 1 ? option : undefined;
	}
	return undefined;
}

/** Behind an argument that takes many words, the ones after it may come any time. */
function positionalSpecs(command: Command, position: number): readonly Spec[] {
	const specs = positionalsOf(command).map(({spec}) => spec);
	const many = specs.findIndex(spec => spec.many);
	if (many === -1 || position < many) return specs.slice(position, position + 1);
	return position === many ? specs.slice(many, many + 1) : specs.slice(many);
}
