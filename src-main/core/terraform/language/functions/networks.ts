import { collection, failure, notKnown, type Value } from '../values/value.ts';
import { define, said, textAndNumbers, type TerraformFunction } from '../calling/define.ts';

/** `bits` is 32 or 128; `length` that of the prefix. */
type Network = { readonly address: bigint; readonly bits: number; readonly length: number };

/** IP network functions (Terraform language documentation, "Functions"). */
export const networkFunctions: Readonly<Record<string, TerraformFunction>> = {
  cidrhost: define({ params: ['string', 'number'] }, ([prefix, host]) => {
    const network = networkOf(said(prefix));
    if (network === notKnown) return notKnown;
    if (network === null || !Number.isSafeInteger(host)) return failure;
    const { address, bits, length } = network;
    const size = 1n << BigInt(bits - length);
    const number = BigInt(Number(host));
    const offset = number < 0n ? size + number : number;
    return offset < 0n || offset >= size ? failure : shown(address + offset, bits);
  }),
  cidrnetmask: define({ params: ['string'] }, ([prefix]) => {
    const network = networkOf(said(prefix));
    if (network === notKnown) return notKnown;
    if (network === null || network.bits === 128) return failure;
    return addressText(((1n << 32n) - 1n) ^ ((1n << BigInt(32 - network.length)) - 1n), 32);
  }),
  cidrsubnet: define({ params: textAndNumbers }, ([prefix, more, number]) => {
    const network = networkOf(said(prefix));
    if (network === notKnown) return notKnown;
    if (network === null || !Number.isSafeInteger(more) || !Number.isSafeInteger(number)) return failure;
    return subnet(network, Number(more), BigInt(Number(number)));
  }),
  cidrsubnets: define({ params: ['string'], rest: 'number' }, ([prefix, ...sizes]) => {
    const network = networkOf(said(prefix));
    if (network === notKnown) return notKnown;
    return network === null || !sizes.every(Number.isInteger) ? failure : subnets(network, sizes.map(Number));
  }),
};

/** The number's bits are set in the address: so does the library that Terraform uses, even to a negative number (go-cidr, `SubnetBig`). */
function subnet(network: Network, more: number, number: bigint): Value {
  const length = network.length + more;
  if (length > network.bits) return failure;
  if (length < 0) return notKnown;
  const [size, all] = [number < 0n ? -number : number, 1n << BigInt(network.bits)];
  if (more >= 0 && size >= 1n << BigInt(more)) return failure;
  const address = network.address | (number << BigInt(network.bits - length));
  const positive = address < 0n ? -address : address;
  return positive < all ? shown(positive, network.bits, `/${length}`) : failure;
}

/** One after the other, each where it fits. */
function subnets(network: Network, sizes: readonly number[]): Value {
  // Terraform finds no room in the whole of all addresses.
  if (network.length === 0 && sizes.length > 0) return failure;
  if (network.bits === 128 && (mapped << 32n) >> BigInt(128 - network.length) === network.address >> BigInt(128 - network.length)) return notKnown;
  const found: Value[] = [];
  let next = network.address;
  const end = network.address + (1n << BigInt(network.bits - network.length));
  for (const more of sizes) {
    const length = network.length + more;
    if (more < 1 || length > network.bits || more > 32) return failure;
    const size = 1n << BigInt(network.bits - length);
    const start = ((next + size - 1n) / size) * size;
    if (start + size > end) return failure;
    found.push(`${addressText(start, network.bits)}/${length}`);
    next = start + size;
  }
  return collection(found, { kind: 'list', of: 'string' });
}

/** What the addresses of IPv4 begin with in IPv6: Go writes and counts them as those of IPv4, in places. */
const mapped = 0xffffn;

function shown(address: bigint, bits: number, length = ''): Value {
  return bits === 128 && address >> 32n === mapped ? notKnown : `${addressText(address, bits)}${length}`;
}

function networkOf(text: string): Network | null | typeof notKnown {
  if (text.includes(':') && text.includes('.')) return notKnown;
  const [, address = '', length = ''] = /^([0-9a-fA-F:.]+)\/(\d{1,3})$/.exec(text) ?? [];
  const bits = address.includes(':') ? 128 : 32;
  const number = bits === 32 ? ipv4(address) : ipv6(address);
  if (number === null || Number(length) > bits || length === '') return null;
  if (bits === 128 && number >> 32n === mapped) return notKnown;
  const rest = BigInt(bits - Number(length));
  return { address: (number >> rest) << rest, bits, length: Number(length) };
}

function ipv4(text: string): bigint | null {
  const parts = text.split('.');
  // Terraform still takes zeros in front, as decimal numbers.
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) return null;
  return parts.reduce((all, part) => (all << 8n) | BigInt(Number(part)), 0n);
}

function ipv6(text: string): bigint | null {
  const halves = text.split('::');
  if (halves.length > 2 || text.includes('.')) return null;
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return null;
  const groups = [...head, ...Array.from({ length: Math.max(0, missing) }, () => '0'), ...tail];
  if (!groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return null;
  return groups.reduce((all, group) => (all << 16n) | BigInt(`0x${group}`), 0n);
}

function addressText(address: bigint, bits: number): string {
  if (bits === 32) return [24n, 16n, 8n, 0n].map((shift) => String((address >> shift) & 255n)).join('.');
  const groups = Array.from({ length: 8 }, (_, index) => ((address >> BigInt(112 - 16 * index)) & 0xffffn).toString(16)).join(':');
  // The longest run of zeros, the first of equal ones, is left out.
  const [run = ''] = [...(`:${groups}:`.match(/(?::0)+(?=:)/g) ?? [])].sort((a, b) => b.length - a.length);
  return run.length < 4
    ? groups
    : `:${groups}:`
        .replace(`${run}:`, '::')
        .replace(/^:(?!:)/, '')
        .replace(/(?<!:):$/, '');
}
