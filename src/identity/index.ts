export { type Authenticated, type Identity, openIdentity } from './identity.ts';
export { allows, permissions } from './permissions.ts';
export { askForCode, bind, boundAccounts, codeLimits, countWrong, tryCode, unbind } from './proof.ts';
export { sameSecret } from './secrets.ts';
