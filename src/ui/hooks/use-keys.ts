import {useInput, usePaste, useWindowSize} from 'ink';
import {useEffect} from 'react';
import {pressesOf} from '../keys.ts';
import type {Workspace} from '../workspace.ts';

/** Hands keys, pastes and the window's size to the workspace. */
export function useKeys({press, paste, resize}: Workspace): void {
	useInput((input, key) => {
		for (const pressed of pressesOf(input, key)) press(pressed);
	});
	usePaste(paste);
	const {columns, rows} = useWindowSize();
	useEffect(() => resize({columns, rows}), [resize, columns, rows]);
}
