import {useEffect} from 'react';
import type {State} from '../state/workspace-state.ts';
import type {Workspace} from '../workspace.ts';

/** While the tree is on the screen, keeps what it shows in the cache and follows its changes. */
export function useTreeListings(state: State, {scene, listings}: Workspace): void {
	const watch = listings();
	const directories = watch ? scene.treeDirectories(state) : none;
	useEffect(() => {
		watch?.follow(directories);
		for (const directoryId of directories) watch?.get(directoryId);
	}, [watch, directories]);
	useEffect(() => () => watch?.follow(none), [watch]);
}

const none: readonly string[] = [];
