export { type Authenticated, type Identity, openIdentity } from './identity.ts';
export { allows, permissions } from './permissions.ts';
export { sameSecret } from './secrets.ts';
