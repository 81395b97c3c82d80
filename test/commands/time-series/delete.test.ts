import {expect, test} from 'vitest';
import {ShellError} from '../../../src/shell/errors.ts';
import {memoryExchange} from '../../support/memory-exchange.ts';
import {runCommands} from '../../support/run.ts';

const assets = [{assetId: 'a', attributes: {}}];
const open = () => memoryExchange({}, {databases: {Microgrid: assets, 'Wind park': []}});

test('deletes once the name has been typed', async () => {
	const exchange = open();
	const questions: string[] = [];
	const ask = async (question: string) => {
		questions.push(question);
		return 'Microgrid';
	};
	const {screen} = await runCommands('delete database Microgrid', {exchange, ask});
	expect(questions).toEqual(['Delete the database Microgrid with everything in it? Type its name:']);
	expect(screen).toEqual(['deleted Microgrid']);
	expect((await exchange.timeSeries.listDatabases({maxAge: 0})).map(({name}) => name)).toEqual(['Wind park']);
});

test('says how many assets go with it where that is known', async () => {
	const exchange = open();
	await exchange.timeSeries.latest(exchange.database('Microgrid').timeSeriesDbId);
	let asked = '';
	const ask = async (question: string) => {
		asked = question;
		return '';
	};
	await runCommands('delete database Microgrid', {exchange, ask});
	expect(asked).toContain('with 1 asset?');
});

test.each(['', 'y', 'microgrid', 'Wind park'])('typing %j deletes nothing', async typed => {
	const exchange = open();
	const ran = await runCommands('delete database Microgrid', {exchange, ask: async () => typed});
	expect(ran.screen[0]).toContain('nothing deleted');
	expect(ran.status).toBe(0);
	expect(exchange.database('Microgrid')).toBeDefined();
});

test('-f does not ask', async () => {
	const exchange = open();
	const ask = async () => {
		throw new Error('asked');
	};
	const {status} = await runCommands('delete database -f id:timeSeriesDbId.1', {exchange, ask});
	expect(status).toBe(0);
	expect(exchange.database('Microgrid')).toBeUndefined();
});

test('without a person it deletes nothing and names -f', async () => {
	const exchange = open();
	const ask = async () => {
		throw new ShellError('usage', 'nobody is here to answer', {hint: 'pass -f'});
	};
	const {screen, status} = await runCommands('delete database Microgrid', {exchange, ask});
	expect(screen[0]).toContain('(pass -f)');
	expect(status).toBe(2);
	expect(exchange.database('Microgrid')).toBeDefined();
});

test('the selected database is no longer selected when it is gone; another stays', async () => {
	const exchange = open();
	const lines = ['db Microgrid', 'delete database -f Microgrid'];
	expect((await runCommands(lines, {exchange})).session.database).toBeUndefined();
	const other = open();
	const kept = await runCommands(["db 'Wind park'", 'delete database -f Microgrid'], {exchange: other});
	expect(kept.session.database?.name).toBe('Wind park');
});

test('a refusal names the database, which stays selected', async () => {
	const exchange = open();
	exchange.failNext('deleteDatabase', new ShellError('denied', 'the Exchange refuses it'));
	const {screen, session} = await runCommands(['db Microgrid', 'delete database -f Microgrid'], {exchange});
	expect(screen[0]).toBe('delete: Microgrid: the Exchange refuses it');
	expect(session.database?.name).toBe('Microgrid');
});

test('looks the name up anew, since another client may have renamed it', async () => {
	const exchange = open();
	await runCommands(['databases', 'delete database -f Microgrid'], {exchange});
	expect(exchange.requests.filter(request => request === 'listDatabases')).toHaveLength(2);
});

test('a database nobody knows is suggested', async () => {
	const {screen} = await runCommands('delete database -f Microgird', {exchange: open()});
	expect(screen[0]).toBe('delete: Microgird: no such database (did you mean Microgrid?)');
});

test('an Exchange without time series is said to have none', async () => {
	const {screen} = await runCommands('delete database -f Microgrid', {exchange: memoryExchange({})});
	expect(screen).toEqual(['delete: this Exchange has no time-series databases']);
});
