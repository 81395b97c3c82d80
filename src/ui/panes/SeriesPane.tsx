import {Text} from 'ink';
import {memo} from 'react';
import {Frame} from '../components/Frame.tsx';
import type {Scene} from '../scene.ts';
import type {DrawnSeries} from '../series-scene.ts';

type Props = {
	/** The same object as long as nothing in it changes: nothing is drawn then. */
	readonly drawn: DrawnSeries;
	readonly width: number;
	readonly height: number;
	readonly isFocused: boolean;
	readonly scene: Scene;
};

/** The selected database's assets with their latest values, as one text. */
export const SeriesPane = memo(function SeriesPane({drawn, width, height, isFocused, scene}: Props) {
	const {title, place, lines} = drawn;
	return (
		<Frame title={title} place={place} extent={{width, height}} isFocused={isFocused} scene={scene}>
			<Text wrap="truncate">{lines.join('\n')}</Text>
		</Frame>
	);
});
