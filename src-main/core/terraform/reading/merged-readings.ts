import type { AccountStatement, ProjectReading, ProviderConfiguration } from '../../../contract/terraform-project.ts';

/**
 * One reading of several runs, each with a name. A provider that leads from several runs to the same
 * place stands there once; one of the same address that leads elsewhere has the run behind its address, and so
 * has one that only the run's statements name, as it is mocked.
 */
export function mergedReadings(
  { folder, workspace }: Pick<ProjectReading, 'folder' | 'workspace'>,
  readings: readonly (readonly [run: string, reading: ProjectReading])[],
): ProjectReading {
  const providers = new Map<string, ProviderConfiguration>();
  const statements = new Map<string, AccountStatement>();
  for (const [run, reading] of readings) {
    const renamed = new Map<string, string>();
    for (const provider of reading.providers) {
      const taken = providers.get(provider.address);
      const isSame = taken !== undefined && JSON.stringify(taken) === JSON.stringify(provider);
      const address = taken === undefined || isSame ? provider.address : `${provider.address} (${run})`;
      renamed.set(provider.address, address);
      providers.set(address, { ...provider, address });
    }
    for (const statement of reading.statements) {
      const own = { ...statement, providers: statement.providers.map((address) => renamed.get(address) ?? `${address} (${run})`) };
      statements.set(JSON.stringify(own), own);
    }
  }
  const stateProfiles = [...new Set(readings.flatMap(([, reading]) => reading.stateProfiles ?? []))];
  return {
    folder,
    workspace,
    providers: [...providers.values()],
    statements: [...statements.values()],
    backend: null,
    stateRoles: [...new Set(readings.flatMap(([, reading]) => reading.stateRoles))].slice(0, 500),
    ...(stateProfiles.length === 0 ? {} : { stateProfiles: stateProfiles.slice(0, 500) }),
    // Tests run here, wherever the project itself does.
    runsElsewhere: null,
    unreadModules: readings.flatMap(([, reading]) => reading.unreadModules).slice(0, 500),
    pastRelay: readings.find(([, reading]) => reading.pastRelay !== null)?.[1].pastRelay ?? null,
    ...(readings.some(([, { hasMocks }]) => hasMocks === true) ? { hasMocks: true } : {}),
  };
}
