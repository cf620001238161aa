import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { Language } from '../../src-main/contract/ui-state.ts';
import { AppContext } from '../context/app-context.ts';
import { silentApi } from '../gallery/silent-api.ts';
import { questionStates } from '../gallery/states/gallery-questions.ts';
import { QuestionView } from '../questions/question-view.tsx';
import { createTexts } from '../texts/texts.ts';

const at = new Date(2030, 0, 2, 12).getTime();
const states = questionStates(at);

function textOf(name: string, language: Language = 'en'): string {
  const state = states[name]?.state;
  if (state === undefined || state.question === null) throw new Error(`the gallery has no question ${name}`);
  const clock = { now: () => at, follow: () => () => undefined };
  return renderToStaticMarkup(
    <AppContext value={{ api: silentApi, clock, texts: createTexts(language, []), platform: 'linux' }}>
      <QuestionView question={state.question} accounts={state.accounts} known={state.settings.accounts} home="/home/alice" />
    </AppContext>,
  ).replace(/<[^>]*>/g, '');
}

describe('the band of production', () => {
  it('the band of production stands above everything else of a question, with name and account', () => {
    expect(textOf('question-production')).toMatch(/^Production example-production 222233334444/);
    expect(textOf('question-production', 'ja')).toMatch(/^本番 example-production 222233334444/);
  });

  it('the band of production is not shown for other accounts', () => {
    expect(textOf('question')).not.toContain('Production');
  });

  it('the band of production names each account of production that a folder is bound to, and the others below it', () => {
    const text = textOf('question-bind-several');
    expect(text).toMatch(/^Production example-production 222233334444(?!.*Production)/);
    expect(text).toContain('example-identities');
  });
});
