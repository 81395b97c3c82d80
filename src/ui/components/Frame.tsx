import {Box, Text} from 'ink';
import {memo, type ReactNode} from 'react';
import {sanitize} from '../../render/sanitize.ts';
import {textWidth, truncate} from '../../render/width.ts';
import type {Scene} from '../scene.ts';
import type {Extent} from '../state/geometry.ts';

type Props = {
	readonly title: string;
	/** At the right of the top border. */
	readonly place?: string;
	readonly extent: Extent;
	readonly isFocused: boolean;
	readonly scene: Pick<Scene, 'paint' | 'color'>;
	readonly children: ReactNode;
};

/** A pane's border with its title: bright where the keys go, else dim; without colour, heavy. */
export function Frame({title, place = '', extent: {width, height}, isFocused, scene, children}: Props) {
	const {paint, color} = scene;
	const role = isFocused ? 'border-focused' : 'border';
	const [corners, across, down] =
		isFocused && !color ? (['┏┓┗┛', '━', '┃'] as const) : (['┌┐└┘', '─', '│'] as const);
	const right = place === '' ? '' : ` ${place} `;
	const name = truncate(` ${sanitize(title)} `, Math.max(0, width - 4 - textWidth(right)));
	const line = across.repeat(Math.max(0, width - 3 - textWidth(name) - textWidth(right)));
	const side = paint(role, Array.from({length: height - 2}, () => down).join('\n'));
	return (
		<Box flexDirection="column" width={width} height={height} flexShrink={0}>
			<Text wrap="truncate">
				{paint(role, corners[0]! + across) +
					paint(isFocused ? 'title' : 'border', name) +
					paint(role, line + right + corners[1]!)}
			</Text>
			<Box height={height - 2} flexShrink={0}>
				<Side text={side} />
				<Box
					width={width - 4}
					height={height - 2}
					marginX={1}
					flexDirection="column"
					flexShrink={0}
					overflowY="hidden"
				>
					{children}
				</Box>
				<Side text={side} />
			</Box>
			<Text wrap="truncate">{paint(role, corners[2]! + across.repeat(width - 2) + corners[3]!)}</Text>
		</Box>
	);
}

const Side = memo(function Side({text}: {readonly text: string}) {
	return (
		<Box width={1} flexShrink={0}>
			<Text>{text}</Text>
		</Box>
	);
});
