import {Text} from 'ink';
import {memo} from 'react';
import {Frame} from '../components/Frame.tsx';
import type {Scene} from '../scene.ts';
import type {Extent} from '../state/geometry.ts';

/** A pane as text. */
export type DrawnPane = {
	readonly title: string;
	/** At the right of the title: how many rows there are, and which of them are shown. */
	readonly place: string;
	readonly lines: readonly string[];
};

type Props = Extent & {
	/** The same object as long as nothing in it changes: nothing is drawn then. */
	readonly drawn: DrawnPane;
	readonly isFocused: boolean;
	readonly scene: Scene;
};

/** A pane's rows in sight, as one text: many small ones cost more than they are worth. */
export const TextPane = memo(function TextPane({drawn, width, height, isFocused, scene}: Props) {
	const {title, place, lines} = drawn;
	return (
		<Frame title={title} place={place} extent={{width, height}} isFocused={isFocused} scene={scene}>
			<Text wrap="truncate">{lines.join('\n')}</Text>
		</Frame>
	);
});
