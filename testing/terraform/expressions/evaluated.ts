import { evaluateExpression } from '../../../src-main/core/terraform/language/evaluate.ts';
import { jsonText } from '../../../src-main/core/terraform/language/functions/json.ts';
import { moduleScope, nothingBehind } from '../../../src-main/core/terraform/language/module-scope.ts';
import { parseExpression } from '../../../src-main/core/terraform/language/syntax/parse.ts';
import { failure, isKnown } from '../../../src-main/core/terraform/language/values/value.ts';
import { hclReader } from '../../../src-main/terraform/hcl.ts';
import { moduleReader } from '../../../src-main/terraform/module-folder.ts';
import { filesOnDisk } from '../../../src-main/terraform/project-files.ts';
import { foldersOf } from '../../../src-main/terraform/run-folders.ts';
import { surroundingsOf } from '../../../src-main/terraform/surroundings.ts';

/** What the app makes of expressions in a project: JSON text, `failed`, or null where it does not know. */
export async function evaluatedIn(folder: string, expressions: readonly string[]): Promise<readonly (string | null)[]> {
  const module = await moduleReader({ files: filesOnDisk, readHcl: hclReader(), root: folder, program: 'terraform' })(folder);
  if (!module.ok) throw new Error(JSON.stringify(module.error));
  const inputs = { valueOf: async () => undefined, providersBehind: nothingBehind };
  const scope = moduleScope({
    module: module.value,
    inputs,
    workspace: 'default',
    surroundings: surroundingsOf(foldersOf({ folder, startedIn: folder }, {})),
    sourceDir: '.',
  });
  const found: (string | null)[] = [];
  for (const text of expressions) {
    const expression = parseExpression(text);
    const value = expression === null ? null : await evaluateExpression(expression, scope);
    found.push(value === failure ? 'failed' : expression === null || !isKnown(value) ? null : jsonText(value));
  }
  return found;
}
