/** Units by how people write them in names, without case and signs. */
const units = new Map(
	[
		'w=W kw=kW mw=MW gw=GW var=var kvar=kvar mvar=Mvar va=VA kva=kVA mva=MVA',
		'wh=Wh kwh=kWh mwh=MWh gwh=GWh kvarh=kvarh kvah=kVAh ah=Ah',
		'v=V mv=mV kv=kV volt=V volts=V a=A ma=mA ka=kA amp=A amps=A ampere=A amperes=A',
		'hz=Hz khz=kHz rpm=rpm ohm=Ω ohms=Ω lux=lx ppm=ppm ppb=ppb percent=% pct=% rh=%',
		'soc=% soh=% humidity=% degc=°C celsius=°C degf=°F fahrenheit=°F kelvin=K deg=° degrees=°',
		'pa=Pa kpa=kPa hpa=hPa mbar=mbar bar=bar psi=psi inhg=inHg',
		'mm=mm cm=cm km=km meter=m meters=m metres=m ft=ft feet=ft inch=in inches=in mile=mi miles=mi',
		'mps=m/s kmh=km/h kph=km/h mph=mph knots=kn gpm=gpm cfm=cfm',
		'ms=ms sec=s seconds=s minutes=min hours=h',
	].flatMap(line => line.split(' ').map(pair => pair.split('=') as [string, string])),
);
/** Where case decides. */
const exact = new Set(['mW', 'MW', 'mA', 'mV', 'MV']);
/** As a word of their own rather a phase, a variable or something else. */
const doubtful = new Set('a v w ma va pa var bar deg ms mm cm km mw'.split(' '));

/**
 * The unit that an attribute's name tells: in brackets behind it (`temp [°C]`), as its last word (`A kW`,
 * `net_generation_MWh`), or as what is always measured in it (`SOC` is `%`). Undefined where it tells none.
 */
export function unitOf(attributeName: string): string | undefined {
	const [, bracketed] = /[([]\s*([^()[\]]{1,12}?)\s*[)\]]\s*$/.exec(attributeName) ?? [];
	if (bracketed !== undefined) {
		return exact.has(bracketed) ? bracketed : (units.get(bare(bracketed)) ?? bracketed);
	}
	const [sign] = /(%|°\s?[CF])\s*$/.exec(attributeName) ?? [];
	if (sign !== undefined) return sign.replace(/\s/g, '');
	const word = attributeName.split(/[\s_.:/-]+/).findLast(part => part !== '') ?? '';
	// `powerKW` is two words, `kW` is one.
	const last = word.split(/(?<=[a-z])(?=[A-Z])/).at(-1) ?? '';
	return unitIn(word) ?? unitIn(last);
}

function unitIn(word: string): string | undefined {
	if (exact.has(word)) return word;
	return doubtful.has(bare(word)) ? undefined : units.get(bare(word));
}

function bare(text: string): string {
	return text.toLowerCase().replace(/[^a-z]/g, '');
}
