import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A certificate that signs itself, so it is its own CA bundle. PEM. */
export type Certificate = { readonly key: string; readonly cert: string };

/**
 * Makes a certificate for the host names, valid for a day, with the `openssl` command: Node can read
 * certificates but not make them. macOS and every Linux desktop have the command.
 */
export async function makeCertificate(hosts: readonly string[]): Promise<Certificate> {
  const folder = await mkdtemp(join(tmpdir(), 'certificate-'));
  const settings = join(folder, 'openssl.cnf');
  const key = join(folder, 'key.pem');
  const cert = join(folder, 'cert.pem');
  try {
    await writeFile(settings, opensslSettings(hosts));
    const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
    await promisify(execFile)('openssl', ['req', '-x509', ...curve, '-days', '1', '-config', settings, '-keyout', key, '-out', cert]);
    return { key: await readFile(key, 'utf8'), cert: await readFile(cert, 'utf8') };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A file rather than `-addext`, which LibreSSL learnt late. */
function opensslSettings(hosts: readonly string[]): string {
  return `[req]
prompt = no
distinguished_name = name
x509_extensions = extensions
[name]
CN = local AWS
[extensions]
basicConstraints = critical, CA:TRUE
keyUsage = critical, digitalSignature, keyCertSign
subjectKeyIdentifier = hash
subjectAltName = ${hosts.map((host) => `DNS:${host}`).join(', ')}
`;
}
