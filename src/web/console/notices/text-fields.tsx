import { Form, Input, Radio, Select } from 'antd';
import { type NoticeChoices, noticeTopics } from '#wire';
import { words } from './notice-texts.ts';
import { ScopeFields } from './scope-fields.tsx';

const said = words.form;
const required = { required: true, whitespace: true, message: said.need };
const topics = noticeTopics.map((value) => ({ value, label: words.topics[value] }));
const natures = [
  { value: true, label: said.legalYes },
  { value: false, label: said.legalNo },
];

export function TextFields({ choices }: { choices: NoticeChoices }) {
  return (
    <>
      <Form.Item name="title" label={said.title} rules={[required]}>
        <Input maxLength={60} autoFocus />
      </Form.Item>
      <Form.Item name="topic" label={said.topic}>
        <Select options={topics} />
      </Form.Item>
      <Form.Item name="legal" label={said.legal}>
        <Radio.Group options={natures} className="notice-natures" />
      </Form.Item>
      <Form.Item name="body" label={said.body} rules={[required]}>
        <Input.TextArea rows={6} maxLength={500} showCount />
      </Form.Item>
      <ScopeFields choices={choices} />
    </>
  );
}
