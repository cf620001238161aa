import { Settings } from 'lucide-react';
import type { ReactNode } from 'react';
import { accountColors } from '../../src-main/contract/limits.ts';
import type { Language } from '../../src-main/contract/ui-state.ts';
import { AppContext } from '../context/app-context.ts';
import { AccessKeyId } from '../parts/access-key-id.tsx';
import { AccountId } from '../parts/account-id.tsx';
import { AccountDot, ProductionLabel } from '../parts/account-mark.tsx';
import { Button, IconButton, type ButtonTone } from '../parts/button.tsx';
import { ErrorText } from '../parts/error-text.tsx';
import { Spinner } from '../parts/spinner.tsx';
import { createTexts } from '../texts/texts.ts';
import styles from './parts-sheet.module.css';
import { lookedAt } from './shown-state.tsx';
import { silentApi } from './silent-api.ts';

const tones: readonly ButtonTone[] = ['primary', 'plain', 'quiet'];

/** What the windows are made of, each part in all its variants. Hover and focus have to be tried by hand. */
export function PartsSheet({ language }: { readonly language: Language }) {
  const context = {
    api: silentApi,
    clock: { now: () => lookedAt, follow: () => () => undefined },
    texts: createTexts(language, []),
    platform: 'linux' as const,
  };
  return (
    <AppContext value={context}>
      <main className={styles.sheet}>
        <h1>Parts</h1>
        <Part name="Button">
          {tones.map((tone) => (
            <Button key={tone} tone={tone}>
              {tone}
            </Button>
          ))}
          {tones.map((tone) => (
            <Button key={tone} tone={tone} disabled>
              {tone}, disabled
            </Button>
          ))}
        </Part>
        <Part name="IconButton">
          <IconButton label="Settings">
            <Settings size={16} aria-hidden />
          </IconButton>
          <IconButton label="Settings, disabled" disabled>
            <Settings size={16} aria-hidden />
          </IconButton>
        </Part>
        <Part name="AccountId">
          <AccountId accountId="123456789012" size="large" />
          <AccountId accountId="123456789012" size="small" />
        </Part>
        <Part name="AccessKeyId">
          <AccessKeyId accessKeyId="AKIAIOSFODNN7EXAMPLE" />
        </Part>
        <Part name="AccountDot, ProductionLabel">
          {accountColors.map((color) => (
            <AccountDot key={color} account={{ color }} />
          ))}
          <ProductionLabel />
        </Part>
        <Part name="Spinner">
          <Spinner />
        </Part>
        <Part name="ErrorText">
          <ErrorText error={{ code: 'keychain-missing', params: {} }} />
        </Part>
      </main>
    </AppContext>
  );
}

function Part({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <section>
      <h2>{name}</h2>
      <div className={styles.variants}>{children}</div>
    </section>
  );
}
