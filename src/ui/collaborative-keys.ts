import {databaseService, storeService} from '../shell/services.ts';
import type {Session} from '../shell/session.ts';
import type {Service} from '../shell/sharing.ts';
import {serviceWord} from '../shell/sharing-words.ts';
import {type KnownNames, openLine, shareLine, unshareLine, whyLine} from './collaborative-lines.ts';
import type {Action} from './key-table.ts';
import type {CollaborativeRow, CollaborativeRows} from './state/collaborative-rows.ts';
import {
	type Collaboratives,
	collaborativeFolded,
	collaborativeIndex,
	collaborativeLeft,
	collaborativeMoved,
} from './state/collaboratives.ts';

/** What a key among the collaboratives leads to: another pane, and perhaps a line to run or a word to the user. */
export type CollaborativeStep = {
	readonly pane: Collaboratives;
	readonly run?: string;
	readonly say?: string;
};

type Place = {
	readonly rows: CollaborativeRows;
	/** Rows in sight. */
	readonly page: number;
	readonly session: Pick<Session, 'location' | 'database'>;
	readonly known: () => KnownNames;
};

/** A key among the collaboratives speaks the shell's language: what changes anything is a command. */
export function collaborativeStep(pane: Collaboratives, action: Action, place: Place): CollaborativeStep {
	const {rows, page} = place;
	const end = rows.rows.length;
	switch (action) {
		case 'collaboratives-up':
			return {pane: collaborativeMoved(pane, rows, -1)};
		case 'collaboratives-down':
			return {pane: collaborativeMoved(pane, rows, 1)};
		case 'collaboratives-page-up':
			return {pane: collaborativeMoved(pane, rows, -page)};
		case 'collaboratives-page-down':
			return {pane: collaborativeMoved(pane, rows, page)};
		case 'collaboratives-first':
			return {pane: collaborativeMoved(pane, rows, -end)};
		case 'collaboratives-last':
			return {pane: collaborativeMoved(pane, rows, end)};
		default: {
			const row = rows.rows[collaborativeIndex(rows, pane)];
			return row ? rowStep({...pane, selected: row.key}, action, row, place) : {pane};
		}
	}
}

function rowStep(
	pane: Collaboratives,
	action: Action,
	row: CollaborativeRow,
	{session, known}: Place,
): CollaborativeStep {
	const folded = (isUnfolded: boolean) => ({
		pane: canUnfold(row) ? collaborativeFolded(pane, row.key, isUnfolded) : pane,
	});
	switch (action) {
		case 'collaboratives-open':
			if (row.kind === 'service') return {pane, ...opened(row.service, known())};
			return folded(!pane.unfolded.has(row.key));
		case 'collaboratives-unfold':
			return folded(true);
		case 'collaboratives-fold':
			return {pane: collaborativeLeft(pane, row)};
		case 'collaboratives-share':
		case 'collaboratives-share-database': {
			const service = selectedService(session, action === 'collaboratives-share' ? 'store' : 'database');
			if (service) return {pane, run: shareLine(service, row.collaborative, known())};
			return {pane, say: notSelected[action === 'collaboratives-share' ? 'store' : 'database']};
		}
		case 'collaboratives-unshare':
			return row.kind === 'service'
				? {pane, run: unshareLine(row.service, row.collaborative, known())}
				: {pane};
		case 'collaboratives-why':
			return row.kind === 'service' ? {pane, run: whyLine(row.service, known())} : {pane};
		default:
			return {pane};
	}
}

const notSelected = {
	store: 'No store is selected: `use NAME` selects the one to share.',
	database: 'No database is selected: `db NAME` selects the one to share.',
} as const;

function selectedService(
	{location, database}: Pick<Session, 'location' | 'database'>,
	kind: 'store' | 'database',
): Service | undefined {
	if (kind === 'store') return location && storeService(location.store);
	return database && databaseService(database);
}

function opened(service: Service, known: KnownNames): {readonly run: string} | {readonly say: string} {
	const run = openLine(service, known);
	if (run !== undefined) return {run};
	return {say: `The shell cannot open services of the type ${serviceWord(service.serviceType)}.`};
}

export function canUnfold(row: CollaborativeRow): boolean {
	if (row.kind === 'organization') return row.organization.usersInCollaborative.length > 0;
	return row.kind === 'collaborative';
}
