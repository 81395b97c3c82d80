import {padded, textWidth, truncate} from '../../render/width.ts';
import {type Binding, bindings, keyLabel, type Place} from '../keys.ts';
import type {Extent} from '../state/geometry.ts';
import {placesOf, type State} from '../state/workspace-state.ts';
import type {Paint} from '../theme.ts';

/** The bottom line: keys that do something right now, the most particular ones first. */
export function drawKeys(state: State, width: number, paint: Paint): string {
	let line = ' ';
	let used = 1;
	for (const {keys, short} of keysNow(state)) {
		const label = keyLabel(keys[0]!);
		const columns = textWidth(label) + 1 + textWidth(short) + 2;
		if (used + columns > width) break;
		line += `${paint('key', label)} ${paint('hint', short)}  `;
		used += columns;
	}
	return line;
}

function keysNow(state: State): (Binding & {short: string})[] {
	const taken = new Set<string>();
	const keys: (Binding & {short: string})[] = [];
	for (const place of placesOf(state)) {
		for (const binding of bindings) {
			if (binding.place !== place || taken.has(binding.keys[0]!)) continue;
			for (const key of binding.keys) taken.add(key);
			if (binding.short && works(binding, state)) keys.push({...binding, short: binding.short});
		}
	}
	return keys;
}

function works({action}: Binding, {running, prompt, scrollback}: State): boolean {
	if (action === 'delete-or-leave') return !running && prompt.line.text === '';
	if (action === 'menu-take') return prompt.menu?.selected !== undefined;
	if (action === 'page-up') return scrollback.end > scrollback.first;
	return true;
}

const titles: readonly (readonly [Place, string])[] = [
	['prompt', 'At the prompt'],
	['anywhere', 'Anywhere'],
	['menu', 'In the completion menu'],
	['search', 'Searching the history'],
	['tree', 'In the tree'],
];

/** The keys as a page, from row `top` on, in as many columns as there is room for. */
export function drawHelp({width, height}: Extent, top: number, paint: Paint): string[] {
	const rows = titles.flatMap(([place, title]) => [
		{keys: title, help: '', title},
		...bindings
			.filter(binding => binding.place === place && binding.help)
			.map(({keys, help = ''}) => ({keys: keys.slice(0, 2).map(keyLabel).join(', '), help, title: ''})),
		{keys: '', help: '', title: ''},
	]);
	const across = width >= 110 && rows.length > height ? 2 : 1;
	const column = Math.floor(width / across) - (across - 1);
	const down = across === 1 ? rows.length : Math.ceil(rows.length / across);
	const lines = Array.from({length: down}, (_, index) =>
		Array.from({length: across}, (_, at) => {
			const row = rows[index + at * down];
			if (!row) return '';
			const text = padded(row.title || `  ${padded(row.keys, 20)}${row.help}`, column);
			return row.title ? paint('title', text) : text;
		}).join('  '),
	);
	const shown = lines.slice(Math.min(top, Math.max(0, lines.length - height)));
	return shown
		.slice(0, height)
		.map(line => (across === 1 ? line.replace(/\s+$/, '') : line))
		.map(line => line || truncate(line, width));
}
