import { z } from 'zod';

export const roles = ['staff', 'supervisor', 'admin'] as const;
export const Role = z.enum(roles);
export type Role = z.infer<typeof Role>;

export const SignIn = z.object({ user: z.string().min(1).max(64), password: z.string().min(1).max(256) });
export type SignIn = z.infer<typeof SignIn>;

/** `csrf` goes back in the header `x-csrf-token` of every change. */
export const Session = z.object({
  user: z.string(),
  displayName: z.string(),
  roles: z.array(Role),
  csrf: z.string(),
  /** The password is the one-time one: the console asks for an own one before anything else. */
  mustChange: z.boolean(),
});
export type Session = z.infer<typeof Session>;

export const ChangePassword = z.object({ current: z.string().min(1).max(256), next: z.string().min(10).max(256) });
export type ChangePassword = z.infer<typeof ChangePassword>;
