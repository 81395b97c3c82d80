import {cleanup, render} from 'ink-testing-library';
import {afterEach, expect, test} from 'vitest';
import {FilterField} from '../../../src/ui/components/FilterField.tsx';
import type {Scene} from '../../../src/ui/scene.ts';

afterEach(cleanup);

const scene = {paint: (_role: string, text: string) => text} as Scene;

const draw = (filter: string, isTyping: boolean) =>
	render(<FilterField filter={filter} isTyping={isTyping} scene={scene} />).lastFrame();

test('shows what is typed, and a caret while it is', () => {
	expect(draw('kv', true)).toBe('/ kv▏');
	expect(draw('kv', false)).toBe('/ kv');
	expect(draw('', true)).toBe('/ ▏');
});

test('shows nothing that would command the terminal', () => {
	expect(draw('a\u001b[2Jb', false)).not.toContain('\u001b[2J');
});
