import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout this file lies in. */
export const rootFolder = resolve(fileURLToPath(import.meta.url), '../../../../..');
