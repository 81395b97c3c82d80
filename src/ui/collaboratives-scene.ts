import {reason} from '../commands/sharing/unreadable.ts';
import {peopleIn} from '../shell/collaboratives.ts';
import type {User} from '../shell/ports.ts';
import {readableCount} from '../shell/readable.ts';
import type {Collaborative, Service} from '../shell/sharing.ts';
import {drawFilter} from './components/draw-filter.ts';
import type {CollaborativesWatch} from './hooks/collaboratives-watch.ts';
import {type Needs, needsOf, noNeeds} from './panes/collaborative-columns.ts';
import {drawCollaboratives} from './panes/draw-collaboratives.ts';
import {saidOfCollaboratives} from './panes/say-collaboratives.ts';
import {saidLines} from './panes/say-series.ts';
import type {DrawnPane} from './panes/TextPane.tsx';
import {
	type CollaborativeRow,
	type CollaborativeRows,
	collaborativeRows,
	wantedServices,
} from './state/collaborative-rows.ts';
import {collaborativeIndex} from './state/collaboratives.ts';
import type {Extent} from './state/geometry.ts';
import {lastBeneath, treeTop} from './state/tree.ts';
import {geometry, paneOf, type State} from './state/workspace-state.ts';
import type {Paint} from './theme.ts';

export type CollaborativesScene = {
	/** The same object as long as nothing in it changes. */
	readonly draw: (state: State, extent: Extent) => DrawnPane;
	readonly rows: (state: State) => CollaborativeRows;
	readonly selected: (state: State) => CollaborativeRow | undefined;
	/** Everything that is known to be shared. */
	readonly shared: (state: State) => readonly Service[];
	readonly all: () => readonly Collaborative[];
	/** Rows in sight. */
	readonly page: (state: State) => number;
	/** The collaboratives whose services the screen shows; undefined while the pane is out of sight. */
	readonly wanted: (state: State) => readonly string[] | undefined;
};

type Look = {readonly paint: Paint; readonly watch: () => CollaborativesWatch | undefined};

/** What is remembered of the last drawing, as long as none of `of` is another. */
function remembered<T>(): (of: readonly unknown[], make: () => T) => T {
	let last: {readonly of: readonly unknown[]; readonly made: T} | undefined;
	return (of, make) => {
		const known = last;
		if (known && of.every((part, index) => part === known.of[index])) return known.made;
		const made = make();
		last = {of, made};
		return made;
	};
}

export function createCollaborativesScene({paint, watch}: Look): CollaborativesScene {
	const all = () => watch()?.collaboratives() ?? [];
	const servicesOf = (collaborative: Collaborative, user: User | undefined) => {
		const {collaborativeId} = collaborative;
		const known = watch()?.services(collaborativeId);
		if (known) return known;
		const failure = watch()?.failure(collaborativeId);
		if (!failure) return undefined;
		if (failure.code !== 'denied' && failure.code !== 'not-found') return failure.message;
		return `cannot be looked into${user ? `: ${reason(collaborative, user)}` : ''}`;
	};

	const keptPeople = remembered<ReadonlyMap<string, User>>();
	const keptRows = remembered<CollaborativeRows>();
	const rowsOf = (state: State) => {
		const {collaboratives: pane, news, user} = state;
		return keptRows([watch(), news, user, pane.unfolded, pane.filter], () => {
			const collaboratives = all();
			const byId = new Map(collaboratives.map(one => [one.collaborativeId, one]));
			return collaborativeRows(
				{
					collaboratives,
					user,
					services: id => servicesOf(byId.get(id)!, user),
					person: id => keptPeople([collaboratives, user], () => peopleIn(collaboratives, user)).get(id),
				},
				pane,
			);
		});
	};

	const keptWanted = remembered<readonly string[]>();
	let wanted: readonly string[] = [];
	const wantedOf = ({collaboratives: pane, news, user}: State) =>
		keptWanted([watch(), news, user, pane.unfolded, pane.filter], () => {
			const next = wantedServices({collaboratives: all(), user}, pane);
			if (next.length !== wanted.length || next.some((id, at) => id !== wanted[at])) wanted = next;
			return wanted;
		});

	let top = 0;
	let needs: {readonly of: readonly CollaborativeRow[]; readonly needs: Needs} = {of: [], needs: noNeeds};
	const drawRows = (state: State, {width, height}: Extent): readonly string[] => {
		const {rows, positions} = rowsOf(state);
		const {collaboratives: pane} = state;
		const selected = collaborativeIndex({rows, positions}, pane);
		top = treeTop(selected, top, rows.length, height, lastBeneath(rows, selected, height));
		const inSight = rows.slice(top, top + height);
		needs = {of: rows, needs: needsOf(inSight, needs.of === rows ? needs.needs : noNeeds)};
		return drawCollaboratives(inSight, {
			width,
			selected: selected - top,
			isFocused: paneOf(state) === 'collaboratives' && !pane.isTyping,
			needs: needs.needs,
			paint,
		});
	};
	const draw = (state: State, {width, height}: Extent): DrawnPane => {
		const {filter, isTyping} = state.collaboratives;
		const field = isTyping || filter !== undefined ? [drawFilter(filter ?? '', isTyping, paint)] : [];
		const {rows} = rowsOf(state);
		const known = watch()?.collaboratives();
		const said = saidOfCollaboratives(state, {
			all: known?.length,
			rows: rows.length,
			failure: watch()?.failure(),
		});
		const below = saidLines(said, width, paint);
		const room = height - field.length - below.length;
		const above = said.isAll ? [] : drawRows(state, {width, height: room});
		return {
			title: 'Collaboratives',
			place: known ? placeOf(state, known.length, rows.length > room) : '',
			lines: [...field, ...above, ...below].slice(0, height),
		};
	};

	/** `3`, `2 of 3`, and where there are more rows than are in sight, which one is selected. */
	const placeOf = (state: State, count: number, isLong: boolean): string => {
		const {rows, positions} = rowsOf(state);
		const {filter} = state.collaboratives;
		const shown = filter ? rows.filter(({kind}) => kind === 'collaborative').length : count;
		const index = collaborativeIndex({rows, positions}, state.collaboratives);
		return [
			isLong ? `row ${readableCount(index + 1)} of ${readableCount(rows.length)}` : '',
			filter ? `${readableCount(shown)} of ${readableCount(count)}` : readableCount(count),
		]
			.filter(Boolean)
			.join(' · ');
	};

	const keptDrawn = remembered<DrawnPane>();
	return {
		draw: (state, extent) =>
			keptDrawn(
				[
					...[watch(), state.news, state.user, state.collaboratives, state.connection],
					...[paneOf(state), extent.width, extent.height],
				],
				() => draw(state, extent),
			),
		rows: rowsOf,
		selected: state => {
			const known = rowsOf(state);
			return known.rows[collaborativeIndex(known, state.collaboratives)];
		},
		shared: () => all().flatMap(({collaborativeId}) => watch()?.services(collaborativeId) ?? []),
		all,
		page: state => Math.max(1, (geometry(state).collaboratives?.height ?? 4) - 3),
		wanted: state => (geometry(state).collaboratives ? wantedOf(state) : undefined),
	};
}
