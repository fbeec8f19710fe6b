import { Form, Select } from 'antd';
import { customerKinds, type NoticeChoices } from '#wire';
import { words } from './notice-texts.ts';

const said = words.form;
const kinds = customerKinds.map((value) => ({ value, label: words.kinds[value] }));

/** Whom it concerns, of the regions that there are prices for. */
export function ScopeFields({ choices }: { choices: NoticeChoices }) {
  const regions = [...new Set(choices.books.map(({ region }) => region))].map((value) => ({ value, label: value }));
  return (
    <div className="notice-fields">
      <Form.Item name="regions" label={said.regions} extra={said.scopeHint}>
        <Select mode="multiple" options={regions} placeholder={words.all} />
      </Form.Item>
      <Form.Item name="kinds" label={said.kinds} extra={said.scopeHint}>
        <Select mode="multiple" options={kinds} placeholder={words.all} />
      </Form.Item>
    </div>
  );
}
