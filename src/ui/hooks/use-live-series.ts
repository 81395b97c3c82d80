import {useEffect} from 'react';
import type {State} from '../state/workspace-state.ts';
import type {Workspace} from '../workspace.ts';

/** Keeps in the cache, and live, what the screen shows of the series: nothing while they are out of sight. */
export function useLiveSeries(state: State, {scene, series}: Workspace): void {
	const watch = series();
	const wanted = scene.series.wanted(state);
	useEffect(() => watch?.look(wanted), [watch, wanted]);
	useEffect(() => () => watch?.look(undefined), [watch]);
}
