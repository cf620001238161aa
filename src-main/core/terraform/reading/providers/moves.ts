import type { ModuleCall } from '../modules/module-call.ts';
import { addressIn, type Address } from './resource-address.ts';
import type { StateResource } from './provider-tree.ts';

type Move = {
  readonly from: Address;
  readonly to: Address;
  /** How many modules the block that says so is in. */
  readonly depth: number;
  readonly isFollowed: boolean;
};

type Instance = Pick<StateResource, 'path' | 'type' | 'name' | 'isInKeyedModule'> & { readonly key: StateResource['keys'][number] };

/**
 * Tells whether all instances of a resource in the state are, or were moved to, what the files have, by
 * `moved` blocks (Terraform language documentation, "Refactoring"). Moves of single instances of modules are
 * not followed, nor are moves to where something else is or comes, which Terraform leaves out: of what is moved by
 * these it is not known where it ends, so it counts as nowhere.
 */
export function placeKnower(
  calls: readonly ModuleCall[],
  isInFiles: (address: Pick<Instance, 'path' | 'type' | 'name'>) => boolean,
  state: readonly StateResource[],
) {
  const repeated = new Set(
    calls.flatMap((call) =>
      call.module.modules.flatMap(({ labels, body }) => ('count' in body || 'for_each' in body ? [[...call.path, ...labels].join('.')] : [])),
    ),
  );
  const moves = calls.flatMap((call) => movesIn(call, (move) => isToOneModule(move, repeated) && !leadsToModuleIn(state, move)));
  if (moves.length === 0) return isInFiles;
  const all = state.flatMap((resource) => instancesOf(resource));
  const taken = new Set(all.map(nameOf));
  const places = new Map(all.map((one) => [nameOf(one), lastPlace(one, moves, (place) => taken.has(nameOf(place)))]));
  const arrivals = new Map<string, number>();
  for (const place of places.values()) if (place !== null) arrivals.set(nameOf(place), (arrivals.get(nameOf(place)) ?? 0) + 1);
  const isKept = (one: Instance): boolean => {
    const place = places.get(nameOf(one)) ?? null;
    return place !== null && isInFiles(place) && arrivals.get(nameOf(place)) === 1;
  };
  return (resource: StateResource): boolean => (resource.keys.length === 0 ? isInFiles(resource) : instancesOf(resource).every(isKept));
}

function instancesOf({ keys, ...resource }: StateResource): readonly Instance[] {
  return keys.map((key) => ({ ...resource, key }));
}

function movesIn({ path, module }: ModuleCall, isClear: (move: Omit<Move, 'isFollowed'>) => boolean): readonly Move[] {
  return module.moved.flatMap(({ body }) => {
    const [from, to] = [addressIn(body['from']), addressIn(body['to'])];
    if (from === null || to === null) return [];
    const below = (address: Address): Address => ({ ...address, path: [...path, ...address.path] });
    const move = { from: below(from), to: below(to), depth: path.length };
    const isWhole = (from.resource === null) === (to.resource === null) && !from.hasModuleKeys && !to.hasModuleKeys;
    // What only gets another key stays what the files have.
    return !isWhole && withoutKeys(move.from) === withoutKeys(move.to) ? [] : [{ ...move, isFollowed: isWhole && isClear(move) }];
  });
}

function withoutKeys({ path, resource }: Address): string {
  return JSON.stringify([path, resource?.type, resource?.name]);
}

/** A module of which each instance has a key is not meant by an address without one, unless it is what is moved. */
function isToOneModule({ to, depth }: Pick<Move, 'to' | 'depth'>, repeated: ReadonlySet<string>): boolean {
  const between = to.resource === null ? to.path.length - 1 : to.path.length;
  return to.path.every((_name, index) => index < depth || index >= between || !repeated.has(to.path.slice(0, index + 1).join('.')));
}

const nameOf = ({ path, type, name, key }: Instance): string => JSON.stringify([path, type, name, key]);

function leadsToModuleIn(state: readonly StateResource[], { to }: Pick<Move, 'to'>): boolean {
  return to.resource === null && state.some(({ path }) => to.path.every((name, index) => path[index] === name));
}

/** Where moves take an instance in the end; null where that is not known. */
function lastPlace(start: Instance, moves: readonly Move[], isTaken: (place: Instance) => boolean): Instance | null {
  let place = start;
  // More steps than moves would be a circle, which Terraform refuses.
  for (let step = 0; step <= moves.length; step += 1) {
    const next = nextPlace(place, moves);
    if (next === 'stays') return place;
    if (next === 'unclear' || isTaken(next)) return null;
    place = next;
  }
  return null;
}

/**
 * Of moves that are about one instance Terraform carries out the narrowest first, wherever they stand: one of an
 * instance before one of its resource, and that before one of a module that it is in.
 */
function nextPlace(place: Instance, moves: readonly Move[]): Instance | 'stays' | 'unclear' {
  const found = moves.flatMap((move) => {
    const to = moved(place, move);
    return to === null ? [] : [{ to, narrowness: narrownessOf(move) }];
  });
  if (found.some(({ to }) => to === 'unclear')) return 'unclear';
  const narrowest = Math.max(...found.map(({ narrowness }) => narrowness));
  const [first, ...more] = found.filter(({ narrowness }) => narrowness === narrowest);
  // Terraform refuses two of the same place.
  return first === undefined ? 'stays' : more.length > 0 ? 'unclear' : first.to;
}

function narrownessOf({ from: { path, resource } }: Move): number {
  return path.length * 3 + (resource === null ? 0 : resource.key === null ? 1 : 2);
}

/** Where a move takes an instance; null where it is about others. */
function moved(place: Instance, { from, to, depth, isFollowed }: Move): Instance | 'unclear' | null {
  const isWithin = from.path.every((name, index) => place.path[index] === name);
  const isThis = place.path.length === from.path.length && place.type === from.resource?.type && place.name === from.resource.name;
  if (!isWithin || (from.resource !== null && !isThis)) return null;
  const inside = from.path.length - depth;
  if (!isFollowed || (place.isInKeyedModule && inside > (from.resource === null ? 1 : 0))) return 'unclear';
  if (from.resource === null || to.resource === null) return { ...place, path: [...to.path, ...place.path.slice(from.path.length)] };
  const { type, name } = to.resource;
  // Without a key on either side the resource is meant with all of its instances.
  if (from.resource.key === null && to.resource.key === null) return { ...place, path: to.path, type, name };
  const { key } = to.resource;
  if (key !== null && typeof key !== 'string' && typeof key !== 'number') return 'unclear';
  return place.key === from.resource.key ? { ...place, path: to.path, type, name, key } : null;
}
