import { App, Modal } from 'antd';
import { texts } from '../texts.ts';
import { PasswordForm } from './password-form.tsx';

const words = texts.ownPassword;

/** From the account menu, whenever someone likes. */
export default function OwnPasswordDialog({ onClose }: { onClose(): void }) {
  const { message } = App.useApp();
  function done() {
    message.success(words.done);
    onClose();
  }
  return (
    <Modal open title={words.change} footer={null} onCancel={onClose} width={420}>
      <div className="password-dialog">
        <PasswordForm onChanged={done} />
      </div>
    </Modal>
  );
}
