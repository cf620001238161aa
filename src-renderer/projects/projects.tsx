import { FolderPlus } from 'lucide-react';
import { useState } from 'react';
import type { UiState } from '../../src-main/contract/ui-state.ts';
import { useApp } from '../context/app-context.ts';
import { IconButton } from '../parts/button.tsx';
import { isLive } from '../../src-main/core/sessions/session.ts';
import { ProjectCard } from './project-card.tsx';
import styles from './projects.module.css';

/** The Terraform projects that the app knows. Before the first session there is nothing to say about them. */
export function Projects({ state }: { readonly state: UiState }) {
  const { api, texts } = useApp();
  const { t } = texts;
  const folders = Object.entries(state.settings.projects);
  const live = state.profiles.filter(({ session }) => isLive(session)).map(({ name }) => name);
  const [first = null] = live;
  const { isOpen, toggle } = useOpened(folders.map(([folder]) => folder));
  if (folders.length === 0 && first === null) return null;
  return (
    <section aria-labelledby="projects" className={styles.projects}>
      <div className={styles.header}>
        <h2 id="projects">{t('projects.heading')}</h2>
        <IconButton label={t('projects.add')} onClick={() => void api.addProject({ profile: first })}>
          <FolderPlus size={16} aria-hidden />
        </IconButton>
      </div>
      {folders.length === 0 && <p className={styles.none}>{t('projects.none')}</p>}
      {folders.length > 0 && (
        <div className={styles.list}>
          {folders.map(([folder, project]) => (
            <ProjectCard
              key={folder}
              folder={folder}
              home={state.desktop.home}
              project={project}
              check={state.checks[folder] ?? null}
              known={state.settings}
              live={live}
              open={isOpen(folder)}
              toggle={() => toggle(folder)}
            />
          ))}
        </div>
      )}
    </section>
  );
}

/** Which projects show their details: those that the user opens, and one that is added meanwhile. */
function useOpened(folders: readonly string[]) {
  const [known, setKnown] = useState<ReadonlySet<string>>(() => new Set(folders));
  const [opened, setOpened] = useState<ReadonlySet<string>>(() => new Set());
  const added = folders.filter((folder) => !known.has(folder));
  if (added.length > 0) {
    setKnown(new Set([...known, ...added]));
    setOpened(new Set([...opened, ...added]));
  }
  return {
    isOpen: (folder: string) => opened.has(folder),
    toggle: (folder: string) => setOpened(new Set(opened.has(folder) ? [...opened].filter((other) => other !== folder) : [...opened, folder])),
  };
}
