import './intent-drawer.css';
import { CloseOutlined } from '@ant-design/icons';
import { Button, Drawer, Form, Input } from 'antd';
import { useState } from 'react';
import type { Refusal } from '#wire';
import { linesIn, Refusals } from './refusals.tsx';
import { refusedOf, studio } from './studio-api.ts';
import { words } from './studio-texts.ts';
import { useWork } from './use-work.ts';

interface Props {
  onClose(): void;
  onMade(id: string): void;
}

interface Given {
  id: string;
  name: string;
  answer: string;
  lines: string;
}

const said = words.make;
const fewest = 5;
const required = { required: true, whitespace: true, message: said.need };
const idRule = { pattern: /^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$/, message: said.idRule };
const enough = {
  validator(_: unknown, text = '') {
    const missing = fewest - linesIn(text).length;
    return missing > 0 ? Promise.reject(new Error(said.fewest(missing))) : Promise.resolve();
  },
};

/** A new thing that customers may want, with its answer, and no code. */
export default function NewIntentDrawer({ onClose, onMade }: Props) {
  const [form] = Form.useForm<Given>();
  const [refused, setRefused] = useState<Refusal[]>([]);
  const { busy, work } = useWork();

  async function submit({ lines, ...given }: Given) {
    setRefused([]);
    const made = await work(
      () => studio.make({ ...given, utterances: linesIn(lines) }),
      said.done,
      (fault) => {
        setRefused(refusedOf(fault));
        return refusedOf(fault).length > 0;
      },
    );
    if (made) onMade(made.intent.id);
  }

  const footer = (
    <div className="drawer-actions">
      <Button onClick={onClose}>{words.intent.cancel}</Button>
      <Button type="primary" loading={busy} onClick={form.submit}>
        {said.submit}
      </Button>
    </div>
  );
  return (
    <Drawer
      open
      rootClassName="studio-drawer"
      size={640}
      title={said.title}
      closeIcon={<CloseOutlined aria-label={words.intent.close} />}
      onClose={onClose}
      footer={footer}
    >
      <Form form={form} layout="vertical" requiredMark={false} onFinish={submit} className="make">
        <Form.Item name="name" label={said.name} extra={said.nameHint} rules={[required]}>
          <Input maxLength={24} autoFocus />
        </Form.Item>
        <Form.Item
          name="id"
          label={said.id}
          extra={said.idHint}
          rules={[{ required: true, message: said.need }, idRule]}
        >
          <Input maxLength={64} autoCapitalize="none" autoComplete="off" />
        </Form.Item>
        <Form.Item name="answer" label={said.answer} extra={said.answerHint} rules={[required]}>
          <Input.TextArea rows={3} maxLength={1000} showCount />
        </Form.Item>
        <Form.Item name="lines" label={said.lines} extra={said.linesHint} rules={[enough]}>
          <Input.TextArea rows={9} />
        </Form.Item>
        {refused.length > 0 && <Refusals refused={refused} rest={0} />}
      </Form>
    </Drawer>
  );
}
