import { bodiesOf, referenceTo } from '../../language/blocks.ts';
import { constantBoolean } from '../../language/constant.ts';
import { dataIn } from '../../language/module-files.ts';
import type { ModuleCall } from '../modules/module-call.ts';
import { addressIn } from './resource-address.ts';

/** The references to providers by which a module's own blocks use them. */
export function referencesIn(call: Pick<ModuleCall, 'module'>): readonly string[] {
  return usesIn(call).map(({ reference }) => reference);
}

type ProviderUse = { readonly type: string; readonly reference: string };

/** The same, with the types of what uses them. */
export function usesIn({ module }: Pick<ModuleCall, 'module'>): readonly ProviderUse[] {
  return [...dataIn(module), ...module.resources, ...module.ephemeral, ...module.others].flatMap(({ labels: [type = ''], body }) => {
    const reference = referenceTo(type, body);
    return reference === '' ? [] : [{ type, reference }];
  });
}

/** What is used by imports that name a provider, or for whose resource Terraform writes the block, each with the module that has the reference, and the resource's type. */
export function importedReferences(calls: readonly ModuleCall[]): readonly (readonly [call: ModuleCall, reference: string, type: string])[] {
  return calls.flatMap((call) =>
    call.module.imports.flatMap(({ body }) => {
      const address = addressIn(body['to']);
      const path = [...call.path, ...(address?.path ?? [])].join('.');
      const { type = '', name = '' } = address?.resource ?? {};
      const target = calls.find((one) => one.path.join('.') === path);
      // One that has a block already uses the provider of that block.
      const hasBlock = target?.module.resources.some(({ labels }) => labels[0] === type && labels[1] === name) === true;
      if (hasBlock && !('provider' in body)) return [];
      const reference = referenceTo(type, body);
      return reference === '' ? [] : [['provider' in body ? call : (target ?? call), reference, type] as const];
    }),
  );
}

/** The type of what is removed, for `removed` blocks that also destroy it. */
export function removedTypes({ module }: Pick<ModuleCall, 'module'>): readonly string[] {
  return module.removed.flatMap(({ body }) => {
    const isKept = bodiesOf(body['lifecycle']).some(({ destroy }) => constantBoolean(destroy) === false);
    const type = addressIn(body['from'])?.resource?.type;
    return isKept || type === undefined ? [] : [type];
  });
}
