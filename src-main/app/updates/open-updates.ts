import type { Broker } from '../../broker/broker.ts';
import { checkFeed } from '../../broker/updates/check-feed.ts';
import { UpdateNotices } from '../../broker/updates/update-notices.ts';
import { projectHome } from '../../core/updates/project-home.ts';
import { ownManifest } from '../../platform/programs/own-manifest.ts';

type Parts = Pick<Broker, 'store' | 'settings'> & { readonly env: NodeJS.ProcessEnv; readonly signal: AbortSignal; readonly appPath: string };

/** For the project that the build names, by the way that calls to AWS take. */
export function openUpdates({ store, settings, env, signal, appPath }: Parts): UpdateNotices {
  return new UpdateNotices({
    store,
    settings,
    home: projectHome(ownManifest(appPath)),
    check: (check) => checkFeed({ ...check, proxies: { env, chosen: store.content.settings.proxy } }),
    signal,
    now: Date.now,
    random: Math.random,
  });
}
