import {readConfig} from './config/config.ts';
import {describeOptions, programOptions} from './config/options.ts';
import {ShellError, toShellError} from './shell/errors.ts';

declare const ADX_VERSION: string;

const usage = `adx-shell: a shell for the Avista Digital Exchange

  adx-shell [OPTION…]          open the shell
  adx-shell -c LINE [-c LINE]  run lines and exit
  adx-shell serve [OPTION…]    run the local exchange in the foreground

${describeOptions(programOptions)}

Every option has a variable: --token-file is ADX_TOKEN_FILE. The token itself is ADX_TOKEN.
Without a token the shell opens the local exchange and its sample data.
In the shell, \`help\` lists the commands.

Exit codes: 0 ok, 1 a command failed, 2 usage or configuration, 3 connection, 4 time-out, 130 Ctrl-C
`;

async function main(argv: readonly string[]): Promise<number> {
	if (argv[0] === 'serve') {
		const {runServe} = await import('./host/serve-command.ts');
		const {serve} = await import('./local-exchange/serve.ts');
		return runServe(argv.slice(1), process.env, serve);
	}
	const isTerminal = process.stdout.isTTY === true;
	const config = readConfig({argv, environment: process.env, isTerminal});
	if (config.wants) {
		process.stdout.write(config.wants === 'help' ? usage : `${ADX_VERSION}\n`);
		return 0;
	}
	return 0;
}

try {
	process.exitCode = await main(process.argv.slice(2));
} catch (thrown) {
	const error = thrown instanceof ShellError ? thrown : toShellError(thrown);
	process.stderr.write(`adx-shell: ${error.message}${error.hint ? ` (${error.hint})` : ''}\n`);
	process.exitCode = error.exitCode;
}
