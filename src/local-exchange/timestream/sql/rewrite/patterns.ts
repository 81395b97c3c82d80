/** Joda-Time's letters by how often they stand in a row: in DuckDB's `strftime`. */
const joda: Readonly<Record<string, (count: number) => string | undefined>> = {
	y: count => (count === 2 ? '%y' : '%Y'),
	u: count => (count === 2 ? '%y' : '%Y'),
	Y: count => (count === 2 ? '%y' : '%Y'),
	x: () => '%G',
	M: count => ['%-m', '%m', '%b'][count - 1] ?? '%B',
	L: count => ['%-m', '%m', '%b'][count - 1] ?? '%B',
	d: count => (count === 1 ? '%-d' : '%d'),
	D: count => (count === 1 ? '%-j' : '%j'),
	E: count => (count > 3 ? '%A' : '%a'),
	e: () => '%u',
	w: () => '%V',
	a: () => '%p',
	H: count => (count === 1 ? '%-H' : '%H'),
	h: count => (count === 1 ? '%-I' : '%I'),
	K: count => (count === 1 ? '%-I' : '%I'),
	m: count => (count === 1 ? '%-M' : '%M'),
	s: count => (count === 1 ? '%-S' : '%S'),
	S: count => ({3: '%g', 6: '%f'})[count],
	Z: () => '%z',
	z: () => '%Z',
};

/** MySQL's letters that DuckDB writes in another way. */
const mysql: Readonly<Record<string, string>> = {
	c: '%-m',
	e: '%-d',
	h: '%I',
	i: '%M',
	k: '%-H',
	l: '%-I',
	M: '%B',
	r: '%I:%M:%S %p',
	s: '%S',
	T: '%H:%M:%S',
	v: '%V',
	W: '%A',
	x: '%G',
};
const mysqlSame = new Set('abdfHIjmpSwyY%'.split(''));

/** A pattern of `format_datetime` and `parse_datetime` as DuckDB's; undefined for a letter it lacks. */
export function fromJoda(pattern: string): string | undefined {
	let result = '';
	for (const [part] of pattern.matchAll(/'(?:[^']|'')*'|([A-Za-z])\1*|./gs)) {
		if (part === "''") result += "'";
		else if (part.startsWith("'") && part.length > 1)
			result += literal(part.slice(1, -1).replaceAll("''", "'"));
		else if (/[A-Za-z]/.test(part)) {
			const letter = Object.hasOwn(joda, part[0]!) ? joda[part[0]!]?.(part.length) : undefined;
			if (letter === undefined) return undefined;
			result += letter;
		} else result += literal(part);
	}
	return result;
}

/** A pattern of `date_format` and `date_parse` as DuckDB's; undefined for a letter it lacks. */
export function fromMysql(pattern: string): string | undefined {
	let known = true;
	const result = pattern.replace(/%(.)/gs, (whole, letter: string) => {
		if (mysqlSame.has(letter)) return whole;
		known &&= Object.hasOwn(mysql, letter);
		return mysql[letter] ?? whole;
	});
	return known ? result : undefined;
}

function literal(text: string): string {
	return text.replaceAll('%', '%%');
}
