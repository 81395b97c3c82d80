import type {Context} from '../../shell/command.ts';
import {ShellError} from '../../shell/errors.ts';
import {parseLine} from '../../shell/parse-line.ts';
import {evaluateWord} from '../../shell/word.ts';

/** Where the SQL is. */
export type Place = {
	readonly sql: string | undefined;
	/** A local file; `-` is what is piped into the program. */
	readonly file: string | undefined;
	readonly edit: boolean;
};

/** What an editor starts with when there was no query yet. */
const template = `-- {db} and {table} are the selected database's names.
SELECT *
FROM {db}.{table}
ORDER BY time DESC
LIMIT 10
`;
/** More SQL than an Exchange takes; a file of that size is something else. */
const largest = 1 << 20;

let edited: string | undefined;

/** The text of a query, without the semicolon at its end. Throws `usage` when there is none, or two. */
export async function queryText(context: Context, {sql, file, edit}: Place): Promise<string> {
	if ([sql !== undefined, file !== undefined, edit].filter(Boolean).length > 1) {
		throw new ShellError('usage', 'a query, -f FILE or -e: one of them');
	}
	const text = edit ? await fromEditor(context) : file === undefined ? sql : await fromFile(context, file);
	if (text === undefined) {
		throw new ShellError('usage', 'SQL is missing', {hint: "query 'SELECT …', -f FILE or -e"});
	}
	const whole = text.replace(/^\ufeff/, '').replace(/[\s;]+$/, '');
	if (whole.replaceAll(/--[^\n]*|\/\*.*?\*\//gs, '').trim() === '') {
		throw new ShellError('usage', `${file ?? 'the query'}: nothing to run`);
	}
	return whole;
}

async function fromEditor({edit, history}: Context): Promise<string> {
	if (!edit) throw new ShellError('usage', '-e: no terminal for an editor', {hint: '-f FILE takes a file'});
	const text = await edit(lastQuery(history) ?? template);
	if (text === undefined) throw new ShellError('local', 'the editor failed: nothing is run');
	edited = text;
	return text;
}

/** The SQL of the latest line that had some, as edited if it was. */
function lastQuery(history: readonly string[]): string | undefined {
	for (const line of history.toReversed()) {
		const words = queryWords(line);
		if (words?.some(word => /^(-[a-z]*e|--edit)$/.test(word)) && edited !== undefined) return edited;
		const sql = words?.find(word => /^\s*(with|select|show|describe)\b/i.test(word));
		if (sql !== undefined) return sql;
	}
	return edited;
}

function queryWords(line: string): readonly string[] | undefined {
	try {
		const statement = parseLine(line).find(
			each => each.kind === 'command' && evaluateWord(each.words[0], 0).text === 'query',
		);
		if (statement?.kind !== 'command') return undefined;
		return statement.words.slice(1).map(word => evaluateWord(word, 0).text);
	} catch {
		return undefined;
	}
}

async function fromFile({local, session, input}: Context, file: string): Promise<string> {
	if (file !== '-') {
		const {body} = await local.read(local.resolve(session.localDirectory, file));
		return decode(file, body());
	}
	if (!input) throw new ShellError('usage', '-: nothing is piped in', {hint: '-f FILE takes a file'});
	return decode('-', input);
}

async function decode(file: string, body: AsyncIterable<Uint8Array>): Promise<string> {
	const decoder = new TextDecoder('utf-8', {fatal: true});
	let text = '';
	try {
		for await (const chunk of body) {
			text += decoder.decode(chunk, {stream: true});
			if (text.length > largest) throw new ShellError('usage', `${file}: too long for a query`);
		}
		return text + decoder.decode();
	} catch (thrown) {
		if (thrown instanceof TypeError)
			throw new ShellError('usage', `${file}: binary, not text`, {cause: thrown});
		throw thrown;
	}
}
