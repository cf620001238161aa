import type { AppRig } from '../../testing/app/app-rig.ts';
import { foundGrowth } from '../report/growth.ts';
import { untilListed } from './many-profiles.ts';
import type { Found } from '../report/found.ts';

const counts = [10, 100, 1_000, 5_000];

/** From spawn to the panel with its list, in turn for more and more profiles. */
export async function profilesGrowth(rig: AppRig, { rounds = 4 } = {}): Promise<Found> {
  const listed = new Map<number, number[]>(counts.map((count) => [count, []]));
  // The first start only fills caches.
  await untilListed(rig, 10);
  for (let round = 0; round < rounds; round += 1) {
    for (const count of counts) listed.get(count)?.push(await untilListed(rig, count));
  }
  return foundGrowth({ name: 'profiles', title: 'Start with many profiles', of: 'profiles' }, [{ what: 'start to panel with its list', growth: listed }]);
}
