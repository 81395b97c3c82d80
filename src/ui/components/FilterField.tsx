import {Box, Text} from 'ink';
import TextInput from 'ink-text-input';
import {sanitize} from '../../render/sanitize.ts';
import type {Scene} from '../scene.ts';

type Props = {readonly filter: string; readonly isTyping: boolean; readonly scene: Scene};

const ignored = () => {};

/**
 * The line above the rows that a filter leaves. ink-text-input shows the text and has no keys: it loses those
 * typed fast and takes control keys for letters, so the key table and the pane's reducer edit the filter.
 */
export function FilterField({filter, isTyping, scene}: Props) {
	return (
		<Box height={1} flexShrink={0}>
			<Text>{scene.paint('hint', '/ ')}</Text>
			<TextInput value={sanitize(filter)} focus={false} onChange={ignored} />
			{isTyping && <Text>{scene.paint('hint', '▏')}</Text>}
		</Box>
	);
}
