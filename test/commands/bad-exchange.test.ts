import {afterAll, beforeAll, expect, test} from 'vitest';
import {errorText} from '../../src/render/error-text.ts';
import type {LocalProcesses} from '../../src/shell/ports.ts';
import {rootOf} from '../../src/shell/resolve.ts';
import {type FakeExchange, fakeExchange, type Reply} from '../exchange/fake-exchange.ts';
import {memoryFiles} from '../support/memory-files.ts';
import {runCommands} from '../support/run.ts';

let fake: FakeExchange;
let reply: Reply;
beforeAll(async () => {
	fake = await fakeExchange(() => reply);
});
afterAll(() => fake.close());

const store = {
	dataStoreId: 'dataStoreId.1',
	name: 'Store',
	description: null,
	ownerUserId: null,
	homeDirectoryId: 'dataStoreDirectoryId.1',
};
const database = {
	timeSeriesDbId: 'timeSeriesDbId.1',
	name: 'Microgrid',
	description: null,
	ownerUserId: 'user.1',
	databaseName: null,
	tableName: null,
};
const readsAll: LocalProcesses['run'] = async function* (_command, {input}) {
	if (input) yield* input;
	return 0;
};
const lines = [
	'ls',
	'ls *.csv',
	'cd a',
	'tree',
	'find',
	'du',
	'stat a',
	'stores',
	'use Store',
	'whoami',
	'tokens',
	'token create a',
	'token delete -f a',
	'refresh',
	'cat a',
	'get a',
	'put a.txt',
	'rm -f a',
	'mkdir a',
	'rmdir a',
	'mv a b',
	'cp a b',
	'describe a text',
	'ls > list.txt',
	'ls | sort',
	'databases',
	'db Microgrid',
	'create database a',
	'delete -f database Microgrid',
	'assets',
	'latest',
	"latest 'Feeder 1' 'A kW'",
	'latest Feeder*',
	"data 'Feeder 1' 'A kW'",
	"plot 'Feeder 1' 'A kW'",
	"query 'SELECT 1'",
	"export 'Feeder 1' 'Feeder 2:A kW'",
	"publish 'Feeder 1' kW=412.5",
	"publish 'Feeder 1' load.csv",
	'collaboratives',
	'collaborative Pilot',
	'services',
	'share -f Microgrid Pilot',
	'unshare -f Microgrid Pilot',
	'shared',
	'why Microgrid',
];

test.each<[title: string, reply: Reply, status: number]>([
	['401', {status: 401, text: ''}, 1],
	['403', {status: 403, text: '<html>'}, 1],
	['429', {status: 429, text: ''}, 3],
	['500', {status: 500, text: '<html>\u001b[2Jboom</html>'}, 3],
	['HTML', {text: '<html>hello</html>', type: 'text/html'}, 1],
	['half an answer', {text: '{"data":{"storage_getDa'}, 1],
	['an empty answer', {text: ''}, 1],
	['an error of many lines', {body: {data: null, errors: [{message: 'one\n\u001b[31mtwo'}]}}, 1],
	['a dropped connection', 'drop', 3],
	['no answer', 'hang', 4],
])('whatever the command, %s is one clear line, and the session goes on', async (_title, bad, status) => {
	reply = bad;
	for (const line of lines) {
		const local = memoryFiles({'/home/a.txt': 'a', '/home/list.txt': 'before'});
		const location = rootOf(store);
		// Only silence may run into the time-out, however slow the machine is.
		const exchange = fake.connect({request: bad === 'hang' ? 20 : 30_000});
		const {outputs, ...ran} = await runCommands([line, `${line} || lpwd`], {
			exchange,
			local,
			session: {location, database},
			processes: {run: readsAll},
		});
		const errors = outputs.flatMap(output => (output.kind === 'error' ? [output] : []));
		expect(errors, line).toHaveLength(1);
		const [text = '', ...more] = errorText(errors[0]!).split('\n');
		expect(text, line).toMatch(/^[a-z]+: [^\p{Cc}]{10,}$/u);
		expect(text, line).not.toMatch(/at \S+\.ts|Error:|a-token-nobody-may-see/);
		expect(more.join(), line).toMatch(/^( *\S.*, *\^+)?$/);
		expect(errors[0]!.error.exitCode, line).toBe(status);
		expect(ran.text, line).toMatch(/\/home\n$/);
		expect(ran.session.location, line).toBe(location);
		expect(local.contents.get('/home/list.txt'), line).toBe('before');
	}
});
