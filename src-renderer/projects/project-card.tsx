import { ChevronRight, RefreshCw, SquareTerminal } from 'lucide-react';
import { useId } from 'react';
import type { Deployed, Project, Settings } from '../../src-main/contract/settings.ts';
import type { ProjectCheck } from '../../src-main/contract/ui-state.ts';
import { useApp, useTexts } from '../context/app-context.ts';
import { folderName, fromHome } from '../../src-main/core/folder-name.ts';
import { accountFor } from '../../src-main/core/sessions/accounts.ts';
import { AccountId } from '../parts/account-id.tsx';
import { AccountDot, ProductionLabel } from '../parts/account-mark.tsx';
import { Button } from '../parts/button.tsx';
import { ErrorText } from '../parts/error-text.tsx';
import { Spinner } from '../parts/spinner.tsx';
import { useToday } from '../context/use-clock.ts';
import { Deployment } from './deployment.tsx';
import { GuardTable } from './guard-table.tsx';
import { Reminder } from './reminder.tsx';
import { Statements } from './statements.tsx';
import styles from './project-card.module.css';
import { VerdictMark } from './verdict-mark.tsx';

type ProjectCardProps = {
  readonly folder: string;
  /** The user's home. */
  readonly home: string;
  readonly project: Project;
  readonly check: ProjectCheck | null;
  /** What the user chose for each account. */
  readonly known: Pick<Settings, 'accounts' | 'accountColors'>;
  /** The profiles that have a session. */
  readonly live: readonly string[];
  /** Whether the details are shown. */
  readonly open: boolean;
  readonly toggle: () => void;
};

/** A Terraform project: one line that says where it deploys to, and opens to the details and a terminal in its folder. */
export function ProjectCard({ folder, home, project, check, known, live, open, toggle }: ProjectCardProps) {
  const headingId = useId();
  const detailsId = useId();
  const mismatch = check?.kind === 'checked' && check.report.verdict === 'mismatch';
  return (
    <article aria-labelledby={headingId} data-project={folder} className={`${styles.card} ${mismatch ? styles.mismatch : ''}`}>
      <div className={styles.line}>
        <ChevronRight size={16} aria-hidden className={open ? styles.opened : styles.chevron} />
        <h3>
          <button
            type="button"
            id={headingId}
            aria-expanded={open}
            aria-controls={open ? detailsId : undefined}
            data-row-action
            className={styles.name}
            onClick={toggle}
          >
            {folderName(folder)}
          </button>
        </h3>
        <CheckMark check={check} />
        <Whereto project={project} check={check} known={known} />
      </div>
      {open && (
        <div id={detailsId} className={styles.details}>
          <p className={styles.folder}>{fromHome(folder, home)}</p>
          <Outcome check={check} known={known} />
          {check?.kind === 'checked' && <Statements report={check.report} />}
          <Bindings folder={folder} project={project} />
          {project.deployed !== null && <Deployment folder={folder} deployed={project.deployed} />}
          <Reminder folder={folder} afterHours={project.remindAfterHours} />
          <Actions folder={folder} profile={project.profile ?? live[0] ?? null} check={check} live={live} />
        </div>
      )}
    </article>
  );
}

function CheckMark({ check }: Pick<ProjectCardProps, 'check'>) {
  const { t } = useTexts();
  switch (check?.kind) {
    case undefined:
      return <span className={styles.state}>{t('projects.notChecked')}</span>;
    case 'checking':
      return <Spinner />;
    case 'failed':
      return <span className={styles.failed}>{t('projects.checkFailed')}</span>;
    case 'checked':
      return <VerdictMark verdict={check.report.verdict} />;
  }
}

/** Into which account, or the first that is not meant, and whether something is deployed there or elsewhere. */
function Whereto({ project: { deployed }, check, known }: Pick<ProjectCardProps, 'project' | 'check' | 'known'>) {
  const rows = check?.kind === 'checked' ? check.report.rows : [];
  const inOrder = [...rows.filter(({ verdict }) => verdict === 'mismatch'), ...rows];
  const reached = [...new Set(inOrder.flatMap(({ account }) => account?.accountId ?? []))];
  const ids = reached.length > 0 ? reached : (deployed?.accountIds ?? []);
  if (ids.length === 0 && deployed === null) return null;
  return (
    <span className={styles.whereto}>
      <Accounts ids={ids} known={known} /> {deployed !== null && <Leftover deployed={deployed} beside={ids} known={known} />}
    </span>
  );
}

