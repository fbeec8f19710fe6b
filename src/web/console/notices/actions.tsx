import { Button, Popconfirm } from 'antd';
import type { NoticeAction, NoticeDetail } from '#wire';
import { go } from '../studio/address.ts';
import { useWork } from '../studio/use-work.ts';
import { editAddress } from './address.ts';
import { words } from './notice-texts.ts';
import { notices } from './notices-api.ts';

interface Props {
  detail: NoticeDetail;
  onChanged(detail?: NoticeDetail): void;
}

/** What can't be taken back is asked twice. */
const asked: Partial<Record<NoticeAction, (people: number) => { title: string; description: string }>> = {
  approve: (people) => ({ title: words.approveTitle, description: words.approveAsk(people) }),
  cancel: () => ({ title: words.cancelTitle, description: words.cancelAsk }),
};
const main: readonly NoticeAction[] = ['submit', 'approve', 'resume'];

export function Actions({ detail, onChanged }: Props) {
  const { notice, may } = detail;
  const { busy, work } = useWork(() => onChanged());
  const act = async (action: NoticeAction) => {
    const done = await work(() => notices.act(notice.id, action, notice.version));
    if (done) onChanged(done);
  };
  const actions = may.filter((each): each is NoticeAction => each !== 'edit');
  return (
    <div className="drawer-actions">
      {may.includes('edit') && <Button onClick={() => go(editAddress(notice.id))}>{words.edit}</Button>}
      {/* The one that goes on stands last, where the hand is. */}
      {[...actions].reverse().map((action) => {
        const ask = asked[action]?.(notice.receivers);
        const button = (
          <Button
            key={action}
            type={main.includes(action) ? 'primary' : 'default'}
            danger={action === 'cancel'}
            loading={busy}
            onClick={ask ? undefined : () => void act(action)}
          >
            {words.actions[action]}
          </Button>
        );
        if (!ask) return button;
        return (
          <Popconfirm
            key={action}
            {...ask}
            okText={words.actions[action]}
            cancelText={words.keep}
            onConfirm={() => act(action)}
          >
            {button}
          </Popconfirm>
        );
      })}
    </div>
  );
}
