const types: Readonly<Record<string, string>> = {
	bin: 'application/octet-stream',
	bmp: 'image/bmp',
	css: 'text/css',
	csv: 'text/csv',
	docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
	geojson: 'application/geo+json',
	gif: 'image/gif',
	gz: 'application/gzip',
	htm: 'text/html',
	html: 'text/html',
	jpeg: 'image/jpeg',
	jpg: 'image/jpeg',
	js: 'text/javascript',
	json: 'application/json',
	jsonl: 'application/jsonl',
	log: 'text/plain',
	md: 'text/markdown',
	mp4: 'video/mp4',
	parquet: 'application/vnd.apache.parquet',
	pdf: 'application/pdf',
	png: 'image/png',
	py: 'text/x-python',
	sql: 'application/sql',
	svg: 'image/svg+xml',
	tar: 'application/x-tar',
	tsv: 'text/tab-separated-values',
	txt: 'text/plain',
	webp: 'image/webp',
	xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
	xml: 'application/xml',
	yaml: 'application/yaml',
	yml: 'application/yaml',
	zip: 'application/zip',
};

/** The media type that the last part of a file's extension stands for. */
export function contentTypeOf(fileExtension: string): string {
	const last = fileExtension.slice(fileExtension.lastIndexOf('.') + 1).toLowerCase();
	return Object.hasOwn(types, last) ? types[last]! : 'application/octet-stream';
}
