import { change } from './change.mjs';

const slowArrivals = [change('src-main/broker/local-api/arrivals.ts', '}, milliseconds);', '}, 60 * milliseconds);')];

const anyJsonIsTaken = [
  change(
    'src-main/broker/local-api/request.ts',
    "if (!parsed.success) return refusal(400, 'a field is missing, unknown or wrong');",
    'if (!parsed.success) return { name: route.name, request: fields.value, files: null } as ApiCall;',
  ),
];

/** @type {Readonly<Record<string, import('../planting.mjs').PlantedFault>>} */
export const ofPrograms = {
  // Other users and web pages
  'another user connects to the local API': [
    change('src-main/broker/local-api/socket.ts', 'chmodSync(address, 0o600)', 'chmodSync(address, 0o666)'),
    // The app and its command line look again.
    change('src-main/broker/local-api/socket.ts', '(bound.mode & 0o777) !== 0o600', '(bound.mode & 0o777) !== 0o666'),
    change('src-main/cli/process/connect.ts', '(mode & 0o077) !== 0', '(mode & 0o011) !== 0'),
  ],
  'the folder of the socket is open to others': [
    change('src-main/broker/local-api/socket.ts', 'if ((before.mode & 0o777) === 0o700) return;', 'if (before.isDirectory()) return;'),
  ],
  'another user listens where the app would': [change('src-main/cli/process/connect.ts', 'if (uid !== user)', 'if (uid < 0)')],
  'another user listens where the launcher asks': [change('bin/sts-tray', '[ ! -O "$sts_socket" ] || ', '')],
  'a web page asks the local API': [change('src-main/broker/local-api/request.ts', 'headers.origin !== undefined', "headers.origin === ''")],
  'a port scan': [
    change('src-main/broker/local-api/server.ts', "server.on('error', options.onBug);", "server.on('error', options.onBug);\n  createServer().listen(0);"),
  ],
  'another program listens in the app’s place (Windows pipe; a Unix socket stands in for it here)': [
    change('src-main/cli/process/connect.ts', "{ code: 'ETIMEDOUT' })), proofMs)", "{ code: 'ETIMEDOUT' })), 10 * proofMs)"),
  ],
  'another user fetches the sign-in page': [
    change('src-main/platform/programs/own-connection.ts', 'owners.every((owner) => owner === process.getuid?.())', 'owners.every((owner) => owner >= 0)'),
  ],
  'a name that leads to 127.0.0.1 (DNS rebinding), at the sign-in page': [
    change('src-main/platform/programs/sign-in-page.ts', 'headers.host === host && ', ''),
  ],
  'a name that leads to 127.0.0.1 (DNS rebinding), at the relay': [
    change('src-main/broker/relay/incoming.ts', "headers['host'] !== host", "headers['host'] === ''"),
  ],
  'a page’s origin at the relay': [change('src-main/broker/relay/incoming.ts', "name === 'origin' || ", '')],

  // Programs of the same user
  'curl rotates, deletes a key, revokes and binds': [
    change('src-main/broker/questions/confirmations.ts', 'await this.#put({ ...described.value, asker: known }, signal)', "known?.command ?? 'confirm'"),
  ],
  'a program takes the mark of production away, or changes the name that has to be typed': [
    change('src-main/broker/accounts/api-handlers.ts', 'if (!confirmed.ok) return confirmed;', ''),
  ],
  'a process claims to be another one': [change('src-main/broker/local-api/callers.ts', '.every(Boolean)', '.every(() => true)')],
  'a program names itself like another process in the list of `ss`': [
    change('src-main/platform/programs/socket-peer.ts', '(holder) => holds(holder, peer.local)', '() => true'),
  ],
  'a program puts lines of its own into the list of `ss`, by line breaks in the name of a socket': [
    change('src-main/platform/programs/socket-peer.ts', 'for (const inode of doubtful) sockets.delete(inode);', ''),
  ],

  // Requests that are none
  'requests that come too slowly, at the local API': slowArrivals,
  'a second request on a connection (pipelining)': [change('src-main/broker/local-api/server.ts', 'server.maxRequestsPerSocket = 1;', '')],
  'more connections than the app takes': [change('src-main/broker/local-api/server.ts', 'server.maxConnections = limits.connections;', '')],
  '200 programs at once': [change('src-main/broker/local-api/server.ts', 'connections: 1000', 'connections: 100')],
  '500 open connections at the local API': [change('src-main/broker/local-api/server.ts', 'connections: 1000', 'connections: 100')],
  '500 open connections at the relay': [change('src-main/broker/relay/relay-server.ts', 'connections: 1000', 'connections: 100')],
  'any JSON as any request of the local API': anyJsonIsTaken,
  'a request of the local API with one value exchanged, however deep, or one too many': anyJsonIsTaken,
  'malformed, oversized, pipelined, smuggled and half-closed requests at the local API': [
    change('src-main/broker/local-api/request.ts', 'Object.keys(value).length !== fields.length', 'fields.length > 1000'),
  ],
  'random bytes at the relay': [change('src-main/core/relay/sts-request.ts', '} catch {\n    return null;', '} catch (error) {\n    throw error;')],
  'forms of STS that two parsers could read differently': [
    change('src-main/core/relay/sts-request.ts', "if (seen.has(name.toLowerCase())) return 'a parameter that is there twice';", ''),
  ],
  'ten megabytes at the relay': [change('src-main/broker/local-api/body.ts', 'if (bytes > bytesMax)', 'if (bytes < 0)')],
  'requests that come too slowly, at the relay': slowArrivals,
  'a wrong token at the relay': [
    change('src-main/broker/relay/relay-runs.ts', 'timingSafeEqual(tokenDigest, given)', 'timingSafeEqual(tokenDigest, tokenDigest)'),
  ],
  'a call of STS that was changed on its way': [
    change(
      'src-main/aws/relay/signature.ts',
      'return isEqual(await verifier.signatureOf(request, claim, bodyHash), claim.signature)',
      'return verifier !== null',
    ),
  ],
  'a replay of a call': [change('src-main/broker/relay/authentic.ts', 'Math.abs(off) > skewSecondsMax', 'Math.abs(off) > 10 * skewSecondsMax')],
  'a key of somebody else at the relay': [
    change('src-main/broker/relay/authentic.ts', "failed(appError('relay-key-unknown', { key: claim.accessKeyId }))", 'succeeded({ key: null, region: null })'),
  ],
  'the token of another run': [change('src-main/broker/relay/relay-runs.ts', 'randomBytes(32)', 'randomBytes(16)')],
};
