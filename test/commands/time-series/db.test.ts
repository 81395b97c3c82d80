import {expect, test} from 'vitest';
import {memoryExchange} from '../../support/memory-exchange.ts';
import {runCommands} from '../../support/run.ts';

const databases = {'Wind park': [], Microgrid: []};

test('selects a database for the session, and then says which one it is', async () => {
	const exchange = memoryExchange({}, {databases});
	const {session, text} = await runCommands(["db 'Wind park'", 'db'], {exchange});
	expect(session.database).toEqual(exchange.database('Wind park'));
	expect(text).toBe('Wind park\n');
});

test('takes an id', async () => {
	const exchange = memoryExchange({}, {databases});
	const {session} = await runCommands('db id:timeSeriesDbId.2', {exchange});
	expect(session.database?.name).toBe('Microgrid');
});

test('stays where a store is selected afterwards', async () => {
	const exchange = memoryExchange({One: {}, Two: {}}, {databases});
	const {session} = await runCommands(['db Microgrid', 'use Two'], {exchange});
	expect([session.database?.name, session.location?.store.name]).toEqual(['Microgrid', 'Two']);
});

test('suggests the closest name, and leaves selected what was', async () => {
	const exchange = memoryExchange({}, {databases});
	const {screen, session, status} = await runCommands(['db Microgrid', 'db windpark'], {exchange});
	expect(screen[0]).toBe('db: windpark: no such database (did you mean Wind park?)');
	expect([session.database?.name, status]).toEqual(['Microgrid', 1]);
});

test('of two databases of one name it asks for an id', async () => {
	const exchange = memoryExchange({}, {databases});
	await exchange.timeSeries.createDatabase({name: 'Microgrid'});
	const {screen, session} = await runCommands('db Microgrid', {exchange});
	expect(screen.join('\n')).toMatch(/ambiguous.*\n.*id:timeSeriesDbId\.2\n.*id:timeSeriesDbId\.3/);
	expect(session.database).toBeUndefined();
});

test('without one selected it says how to select one', async () => {
	const {screen, status} = await runCommands('db', {exchange: memoryExchange({}, {databases})});
	expect(screen[0]).toBe('db: no database is selected (`databases` lists them, `db NAME` selects one)');
	expect(status).toBe(2);
});

test('an Exchange without time series is said to have none', async () => {
	const {screen} = await runCommands('db Microgrid', {exchange: memoryExchange({})});
	expect(screen).toEqual(['db: this Exchange has no time-series databases']);
});

test('an empty name can be seen in what is said of it', async () => {
	const exchange = memoryExchange({}, {databases: {Grid: []}});
	const {screen} = await runCommands("db ''", {exchange, interactive: true});
	expect(screen).toEqual(["db: '': no such database (try `databases`)", "     db ''", '        ^^']);
});
