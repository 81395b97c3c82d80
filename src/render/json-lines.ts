import type {Output} from '../shell/command.ts';
import {summariesOf} from './summaries.ts';

/** Bytes as text where they are UTF-8, else in base64, so that nothing is lost. */
function bytesRecord(bytes: Uint8Array): object {
	try {
		return {text: new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(bytes)};
	} catch {
		let binary = '';
		for (const byte of bytes) binary += String.fromCharCode(byte);
		return {base64: btoa(binary)};
	}
}

/** What JSON lets through and a terminal would obey; as an escape it is the same JSON. */
const obeyed = /[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

function jsonLine(record: object): string {
	const json = JSON.stringify(record);
	return `${json.replace(obeyed, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;
}

/**
 * JSON lines of one output, each with its line end: a record a line with the API's field names, a
 * chart's series as what each comes to, `{"text"}`
 * for text, `{"text"}` or `{"base64"}` for bytes. Nothing for narration.
 */
export function* jsonLines(output: Output): Generator<string> {
	if (output.kind === 'records') {
		for (const record of output.records) yield jsonLine(record);
	} else if (output.kind === 'chart') {
		for (const summary of summariesOf(output).records) yield jsonLine(summary);
	} else if (output.kind === 'text') {
		yield jsonLine({text: output.text.replace(/\n$/, '')});
	} else if (output.kind === 'bytes') {
		yield jsonLine(bytesRecord(output.bytes));
	}
}
