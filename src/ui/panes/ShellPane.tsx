import {Text} from 'ink';
import {Frame} from '../components/Frame.tsx';
import type {Scene} from '../scene.ts';
import type {Extent} from '../state/geometry.ts';
import type {DrawnShell} from './draw-shell.ts';

type Props = {
	readonly drawn: DrawnShell;
	readonly extent: Extent;
	readonly isFocused: boolean;
	readonly scene: Scene;
};

/** Everything said and the prompt, as one text: many small ones cost more than they are worth. */
export function ShellPane({drawn, extent, isFocused, scene}: Props) {
	return (
		<Frame title="Shell" extent={extent} isFocused={isFocused} scene={scene}>
			<Text wrap="truncate">{drawn.rows.join('\n')}</Text>
		</Frame>
	);
}
