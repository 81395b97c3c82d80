import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {type Catalogue, openCatalogue} from '../../../src/local-exchange/catalogue/catalogue.ts';
import {results} from '../../../src/local-exchange/contents/results.ts';
import {signedUrls} from '../../../src/local-exchange/contents/signed-urls.ts';
import {dataDirectory, makeDataDirectory} from '../../../src/local-exchange/data-directory.ts';
import {events} from '../../../src/local-exchange/realtime/events.ts';
import {type Series, series} from '../../../src/local-exchange/timestream/series.ts';

let directory: string;
let catalogue: Catalogue;
let it: Series;
beforeEach(() => {
	directory = mkdtempSync(join(tmpdir(), 'adx-series-'));
	catalogue = openCatalogue(':memory:', Date.now);
	const paths = dataDirectory(directory);
	makeDataDirectory(paths);
	it = series({
		catalogue,
		file: paths.series,
		results: results(paths),
		urls: signedUrls(Buffer.alloc(32), 'http://127.0.0.1', Date.now),
		events: events(),
		now: Date.now,
		isInUse: () => true,
		log: () => {},
	});
});
afterEach(async () => {
	await it.close();
	catalogue.close();
	rmSync(directory, {recursive: true, force: true});
});

test('a database that is deleted after it was listed does not come back', async () => {
	const {userId: ownerUserId} = catalogue.users.local();
	const create = (name: string, sample?: string) =>
		catalogue.databases.create({name, description: null, ownerUserId, ...(sample && {sample})});
	const rows = [create('kept'), create('deleted'), create('sample', 'Climate and power')];
	const [kept, deleted, sample] = rows.map(({timeSeriesDbId}) => timeSeriesDbId);
	await it.declare(rows);
	for (const id of [deleted!, sample!]) {
		catalogue.transact(() => catalogue.databases.remove(id));
		await it.remove(id);
	}
	const engine = await it.declare(rows);
	for (const row of rows) await it.engineFor(row);
	expect(await engine.databaseIds()).toEqual([kept]);
});
