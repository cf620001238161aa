import { RefreshCw, X } from 'lucide-react';
import { useId } from 'react';
import type { Project, Settings } from '../../src-main/contract/settings.ts';
import type { ProjectCheck } from '../../src-main/contract/ui-state.ts';
import { useApp } from '../context/app-context.ts';
import { Button, IconButton } from '../parts/button.tsx';
import { ErrorText } from '../parts/error-text.tsx';
import { fromHome } from '../parts/from-home.ts';
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
  readonly known: Settings['accounts'];
  /** The profiles that have a session. */
  readonly live: readonly string[];
};

/** A Terraform project: where it would deploy to, and a terminal in its folder. */
export function ProjectCard({ folder, home, project, check, known, live }: ProjectCardProps) {
  const { api, texts } = useApp();
  const { t } = texts;
  const headingId = useId();
  const profile = project.profile ?? live[0] ?? null;
  return (
    <article aria-labelledby={headingId} className={styles.card}>
      <div className={styles.heading}>
        <h3 id={headingId} className={styles.name}>
          {lastPart(folder)}
        </h3>
        {check?.kind === 'checked' && <VerdictMark verdict={check.report.verdict} />}
        <div className={styles.tools}>
          {profile !== null && (
            <IconButton label={t('projects.check')} disabled={check?.kind === 'checking'} onClick={() => void api.checkProject({ folder, profile })}>
              <RefreshCw size={16} aria-hidden />
            </IconButton>
          )}
          <IconButton label={t('projects.remove')} onClick={() => void api.removeProject({ folder })}>
            <X size={16} aria-hidden />
          </IconButton>
        </div>
      </div>
      <p className={styles.folder}>{fromHome(folder, home)}</p>
      <Outcome check={check} known={known} />
      {check?.kind === 'checked' && <Statements report={check.report} />}
      <Bindings folder={folder} project={project} />
      {project.deployed !== null && <Deployment folder={folder} deployed={project.deployed} />}
      <Reminder folder={folder} afterHours={project.remindAfterHours} />
      {profile !== null && (
        <div className={styles.actions}>
          {live.includes(profile) ? (
            <Button onClick={() => void api.openTerminal({ profile, folder })}>{t('session.openTerminal')}</Button>
          ) : (
            <Button onClick={() => void api.checkProject({ folder, profile })}>{t('projects.startAndCheck', { profile })}</Button>
          )}
        </div>
      )}
    </article>
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

function lastPart(folder: string): string {
  return folder.split(/[/\\]/).filter(Boolean).at(-1) ?? folder;
}
