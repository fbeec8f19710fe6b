import { Alert, Button, Form, type FormInstance, Input } from 'antd';
import { useState } from 'react';
import type { ChangePassword, Session } from '#wire';
import { api, wordsOf } from '../api.ts';
import { texts } from '../texts.ts';

const words = texts.ownPassword;

const required = { required: true, message: texts.signIn.needPassword };
const sameAsNext = ({ getFieldValue }: Pick<FormInstance, 'getFieldValue'>) => ({
  validator: (_: unknown, again: string) =>
    again === getFieldValue('next') ? Promise.resolve() : Promise.reject(new Error(words.differs)),
});

export function PasswordForm({ onChanged }: { onChanged(session: Session): void }) {
  const [fault, setFault] = useState<string>();
  const [busy, setBusy] = useState(false);

  async function submit({ current, next }: ChangePassword) {
    setBusy(true);
    try {
      onChanged(await api.changePassword({ current, next }));
    } catch (problem) {
      setFault(wordsOf(problem));
      setBusy(false);
    }
  }

  return (
    <Form layout="vertical" size="large" requiredMark={false} onFinish={submit} disabled={busy}>
      {fault && <Alert type="error" showIcon title={fault} role="alert" className="form-fault" />}
      <Form.Item name="current" label={words.current} rules={[required]}>
        <Input.Password autoComplete="current-password" maxLength={256} />
      </Form.Item>
      <Form.Item
        name="next"
        label={words.next}
        extra={words.rule}
        rules={[{ min: 10, required: true, message: words.rule }]}
      >
        <Input.Password autoComplete="new-password" maxLength={256} />
      </Form.Item>
      <Form.Item name="again" label={words.again} dependencies={['next']} rules={[sameAsNext]}>
        <Input.Password autoComplete="new-password" maxLength={256} />
      </Form.Item>
      <Button type="primary" htmlType="submit" block loading={busy}>
        {words.submit}
      </Button>
    </Form>
  );
}
