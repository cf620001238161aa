// Run by `sts-tray exec`: asks STS who it is, in turn at the relay and past it, and prints how long each call took.
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';

const count = Number(process.argv[2]);
const { AWS_ENDPOINT_URL_STS: relay, AWS_ENDPOINT_URL: direct } = process.env;
if (!relay || !direct || relay === direct) throw new Error('This run has no relay');
const clients = [relay, direct].map((endpoint) => new STSClient({ endpoint, region: 'us-east-1', maxAttempts: 1 }));

/** @type {[number[], number[]]} */
const tookMs = [[], []];
for (let round = -3; round < count; round += 1) {
  for (const [side, client] of clients.entries()) {
    const begin = performance.now();
    await client.send(new GetCallerIdentityCommand({}));
    // The first rounds only fill caches.
    if (round >= 0) tookMs[side]?.push(performance.now() - begin);
  }
}
console.log(JSON.stringify({ ours: tookMs[0], reference: tookMs[1] }));
