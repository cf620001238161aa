#!/usr/bin/env node
// npm run supply-chain: looks at what the app is made of, and prints its bill of materials to standard output.
import { root } from './setup/checkout.mjs';
import { tellFailure } from './setup/setup-error.mjs';
import { billOfMaterials, checkSupplyChain } from './supply-chain/check.mjs';

try {
  await checkSupplyChain({ root, say: (line) => console.error(line) });
  console.log(await billOfMaterials({ root }));
} catch (error) {
  process.exitCode = tellFailure(error);
}
