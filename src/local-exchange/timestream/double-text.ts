/** A double as Java's `Double.toString` gives it: `1.0`, `1.0E10`, `NaN`. */
export function doubleText(value: number): string {
	const size = Math.abs(value);
	if (size === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
	if (size >= 1e-3 && size < 1e7) return Math.trunc(value) === value ? `${value}.0` : `${value}`;
	if (!(size < Number.POSITIVE_INFINITY)) return String(value);
	const [digits, exponent] = value.toExponential().split('e') as [string, string];
	return `${digits.includes('.') ? digits : `${digits}.0`}E${Number(exponent)}`;
}
