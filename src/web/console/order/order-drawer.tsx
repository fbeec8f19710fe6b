import './order.css';
import { CloseOutlined } from '@ant-design/icons';
import { Button, Drawer, Skeleton } from 'antd';
import type { WorkOrder, WorkOrderDetail } from '#wire';
import type { Problem } from '../api.ts';
import { texts } from '../texts.ts';
import { Actions } from './actions.tsx';
import { Conversation } from './conversation.tsx';
import { Facts } from './facts.tsx';
import { Photos } from './photos.tsx';
import { Progress } from './progress.tsx';
import { PromiseBanner } from './promise-banner.tsx';
import { useOrder } from './use-order.ts';
import { Marks, StatusTag, titleOf } from './words.tsx';

interface Props {
  number: string;
  latest?: WorkOrder;
  user: string;
  names: Readonly<Record<string, string>>;
  onClose(): void;
  onChanged(order: WorkOrder): void;
}

function Title({ order }: { order?: WorkOrder }) {
  if (!order) return <>{texts.order.title}</>;
  return (
    <span className="order-title">
      {order.urgent && <i className="row-urgent">{texts.order.urgent}</i>}
      <b>{titleOf(order)}</b>
      <StatusTag order={order} />
      <Marks order={order} />
    </span>
  );
}

function Fault({ fault, onRetry, onClose }: { fault: Problem; onRetry(): void; onClose(): void }) {
  const missing = fault.status === 404;
  return (
    <div className="order-fault">
      <p>{missing ? texts.order.missing : `${texts.order.failed}：${fault.words}`}</p>
      <Button type="primary" onClick={missing ? onClose : onRetry}>
        {missing ? texts.order.back : texts.retry}
      </Button>
    </div>
  );
}

function Body({ detail, names }: { detail: WorkOrderDetail; names: Props['names'] }) {
  const { order, events, transcript, sealed } = detail;
  return (
    <div className="order">
      <div className="order-main">
        <PromiseBanner order={order} names={names} />
        <Facts order={order} />
        <Photos ids={order.photos} />
        <Progress events={events} names={names} />
      </div>
      <Conversation lines={transcript} sealed={sealed} />
    </div>
  );
}

export default function OrderDrawer({ number, latest, user, names, onClose, onChanged }: Props) {
  const { detail, fault, load } = useOrder(number, latest);
  const footer = detail && (
    <Actions order={detail.order} user={user} names={names} onChanged={onChanged} onConflict={() => void load()} />
  );
  return (
    <Drawer
      open
      rootClassName="order-drawer"
      size={960}
      title={<Title order={detail?.order} />}
      closeIcon={<CloseOutlined aria-label={texts.order.back} />}
      onClose={onClose}
      footer={footer}
    >
      {detail && <Body detail={detail} names={names} />}
      {!detail && fault && <Fault fault={fault} onRetry={() => void load()} onClose={onClose} />}
      {!detail && !fault && <Skeleton active paragraph={{ rows: 10 }} className="order-loading" />}
    </Drawer>
  );
}
