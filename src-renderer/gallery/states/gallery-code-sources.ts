import type { AppError } from '../../../src-main/contract/app-error.ts';
import type { PromptSource, PromptStep } from '../../../src-main/contract/ui-state.ts';
import { known, programs, serial } from './gallery-samples.ts';
import { profile, settings, uiState, type Shown, type ShownStates } from './gallery-windows.ts';

/** What a source of codes is at, or has come to, and where it is chosen. */
export function codeSourceStates(at: number): ShownStates {
  const used: AppError = { code: 'mfa-code-used', params: { serial, retryAt: at + 12_000 } };
  const locked: AppError = {
    code: 'code-source-locked',
    params: { program: 'op', line: '[ERROR] you are not currently signed in. Please run `op signin --help` for instructions' },
  };
  const production: AppError = { code: 'code-source-production', params: { program: 'pass', account: 'example-production' } };
  return {
    'mfa-source-confirming': prompt('pass', { kind: 'confirming' }),
    'mfa-source-asking': prompt('pass', { kind: 'asking' }, { isWaited: true }),
    'mfa-source-touch': prompt('ykman', { kind: 'slow' }, { isWaited: true }),
    'mfa-source-slow': prompt('pass', { kind: 'slow' }),
    'mfa-source-answered': prompt('pass', { kind: 'answered' }, { step: { kind: 'starting', serial } }),
    'mfa-source-waiting': prompt('pass', { kind: 'waiting', until: at + 12_000 }, { step: { kind: 'enter-code', serial, refused: used } }),
    'mfa-source-stopped': prompt('pass', { kind: 'stopped' }),
    'mfa-source-locked': prompt('op', { kind: 'failed', error: locked }, { isWaited: true }),
    'mfa-source-production': prompt('pass', { kind: 'failed', error: production }),
    'settings-codes': {
      view: 'settings',
      state: uiState({
        profiles: [{ ...profile('default', { kind: 'none' }), mfaSerial: serial }],
        settings: {
          ...settings,
          codeSources: {
            [serial]: { from: 'command', line: 'ykman oath accounts code -s NAME', touch: true },
            GAHT12345678: { from: 'profile', line: '', touch: false },
          },
        },
      }),
    },
  };
}

function prompt(
  program: string,
  progress: PromptSource['progress'],
  { step = { kind: 'enter-code', serial, refused: null }, isWaited = false }: { readonly step?: PromptStep; readonly isWaited?: boolean } = {},
): Shown {
  return {
    view: 'mfa',
    state: uiState({
      prompt: {
        promptId: 'prompt-1',
        profile: 'default',
        userProfile: 'default',
        purpose: 'start',
        durationSeconds: 28_800,
        role: null,
        wantedFor: null,
        answerBy: null,
        waiting: isWaited ? programs.slice(0, 1) : [],
        identity: known,
        way: null,
        step,
        source: { program, touch: program === 'ykman', progress },
      },
    }),
  };
}
