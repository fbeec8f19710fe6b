import { createCache, extractStyle, StyleProvider } from '@ant-design/cssinjs';
import {
  Alert,
  App,
  Button,
  Checkbox,
  ConfigProvider,
  Drawer,
  Dropdown,
  Empty,
  Form,
  Image,
  Input,
  Modal,
  message,
  Pagination,
  Popconfirm,
  Radio,
  Segmented,
  Select,
  Skeleton,
  Spin,
  Tooltip,
  Typography,
} from 'antd';
import { renderToString } from 'react-dom/server';
import { theme } from './theme.ts';

const Message = message._InternalPanelDoNotUseOrYouWillBeFired;

/** Every component of Ant Design that the console uses: rendering one registers its styles. The build checks that none is missing. */
const gallery = (
  <App>
    <Alert title="x" />
    <Button />
    <Checkbox />
    <Drawer />
    <Dropdown>
      <span />
    </Dropdown>
    <Empty />
    <Form>
      <Form.Item name="x" label="x">
        <Input />
      </Form.Item>
    </Form>
    <Image src="x" />
    <Input.Password />
    <Input.TextArea showCount />
    <Message />
    <Modal />
    <Pagination total={9} pageSize={1} size="small" />
    <Popconfirm title="x">
      <span />
    </Popconfirm>
    <Radio.Group options={['x']} />
    <Segmented options={['x']} />
    <Select options={[]} mode="multiple" />
    <Skeleton active />
    <Spin />
    <Tooltip title="x">
      <span />
    </Tooltip>
    <Typography.Text copyable>x</Typography.Text>
  </App>
);

/** The style sheet of the whole console, for the build. */
export function staticStyles(): string {
  const cache = createCache();
  renderToString(
    <StyleProvider cache={cache}>
      <ConfigProvider theme={{ ...theme, zeroRuntime: false }}>{gallery}</ConfigProvider>
    </StyleProvider>,
  );
  return extractStyle(cache, true);
}
