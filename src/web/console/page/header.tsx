import { BellOutlined, DownOutlined, MutedOutlined, ThunderboltFilled } from '@ant-design/icons';
import { Button, Dropdown, Tooltip } from 'antd';
import type { Session } from '#wire';
import icon from '../icon.svg';
import type { LiveState } from '../list/use-live.ts';
import { texts } from '../texts.ts';

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

function Account({ session, onChangePassword, onSignOut }: Props) {
  const role = session.roles.map((each) => texts.roles[each]).join('、');
  const items = [
    { key: 'change', label: texts.account.change, onClick: onChangePassword },
    { key: 'out', label: texts.account.signOut, onClick: onSignOut },
  ];
  return (
    <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight">
      <button type="button" className="account" title={role}>
        <span className="account-initial">{[...session.displayName][0]}</span>
        <span className="account-name">{session.displayName}</span>
        <DownOutlined />
      </button>
    </Dropdown>
  );
}

export function Header(props: Props) {
  const { live, urgentWaiting, chimeOn, onChime, onUrgent } = props;
  const chime = chimeOn ? texts.chime.on : texts.chime.off;
  return (
    <header className="header">
      <img src={icon} alt="" width="30" height="30" className="header-icon" />
      <h1>
        {texts.product}
        <span className="header-page">{texts.desk}</span>
      </h1>
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
