import { bodiesOf, labelled, referenceOf, referenceTo, type Block } from '../../language/blocks.ts';
import type { ModuleCall } from '../modules/module-call.ts';

/** The references to providers by which a module's own blocks use them. */
export function referencesIn({ module }: Pick<ModuleCall, 'module'>): readonly string[] {
  const inChecks = module.checks.flatMap(({ body }) => labelled(body['data'], 2));
  return [...module.data, ...module.resources, ...inChecks, ...module.imports.map(importedResource)].flatMap(({ labels, body }) => {
    const reference = referenceTo(labels[0] ?? '', body);
    return reference === '' ? [] : [reference];
  });
}

/** The type of what is removed, for `removed` blocks that also destroy it. */
export function removedTypes({ module }: Pick<ModuleCall, 'module'>): readonly string[] {
  return module.removed.flatMap(({ body }) => {
    const isKept = bodiesOf(body['lifecycle']).some(({ destroy }) => destroy === false);
    const type = /(?:^|\.)([a-z][\w-]*)\.[\w-]+(?:\[.*\])?$/s.exec(referenceOf(body['from']) ?? '')?.[1];
    return isKept || type === undefined || type === 'module' ? [] : [type];
  });
}

function importedResource({ body }: Block): Pick<Block, 'labels' | 'body'> {
  const type = /(?:^|\.)([a-z][\w-]*)\.[\w-]+$/.exec(referenceOf(body['to']) ?? '')?.[1] ?? '';
  return { labels: [type], body };
}