/** What an apply left, and where, if that is not in the accounts that it stands beside. */
function Leftover({ deployed, beside, known }: { readonly deployed: Deployed; readonly beside: readonly string[]; readonly known: ProjectCardProps['known'] }) {
  const { t } = useTexts();
  const { accountIds, destroyRanAt } = deployed;
  const ran = destroyRanAt !== null;
  if (accountIds.length === beside.length && accountIds.every((id) => beside.includes(id))) {
    return <span>{ran ? t('projects.mayBeDeployed') : t('projects.stillDeployed')}</span>;
  }
  if (accountIds.length === 0) return <span>{ran ? t('projects.mayBeDeployedSomewhere') : t('projects.stillDeployedSomewhere')}</span>;
  return (
    <span>
      {ran ? t('projects.mayBeDeployedIn') : t('projects.stillDeployedIn')} <Accounts ids={accountIds} known={known} />
    </span>
  );
}

/** The first account, and how many more there are. */
function Accounts({ ids: [first, ...others], known }: { readonly ids: readonly string[]; readonly known: ProjectCardProps['known'] }) {
  const { t, number } = useTexts();
  if (first === undefined) return null;
  const account = accountFor(first, known);
  return (
    <span className={styles.account}>
      <AccountDot account={account} /> {account.name ?? <AccountId accountId={account.accountId} size="small" />}{' '}
      {others.length > 0 && t('projects.more', { number: number(others.length) })} {account.production && <ProductionLabel />}
    </span>
  );
}

type ActionsProps = Pick<ProjectCardProps, 'folder' | 'check' | 'live'> & { readonly profile: string | null };

function Actions({ folder, profile, check, live }: ActionsProps) {
  const { api, texts } = useApp();
  const { t } = texts;
  const named = (action: string) => t('session.ofProfile', { action, profile: folderName(folder) });
  const isMeant = check?.kind === 'checked' && check.report.verdict === 'match';
  return (
    <div className={styles.actions}>
      {profile !== null && live.includes(profile) && (
        <>
          <Button tone={isMeant ? 'primary' : 'plain'} aria-label={named(t('session.openTerminal'))} onClick={() => void api.openTerminal({ profile, folder })}>
            <SquareTerminal size={16} aria-hidden />
            {t('session.openTerminal')}
          </Button>
          <Button aria-label={named(t('projects.check'))} busy={check?.kind === 'checking'} onClick={() => void api.checkProject({ folder, profile })}>
            <RefreshCw size={16} aria-hidden />
            {t('projects.check')}
          </Button>
        </>
      )}
      {profile !== null && !live.includes(profile) && (
        <Button tone="primary" onClick={() => void api.checkProject({ folder, profile })}>
          {t('projects.startAndCheck', { profile })}
        </Button>
      )}
      <Button tone="quiet" aria-label={named(t('projects.remove'))} onClick={() => void api.removeProject({ folder })}>
        {t('projects.remove')}
      </Button>
    </div>
  );
}

function Outcome({ check, known }: Pick<ProjectCardProps, 'check' | 'known'>) {
  const { t, moment } = useApp().texts;
  const today = useToday();
  switch (check?.kind) {
    case undefined:
      return <p className={styles.quiet}>{t('projects.notChecked')}</p>;
    case 'checking':
      return (
        <p role="status" className={styles.checking}>
          <Spinner /> {t('projects.checking')}
        </p>
      );
    case 'failed':
      return (
        <div role="alert">
          <ErrorText error={check.error} />
        </div>
      );
    case 'checked':
      return (
        <>
          <GuardTable report={check.report} known={known} />
          <p className={styles.quiet}>{t('projects.checked', { profile: check.report.profile, time: moment(check.at, today) })}</p>
        </>
      );
  }
}

/** The accounts that the user said the folder is meant for. */
function Bindings({ folder, project }: Pick<ProjectCardProps, 'folder' | 'project'>) {
  const { api, texts } = useApp();
  const { t } = texts;
  return Object.entries(project.accounts).map(([workspace, accountIds]) => (
    <p key={workspace} className={styles.bound}>
      <span>
        {workspace === 'default'
          ? t('projects.bound', { accounts: accountIds.join(', ') })
          : t('projects.boundWorkspace', { accounts: accountIds.join(', '), workspace })}
      </span>
      <Button tone="quiet" onClick={() => void api.bindProject({ folder, workspace, accountIds: [] })}>
        {t('projects.unbind')}
      </Button>
    </p>
  ));
}
