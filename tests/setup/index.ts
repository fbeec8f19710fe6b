import { fileURLToPath } from 'node:url';

export { freshDatabase, freshFolder, freshPrefix, testRedisUrl } from './fresh.ts';

/** Where the pages are, built from what stands here now: global-setup.ts sees to it. */
export const builtPages = fileURLToPath(new URL('../../dist', import.meta.url));
