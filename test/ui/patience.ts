/** How long a test waits for what must come, ms: a machine that is busy with other tests is slow, too. */
export const patience = 20_000;
