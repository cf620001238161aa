import type { Place } from '../../../contract/terraform-project.ts';
import { emptyBody, positionOf, type Body } from '../structure/body.ts';
import { aliasOf, bodiesOf, type Block } from './blocks.ts';

/** An override that Terraform refuses, and why, in its words. */
export type OverrideFault = { readonly place: Place; readonly reason: string };

export function isOverride(path: string): boolean {
  return /(^|[/\\]|_)override\.(tf|tofu)(\.json)?$/.test(path);
}

/**
 * Blocks of one kind with those of override files merged into them. A default provider needs none to
 * override, because Terraform makes up an empty one; every other override without a block is refused.
 */
export function overridden(
  keyword: string,
  blocks: readonly Block[],
  overrides: readonly Block[],
): { readonly blocks: readonly Block[]; readonly fault: OverrideFault | null } {
  if (overrides.length === 0) return { blocks, fault: null };
  const merged = new Map<string, Block>();
  // Two blocks of one name are a fault that Terraform tells; both are kept.
  blocks.forEach((block, index) => merged.set(merged.has(keyOf(block)) ? `${keyOf(block)}\n${index}` : keyOf(block), block));
  let fault: OverrideFault | null = null;
  for (const override of overrides) {
    const base = merged.get(keyOf(override));
    if (holdsConditions(override)) fault ??= { place: override.place, reason: 'Can’t override precondition and postcondition blocks' };
    else if (base !== undefined)
      merged.set(keyOf(override), {
        ...base,
        body: mergedBody(keyword, base.body, override.body),
        ...(keyword === 'variable' ? { types: typesOf(base, override) } : {}),
      });
    else if (keyword === 'provider' && !('alias' in override.body)) merged.set(keyOf(override), override);
    else fault ??= { place: override.place, reason: `Missing base ${keyword} to override: ${override.labels.join('.')}` };
  }
  return { blocks: [...merged.values()], fault };
}

function typesOf({ body, types = { first: body['type'], ofDefault: body['type'] } }: Block, override: Block): NonNullable<Block['types']> {
  return 'default' in override.body ? { ...types, ofDefault: override.body['type'] } : types;
}

function keyOf({ labels, body }: Block): string {
  return [...labels, aliasOf(body)].join('\n');
}

function holdsConditions({ body }: Block): boolean {
  return [body, ...bodiesOf(body['lifecycle'])].some((one) => 'precondition' in one || 'postcondition' in one);
}

/**
 * Arguments, and all nested blocks of one kind, replace those of the same name; of `lifecycle`, only its arguments do.
 * An empty map of a module's providers replaces nothing.
 */
function mergedBody(keyword: string, base: Body, override: Body): Body {
  const body = emptyBody(positionOf(base) ?? undefined);
  const dynamic = (of: Body): Readonly<Record<string, unknown>> => Object.assign({}, ...bodiesOf(of['dynamic'])) as Record<string, unknown>;
  const [ownDynamic, newDynamic] = [dynamic(base), dynamic(override)];
  for (const [name, value] of Object.entries(base)) if (!Object.hasOwn(newDynamic, name)) body[name] = value;
  for (const [name, value] of Object.entries(override)) {
    if (name === 'providers' && keyword === 'module' && isEmpty(value)) continue;
    body[name] = name === 'lifecycle' ? [Object.assign(emptyBody(), ...bodiesOf(base[name]), ...bodiesOf(value))] : value;
  }
  const kept = Object.entries(ownDynamic).filter(([name]) => !(name in override));
  const blocks = { ...Object.fromEntries(kept), ...newDynamic };
  if (Object.keys(blocks).length > 0) body['dynamic'] = blocks;
  else delete body['dynamic'];
  return body;
}

/** In JSON a name of two slashes is a comment. */
function isEmpty(map: unknown): boolean {
  return bodiesOf(map).every((body) => Object.keys(body).every((name) => name === '//'));
}
