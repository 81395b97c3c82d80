// Prints each figure beside its goal; ratios are measured side by side in this one run. Nothing here
// fails on a slow machine. `npm run bench -- startup` runs the parts whose names are given.
import type {Row} from './measure.ts';

const parts: Readonly<Record<string, () => Promise<{rows: () => Promise<Row[]>}>>> = {
	startup: () => import('./startup.ts'),
	keys: () => import('./keys.ts'),
	'series-keys': () => import('./series-keys.ts'),
	listing: () => import('./listing.ts'),
	timestream: () => import('./timestream.ts'),
	transfer: () => import('./transfer.ts'),
};

const wanted = process.argv.slice(2);
for (const name of wanted) {
	if (!(name in parts)) throw new Error(`${name}: no such part, there are ${Object.keys(parts).join(', ')}`);
}
console.log('| What | Measured | Goal |\n|---|---|---|');
for (const [name, load] of Object.entries(parts)) {
	if (wanted.length > 0 && !wanted.includes(name)) continue;
	const {rows} = await load();
	for (const {what, value, goal} of await rows()) console.log(`| ${what} | ${value} | ${goal} |`);
}
process.exit(0);
