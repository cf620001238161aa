import { ofElectron } from './electron.mjs';
import { ofFaults } from './faults.mjs';
import { ofLongRun } from './long-run.mjs';
import { ofNamesAndFiles } from './names-and-files.mjs';
import { ofPrograms } from './programs.mjs';
import { ofSecrets } from './secrets.mjs';
import { ofSupplyChain } from './supply-chain.mjs';
import { ofTexts } from './texts.mjs';

/**
 * For each row of docs/trust.md, by its first cell: the smallest change that takes away what the row says holds. With
 * it the row's test has to fail, by what it asserts.
 * @type {Readonly<Record<string, import('../planting.mjs').PlantedFault>>}
 */
export const plantedFaults = { ...ofPrograms, ...ofElectron, ...ofTexts, ...ofNamesAndFiles, ...ofSecrets, ...ofSupplyChain, ...ofFaults, ...ofLongRun };
