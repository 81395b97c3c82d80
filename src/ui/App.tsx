import {Box, type SuspendTerminal, Text, useApp, useCursor} from 'ink';
import {useEffect, useSyncExternalStore} from 'react';
import {Frame} from './components/Frame.tsx';
import {useCollaboratives} from './hooks/use-collaboratives.ts';
import {useKeys} from './hooks/use-keys.ts';
import {useLiveSeries} from './hooks/use-live-series.ts';
import {ShellPane} from './panes/ShellPane.tsx';
import {TextPane} from './panes/TextPane.tsx';
import {TreePane} from './panes/TreePane.tsx';
import {inside} from './state/geometry.ts';
import {geometry, paneOf} from './state/workspace-state.ts';
import type {Workspace} from './workspace.ts';

type Props = {
	readonly workspace: Workspace;
	/** Called with what gives the terminal away, once there is a screen. */
	readonly onTerminal?: (suspend: SuspendTerminal) => void;
};

/** The whole screen. */
export function App({workspace, onTerminal}: Props) {
	const {store, scene, start} = workspace;
	const state = useSyncExternalStore(store.subscribe, store.get);
	const {setCursorPosition} = useCursor();
	useKeys(workspace);
	const {suspendTerminal} = useApp();
	useEffect(() => onTerminal?.(suspendTerminal), [onTerminal, suspendTerminal]);
	useEffect(start, [start]);

	const {columns, rows} = state.size;
	const {kind, shell, tree, series, collaboratives} = geometry(state);
	const pane = paneOf(state);
	const hasKeys = state.help === undefined && pane === 'shell';
	const isShown = state.help === undefined;
	const values = series && isShown ? scene.series.draw(state, inside(series)) : undefined;
	const sharing =
		collaboratives && isShown ? scene.collaboratives.draw(state, inside(collaboratives)) : undefined;
	useLiveSeries(state, workspace);
	useCollaboratives(state, workspace);
	if (kind === 'plain') {
		const drawn = scene.shell(state, shell);
		setCursorPosition({x: drawn.caret.column, y: drawn.caret.row + 1});
		return (
			<Box flexDirection="column" width={columns} height={rows} overflowY="hidden">
				<Text wrap="truncate">{scene.paint('hint', 'window smaller than 60x16: a plain prompt')}</Text>
				<Text wrap="truncate">{drawn.rows.join('\n')}</Text>
			</Box>
		);
	}
	const drawn = shell && scene.shell(state, inside(shell));
	setCursorPosition(drawn && hasKeys ? {x: 2 + drawn.caret.column, y: 2 + drawn.caret.row} : undefined);
	const whole = {width: columns, height: rows - 2};
	return (
		<Box flexDirection="column" width={columns} height={rows} overflowY="hidden">
			<Text wrap="truncate">{scene.status(state)}</Text>
			{state.help === undefined ? (
				<Box height={rows - 2} flexShrink={0}>
					{drawn && <ShellPane drawn={drawn} extent={shell} isFocused={pane === 'shell'} scene={scene} />}
					<Box flexDirection="column" flexShrink={0}>
						{series && values && (
							<TextPane drawn={values} {...series} isFocused={pane === 'series'} scene={scene} />
						)}
						{tree && (
							<TreePane state={state} workspace={workspace} extent={tree} isFocused={pane === 'tree'} />
						)}
						{collaboratives && sharing && (
							<TextPane
								drawn={sharing}
								{...collaboratives}
								isFocused={pane === 'collaboratives'}
								scene={scene}
							/>
						)}
					</Box>
				</Box>
			) : (
				<Frame title="Keys" extent={whole} isFocused scene={scene}>
					<Text wrap="truncate">{scene.help(state, inside(whole)).join('\n')}</Text>
				</Frame>
			)}
			<Text wrap="truncate">{scene.keys(state)}</Text>
		</Box>
	);
}
