import { LockOutlined, UserOutlined } from '@ant-design/icons';
import { Alert, Button, Form, Input } from 'antd';
import { useState } from 'react';
import type { Session, SignIn } from '#wire';
import { api, wordsOf } from '../api.ts';
import { texts } from '../texts.ts';
import { EntryPage } from './entry-page.tsx';

const words = texts.signIn;

export function SignInPage({ onSignedIn }: { onSignedIn(session: Session): void }) {
  const [fault, setFault] = useState<string>();
  const [busy, setBusy] = useState(false);

  async function submit(given: SignIn) {
    setBusy(true);
    try {
      onSignedIn(await api.signIn(given));
    } catch (problem) {
      setFault(wordsOf(problem));
      setBusy(false);
    }
  }

  return (
    <EntryPage title={words.title} subtitle={words.subtitle}>
      {fault && <Alert type="error" showIcon title={fault} role="alert" />}
      <Form layout="vertical" size="large" requiredMark={false} onFinish={submit} disabled={busy}>
        <Form.Item name="user" label={words.user} rules={[{ required: true, message: words.needUser }]}>
          <Input prefix={<UserOutlined />} autoComplete="username" autoCapitalize="none" autoFocus maxLength={64} />
        </Form.Item>
        <Form.Item name="password" label={words.password} rules={[{ required: true, message: words.needPassword }]}>
          <Input.Password prefix={<LockOutlined />} autoComplete="current-password" maxLength={256} />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={busy}>
          {words.submit}
        </Button>
      </Form>
      <p className="entry-help">{words.help}</p>
    </EntryPage>
  );
}
