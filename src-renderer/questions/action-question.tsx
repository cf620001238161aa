import type { ActionQuestion, AskedAction } from '../../src-main/contract/question.ts';
import type { Settings } from '../../src-main/contract/settings.ts';
import type { Account } from '../../src-main/contract/ui-state.ts';
import { nameMax, shortened } from '../../src-main/core/printable.ts';
import { RootLabel } from '../parts/account-mark.tsx';
import { useTexts } from '../context/app-context.ts';
import { useToday } from '../context/use-clock.ts';
import { arnName } from '../texts/arn-name.ts';
import type { Texts } from '../texts/texts.ts';
import { AskedBy } from './asked-by.tsx';
import { QuestionWindow } from './question-window.tsx';
import { shownFolder } from './shown-folder.ts';
import styles from './question-window.module.css';

type ActionQuestionProps = {
  readonly question: ActionQuestion;
  readonly accounts: readonly Account[];
  /** What the user chose for each account. */
  readonly known: Settings['accounts'];
  readonly home: string;
};

/** Asks whether a program may have done what cannot be taken back, or opens what the app guards. */
export function ActionQuestionView({ question, accounts, known, home }: ActionQuestionProps) {
  const { profile, action, asker } = question;
  const texts = useTexts();
  const { t } = texts;
  const isRoot = action.verb === 'root-sign-in';
  const { title, what, verb } = wordsOf(action, texts, { home, today: useToday() });
  return (
    <QuestionWindow
      question={question}
      heading={<h1 className={styles.title}>{title}</h1>}
      accounts={accounts}
      known={known}
      beside={isRoot && <RootLabel />}
      isRed={isRoot}
      refusal={{ label: t('question.cancel'), hasFocus: true }}
      choices={[{ permission: 'confirm', label: verb }]}
      isFinal={finalActions.has(action.verb)}
    >
      <section className={styles.asking}>
        <p>{what}</p>
        {profile !== null && <p className={styles.quiet}>{t('question.profile', { profile: shortened(profile, nameMax) })}</p>}
      </section>
      {(asker !== null || !unasked.has(action.verb)) && <AskedBy asker={asker} home={home} />}
    </QuestionWindow>
  );
}

/** What cannot be undone: a key is gone, sessions are denied, or a secret has been in clear. */
const finalActions: ReadonlySet<AskedAction['verb']> = new Set(['delete-old-key', 'revoke', 'uninstall-in-place']);

/** What a sign-in or a source brought: where no program is known, the user has started the session, or several programs wait for it. */
const unasked: ReadonlySet<AskedAction['verb']> = new Set(['other-account', 'other-user', 'root-sign-in']);

/** The question in a few words, what would happen, and the button that lets it. */
function wordsOf(
  action: AskedAction,
  { t, moment }: Texts,
  { home, today }: { readonly home: string; readonly today: number },
): { readonly title: string; readonly what: string; readonly verb: string } {
  switch (action.verb) {
    case 'rotate':
      return { title: t('question.rotate.title'), what: t('question.rotate.what', { key: action.accessKeyId }), verb: t('question.rotate.verb') };
    case 'delete-old-key':
      return { title: t('question.delete.title'), what: t('question.delete.what', { key: action.accessKeyId }), verb: t('question.delete.verb') };
    case 'revoke':
      return {
        title: t('question.revoke.title'),
        what: t('question.revoke.what', { name: shortened(arnName(action.arn), nameMax) }),
        verb: t('question.revoke.verb'),
      };
    case 'remove-revocation':
      return {
        title: t('question.unrevoke.title'),
        what: t('question.unrevoke.what', { name: shortened(arnName(action.arn), nameMax), until: moment(action.neededUntil, today) }),
        verb: t('question.unrevoke.verb'),
      };
    case 'install-in-place': {
      const files = action.files.map((file) => shownFolder(file, home)).join(', ');
      return {
        title: t('question.installInPlace.title'),
        what: action.movesKey ? t('question.installInPlace.whatKey', { files }) : t('question.installInPlace.what', { files }),
        verb: t('question.installInPlace.verb'),
      };
    }
    case 'uninstall-in-place':
      return {
        title: t('question.uninstallInPlace.title'),
        what: t('question.uninstallInPlace.what', {
          file: shownFolder(action.file, home),
          profiles: action.profiles.map((profile) => shortened(profile, nameMax)).join(', '),
        }),
        verb: t('question.uninstallInPlace.verb'),
      };
    case 'bind':
      return {
        title: t('question.bind.title'),
        what: t('question.bind.what', { folder: shownFolder(action.folder, home), workspace: shortened(action.workspace, nameMax) }),
        verb: t('question.bind.verb'),
      };
    case 'console':
      return action.addressOnly
        ? { title: t('question.address.title'), what: t('question.address.what', { role: shortened(action.role, nameMax) }), verb: t('question.address.verb') }
        : { title: t('question.console.title'), what: t('question.console.what', { role: shortened(action.role, nameMax) }), verb: t('question.console.verb') };
    case 'other-account':
      return {
        title: t('question.otherAccount.title'),
        what: t('question.otherAccount.what', { before: action.before }),
        verb: t('question.otherAccount.verb'),
      };
    case 'other-user':
      return {
        title: t('question.otherUser.title'),
        what: t('question.otherUser.what', { portal: action.portal, before: shortened(action.before, nameMax), user: shortened(action.user, nameMax) }),
        verb: t('question.otherUser.verb'),
      };
    case 'root-sign-in':
      return { title: t('question.root.title'), what: t('question.root.what'), verb: t('question.root.verb') };
    case 'unmark-production':
      return { title: t('question.unmark.title'), what: t('question.unmark.what'), verb: t('question.unmark.verb') };
    case 'rename-production':
      return {
        title: t('question.rename.title'),
        what: action.name === null ? t('question.rename.nameless') : t('question.rename.what', { name: action.name }),
        verb: t('question.rename.verb'),
      };
  }
}
