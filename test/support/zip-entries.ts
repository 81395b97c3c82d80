import {inflateRawSync} from 'node:zlib';

const centralSignature = 0x02014b50;
const endSignature = 0x06054b50;

/** The entries of a small zip archive in order: full name and content. Directories end with `/`. */
export function zipEntries(zip: Buffer): [name: string, content: string][] {
	const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
	if (end === -1 || zip.readUInt32LE(end) !== endSignature) throw new Error('not a whole zip archive');
	const entries: [string, string][] = [];
	let at = zip.readUInt32LE(end + 16);
	for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
		if (zip.readUInt32LE(at) !== centralSignature) throw new Error('broken central directory');
		const [nameLength, extraLength, commentLength] = [28, 30, 32].map(offset =>
			zip.readUInt16LE(at + offset),
		);
		const name = zip.toString('utf8', at + 46, at + 46 + nameLength!);
		entries.push([name, contentOf(zip, at)]);
		at += 46 + nameLength! + extraLength! + commentLength!;
	}
	return entries;
}

function contentOf(zip: Buffer, central: number): string {
	const local = zip.readUInt32LE(central + 42);
	const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
	const bytes = zip.subarray(start, start + zip.readUInt32LE(central + 20));
	const isDeflated = zip.readUInt16LE(central + 10) === 8;
	return (isDeflated ? inflateRawSync(bytes) : bytes).toString();
}
