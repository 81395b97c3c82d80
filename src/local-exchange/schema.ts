import {readFileSync} from 'node:fs';

/** The Exchange's API as SDL. The bundler inlines it here, so keep the read in this file. */
export const schemaText = readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8');
