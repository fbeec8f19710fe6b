import { Form, Input, Modal, Radio } from 'antd';
import type { CloseOrder } from '#wire';
import { texts } from '../texts.ts';

const words = texts.close;
const outcomes = Object.entries(texts.outcomes).map(([value, label]) => ({ value, label }));

interface Props {
  open: boolean;
  busy: boolean;
  onClose(how: CloseOrder): void;
  onCancel(): void;
}

/** How it ended. What is typed here goes into the order's log for good. */
export function CloseDialog({ open, busy, onClose, onCancel }: Props) {
  const [form] = Form.useForm<CloseOrder>();
  return (
    <Modal
      open={open}
      title={words.title}
      okText={words.submit}
      cancelText={texts.cancel}
      confirmLoading={busy}
      onOk={form.submit}
      onCancel={onCancel}
      destroyOnHidden
    >
      <Form
        form={form}
        className="closing"
        layout="vertical"
        requiredMark={false}
        onFinish={({ outcome, note = '' }) => onClose({ outcome, note })}
      >
        <Form.Item name="outcome" label={words.outcome} rules={[{ required: true, message: words.needOutcome }]}>
          <Radio.Group className="outcomes" options={outcomes} />
        </Form.Item>
        <Form.Item name="note" label={words.note}>
          <Input.TextArea rows={4} maxLength={1000} showCount placeholder={words.notePlaceholder} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
