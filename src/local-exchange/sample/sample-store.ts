/** A store as the sample describes it: nothing of it is on the exchange yet. */
export type SampleStore = {
	readonly name: string;
	readonly description: string;
	/** Every directory comes before what it holds. */
	readonly objects: Iterable<SampleObject>;
};

export type SampleFile = {
	readonly kind: 'file';
	/** Names of the directories that hold it, from the store's root. */
	readonly path: readonly string[];
	readonly fileName: string;
	readonly description?: string | undefined;
	readonly contentType?: string;
	/** ISO 8601, UTC: the last record's time in a series, else when the content was published. */
	readonly modified: string;
	readonly bytes: Uint8Array;
	readonly confirmed?: false;
};

/** A directory's path ends with its own name. */
export type SampleObject = {readonly kind: 'directory'; readonly path: readonly string[]} | SampleFile;

const contentTypes: Readonly<Record<string, string>> = {
	csv: 'text/csv',
	jpg: 'image/jpeg',
	json: 'application/json',
	md: 'text/markdown',
	pdf: 'application/pdf',
};

const encoder = new TextEncoder();

/** The directory at `path`, such as `'sensors/windows'`. */
export function directory(path: string): SampleObject {
	return {kind: 'directory', path: path.split('/')};
}

/** The file at `path`; a text is written as UTF-8. */
export function file(
	path: string,
	content: string | Uint8Array,
	modified: string,
	description?: string,
): SampleFile {
	const steps = path.split('/');
	const fileName = steps.pop()!;
	return {
		kind: 'file',
		path: steps,
		fileName,
		description,
		contentType: contentTypes[fileName.slice(fileName.lastIndexOf('.') + 1)] ?? 'text/plain',
		modified,
		bytes: typeof content === 'string' ? encoder.encode(content) : content,
	};
}

/** A CSV file's text. */
export function csv(header: string, lines: readonly string[]): string {
	return `${header}\n${lines.join('\n')}\n`;
}

/** A JSON file's text. */
export function json(value: unknown): string {
	return `${JSON.stringify(value, undefined, '\t')}\n`;
}
