import type { IncomingMessage } from 'node:http';

/**
 * The body of a request, up to a limit in bytes, whatever length the client said. Null when the client
 * went away before its end.
 */
export async function readBytes(message: IncomingMessage, bytesMax: number): Promise<Buffer | 'too-large' | null> {
  if (Number(message.headers['content-length']) > bytesMax) return 'too-large';
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of message.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > bytesMax) return 'too-large';
      chunks.push(chunk);
    }
  } catch {
    return null;
  }
  return Buffer.concat(chunks);
}
