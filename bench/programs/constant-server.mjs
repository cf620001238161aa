// A Unix-socket server that does nothing but answer, to compare the local API with: each connection takes one request.
// node bench/programs/constant-server.mjs SOCKET BYTES
import { createServer } from 'node:http';

const [socket, bytes] = process.argv.slice(2);
const body = 'x'.repeat(Number(bytes));
const headers = { 'content-type': 'application/json', 'content-length': body.length, connection: 'close' };

// A backlog as the app's: Node's own would keep some of hundreds of connections out.
createServer((_request, response) => response.writeHead(200, headers).end(body)).listen({ path: socket, backlog: 1000 }, () => console.log('listening'));
process.on('SIGTERM', () => process.exit());
