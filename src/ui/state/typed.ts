import {type Complete, lookedUp} from './completing.ts';
import {filterTyped} from './filter.ts';
import {insertText} from './line.ts';
import {promptText} from './press-prompt.ts';
import {atEnd} from './view.ts';
import {paneOf, placesOf, type State} from './workspace-state.ts';

/** The state with text put where one types now; undefined where keys are keys. */
export function typed(state: State, text: string, complete: Complete): State | undefined {
	const places = placesOf(state);
	if (state.answer && places.includes('answer')) {
		return {...state, answer: insertText(state.answer, text.replaceAll(/\s+/g, ' '))};
	}
	const pane = paneOf(state);
	if (pane !== 'shell' && places.includes('filter'))
		return {...state, [pane]: filterTyped(state[pane], text)};
	if (!places.includes('prompt')) return undefined;
	const prompt = lookedUp(promptText(state.prompt, text, state.history), complete, 'typed');
	return {...state, view: atEnd, prompt};
}
