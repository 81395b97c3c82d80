// Loaded into a program under test: a bug that nobody caught, on demand.
process.on('SIGUSR2', () => {
	throw new Error('crashed on purpose');
});
