export {readableBytes, readableCount} from '../shell/readable.ts';

const units = ['B', 'kB', 'MB', 'GB', 'TB'];

/** Both in the unit of the total, so that the first counts up to the second: `118.4 of 312.0 MB`. */
export function readableShare(bytes: number, total: number): string {
	const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(total, 1)) / 3));
	const digits = power === 0 ? 0 : 1;
	const [part, whole] = [bytes, total].map(count => (count / 1000 ** power).toFixed(digits));
	return `${part} of ${whole} ${units[power]}`;
}
