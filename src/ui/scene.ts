import {readableAge} from '../render/times.ts';
import {readableCount} from '../shell/readable.ts';
import {directoryOf} from '../shell/session.ts';
import {type CollaborativesScene, createCollaborativesScene} from './collaboratives-scene.ts';
import {drawHelp, drawKeys, type Selected} from './components/draw-keys.ts';
import {drawStatus} from './components/draw-status.ts';
import type {CollaborativesWatch} from './hooks/collaboratives-watch.ts';
import type {ListingWatch} from './hooks/listing-watch.ts';
import type {SeriesWatch} from './hooks/series-watch.ts';
import {createMeasure} from './measure.ts';
import {type DrawnShell, drawShell, scrollHeight} from './panes/draw-shell.ts';
import {drawTree} from './panes/draw-tree.ts';
import {promptLabel} from './prompt/label.ts';
import {createWrap} from './prompt/row-starts.ts';
import type {ScreenOptions} from './screen-options.ts';
import {createSeriesScene, type SeriesScene} from './series-scene.ts';
import {type Extent, inside} from './state/geometry.ts';
import {seriesIndex} from './state/series-rows.ts';
import {lastBeneath, selectedIndex, type Tree, type TreeRow, treeRows, treeTop} from './state/tree.ts';
import type {Measure} from './state/view.ts';
import {geometry, paneOf, type State} from './state/workspace-state.ts';
import {type Paint, theme} from './theme.ts';

type DrawnTree = {
	readonly title: string;
	readonly lines: readonly string[];
	/** "3 of 120", or nothing where all are in sight. */
	readonly place: string;
};

/** The state as text, for the window as it is. */
export type Scene = {
	readonly paint: Paint;
	readonly color: boolean;
	readonly status: (state: State) => string;
	readonly keys: (state: State) => string;
	readonly shell: (state: State, extent: Extent) => DrawnShell;
	readonly tree: (state: State, extent: Extent) => DrawnTree;
	readonly series: SeriesScene;
	readonly collaboratives: CollaborativesScene;
	readonly help: (state: State, extent: Extent) => readonly string[];
	/** The furthest that the keys scroll, in rows. */
	readonly helpEnd: (state: State) => number;
	readonly treeRows: (state: State) => readonly TreeRow[];
	/** The directories that the tree shows the inside of. */
	readonly treeDirectories: (state: State) => readonly string[];
	/** The prompt as it is repeated above what a line said. */
	readonly promptText: (state: State) => string;
	readonly measure: (state: State) => Measure;
	/** Lines of the scrollback in sight while it is scrolled. */
	readonly scrollPage: (state: State) => number;
	/** Rows of the tree in sight. */
	readonly treePage: (state: State) => number;
	/** Whether the clock's going on would change a word on the screen. */
	readonly ageChanges: (state: State, at: number) => boolean;
};

type About = Pick<ScreenOptions, 'commands' | 'endpointLabel' | 'color'>;

type Watches = {
	readonly listings: () => ListingWatch | undefined;
	readonly series: () => SeriesWatch | undefined;
	readonly collaboratives: () => CollaborativesWatch | undefined;
};

