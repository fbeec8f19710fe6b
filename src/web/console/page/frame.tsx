import { DownOutlined } from '@ant-design/icons';
import { Dropdown } from 'antd';
import type { Session } from '#wire';
import icon from '../icon.svg';
import { texts } from '../texts.ts';
import { deskAddress, noticesAddress, outboxAddress, studioAddress, usePage } from './address.ts';

const pagesOf = ({ roles }: Session) => [
  { address: deskAddress, title: texts.desk },
  ...(roles.includes('admin')
    ? [
        { address: studioAddress, title: texts.studio },
        { address: noticesAddress, title: texts.notices },
        { address: outboxAddress, title: texts.outbox },
      ]
    : []),
];

/** The product's name, and the pages that this person may open. */
export function Brand({ session }: { session: Session }) {
  const here = usePage();
  const pages = pagesOf(session);
  return (
    <>
      <img src={icon} alt="" width="30" height="30" className="header-icon" />
      <h1>
        {texts.product}
        {pages.length === 1 && <span className="header-page">{texts.desk}</span>}
      </h1>
      {pages.length > 1 && (
        <nav className="pages" aria-label={texts.pages}>
          {pages.map(({ address, title }) => (
            <a key={address} href={address} aria-current={address === here ? 'page' : undefined}>
              {title}
            </a>
          ))}
        </nav>
      )}
    </>
  );
}

interface Props {
  session: Session;
  onChangePassword(): void;
  onSignOut(): void;
}

/** On a phone the pages are in this menu: the header has no room for them. */
export function Account({ session, onChangePassword, onSignOut }: Props) {
  const role = session.roles.map((each) => texts.roles[each]).join('、');
  const pages = pagesOf(session).map(({ address, title }) => ({
    key: address,
    label: <a href={address}>{title}</a>,
    className: 'account-page',
  }));
  const items = [
    ...(pages.length > 1 ? pages : []),
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
