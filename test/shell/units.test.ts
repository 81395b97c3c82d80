import {expect, test} from 'vitest';
import {unitOf} from '../../src/shell/units.ts';

test.each([
	['A kW', 'kW'],
	['kVAR', 'kvar'],
	['SOC', '%'],
	['temp [°C]', '°C'],
	['Temp °C', '°C'],
	['Load (kW)', 'kW'],
	['flow (l/min)', 'l/min'],
	['voltage_kV', 'kV'],
	['B Amps', 'A'],
	['net_generation_MWh', 'MWh'],
	['powerKW', 'kW'],
	['MW', 'MW'],
	['drain mW', 'mW'],
	['wind_speed_mps', 'm/s'],
	['humidity', '%'],
	['%', '%'],
	['A', undefined],
	['Tap', undefined],
	['temperature', undefined],
	['', undefined],
])('%j is measured in %s', (name, unit) => {
	expect(unitOf(name)).toBe(unit);
});
