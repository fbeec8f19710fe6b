import { BellOutlined, MutedOutlined, ThunderboltFilled } from '@ant-design/icons';
import { Button, Tooltip } from 'antd';
import type { Session } from '#wire';
import type { LiveState } from '../list/use-live.ts';
import { texts } from '../texts.ts';
import { Account, Brand } from './frame.tsx';

interface Props {
  session: Session;
  live: LiveState;
  urgentWaiting: number;
  chimeOn: boolean;
  onChime(): void;
  onUrgent(): void;
  onChangePassword(): void;
  onSignOut(): void;
}

export function Header(props: Props) {
  const { live, urgentWaiting, chimeOn, onChime, onUrgent } = props;
  const chime = chimeOn ? texts.chime.on : texts.chime.off;
  return (
    <header className="header">
      <Brand session={props.session} />
      <span className={`live is-${live}`} role="status">
        <i />
        <span>{texts.live[live]}</span>
      </span>
      {urgentWaiting > 0 && (
        <button type="button" className="urgent-waiting" onClick={onUrgent}>
          <ThunderboltFilled />
          {texts.urgentWaiting(urgentWaiting)}
        </button>
      )}
      <span className="header-space" />
      <Tooltip title={chime}>
        <Button
          type="text"
          className="chime"
          aria-label={chime}
          aria-pressed={chimeOn}
          icon={chimeOn ? <BellOutlined /> : <MutedOutlined />}
          onClick={onChime}
        />
      </Tooltip>
      <Account {...props} />
    </header>
  );
}
