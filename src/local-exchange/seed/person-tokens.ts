import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import type {Catalogue} from '../catalogue/catalogue.ts';
import {readIfThere, replacePrivateFile} from '../private-file.ts';

const tenYears = 3650;

/**
 * Sees to it that `folder` has a file for each of the sample's people that holds a token of theirs and nothing else,
 * such as `ada.reed`. One that is deleted or has expired is made anew.
 */
export function writePersonTokens(catalogue: Catalogue, folder: string): void {
	mkdirSync(folder, {recursive: true, mode: 0o700});
	const missing = catalogue.users.others().flatMap(({userId, email}) => {
		const file = join(folder, String(email).replace(/@.*/, ''));
		const value = readIfThere(file);
		return value !== undefined && catalogue.tokens.isAccepted(userId, value) ? [] : [{userId, file}];
	});
	if (missing.length === 0) return;
	const made = catalogue.transact(() =>
		missing.map(({userId, file}) => {
			const {tokenValue} = catalogue.tokens.create({userId, name: 'sample', days: tenYears});
			return {file, tokenValue};
		}),
	);
	for (const {file, tokenValue} of made) replacePrivateFile(file, tokenValue);
}
