import {Text} from 'ink';
import {FilterField} from '../components/FilterField.tsx';
import {Frame} from '../components/Frame.tsx';
import {useTreeListings} from '../hooks/use-tree-listings.ts';
import {type Extent, inside} from '../state/geometry.ts';
import type {State} from '../state/workspace-state.ts';
import {unready} from '../unready.ts';
import type {Workspace} from '../workspace.ts';

type Props = {
	readonly state: State;
	readonly workspace: Workspace;
	readonly extent: Extent;
	readonly isFocused: boolean;
};

/** The selected store's directories and files, as far as they are unfolded. */
export function TreePane({state, workspace, extent, isFocused}: Props) {
	useTreeListings(state, workspace);
	const {scene} = workspace;
	const {filter, isTyping} = state.tree;
	const room = inside(extent);
	const hasField = isTyping || filter !== undefined;
	const {title, lines, place} = scene.tree(state, {...room, height: room.height - (hasField ? 1 : 0)});
	return (
		<Frame title={title || 'Tree'} place={place} extent={extent} isFocused={isFocused} scene={scene}>
			{hasField && <FilterField filter={filter ?? ''} isTyping={isTyping && isFocused} scene={scene} />}
			<Text wrap="truncate">
				{lines.length > 0
					? lines.join('\n')
					: treeWords(state)
							.map(words => scene.paint('hint', words))
							.join('\n')}
			</Text>
		</Frame>
	);
}

/** What the pane says where it has no rows. */
function treeWords({session, connection}: State): readonly string[] {
	if (session.location) return ['nothing fits'];
	if (connection !== 'ready') return [unready[connection]];
	return ['no store is selected', '`stores` lists them, `use NAME` selects one'];
}
