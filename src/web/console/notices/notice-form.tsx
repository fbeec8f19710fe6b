import { CloseOutlined } from '@ant-design/icons';
import { Alert, Button, Drawer, Form, Skeleton } from 'antd';
import { useEffect, useState } from 'react';
import type { NewNotice, NoticeChoices, NoticeDetail } from '#wire';
import { wordsOf } from '../api.ts';
import { useWork } from '../studio/use-work.ts';
import { words } from './notice-texts.ts';
import { notices } from './notices-api.ts';
import { PriceFields } from './price-fields.tsx';
import { TextFields } from './text-fields.tsx';

interface Props {
  /** The draft to be changed; absent for a new one. */
  id?: string;
  kind: NewNotice['kind'];
  onSaved(id: string): void;
  onClose(): void;
}

const said = words.form;

/** What the form needs before it can be shown: what can be chosen, and the draft. */
function useNeeded(id: string | undefined) {
  const [needed, setNeeded] = useState<{ choices: NoticeChoices; draft?: NoticeDetail }>();
  const [fault, setFault] = useState<unknown>();
  useEffect(() => {
    Promise.all([notices.choices(), id ? notices.look(id) : undefined]).then(
      ([choices, draft]) => setNeeded({ choices, draft }),
      setFault,
    );
  }, [id]);
  return { needed, fault };
}

const fresh = {
  price: { kind: 'price', regions: [], kinds: [], books: [], summary: '' },
  text: { kind: 'text', topic: 'bill', legal: false, regions: [], kinds: [] },
} as const;

/** A draft is written; saved, it is counted and can be looked at. */
export default function NoticeFormDrawer({ id, kind, onSaved, onClose }: Props) {
  const [form] = Form.useForm<NewNotice>();
  const { needed, fault } = useNeeded(id);
  const { busy, work } = useWork();
  const content = needed?.draft?.content;
  const shown = content?.kind ?? kind;

  async function submit(given: NewNotice) {
    const whole = { ...fresh[shown], ...given, kind: shown } as NewNotice;
    const draft = needed?.draft?.notice;
    const saved = await work(
      () => (draft ? notices.change(draft.id, draft.version, whole) : notices.make(whole)),
      said.saved,
    );
    if (saved) onSaved(saved.notice.id);
  }

  const footer = (
    <div className="drawer-actions">
      <Button onClick={onClose}>{said.cancel}</Button>
      <Button type="primary" loading={busy} disabled={!needed} onClick={form.submit}>
        {said.save}
      </Button>
    </div>
  );
  return (
    <Drawer
      open
      rootClassName="studio-drawer notice-drawer"
      size={720}
      title={shown === 'price' ? said.priceTitle : said.textTitle}
      closeIcon={<CloseOutlined aria-label={words.close} />}
      onClose={onClose}
      footer={footer}
    >
      {fault !== undefined && <Alert type="warning" showIcon title={wordsOf(fault)} />}
      {!needed && !fault && <Skeleton active />}
      {needed && (
        <Form<NewNotice>
          form={form}
          layout="vertical"
          requiredMark={false}
          initialValues={content ?? fresh[shown]}
          onFinish={submit}
        >
          {shown === 'price' ? (
            <PriceFields form={form} choices={needed.choices} />
          ) : (
            <TextFields choices={needed.choices} />
          )}
        </Form>
      )}
    </Drawer>
  );
}
