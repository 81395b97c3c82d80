import {type Config, readConfig} from './config/config.ts';
import {describeOptions, programOptions} from './config/options.ts';
import type {Open} from './host/account/open.ts';
import {toShellError} from './shell/errors.ts';

declare const ADX_VERSION: string;

const usage = `adx-shell: a shell for the Avista Digital Exchange

  adx-shell [OPTION…]          open the shell
  adx-shell -c LINE [-c LINE]  run lines and exit
  adx-shell login [OPTION…]    keep a token as a profile's (logout removes it)
  adx-shell serve [OPTION…]    run the local exchange in the foreground

${describeOptions(programOptions)}

Every option but -c and -f has a variable: --token-file is ADX_TOKEN_FILE. The token itself is ADX_TOKEN.
Without a token or a profile to start in the shell opens the local exchange and its sample data.
In the shell, \`help\` lists the commands.

Exit codes: 0 ok, 1 a command failed, 2 usage or configuration, 3 connection, 4 time-out, 130 Ctrl-C
`;

/** Resolves to the exit code. */
async function main(argv: readonly string[]): Promise<number> {
	const [word, ...rest] = argv;
	const environment = {...process.env};
	// Known by now: nothing that is started from here, and no report of a crash, is to hold it.
	delete process.env.ADX_TOKEN;
	if (word === 'serve') {
		const {runServe} = await import('./host/serve-command.ts');
		const {serve} = await import('./local-exchange/serve.ts');
		return runServe(rest, environment, serve);
	}
	if (word === 'login' || word === 'logout') {
		const {runLogin, runLogout} = await import('./host/login-command.ts');
		return (word === 'login' ? runLogin : runLogout)(rest, environment, open);
	}
	const isTerminal = process.stdout.isTTY === true;
	const config = await readConfig({argv, environment, isTerminal});
	if (config === 'help' || config === 'version') {
		const {print} = await import('./host/streams.ts');
		return print(config === 'help' ? usage : `${ADX_VERSION}\n`);
	}
	if (config.sources.length > 0 || !process.stdin.isTTY) return script(config);
	return config.plainPrompt || !isTerminal ? plainPrompt(config) : screen(config);
}

const open = async (target: Parameters<Open>[0], {onStart, renewToken, signal}: Parameters<Open>[1]) => {
	const {connectExchange} = await import('./exchange/connect.ts');
	if (target.kind === 'remote') {
		return connectExchange({
			endpoint: target.endpoint,
			token: target.token ?? '',
			...(renewToken && {renewToken}),
		});
	}
	const {backgroundExchange, keepRunning} = await import('./host/background-exchange.ts');
	const {findLocalExchange} = await import('./local-exchange/lock.ts');
	const {attendLocalExchange} = await import('./local-exchange/attend.ts');
	const {directory} = target;
	const options = {directory, find: findLocalExchange, program: process.argv[1]!};
	const running = await backgroundExchange({...options, ...(onStart && {onStart}), signal});
	const release = keepRunning(running, attendLocalExchange, options);
	const exchange = connectExchange({
		endpoint: running.endpoint,
		token: target.token ?? running.token,
		...(renewToken && {renewToken}),
	});
	return {
		...exchange,
		close: () => {
			release();
			exchange.close();
		},
	};
};

async function modeOf(config: Config) {
	const {commands} = await import('./commands/index.ts');
	return {config, commands, open};
}

async function script(config: Config): Promise<number> {
	const {runScriptMode} = await import('./host/script-mode.ts');
	return runScriptMode(await modeOf(config));
}

async function plainPrompt(config: Config): Promise<number> {
	const {runPromptMode} = await import('./host/prompt-mode.ts');
	return runPromptMode(await modeOf(config));
}

async function screen(config: Config): Promise<number> {
	// Before anything can be seen: a key typed at the first frame must not be taken by the terminal's line
	// mode, where Ctrl-D would end the input for good.
	process.stdin.setRawMode(true);
	// What was typed until now comes to the prompt, but the terminal has echoed it, too: the first frame would
	// begin behind it.
	process.stdout.write('\r\u001b[K');
	// Ink's colours look at this variable, and only while they load; NO_COLOR they ignore.
	const {FORCE_COLOR} = process.env;
	process.env.FORCE_COLOR = config.color ? '1' : '0';
	const {startScreen} = await import('./ui/screen.tsx');
	// What is started from the screen is to find it as it was.
	delete process.env.FORCE_COLOR;
	if (FORCE_COLOR !== undefined) process.env.FORCE_COLOR = FORCE_COLOR;
	const {screenParts} = await import('./host/screen-mode.ts');
	const parts = await screenParts(await modeOf(config));
	const status = await startScreen(parts);
	await parts.settled();
	// What still waits for a silent server has nobody to answer to, and would keep the terminal.
	return process.exit(status);
}

try {
	process.exitCode = await main(process.argv.slice(2));
} catch (thrown) {
	const error = toShellError(thrown);
	const {errorText} = await import('./render/error-text.ts');
	process.stderr.write(`${errorText({kind: 'error', verb: 'adx-shell', error})}\n`);
	process.exitCode = error.exitCode;
}
