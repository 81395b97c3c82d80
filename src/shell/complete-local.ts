import {type Candidate, type CompletionSources, nothing, type Offer} from './completion.ts';
import {compareNames} from './listing.ts';
import {quoteWord} from './paths.ts';
import type {LocalEntry} from './ports.ts';
import {indexNames, type NameIndex, rankNames} from './rank.ts';

type LocalNames = {readonly entries: readonly LocalEntry[]; readonly index: NameIndex};

const known = new WeakMap<readonly LocalEntry[], LocalNames>();

/** Local paths that `text` may become. */
export function completeLocal(text: string, sources: CompletionSources, onlyDirectories: boolean): Offer {
	if (text === '~') return {...nothing, candidates: [homeDirectory], total: 1, begins: true};
	const cut = text.lastIndexOf('/') + 1;
	const directory = text.slice(0, cut);
	const listed = sources.localEntries(directory);
	if (!listed) return {...nothing, pending: listed === undefined};
	const {entries, index} = onlyDirectories ? namesOf(directoriesOf(listed)) : namesOf(listed);
	const {matches, common, ...ranked} = rankNames(index, text.slice(cut));
	const candidates = matches.map(({place, indexes}) => candidateOf(entries[place]!, directory, indexes));
	const shared = common === undefined ? undefined : directory + common;
	return {...ranked, candidates, common: shared, pending: false};
}

const homeDirectory: Candidate = {insert: '~/', label: '~/', kind: 'local'};

function candidateOf(entry: LocalEntry, directory: string, indexes: readonly number[]): Candidate {
	// A leading `-` or `~` would mean something else.
	const path = directory === '' && /^[-~]/.test(entry.name) ? `./${entry.name}` : directory + entry.name;
	return entry.kind === 'directory'
		? {insert: quoteWord(`${path}/`), label: `${entry.name}/`, kind: 'local', indexes}
		: {
				insert: `${quoteWord(path)} `,
				label: entry.name,
				kind: 'local',
				bytes: entry.size,
				modified: new Date(entry.modified).toISOString(),
				indexes,
			};
}

const directories = new WeakMap<readonly LocalEntry[], readonly LocalEntry[]>();

function directoriesOf(listed: readonly LocalEntry[]): readonly LocalEntry[] {
	let entries = directories.get(listed);
	if (!entries) {
		entries = listed.filter(({kind}) => kind === 'directory');
		directories.set(listed, entries);
	}
	return entries;
}

function namesOf(listed: readonly LocalEntry[]): LocalNames {
	let names = known.get(listed);
	if (!names) {
		const entries = listed.toSorted((a, b) => compareNames(a.name, b.name));
		names = {entries, index: indexNames(entries.map(({name}) => name))};
		known.set(listed, names);
	}
	return names;
}
