import { change } from './change.mjs';

/** @type {Readonly<Record<string, import('../planting.mjs').PlantedFault>>} */
export const ofSupplyChain = {
  'a package without a hash, or with an address': [
    change('package-lock.json', '"node_modules/zod": {', '"node_modules/zod": {\n      "resolved": "https://mirror.example/zod.tgz",'),
  ],
  'a licence that does not fit': [change('package-lock.json', '"license": "(AFL-2.1 OR BSD-3-Clause)"', '"license": "GPL-3.0-only"')],
};
