import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, type FormInstance, Input, Select } from 'antd';
import type { NewNotice, NoticeChoices, PriceNotice } from '#wire';
import { words } from './notice-texts.ts';
import { ScopeFields } from './scope-fields.tsx';

interface Props {
  form: FormInstance<NewNotice>;
  choices: NoticeChoices;
}

const said = words.form;
const required = { required: true, whitespace: true, message: said.need };
const chosen = { required: true, message: said.need };

/** An announced change of the utility's own data fills the form; everything can be put right by hand. */
function fromChange({ changes, books }: NoticeChoices, id: string): Partial<PriceNotice> {
  const change = changes.find((each) => each.id === id);
  if (!change) return {};
  const { document, issuedBy, effectiveFrom, counts, region, kinds, oldBook, newBook, summary } = change;
  const name = books.find((book) => book.id === newBook)?.name;
  return {
    ...{ document, issuedBy, effectiveFrom, counts, kinds, regions: [region], summary },
    ...{ books: [{ old: oldBook, new: newBook }], title: name ? `${name}调整` : undefined },
  };
}

export function PriceFields({ form, choices }: Props) {
  const changes = [
    { value: '', label: said.changeNone },
    ...choices.changes.map(({ id, document, region, effectiveFrom }) => ({
      value: id,
      label: `${region} · ${effectiveFrom} · ${document}`,
    })),
  ];
  return (
    <>
      <Form.Item label={said.change} htmlFor="notice-change" extra={said.changeHint}>
        <Select
          id="notice-change"
          options={changes}
          defaultValue=""
          onChange={(id) => form.setFieldsValue(fromChange(choices, id) as Partial<NewNotice>)}
        />
      </Form.Item>
      <Form.Item name="title" label={said.title} rules={[required]}>
        <Input maxLength={60} />
      </Form.Item>
      <div className="notice-fields">
        <Form.Item name="document" label={said.document} rules={[required]}>
          <Input maxLength={80} />
        </Form.Item>
        <Form.Item name="issuedBy" label={said.issuedBy} rules={[required]}>
          <Input maxLength={80} />
        </Form.Item>
        <Form.Item name="effectiveFrom" label={said.effectiveFrom} rules={[chosen]}>
          <Input type="date" />
        </Form.Item>
        <Form.Item name="counts" label={said.counts} extra={said.countsHint} rules={[required]}>
          <Input maxLength={80} />
        </Form.Item>
      </div>
      <ScopeFields choices={choices} />
      <Books choices={choices} />
      <Form.Item name="summary" label={said.summary}>
        <Input.TextArea rows={3} maxLength={240} showCount />
      </Form.Item>
    </>
  );
}

/** Pairs of the book that was and the one that comes: with them each customer reads what it means for their own use. */
function Books({ choices }: { choices: NoticeChoices }) {
  const options = [...choices.books]
    .sort((one, other) => other.effectiveFrom.localeCompare(one.effectiveFrom))
    .map(({ id, region, kind, effectiveFrom }) => ({
      value: id,
      label: `${id}（${region} ${words.kinds[kind]}，${effectiveFrom}）`,
    }));
  return (
    <Form.Item label={said.books} extra={said.booksHint} className="notice-books">
      <Form.List name="books">
        {(fields, { add, remove }) => (
          <>
            {fields.map(({ key, name }) => (
              <div key={key} className="notice-pair">
                <Form.Item name={[name, 'old']} rules={[chosen]} noStyle>
                  <Select options={options} placeholder={said.oldBook} aria-label={said.oldBook} />
                </Form.Item>
                <span aria-hidden>→</span>
                <Form.Item name={[name, 'new']} rules={[chosen]} noStyle>
                  <Select options={options} placeholder={said.newBook} aria-label={said.newBook} />
                </Form.Item>
                <Button icon={<DeleteOutlined />} aria-label={said.removeBooks} onClick={() => remove(name)} />
              </div>
            ))}
            <Button icon={<PlusOutlined />} onClick={() => add({})}>
              {said.addBooks}
            </Button>
          </>
        )}
      </Form.List>
    </Form.Item>
  );
}
