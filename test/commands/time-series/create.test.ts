import {expect, test} from 'vitest';
import {memoryExchange} from '../../support/memory-exchange.ts';
import {runCommands} from '../../support/run.ts';

test('makes an empty database, says how to select it, and leaves selected what was', async () => {
	const exchange = memoryExchange({}, {databases: {Microgrid: []}});
	const session = {database: exchange.database('Microgrid')};
	const ran = await runCommands("create database 'Wind park' -m 'ten minutes'", {exchange, session});
	expect(exchange.database('Wind park')).toMatchObject({name: 'Wind park', description: 'ten minutes'});
	expect(ran.session.database?.name).toBe('Microgrid');
	expect(ran.screen).toEqual(["created Wind park: `db 'Wind park'` selects it, `publish` fills it"]);
});

test('where another bears the name, the next step names the id', async () => {
	const exchange = memoryExchange({}, {databases: {Microgrid: []}});
	const {screen} = await runCommands(['databases', 'create database Microgrid'], {exchange});
	expect(screen[0]).toContain('`db id:timeSeriesDbId.2`');
});

test('as JSON it is the record', async () => {
	const exchange = memoryExchange({}, {databases: {}});
	const {text} = await runCommands('create database Microgrid', {exchange, json: true});
	expect(JSON.parse(text)).toEqual(exchange.database('Microgrid'));
});

test.each([
	['create', 'create what? (try `create database NAME`)'],
	["create 'Wind park'", "Wind park: create what? (try `create database 'Wind park'`)"],
	['create databse', 'databse: create what? (did you mean `create database NAME`?)'],
	['create store Microgrid', 'store: create what? (try `create database NAME`)'],
	['create databse Microgrid', 'databse: create what? (did you mean `create database Microgrid`?)'],
	["create database ' '", 'needs a name'],
])('%s is explained, and makes nothing', async (line, words) => {
	const exchange = memoryExchange({}, {databases: {}});
	const {screen, status} = await runCommands(line, {exchange});
	expect(screen[0]).toContain(words);
	expect(status).toBe(2);
	expect(exchange.requests.filter(request => request.startsWith('createDatabase'))).toEqual([]);
});

test('an Exchange without time series is said to have none', async () => {
	const {screen} = await runCommands('create database Microgrid', {exchange: memoryExchange({})});
	expect(screen).toEqual(['create: this Exchange has no time-series databases']);
});
