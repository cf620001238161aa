import { Menu } from '@base-ui/react/menu';
import type { ReactNode } from 'react';
import type { Profile, UiState } from '../../../src-main/contract/ui-state.ts';
import { useApp } from '../../context/app-context.ts';
import menu from './menu.module.css';
import { accountOf } from '../../../src-main/core/sessions/accounts.ts';
import { roleNameOf } from '../../../src-main/core/aws-names/arn.ts';
import { isLive, renewsItself, sessionRequest } from '../../../src-main/core/sessions/session.ts';
import { ariaKeys, keyLabel, type ShortcutId } from '../../shortcuts/shortcuts.ts';
import { copyText } from '../../parts/copy-text.ts';
import { terraformLine } from '../../parts/terraform-line.ts';
import { consoleRoles, directSeconds } from '../../state/role-session.ts';

type CardMenuItemsProps = {
  readonly profile: Profile;
  readonly state: UiState;
  readonly markAccount: (accountId: string) => void;
};

/** The actions on a profile that are rarely needed. */
export function CardMenuItems({ profile, state, markAccount }: CardMenuItemsProps) {
  const { t } = useApp().texts;
  const accountId = accountOf(profile, state.settings);
  const live = isLive(profile.session);
  return (
    <>
      {live && (
        <>
          <Renewal profile={profile} state={state} />
          <DirectSession profile={profile} />
          <OtherTerminal profile={profile} state={state} />
          <ReadOnlyTerminal profile={profile} />
          <Console profile={profile} state={state} />
          <Menu.Separator className={menu.separator} />
        </>
      )}
      <Past profile={profile} />
      <Menu.Separator className={menu.separator} />
      <Installation profile={profile} />
      <AccessKey profile={profile} state={state} />
      <Menu.Separator className={menu.separator} />
      <Favourite profile={profile} favourites={state.settings.favourites} />
      {accountId !== null && <Item onClick={() => markAccount(accountId)}>{t('account.markMenu')}</Item>}
      {live && <End profile={profile} />}
    </>
  );
}

/** Where the end is near, the card has a button for this. One that renews itself has nothing to renew. */
function Renewal({ profile, state }: Pick<CardMenuItemsProps, 'profile' | 'state'>) {
  const { api, texts } = useApp();
  if (profile.session.kind !== 'active' || renewsItself(profile, state.profiles)) return null;
  return (
    <Item shortcut="renew" onClick={() => void api.requestSession(sessionRequest(profile))}>
      {texts.t('session.renew')}
    </Item>
  );
}

function End({ profile: { name: profileName } }: Pick<CardMenuItemsProps, 'profile'>) {
  const { api, texts } = useApp();
  return (
    <>
      <Menu.Separator className={menu.separator} />
      <Item shortcut="end" onClick={() => void api.endSession({ profile: profileName })}>
        {texts.t('session.end')}
      </Item>
    </>
  );
}

/** Not needed for a session that was made this way: *Renew* does it again. */
function DirectSession({ profile }: { readonly profile: Profile }) {
  const { api, texts } = useApp();
  const seconds = directSeconds(profile);
  if (seconds === null || (isLive(profile.session) && profile.session.origin === 'code')) return null;
  return (
    <Item onClick={() => void api.requestSession({ profile: profile.name, fromAccessKey: true })}>
      {texts.t('session.startDirect', { duration: texts.duration(seconds) })}
    </Item>
  );
}

/** The card's own button opens the kind of terminal that the settings name; this opens the other kind. */
function OtherTerminal({ profile, state }: Pick<CardMenuItemsProps, 'profile' | 'state'>) {
  const { api, texts } = useApp();
  const other = state.settings.terminalCredentials === 'static' ? 'renewable' : 'static';
  return (
    <Item onClick={() => void api.openTerminal({ profile: profile.name, credentials: other })}>
      {other === 'static' ? texts.t('actions.terminalStatic') : texts.t('actions.terminalRenewable')}
    </Item>
  );
}

/** STS limits only sessions of roles by policies. */
function ReadOnlyTerminal({ profile: { name: profileName, role } }: Pick<CardMenuItemsProps, 'profile'>) {
  const { api, texts } = useApp();
  if (role === null) return null;
  return <Item onClick={() => void api.openTerminal({ profile: profileName, readOnly: true })}>{texts.t('actions.terminalReadOnly')}</Item>;
}

