import { checked, conflict } from '#errors';
import type { Call, Route } from '#routes';
import type { Storage } from '#storage';
import { ChangeStaff, NewStaff } from '#wire';
import { hashPassword } from './passwords.ts';
import { oneTimePassword } from './secrets.ts';
import { changeStaff, insertStaff, presentMember } from './staff.ts';

interface Parts {
  storage: Storage;
  clock: () => Date;
}

/** Accounts of staff. Passwords are never chosen for others: the answer holds a one-time one, once. */
export function staffRoutes({ storage, clock }: Parts): Route[] {
  const now = () => clock().getTime();

  async function list() {
    const rows = await storage.db.selectFrom('staff').selectAll().orderBy('name').execute();
    return { json: { items: rows.map((row) => presentMember(row, now())) } };
  }

  async function names() {
    const rows = await storage.db.selectFrom('staff').select(['name', 'display_name']).execute();
    return { json: Object.fromEntries(rows.map((row) => [row.name, row.display_name])) };
  }

  async function add(call: Call) {
    const asked = checked(NewStaff, call.body);
    const password = oneTimePassword();
    const member = { ...asked, password: await hashPassword(password), mustChange: true };
    if (!(await storage.commit((tx) => insertStaff(tx, member, now()))))
      throw conflict(`There is already a member of staff ${asked.name}.`, 'Choose another name.', 'NameTaken');
    return { status: 201, json: { name: asked.name, oneTimePassword: password } };
  }

  async function change(call: Call) {
    const asked = checked(ChangeStaff, call.body);
    const password = asked.resetPassword ? oneTimePassword() : undefined;
    const hash = password && (await hashPassword(password));
    const row = await storage.commit((tx) =>
      changeStaff(tx, checked(NewStaff.shape.name, call.params.name), asked, hash),
    );
    return { json: { ...presentMember(row, now()), oneTimePassword: password } };
  }

  return [
    { method: 'GET', path: '/api/staff', audience: 'admin', handle: list },
    // Colleagues see who has an order; that is all they see of an account.
    { method: 'GET', path: '/api/staff/names', audience: 'staff', handle: names },
    { method: 'POST', path: '/api/staff', audience: 'admin', body: 'json', handle: add },
    { method: 'PUT', path: '/api/staff/:name', audience: 'admin', body: 'json', handle: change },
  ];
}
