/** Where the sample's 10,000 files are. */
export const largeDirectory = {store: 'Sensor study', path: '/sensors/windows', files: 10_000} as const;
