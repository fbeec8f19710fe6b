import type { Audience, Principal } from '#routes';
import type { Role } from '#wire';

/** Who may do what, in one place: a route names its audience, and these roles may call it. */
export const permissions: Readonly<Record<Exclude<Audience, 'public'>, readonly Role[]>> = {
  /** See the desk, claim and close orders, look at customers' photos, mind the own session and password. */
  staff: ['staff', 'supervisor', 'admin'],
  /** What concerns other people's work. */
  supervisor: ['supervisor', 'admin'],
  /** Accounts of staff; what could not be delivered, and sending it again. */
  admin: ['admin'],
};

/** Asked before a route is handled. `undefined` is a caller who has not signed in. */
export function allows(principal: Principal | undefined, audience: Audience): boolean {
  if (audience === 'public') return true;
  return permissions[audience].some((role) => principal?.roles.includes(role));
}
