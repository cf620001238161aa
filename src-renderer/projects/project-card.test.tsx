import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { AppContext } from '../context/app-context.ts';
import { galleryStates } from '../gallery/states/gallery-states.ts';
import { silentApi } from '../gallery/silent-api.ts';
import { createTexts } from '../texts/texts.ts';
import { ProjectCard } from './project-card.tsx';

/** The closed row of a project: what its last check reached, and what is deployed, as the text that is read. */
function row(reached: readonly string[], deployed: { readonly accountIds: readonly string[]; readonly destroyRan?: true }): string {
  const { state } = galleryStates(0)['panel-projects'] ?? {};
  const check = Object.values(state?.checks ?? {}).find((each) => each.kind === 'checked');
  const project = Object.values(state?.settings.projects ?? {})[0];
  const [sample] = check?.report.rows ?? [];
  if (check === undefined || project === undefined || sample === undefined) throw new Error('the gallery has no checked project');
  const rows = reached.map((accountId) => ({ ...sample, account: { accountId, name: null, alias: null, production: false } }));
  const markup = renderToStaticMarkup(
    <AppContext value={{ api: silentApi, clock: { now: () => 0, follow: () => () => undefined }, texts: createTexts('en', []), platform: 'linux' }}>
      <ProjectCard
        folder="/home/alice/network"
        home="/home/alice"
        project={{
          ...project,
          deployed: { at: 0, profile: 'default', accountIds: [...deployed.accountIds], destroyRanAt: deployed.destroyRan ? 1 : null, remindedAt: null },
        }}
        check={{ ...check, report: { ...check.report, rows } }}
        known={{ accounts: {}, accountColors: {} }}
        live={[]}
        open={false}
        toggle={() => undefined}
      />
    </AppContext>,
  );
  return markup.replaceAll(/<[^>]*>/g, '').replaceAll(/\s+/g, ' ');
}

const [dev, prod, logs] = ['111111111111', '222222222222', '333333333333'] as const;

describe('the row of a project', () => {
  it('the row of a project says that something is still deployed beside the account, where that is the one that was deployed into', () => {
    expect(row([dev], { accountIds: [dev] })).toMatch(/111111111111 still deployed$/);
    expect(row([], { accountIds: [dev] })).toMatch(/111111111111 still deployed$/);
    expect(row([dev, prod], { accountIds: [prod, dev] })).toMatch(/111111111111 \+1 still deployed$/);
  });

  it('the row of a project names the account that it is deployed in where the last check reached another, or more of them', () => {
    expect(row([prod], { accountIds: [dev] })).toMatch(/222222222222 still deployed in 111111111111 $/);
    expect(row([prod], { accountIds: [dev, logs] })).toMatch(/222222222222 still deployed in 111111111111 \+1 $/);
    expect(row([prod, dev], { accountIds: [dev] })).toMatch(/222222222222 \+1 still deployed in 111111111111 $/);
    expect(row([prod], { accountIds: [dev], destroyRan: true })).toMatch(/222222222222 destroy ran, not verified: 111111111111 $/);
  });

  it('the row of a project says that it is not known where something is deployed, so that it is not taken for the account of the check', () => {
    expect(row([prod], { accountIds: [] })).toMatch(/222222222222 still deployed, account not known$/);
    expect(row([prod], { accountIds: [], destroyRan: true })).toMatch(/222222222222 destroy ran, not verified, account not known$/);
    expect(row([], { accountIds: [] })).toMatch(/still deployed$/);
  });
});
