import {ShellError} from '../../../shell/errors.ts';
import {encodingOf, isBinary} from '../bytes.ts';

/** Bytes as text, without a byte order mark. Throws for what is binary or in an encoding nobody can tell. */
export async function* textOf(body: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<string> {
	let decoder: InstanceType<typeof TextDecoder> | undefined;
	try {
		for await (const chunk of body) {
			if (!decoder && isBinary(chunk)) throw new ShellError('failed', `${name}: binary, not text`);
			decoder ??= new TextDecoder(encodingOf(chunk), {fatal: true});
			const text = decoder.decode(chunk, {stream: true});
			if (text !== '') yield text;
		}
		const rest = decoder?.decode() ?? '';
		if (rest !== '') yield rest;
	} catch (thrown) {
		if (!(thrown instanceof TypeError)) throw thrown;
		throw new ShellError('failed', `${name}: not UTF-8 text`, {hint: 'convert it first', cause: thrown});
	}
}
