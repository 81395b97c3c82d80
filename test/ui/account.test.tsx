import {ApolloClient, ApolloLink, InMemoryCache} from '@apollo/client';
import {afterEach, describe, expect, test} from 'vitest';
import {commands} from '../../src/commands/index.ts';
import type {Account} from '../../src/shell/account.ts';
import {defineCommand} from '../../src/shell/command.ts';
import {ShellError} from '../../src/shell/errors.ts';
import {rootOf} from '../../src/shell/resolve.ts';
import type {ScreenSide} from '../../src/ui/screen-options.ts';
import {ada, memoryAccount} from '../support/memory-account.ts';
import {memoryExchange} from '../support/memory-exchange.ts';
import {type OpenScreen, openScreen} from './open-screen.tsx';

let screen: OpenScreen;
afterEach(() => screen.close());

const bytes = () => JSON.stringify(screen.workspace.store.get());

describe('a question for what nobody may see', () => {
	test('is answered with dots, and what was typed is kept nowhere', async () => {
		const account = memoryAccount([]);
		screen = await openScreen({account});
		await screen.waitFor('Campus study:/>');
		screen.type('login\r');
		await screen.waitFor('token for hosted.example (profile default):');
		screen.type('my-secret');
		await screen.waitFor(/\(profile default\): •{9} *┃/);
		expect(screen.frame().join('\n')).not.toContain('my-secret');
		screen.type('\u007f\u007f');
		await screen.waitFor(/\(profile default\): •{7} *┃/);
		screen.type('et\r');
		await screen.waitFor('logged in at hosted.example as Ada User');
		expect(account.calls).toEqual(['signIn default my-secret']);
		expect(bytes()).not.toContain('my-secret');
		expect(screen.appended).toEqual(['login']);
	});

	test('takes a token that is pasted with its line end, and stays in one row', async () => {
		const account = memoryAccount([]);
		screen = await openScreen({account, columns: 60});
		await screen.waitFor('Campus study:/>');
		screen.type('login\r');
		await screen.waitFor('(profile default):');
		screen.type(`\u001b[200~${'x'.repeat(900)}\n\u001b[201~`);
		await screen.waitFor(/\(profile default\): •{8,20} +┃/);
		expect(screen.frame().filter(row => row.includes('•'))).toHaveLength(1);
		screen.type('\r');
		await screen.waitFor('logged in');
		expect(account.calls).toEqual([`signIn default ${'x'.repeat(900)}`]);
	});

	test('takes what was entered behind the line, which is shown as dots and no line', async () => {
		const account = memoryAccount([]);
		const connected = Promise.withResolvers<void>();
		screen = await openScreen({
			account,
			connect: async exchange => {
				await connected.promise;
				return exchange;
			},
		});
		screen.type('pwd\rlogin\rmy-secret\rwhoami\r');
		await screen.waitFor(/next: login .*\n┃ next: •••• .*\n┃ next: •••• /);
		connected.resolve();
		await screen.waitFor(/\(profile default\): ••••[\s\S]*logged in at hosted.example as Ada User/);
		await screen.waitFor(/> whoami/);
		expect(account.calls).toContain('signIn default my-secret');
		expect(bytes()).not.toContain('my-secret');
		expect(screen.appended).toEqual(['pwd', 'login', 'whoami']);
	});

	test('takes the row beneath the line that asks', async () => {
		const account = memoryAccount([]);
		screen = await openScreen({account});
		await screen.waitFor('Campus study:/>');
		screen.type('\u001b[200~login\nmy-secret\n\u001b[201~');
		screen.type('\r');
		await screen.waitFor('logged in at hosted.example as Ada User');
		expect(account.calls).toEqual(['signIn default my-secret']);
		expect(screen.appended).toEqual(['login']);
	});

	test('goes on with what was being typed behind the line', async () => {
		const account = memoryAccount([]);
		const connected = Promise.withResolvers<void>();
		screen = await openScreen({
			account,
			connect: async exchange => {
				await connected.promise;
				return exchange;
			},
		});
		screen.type('login\rmy-se');
		connected.resolve();
		await screen.waitFor('(profile default): •••••');
		screen.type('cret\r');
		await screen.waitFor('logged in');
		expect(account.calls).toEqual(['signIn default my-secret']);
		expect(bytes()).not.toContain('my-se');
	});

	test('waits for no line entered behind: what renews a token asks of whoever is there', async () => {
		const renew = Promise.withResolvers<string | undefined>();
		let side: ScreenSide | undefined;
		screen = await openScreen({
			onConnect: given => {
				side = given;
			},
			commands: [
				defineCommand({
					...commands.find(({name}) => name === 'whoami')!,
					run: async function* () {
						renew.resolve(await side!.askSecret('new token:'));
						yield {kind: 'note', text: 'renewed'};
					},
				}),
			],
		});
		await screen.waitFor('Campus study:/>');
		screen.type('whoami\rls\r');
		await screen.waitFor('new token:');
		expect(screen.workspace.store.get().queue).toEqual(['ls']);
		screen.type('given\r');
		expect(await renew.promise).toBe('given');
	});

	test('is left with Esc', async () => {
		const account = memoryAccount([]);
		screen = await openScreen({account});
		await screen.waitFor('Campus study:/>');
		screen.type('login\r');
		await screen.waitFor('(profile default):');
		screen.type('half\u001b');
		await screen.waitFor('no token was entered: nothing has changed');
		expect(account.calls).toEqual([]);
	});
});

