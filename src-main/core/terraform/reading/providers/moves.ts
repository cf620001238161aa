import type { ModuleCall } from '../modules/module-call.ts';
import { addressIn, type Address } from './resource-address.ts';
import type { StateResource } from './provider-tree.ts';

type Move = {
  readonly from: Address;
  readonly to: Address;
  /** How many modules the block that says so is in. */
  readonly depth: number;
};

type Instance = Pick<StateResource, 'path' | 'type' | 'name' | 'isInKeyedModule'> & { readonly key: StateResource['keys'][number] };

/**
 * Tells whether all instances of a resource in the state have been moved to resources that the files have, by
 * `moved` blocks (Terraform language documentation, "Refactoring"). Moves of single instances of modules are
 * not followed, nor are moves to where the state has something already, which Terraform leaves out: what is moved by
 * these counts as not moved.
 */
export function moveFollower(
  calls: readonly ModuleCall[],
  isInFiles: (address: Pick<Instance, 'path' | 'type' | 'name'>) => boolean,
  state: readonly StateResource[],
) {
  const repeated = new Set(
    calls.flatMap((call) =>
      call.module.modules.flatMap(({ labels, body }) => ('count' in body || 'for_each' in body ? [[...call.path, ...labels].join('.')] : [])),
    ),
  );
  const moves = calls.flatMap((call) => movesIn(call)).filter((move) => isToOneModule(move, repeated) && !leadsToModuleIn(state, move));
  if (moves.length === 0) return () => false;
  const places = new Set(state.flatMap(({ keys, ...resource }) => keys.map((key) => nameOf({ ...resource, key }))));
  const isTaken = (place: Instance): boolean => places.has(nameOf(place));
  return ({ keys, ...resource }: StateResource): boolean => keys.length > 0 && keys.every((key) => isInFiles(lastPlace({ ...resource, key }, moves, isTaken)));
}

function movesIn({ path, module }: ModuleCall): readonly Move[] {
  return module.moved.flatMap(({ body }) => {
    const [from, to] = [addressIn(body['from']), addressIn(body['to'])];
    if (from === null || to === null || (from.resource === null) !== (to.resource === null) || from.hasModuleKeys || to.hasModuleKeys) return [];
    const below = (address: Address): Address => ({ ...address, path: [...path, ...address.path] });
    return [{ from: below(from), to: below(to), depth: path.length }];
  });
}

/** A module of which each instance has a key is not meant by an address without one, unless it is what is moved. */
function isToOneModule({ to, depth }: Move, repeated: ReadonlySet<string>): boolean {
  const between = to.resource === null ? to.path.length - 1 : to.path.length;
  return to.path.every((_name, index) => index < depth || index >= between || !repeated.has(to.path.slice(0, index + 1).join('.')));
}

const nameOf = ({ path, type, name, key }: Instance): string => JSON.stringify([path, type, name, key]);

function leadsToModuleIn(state: readonly StateResource[], { to }: Move): boolean {
  return to.resource === null && state.some(({ path }) => to.path.every((name, index) => path[index] === name));
}

function lastPlace(start: Instance, moves: readonly Move[], isTaken: (place: Instance) => boolean): Instance {
  let place = start;
  // More steps than moves would be a circle, which Terraform refuses.
  for (let step = 0; step < moves.length; step += 1) {
    const next = moves.map((move) => moved(place, move)).find((one) => one !== null);
    if (next === undefined || isTaken(next)) return place;
    place = next;
  }
  return place;
}

/** Where a move takes an instance; null where it is about others. */
function moved(place: Instance, { from, to, depth }: Move): Instance | null {
  const inside = from.path.length - depth;
  const isWithin = from.path.every((name, index) => place.path[index] === name);
  if (!isWithin || (place.isInKeyedModule && inside > (from.resource === null ? 1 : 0))) return null;
  if (from.resource === null || to.resource === null) return { ...place, path: [...to.path, ...place.path.slice(from.path.length)] };
  const isThis = place.path.length === from.path.length && place.type === from.resource.type && place.name === from.resource.name;
  if (!isThis) return null;
  const { type, name } = to.resource;
  // Without a key on either side the resource is meant with all of its instances.
  if (from.resource.key === null && to.resource.key === null) return { ...place, path: to.path, type, name };
  const { key } = to.resource;
  if (place.key !== from.resource.key || (key !== null && typeof key !== 'string' && typeof key !== 'number')) return null;
  return { ...place, path: to.path, type, name, key };
}
