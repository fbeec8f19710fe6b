export { freshDatabase, freshFolder, freshPrefix, testRedisUrl } from './fresh.ts';
