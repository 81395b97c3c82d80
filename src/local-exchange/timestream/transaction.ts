import type {DuckDBConnection} from '@duckdb/node-api';

/** Runs `work` as one transaction of the connection: all of it or nothing. It must not nest. */
export async function transact<T>(connection: DuckDBConnection, work: () => Promise<T>): Promise<T> {
	await connection.run('BEGIN');
	try {
		const result = await work();
		await connection.run('COMMIT');
		return result;
	} catch (error) {
		// A COMMIT that fails has ended the transaction.
		await connection.run('ROLLBACK').catch(() => {});
		throw error;
	}
}
