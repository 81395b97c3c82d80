import type {Output} from '../shell/command.ts';

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

/**
 * JSON lines of one output, each with its line end: a record a line with the API's field names, `{"text"}`
 * for text, `{"text"}` or `{"base64"}` for bytes. Nothing for narration.
 */
export function* jsonLines(output: Output): Generator<string> {
	if (output.kind === 'records') {
		for (const record of output.records) yield `${JSON.stringify(record)}\n`;
	} else if (output.kind === 'text') {
		yield `${JSON.stringify({text: output.text.replace(/\n$/, '')})}\n`;
	} else if (output.kind === 'bytes') {
		yield `${JSON.stringify(bytesRecord(output.bytes))}\n`;
	}
}
