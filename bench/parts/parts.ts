import type { AppRig } from '../../testing/app/app-rig.ts';
import type { LocalAwsOptions } from '../../testing/aws/local-aws.ts';
import type { Found } from '../report/found.ts';
import type { Row } from '../report/row.ts';
import type { TrayStarter } from '../instruments/tray-app.ts';
import { firstPaintRows } from './first-paint.ts';
import { handOffRows } from './hand-off.ts';
import { ledgerGrowth } from './ledger-growth.ts';
import { localApiRows } from './local-api.ts';
import { manyProfilesRows } from './many-profiles.ts';
import { mfaPathRow } from './mfa-path.ts';
import { profilesGrowth } from './profiles-growth.ts';
import { projectRows } from './projects.ts';
import { manyProvidersRows, relayRows } from './relay.ts';
import { idleCpuRow, memoryRow, startRows } from './resident-app.ts';
import { sessionsGrowth } from './sessions-growth.ts';
import { singleFlightRows } from './single-flight.ts';

/** What is measured together, on a machine of its own; `aws` is what its AWS is like, where that matters. */
export type Part = { readonly measured: (rig: AppRig, starter: TrayStarter) => Promise<Found>; readonly aws?: LocalAwsOptions };

const rowsAlone = (measured: (rig: AppRig, starter: TrayStarter) => Promise<readonly Row[]>): Part => ({
  measured: async (rig, starter) => ({ rows: await measured(rig, starter), curves: [] }),
});

/** By the name that `--only` has for it. */
export const parts: Readonly<Record<string, Part>> = {
  start: rowsAlone((rig, starter) => startRows(rig, starter)),
  'first-paint': rowsAlone((rig, starter) => firstPaintRows(rig, starter)),
  'mfa-path': rowsAlone(async (rig, starter) => [await mfaPathRow(rig, starter)]),
  'hand-off': rowsAlone((rig, starter) => handOffRows(rig, starter)),
  'local-api': rowsAlone((rig, starter) => localApiRows(rig, starter)),
  'single-flight': rowsAlone((rig, starter) => singleFlightRows(rig, starter)),
  projects: rowsAlone((rig, starter) => projectRows(rig, starter)),
  relay: rowsAlone((rig, starter) => relayRows(rig, starter)),
  'many-providers': rowsAlone((rig, starter) => manyProvidersRows(rig, starter)),
  profiles: rowsAlone((rig, starter) => manyProfilesRows(rig, starter)),
  'profiles-growth': { measured: (rig) => profilesGrowth(rig) },
  'sessions-growth': { measured: (rig, starter) => sessionsGrowth(rig, starter) },
  'ledger-growth': { measured: (rig, starter) => ledgerGrowth(rig, starter) },
  memory: rowsAlone(async (rig) => [await memoryRow(rig)]),
  cpu: rowsAlone(async (rig, starter) => [await idleCpuRow(rig, starter)]),
};
