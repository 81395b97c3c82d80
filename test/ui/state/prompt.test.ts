import {describe, expect, test} from 'vitest';
import {
	emptyPrompt,
	firstWord,
	historyNewer,
	historyOlder,
	type Prompt,
	promptEdited,
	promptTyped,
	searchEnded,
	searchOlder,
	searchStarted,
	searchTyped,
	suggestion,
} from '../../../src/ui/state/prompt.ts';

const history = ['cd weather', 'ls -l', 'get a.csv', 'ls', 'cd /', 'ls -l'];
const typed = (text: string): Prompt => promptTyped(emptyPrompt, text);

describe('history', () => {
	test('Up goes back, repeats of what is shown left out; Down comes back to the draft', () => {
		let prompt = typed('');
		const seen: string[] = [];
		for (let times = 0; times < 4; times++) {
			prompt = historyOlder(prompt, history);
			seen.push(prompt.line.text);
		}
		expect(seen).toEqual(['ls -l', 'cd /', 'ls', 'get a.csv']);
		for (let times = 0; times < 4; times++) prompt = historyNewer(prompt, history);
		expect(prompt).toEqual({line: emptyPrompt.line});
	});

	test('Up shows only lines that begin with what stands left of the caret', () => {
		const draft = promptEdited(typed('cd x'), 'left');
		const once = historyOlder(draft, history);
		expect(once.line.text).toBe('cd /');
		const twice = historyOlder(once, history);
		expect(twice.line.text).toBe('cd weather');
		expect(historyOlder(twice, history)).toBe(twice);
		const back = historyNewer(historyNewer(twice, history), history);
		expect([back.line.text, back.line.cursor]).toEqual(['cd x', 3]);
	});

	test('editing a line found starts over from it', () => {
		const found = promptTyped(historyOlder(typed('g'), history), 'x');
		expect(found.line.text).toBe('get a.csvx');
		expect(historyNewer(found, history)).toBe(found);
	});

	test('Down without a walk does nothing', () => {
		const prompt = typed('a');
		expect(historyNewer(prompt, history)).toBe(prompt);
	});
});

describe('suggestion', () => {
	test.each([
		['l', 's -l'],
		['cd', ' /'],
		['cd w', 'eather'],
		['ls -l', ''],
		['', ''],
		['x', ''],
	])('%j is gone on with %j', (text, rest) => {
		expect(suggestion(typed(text), history)).toBe(rest);
	});

	test('none while the caret stands inside the line', () => {
		expect(suggestion(promptEdited(typed('cd'), 'left'), history)).toBe('');
	});

	test.each([
		[' weather/hour 1', ' weather/'],
		['eather', 'eather'],
		['/x', '/'],
	])('the first word of %j is %j', (rest, word) => {
		expect(firstWord(rest)).toBe(word);
	});
});

describe('search', () => {
	const search = (query: string) =>
		[...query].reduce(
			(prompt, key) => searchTyped(prompt, prompt.search!.query + key, history),
			searchStarted(typed('draft')),
		);

	test('finds the newest line that holds the query, and older ones', () => {
		const found = search('cd');
		expect(found.line.text).toBe('cd /');
		expect(searchOlder(found, history).line.text).toBe('cd weather');
		expect(searchOlder(searchOlder(found, history), history).line.text).toBe('cd weather');
	});

	test('keeps the last match when a longer query has none, and goes on from it', () => {
		expect(search('cdx').line.text).toBe('cd /');
		expect(search('a').line.text).toBe('get a.csv');
	});

	test('a shorter query looks at all lines again', () => {
		const found = search('cd w');
		expect(found.line.text).toBe('cd weather');
		expect(searchTyped(found, 'cd', history).line.text).toBe('cd /');
	});

	test('ends with the match or with the line as it was', () => {
		expect(searchEnded(search('get'), true).line.text).toBe('get a.csv');
		expect(searchEnded(search('get'), false).line.text).toBe('draft');
	});
});
