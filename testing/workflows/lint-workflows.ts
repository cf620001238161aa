import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { validate, type ActionsMetadataProvider } from '@actions/languageservice';
import { TextDocument } from 'vscode-languageserver-textdocument';

/**
 * Prints what GitHub's own language service has to say about the workflows whose paths it is given: `FILE:LINE: SENTENCE`.
 * A program of its own, because the service imports JSON as only bundlers take it.
 */

/** The inputs of each action that a workflow may use, of those that we give: its action.yml has the others. */
const inputs: Readonly<Record<string, readonly string[]>> = {
  'actions/attest': ['subject-checksums', 'sbom-path'],
  'actions/checkout': ['persist-credentials'],
  'actions/download-artifact': ['path', 'merge-multiple'],
  'actions/setup-node': ['node-version-file'],
  'actions/upload-artifact': ['name', 'path', 'if-no-files-found'],
};

const actionsMetadataProvider: ActionsMetadataProvider = {
  fetchActionMetadata: ({ owner, name }) => {
    const known = inputs[`${owner}/${name}`];
    const described = Object.fromEntries((known ?? []).map((input) => [input, { description: input }]));
    return Promise.resolve(known && { name, description: name, inputs: described });
  },
};

for (const path of process.argv.slice(2)) {
  // The service takes a file for a workflow by its folder.
  const document = TextDocument.create(`file:///.github/workflows/${basename(path)}`, 'yaml', 1, readFileSync(path, 'utf8'));
  const problems = await validate(document, { actionsMetadataProvider });
  for (const { range, message } of problems) console.log(`${basename(path)}:${range.start.line + 1}: ${typeof message === 'string' ? message : message.value}`);
}
