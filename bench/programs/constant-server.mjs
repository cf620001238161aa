// A Unix-socket server that does nothing but answer, to compare `credential-process` with.
// node bench/programs/constant-server.mjs SOCKET BYTES
import { createServer } from 'node:http';

const [socket, bytes] = process.argv.slice(2);
const body = 'x'.repeat(Number(bytes));

createServer((_request, response) => response.writeHead(200, { 'content-type': 'application/json' }).end(body)).listen(socket, () => console.log('listening'));
process.on('SIGTERM', () => process.exit());
