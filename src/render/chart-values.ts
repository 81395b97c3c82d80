import {nice, tickStep, ticks} from 'd3-array';
import type {Chart} from '../shell/command.ts';
import {readableCount} from './quantities.ts';

/** Powers of ten up to here are written out. */
const largestPower = 15;
const smallestPower = -5;

/** An axis of values: where a value lies, and the marks beside it. */
export type ValueAxis = {
	/** 0 at the bottom, 1 at the top; for any number, however large. */
	readonly place: (value: number) => number;
	readonly ticks: readonly {readonly place: number; readonly label: string}[];
};

/** An axis around the values, its ends and its marks at round numbers. */
export function valueAxis(values: Iterable<number>, count: number): ValueAxis {
	let low = Number.POSITIVE_INFINITY;
	let high = Number.NEGATIVE_INFINITY;
	for (const value of values) {
		if (value < low) low = value;
		if (value > high) high = value;
	}
	if (low > high) [low, high] = [0, 1];
	// In a unit in which nothing overflows or vanishes: 1e308 as 1, with e308 behind each label.
	const power = powerOf(Math.max(Math.abs(low), Math.abs(high)));
	const scaled = (value: number) => (power === 0 ? value : shifted(value, -power));
	const [from, to] = widened(scaled(low), scaled(high));
	const [bottom, top] = nice(from, to, count);
	const digits = Math.max(0, -Math.floor(Math.log10(tickStep(bottom, top, count)) + 1e-9));
	return {
		place: value => (scaled(value) - bottom) / (top - bottom),
		ticks: ticks(bottom, top, count).map(tick => ({
			place: (tick - bottom) / (top - bottom),
			label: labelOf(tick, digits, power),
		})),
	};
}

function powerOf(size: number): number {
	if (size === 0) return 0;
	const power = Math.floor(Math.log10(size));
	return power >= largestPower || power <= smallestPower ? power : 0;
}

/** `value` times ten to the power, in two steps: ten to the 324th is no number. */
function shifted(value: number, power: number): number {
	const half = Math.trunc(power / 2);
	return value * 10 ** half * 10 ** (power - half);
}

/** A constant lies in the middle of some room. */
function widened(low: number, high: number): [number, number] {
	if (low !== high) return [low, high];
	const room = low === 0 ? 1 : Math.abs(low) / 10;
	return [low - room, high + room];
}

function labelOf(tick: number, digits: number, power: number): string {
	if (tick === 0) return '0';
	if (power !== 0 && Math.abs(tick) >= 10) return labelOf(tick / 10, digits + 1, power + 1);
	const text = tick.toFixed(Math.min(digits, 20));
	if (power !== 0) return `${text}e${power}`;
	if (digits > 0 || Math.abs(tick) < 10_000) return text;
	return tick < 0 ? `-${readableCount(-tick)}` : readableCount(tick);
}

/** All values of a chart that can be drawn. */
export function* finiteValues(series: Chart['series']): Generator<number> {
	for (const {points} of series) {
		for (const {value} of points) if (value !== null && Number.isFinite(value)) yield value;
	}
}
