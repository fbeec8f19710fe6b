import { z } from 'zod';
import { Role } from './session.ts';

export const StaffMember = z.object({
  name: z.string(),
  displayName: z.string(),
  /** None: the account is disabled. */
  roles: z.array(Role),
  mustChange: z.boolean(),
  locked: z.boolean(),
  createdAt: z.string(),
});
export type StaffMember = z.infer<typeof StaffMember>;

/** `POST /api/staff`; the answer holds the one-time password. */
export const NewStaff = z.strictObject({
  name: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[a-z0-9][a-z0-9._-]{1,31}$/, '2 to 32 letters, digits, dots, hyphens'),
  displayName: z.string().trim().min(1).max(32),
  roles: z.array(Role).min(1),
});
export type NewStaff = z.infer<typeof NewStaff>;

/** `PUT /api/staff/:name`; `roles: []` disables the account, `resetPassword` answers a one-time one and lifts a lock. */
export const ChangeStaff = z.strictObject({
  displayName: z.string().trim().min(1).max(32).optional(),
  roles: z.array(Role).optional(),
  resetPassword: z.boolean().optional(),
});
export type ChangeStaff = z.infer<typeof ChangeStaff>;
