import {padded, textWidth} from '../../render/width.ts';
import {canUnfold} from '../collaborative-keys.ts';
import {canOpen} from '../collaborative-lines.ts';
import {type Action, type Binding, bindings, type Place} from '../key-table.ts';
import {keyLabel} from '../keys.ts';
import type {CollaborativeRow} from '../state/collaborative-rows.ts';
import {type Extent, isNarrow, type Pane, sidePanes} from '../state/geometry.ts';
import type {SeriesRow} from '../state/series-rows.ts';
import type {TreeRow} from '../state/tree.ts';
import {geometry, paneOf, panesOf, placesOf, type State} from '../state/workspace-state.ts';
import type {Paint} from '../theme.ts';

/** The selected row of the pane with the keys. */
export type Selected = {
	readonly tree?: TreeRow | undefined;
	readonly series?: SeriesRow | undefined;
	readonly collaboratives?: CollaborativeRow | undefined;
};

/** The bottom line: keys that do something right now, the most particular ones first. */
export function drawKeys(state: State, width: number, paint: Paint, selected: Selected): string {
	let line = ' ';
	let used = 1;
	for (const {keys, short, action} of keysNow(state, selected)) {
		const word = wordOf(action, state, selected) ?? short;
		const label = keyLabel(keys[0]!);
		const columns = textWidth(label) + 1 + textWidth(word) + 2;
		if (used + columns > width) break;
		line += `${paint('key', label)} ${paint('hint', word)}  `;
		used += columns;
	}
	return line;
}

function keysNow(state: State, selected: Selected): (Binding & {short: string})[] {
	const taken = new Set<string>();
	const keys: (Binding & {short: string})[] = [];
	for (const place of placesOf(state)) {
		for (const binding of bindings) {
			if (binding.place !== place || taken.has(binding.keys[0]!)) continue;
			for (const key of binding.keys) taken.add(key);
			if (binding.short && works(binding, state, selected)) keys.push({...binding, short: binding.short});
		}
	}
	return keys;
}

function wordOf(action: Action, state: State, {series, collaboratives: row}: Selected): string | undefined {
	if (action === 'interrupt' && state.running?.isEnding) return 'stop waiting for it';
	if (action === 'hide' && paneOf(state) === 'shell') return 'show';
	if (action === 'series-toggle' && series)
		return state.series.unfolded.has(series.asset.assetId) ? 'fold' : 'unfold';
	if (action === 'collaboratives-open' && row && canUnfold(row))
		return state.collaboratives.unfolded.has(row.key) ? 'fold' : 'unfold';
	return undefined;
}

function works({action}: Binding, state: State, {tree, series, collaboratives: row}: Selected): boolean {
	const {running, prompt, scrollback, size} = state;
	if (action === 'delete-or-leave') return !running && prompt.line.text === '';
	if (action === 'interrupt') return running !== undefined;
	if (action === 'menu-take') return prompt.menu?.selected !== undefined;
	if (action === 'page-up') return scrollback.lines > size.rows - 6;
	if (action === 'tree-unfold') return tree?.kind === 'entry' && tree.entry.objectType === 'DIRECTORY';
	if (action.startsWith('tree-')) return tree?.kind === 'entry';
	if (action.startsWith('series-')) return series !== undefined;
	if (action === 'collaboratives-open')
		return row !== undefined && (row.kind === 'service' ? canOpen(row.service) : canUnfold(row));
	if (action === 'collaboratives-share') return row !== undefined && state.session.location !== undefined;
	if (action === 'collaboratives-share-database')
		return row !== undefined && state.session.database !== undefined;
	if (action === 'collaboratives-unshare' || action === 'collaboratives-why') return row?.kind === 'service';
	if (state.question !== undefined && (action === 'panes' || action === 'hide')) return false;
	if (action === 'panes') return geometry(state).kind === 'panes' && panesOf(state).length > 1;
	if (action === 'zoom') return state.zoomed || !isNarrow(size);
	if (action === 'hide') return paneOf(state) !== 'shell' || state.hidden.size > 0;
	return true;
}

/** Without a place: the keys that all panes beside the shell have in common. */
const titles: readonly (readonly [Place | undefined, string])[] = [
	['prompt', 'At the prompt'],
	['anywhere', 'Anywhere'],
	[undefined, 'In the panes beside the shell'],
	['tree', 'In the tree'],
	['series', 'In the time series'],
	['collaboratives', 'In the collaboratives'],
	['menu', 'In the completion menu'],
	['search', 'Searching the history'],
];

function helpOf(place: Place | undefined): readonly Binding[] {
	if (place === undefined)
		return bindings.filter(binding => binding.place === sidePanes[0] && isCommon(binding));
	return bindings.filter(binding => binding.place === place && binding.help && !isCommon(binding));
}

function isCommon({place, keys, help}: Binding): boolean {
	if (!help || !sidePanes.some(pane => pane === place)) return false;
	return sidePanes.every(pane =>
		bindings.some(other => other.place === pane && other.keys[0] === keys[0] && other.help === help),
	);
}

/** What the keys are asked for in comes first. */
function titlesFrom(pane: Pane): typeof titles {
	if (pane === 'shell') return titles;
	const rank = (place: Place | undefined) => (place === pane ? 0 : place === undefined ? 1 : 2);
	return titles.toSorted(([a], [b]) => rank(a) - rank(b));
}

/** The keys as a page of any length, those of the pane first, in two columns where one does not fit and there is room. */
export function drawHelp({width, height}: Extent, pane: Pane, paint: Paint): readonly string[] {
	const rows = titlesFrom(pane).flatMap(([place, title], index) => [
		...(index === 0 ? [] : [{text: '', isTitle: false}]),
		{text: title, isTitle: true},
		...helpOf(place).map(({keys, help}) => ({
			text: `  ${padded(keys.slice(0, 2).map(keyLabel).join(', '), 18)}${help}`,
			isTitle: false,
		})),
	]);
	const across = rows.length > height && width >= twoColumns ? 2 : 1;
	const column = Math.floor(width / across) - 1;
	const cell = (row: (typeof rows)[number] | undefined) => {
		const text = padded(row?.text ?? '', column);
		return row?.isTitle ? paint('title', text) : text;
	};
	if (across === 1) return rows.map(cell);
	// Between two sections, where the longer column is the shortest.
	const starts = rows.flatMap(({isTitle}, index) => (isTitle && index > 0 ? [index] : []));
	const longer = (start: number) => Math.max(start - 1, rows.length - start);
	const second = starts.reduce((best, start) => (longer(start) < longer(best) ? start : best));
	const left = rows.slice(0, second - 1);
	const right = rows.slice(second);
	return Array.from({length: longer(second)}, (_, index) => `${cell(left[index])} ${cell(right[index])}`);
}

const twoColumns = 110;