/** AWS admits only role sessions. For a user's session, offers its roles; when there is none, says why it cannot be done. */
function Console({ profile, state: { profiles, settings } }: Pick<CardMenuItemsProps, 'profile' | 'state'>) {
  const { api, texts } = useApp();
  const roles = consoleRoles(profile, profiles, settings);
  if (roles.length === 0 && isUsersOwn(profile)) {
    return (
      <Item disabled detail={texts.t('actions.consoleOnlyRoles', { profile: profile.name })}>
        {texts.t('sheet.openConsole')}
      </Item>
    );
  }
  if (roles.length === 0) return <Item onClick={() => void api.openConsole({ profile: profile.name })}>{texts.t('sheet.openConsole')}</Item>;
  return roles.map((name) => (
    <Item key={name} onClick={() => void api.openConsole({ profile: name })}>
      {texts.t('sheet.openConsoleAs', { profile: name })}
    </Item>
  ));
}

/** Whether it is no role's session, with which AWS opens no console. */
function isUsersOwn({ role, foreign, session }: Profile): boolean {
  return role === null && foreign?.kind !== 'identity-center' && isLive(session) && roleNameOf(session.identity.arn) === null;
}

/** What the sessions did and how to undo it, and the access key that they come from. */
function Past({ profile: { name: profileName, accessKey, session } }: { readonly profile: Profile }) {
  const { api, texts } = useApp();
  const { t } = texts;
  // The ledger still knows the access key of a session that is over.
  const looksBack = isLive(session) || session.kind === 'expired' || session.kind === 'none';
  return (
    <>
      {looksBack && <Item onClick={() => void api.showActivity({ profile: profileName })}>{t('activity.menu')}</Item>}
      <Item onClick={() => void api.previewRevocation({ profile: profileName })}>{t('revocation.menu')}</Item>
      {accessKey !== null && <Item onClick={() => void api.showAccessKeys({ profile: profileName })}>{t('accessKeys.menu')}</Item>}
    </>
  );
}

function Favourite({ profile: { name: profileName }, favourites }: { readonly profile: Profile; readonly favourites: readonly string[] }) {
  const { api, texts } = useApp();
  const favourite = favourites.includes(profileName);
  return (
    <Item onClick={() => void api.setFavourite({ profile: profileName, favourite: !favourite })}>
      {favourite ? texts.t('list.noFavourite') : texts.t('list.addFavourite')}
    </Item>
  );
}

function Installation({ profile: { name: profileName, installedAs } }: { readonly profile: Profile }) {
  const { api, texts, platform } = useApp();
  if (installedAs !== null) {
    const line = terraformLine(installedAs, platform);
    return (
      <>
        <Item detail={line} onClick={() => copyText(line)}>
          {texts.t('actions.copyUse')}
        </Item>
        <Item detail={installedAs} onClick={() => void api.uninstallProfile({ profile: profileName })}>
          {texts.t('actions.uninstall')}
        </Item>
      </>
    );
  }
  return (
    <Item detail={`${profileName}-sts`} onClick={() => void api.installProfile({ profile: profileName })}>
      {texts.t('actions.install')}
    </Item>
  );
}

function AccessKey({ profile: { name: profileName, accessKey }, state: { keychain, files } }: Pick<CardMenuItemsProps, 'profile' | 'state'>) {
  const { api, texts } = useApp();
  if (accessKey === 'keychain') {
    return (
      <Item onClick={() => void api.moveAccessKey({ profile: profileName, to: 'files' })}>
        {texts.t('actions.keyToFile', { file: shortPath(files.credentials) })}
      </Item>
    );
  }
  if (accessKey === null || keychain.kind === 'unavailable') return null;
  return <Item onClick={() => void api.moveAccessKey({ profile: profileName, to: 'keychain' })}>{texts.t('actions.keyToKeychain')}</Item>;
}

/** The usual file goes by the short name that everybody knows. */
function shortPath(path: string): string {
  return /[/\\]\.aws[/\\]credentials$/.test(path) ? '~/.aws/credentials' : path;
}

type ItemProps = {
  readonly children: ReactNode;
  readonly detail?: string;
  readonly shortcut?: ShortcutId;
  /** It cannot be done, which `detail` gives the reason of. */
  readonly disabled?: boolean;
  readonly onClick?: () => void;
};

function Item({ children, detail, shortcut, disabled = false, onClick }: ItemProps) {
  const { platform } = useApp();
  return (
    <Menu.Item className={menu.item} disabled={disabled} onClick={onClick} {...(shortcut && { 'aria-keyshortcuts': ariaKeys(shortcut, platform) })}>
      <span className={menu.words}>
        {children}
        {detail !== undefined && (
          <>
            {' '}
            <span className={menu.detail}>{detail}</span>
          </>
        )}
      </span>
      {shortcut !== undefined && (
        <span aria-hidden className={menu.key}>
          {keyLabel(shortcut, platform)}
        </span>
      )}
    </Menu.Item>
  );
}
