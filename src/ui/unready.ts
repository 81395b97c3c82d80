/** Said where there is no Exchange to read from. */
export const unready = {connecting: 'connecting…', failed: 'not connected'} as const;
