import { conflict, notFound } from '#errors';
import type { StaffTable, Tx } from '#storage';
import type { ChangeStaff, Role, StaffMember } from '#wire';
import { closeSessionsOf, readRoles } from './sessions.ts';

export interface NewMember {
  name: string;
  displayName: string;
  roles: readonly Role[];
  /** As hashPassword wrote it. */
  password: string;
  mustChange: boolean;
}

/** False when there is already someone of this name. */
export async function insertStaff(tx: Tx, member: NewMember, now: number): Promise<boolean> {
  const result = await tx
    .insertInto('staff')
    .values({
      name: member.name,
      display_name: member.displayName,
      password: member.password,
      roles: JSON.stringify(member.roles),
      must_change: member.mustChange ? 1 : 0,
      failures: 0,
      locked_until: 0,
      created_at: now,
    })
    .onConflict((conflicting) => conflicting.column('name').doNothing())
    .executeTakeFirst();
  return Number(result.numInsertedOrUpdatedRows ?? 0) === 1;
}

export const presentMember = (row: StaffTable, now: number): StaffMember => ({
  name: row.name,
  displayName: row.display_name,
  roles: readRoles(row.roles),
  mustChange: row.must_change === 1,
  locked: row.locked_until > now,
  createdAt: new Date(row.created_at).toISOString(),
});

async function refuseLastAdmin(tx: Tx, name: string, roles: readonly Role[]) {
  if (roles.includes('admin')) return;
  const rows = await tx.selectFrom('staff').select(['name', 'roles']).execute();
  const admins = rows.filter((row) => readRoles(row.roles).includes('admin'));
  if (admins.length === 1 && admins[0]?.name === name)
    throw conflict(`${name} is the only administrator.`, 'Make someone else an administrator first.', 'LastAdmin');
}

/** `password` is the hash of a new one-time password, where one was asked for. */
export async function changeStaff(tx: Tx, name: string, change: ChangeStaff, password?: string): Promise<StaffTable> {
  const before = await tx.selectFrom('staff').selectAll().where('name', '=', name).executeTakeFirst();
  if (!before) throw notFound(`There is no member of staff ${name}.`, 'GET /api/staff lists them.');
  if (change.roles) await refuseLastAdmin(tx, name, change.roles);
  const after: StaffTable = {
    ...before,
    ...(change.displayName ? { display_name: change.displayName } : {}),
    ...(change.roles ? { roles: JSON.stringify(change.roles) } : {}),
    ...(password ? { password, must_change: 1, failures: 0, locked_until: 0 } : {}),
  };
  await tx.updateTable('staff').set(after).where('name', '=', name).execute();
  if (password || change.roles?.length === 0) await closeSessionsOf(tx, name);
  return after;
}
