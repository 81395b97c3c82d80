import {Text} from 'ink';
import {cleanup, render} from 'ink-testing-library';
import {afterEach, expect, test} from 'vitest';
import {Frame} from '../../../src/ui/components/Frame.tsx';

afterEach(cleanup);

const plain = {paint: (_role: string, text: string) => text, color: false};

function draw(title: string, {place = '', isFocused = false, width = 24, rows = ['one', 'two']} = {}) {
	const {lastFrame} = render(
		<Frame title={title} place={place} extent={{width, height: 4}} isFocused={isFocused} scene={plain}>
			<Text>{rows.join('\n')}</Text>
		</Frame>,
	);
	return lastFrame()!.split('\n');
}

test('stands around its rows, with the title at the left and the place at the right', () => {
	expect(draw('Files', {place: '2 of 9'})).toEqual([
		'┌─ Files ────── 2 of 9 ┐',
		'│ one                  │',
		'│ two                  │',
		'└──────────────────────┘',
	]);
});

test('is heavy without colour where the keys go', () => {
	expect(draw('Files', {isFocused: true})).toEqual([
		'┏━ Files ━━━━━━━━━━━━━━┓',
		'┃ one                  ┃',
		'┃ two                  ┃',
		'┗━━━━━━━━━━━━━━━━━━━━━━┛',
	]);
});

test('keeps its size, however long or wide the title is and however many rows there are', () => {
	expect(draw('A name far too long for a pane', {place: '9/9', rows: ['1', '2', '3', '4']})).toEqual([
		'┌─ A name far to…─ 9/9 ┐',
		'│ 1                    │',
		'│ 2                    │',
		'└──────────────────────┘',
	]);
	expect(draw('計測値の一覧表示', {width: 16})[0]).toBe('┌─ 計測値の一…─┐');
});

test('shows nothing of a title that would command the terminal', () => {
	expect(draw('a\u001b[2J\u0007b\n')[0]).toMatch(/^┌─ [^\u001b\u0007]*─┐$/);
});
