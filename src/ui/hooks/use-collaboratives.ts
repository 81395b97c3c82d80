import {useEffect} from 'react';
import type {State} from '../state/workspace-state.ts';
import type {Workspace} from '../workspace.ts';

/** Keeps in the cache what the screen shows of collaboratives: nothing while they are out of sight. */
export function useCollaboratives(state: State, {scene, collaboratives}: Workspace): void {
	const watch = collaboratives();
	const wanted = scene.collaboratives.wanted(state);
	useEffect(() => watch?.look(wanted), [watch, wanted]);
	useEffect(() => () => watch?.look(undefined), [watch]);
}
