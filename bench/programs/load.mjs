// Asks a Unix socket over and over, on so many connections at a time, each of which takes one request.
// node bench/programs/load.mjs SOCKET PATH CONNECTIONS MILLISECONDS; to the path, which ends with ? or &, it adds its own pid.
// Prints one line of JSON: what was answered with 200, what else was said instead, and how long each answer took, in milliseconds.
import { connect } from 'node:net';

const [socket = '', path = '', connections = '', milliseconds = ''] = process.argv.slice(2);
// As the launcher says who asks.
const request = `GET ${path}pid=${process.pid} HTTP/1.1\r\nHost: app\r\nConnection: close\r\n\r\n`;
/** @type {number[]} */
const tookMs = [];
/** @type {Record<string, number>} */
const refused = {};
const begin = performance.now();
const end = begin + Number(milliseconds);

function ask() {
  const asked = performance.now();
  let text = '';
  const client = connect(socket, () => client.write(request));
  client.setEncoding('latin1').on('data', (chunk) => (text += chunk));
  client.on('error', (error) => (text ||= error.message));
  client.on('close', () => {
    if (text.startsWith('HTTP/1.1 200 ')) tookMs.push(performance.now() - asked);
    else refused[text.slice(0, 400)] = (refused[text.slice(0, 400)] ?? 0) + 1;
    if (performance.now() < end) ask();
    else done();
  });
}

let open = Number(connections);
function done() {
  open -= 1;
  if (open > 0) return;
  console.log(JSON.stringify({ seconds: (performance.now() - begin) / 1000, tookMs, refused }));
}
for (let count = 0; count < Number(connections); count += 1) ask();
