import {json} from 'node:stream/consumers';
import type {Entry} from '@napi-rs/keyring';
import type {KeyringAnswer, KeyringRequest} from './keyring.ts';

// A process of its own: the keyring's library waits for as long as somebody has not answered the dialog
// that unlocks it, and nothing but the end of the process ends that. The token comes by standard input and
// leaves by standard output; no argument and no variable holds it.

function perform({action, account, token}: KeyringRequest, KeyringEntry: typeof Entry): KeyringAnswer {
	let entry: Entry;
	try {
		// The kernel's own keyring, which it would take else, forgets everything at the next start.
		entry = new KeyringEntry('adx-shell', account, {linux: {store: 'secret-service'}});
	} catch {
		return {failure: 'absent'};
	}
	try {
		if (action === 'set') entry.setPassword(token ?? '');
		if (action === 'get') return {token: entry.getPassword()};
		if (action === 'remove') return {removed: entry.deleteCredential()};
		return {};
	} catch (thrown) {
		// "Platform failure" is what it says where nothing answers.
		const isAbsent = thrown instanceof Error && /^Platform failure/i.test(thrown.message);
		return {failure: isAbsent ? 'absent' : 'refused'};
	}
}

async function answer(): Promise<KeyringAnswer> {
	const request = (await json(process.stdin)) as KeyringRequest;
	try {
		const library = await import('@napi-rs/keyring');
		return perform(request, library.Entry);
	} catch {
		return {failure: 'absent'};
	}
}

process.stdout.write(JSON.stringify(await answer()));
