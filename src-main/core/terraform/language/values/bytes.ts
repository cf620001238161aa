/** Terraform's strings are UTF-8; what is none is null here. */
export function textOfBytes(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export function base64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

/** Null for what is not base64 with its padding, as Go reads it. */
export function ofBase64(text: string): Uint8Array | null {
  const plain = text.replaceAll(/[\r\n]/g, '');
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(plain)) return null;
  return Uint8Array.from(atob(plain), (character) => character.charCodeAt(0));
}

export function hexadecimal(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A text between quotes, as Go writes it; null where it has characters that may be written in several ways. */
export function quoted(text: string): string | null {
  return /^[\x20-\x7e]*$/.test(text) ? `"${text.replaceAll(/["\\]/g, '\\$&')}"` : null;
}
