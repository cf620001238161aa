import { findProviderMirror } from './provider-mirror.ts';

// For set-up, which runs before anything else: the mirror with the AWS provider as JSON, or `null`.
const mirror = findProviderMirror();
console.log(JSON.stringify(mirror && { version: mirror.newestVersion, path: mirror.path }));