describe('a session that goes to another Exchange', () => {
	const client = () => new ApolloClient({cache: new InMemoryCache(), link: ApolloLink.empty()});

	test('takes prompt, status and panes along', async () => {
		const lab = memoryExchange({'Lab store': {benches: {}}});
		let side: ScreenSide | undefined;
		const account: Account = {
			...memoryAccount(['lab']),
			enter: async () => {
				const [store] = await lab.listDataStores();
				side!.adopt({
					exchange: {...lab, user: async () => ({...ada, firstName: 'Grace'}), client: client()},
					session: {...screen.workspace.store.get().session, location: rootOf(store!)},
				});
				return {user: ada};
			},
		};
		screen = await openScreen({
			account,
			onConnect: given => {
				side = given;
			},
		});
		await screen.waitFor(/▸ cases\//);
		screen.type('lcd /; false\r');
		await screen.waitFor('false');
		screen.type('profile lab\r');
		await screen.waitFor('Lab store:/>');
		await screen.waitFor(/▸ benches\//);
		await screen.waitFor('Grace User');
		expect(screen.frame().join('\n')).not.toContain('▸ cases/');
		const {session} = screen.workspace.store.get();
		expect(session).toMatchObject({previous: undefined, localDirectory: '/'});
		screen.type('ls\r');
		await screen.waitFor(/Lab store:\/> ls +┃[\s\S]*┃ benches/);
	});

	test('is possible when there was no way to the first', async () => {
		const account = memoryAccount(['lab']);
		screen = await openScreen({
			account,
			connect: async () => {
				throw new ShellError('config', 'password_command: ended with 7');
			},
		});
		await screen.waitFor('password_command: ended with 7');
		screen.type('ls\r');
		await screen.waitFor('ls: password_command: ended with 7');
		screen.type('profiles\r');
		await screen.waitFor(/lab +https:\/\/lab\.example/);
		screen.type('profile lab\r');
		await screen.waitFor('lab: Ada User');
		expect(account.calls).toEqual(['enter lab']);
	});
});

test('a token shown once is on the screen, and not in its transcript', async () => {
	screen = await openScreen();
	await screen.waitFor('Campus study:/>');
	screen.type('token create nightly\r');
	await screen.waitFor('secret-value-1');
	screen.type('n');
	await screen.waitFor('Campus study:/>');
	const {transcript} = await import('../../src/ui/transcript.ts');
	const {scrollback} = screen.workspace.store.get();
	const lines = [...transcript(scrollback, screen.workspace.scene.measure(screen.workspace.store.get()))];
	expect(lines.join('\n')).toContain('…\nnightly: good for 30 days');
	expect(lines.join('\n')).not.toContain('secret-value-1');
});