export function createScene(options: About, {listings, series: watch, collaboratives}: Watches): Scene {
	const paint = theme(options.color);
	const names = new Set(options.commands.flatMap(({name, aliases = []}) => [name, ...aliases]));
	const isCommand = (name: string) => names.has(name);
	const look = (directoryId: string) => listings()?.peek(directoryId);

	let measured: {readonly width: number; readonly rows: number; readonly measure: Measure} | undefined;
	const measureAt = ({width, height: rows}: Extent) => {
		if (measured?.width !== width || measured.rows !== rows) {
			measured = {width, rows, measure: createMeasure(width, options.color, paint, rows)};
		}
		return measured.measure;
	};
	const shellExtent = (state: State): Extent => {
		const {kind, shell} = geometry(state);
		if (shell) return kind === 'plain' ? shell : inside(shell);
		return inside({width: state.size.columns, height: state.size.rows - 2});
	};
	const wrap = createWrap();
	const shellLook = (extent: Extent) => ({extent, measure: measureAt(extent), paint, isCommand, wrap});

	const listedAt = ({session: {location}}: State) =>
		location && (look(directoryOf(location).dataStoreDirectoryId)?.fetchedAt ?? undefined);

	let known:
		| {readonly home: string; readonly tree: Tree; readonly arrivals: number; readonly rows: TreeRow[]}
		| undefined;
	let directories: string[] = [];
	const rowsOf = ({session: {location}, tree, arrivals}: State): readonly TreeRow[] => {
		const home = location?.trail[0];
		if (!home) return [];
		const isKnown =
			known?.home === home.dataStoreDirectoryId &&
			known.tree.unfolded === tree.unfolded &&
			known.tree.filter === tree.filter &&
			known.arrivals === arrivals;
		if (isKnown && known) return known.rows;
		directories = [];
		const rows = treeRows(home, tree, directoryId => {
			directories.push(directoryId);
			return look(directoryId);
		});
		known = {home: home.dataStoreDirectoryId, tree, arrivals, rows};
		return rows;
	};

	const series = createSeriesScene({paint, color: options.color, watch});
	const sharing = createCollaborativesScene({paint, watch: collaboratives});
	const selectedOf = (state: State): Selected => {
		switch (paneOf(state)) {
			case 'tree': {
				const rows = rowsOf(state);
				return {tree: rows[selectedIndex(rows, state.tree)]};
			}
			case 'series': {
				const rows = series.rows(state);
				return {series: rows.at(seriesIndex(rows, state.series))};
			}
			case 'collaboratives':
				return {collaboratives: sharing.selected(state)};
			default:
				return {};
		}
	};
	let top = 0;
	return {
		series,
		collaboratives: sharing,
		paint,
		color: options.color,
		status: state =>
			drawStatus(state, {
				endpointLabel: options.endpointLabel,
				listedAt: listedAt(state),
				value: series.status(state),
				width: state.size.columns,
				paint,
			}),
		keys: state => drawKeys(state, state.size.columns, paint, selectedOf(state)),
		shell: (state, extent) => drawShell(state, shellLook(extent)),
		tree: (state, {width, height}) => {
			const rows = rowsOf(state);
			const selected = selectedIndex(rows, state.tree);
			top = treeTop(selected, top, rows.length, height, lastBeneath(rows, selected, height));
			const {location} = state.session;
			return {
				title: location ? location.store.name : '',
				lines: drawTree(rows, {
					width,
					height,
					top,
					selected,
					isFocused: paneOf(state) === 'tree',
					here: location,
					paint,
				}),
				place: rows.length > height ? `${readableCount(selected + 1)} of ${readableCount(rows.length)}` : '',
			};
		},
		help: (state, extent) => {
			const first = state.help ?? 0;
			return drawHelp(extent, paneOf(state), paint).slice(first, first + extent.height);
		},
		helpEnd: state => {
			const {columns, rows} = state.size;
			const extent = inside({width: columns, height: rows - 2});
			return Math.max(0, drawHelp(extent, paneOf(state), paint).length - extent.height);
		},
		treeRows: rowsOf,
		treeDirectories: state => {
			rowsOf(state);
			return directories;
		},
		promptText: state => promptLabel(state.session, Math.floor(shellExtent(state).width / 2), paint).text,
		measure: state => measureAt(shellExtent(state)),
		scrollPage: state => scrollHeight(state, shellLook(shellExtent(state))),
		treePage: state => Math.max(1, (geometry(state).tree?.height ?? 4) - 3),
		ageChanges: (state, at) => {
			if (geometry(state).kind === 'plain') return false;
			if (series.ageChanges(state, at)) return true;
			const from = listedAt(state);
			if (from === undefined) return false;
			return readableAge(state.now - from) !== readableAge(at - from);
		},
	};
}
