import type { Session } from '#wire';
import { texts } from '../texts.ts';
import { EntryPage } from './entry-page.tsx';
import { PasswordForm } from './password-form.tsx';

/** After the one-time password, before anything else. */
export function OwnPasswordPage({ onChanged }: { onChanged(session: Session): void }) {
  return (
    <EntryPage title={texts.ownPassword.first} subtitle={texts.ownPassword.firstWhy}>
      <PasswordForm onChanged={onChanged} />
    </EntryPage>
  );
}
