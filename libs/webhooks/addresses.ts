import { BlockList, isIP } from 'node:net';

type Range = readonly [network: string, prefix: number];

/** Where a receiver may be only if the installation allows private addresses. */
const privateRanges: readonly Range[] = [
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
];
const privateRanges6: readonly Range[] = [
  ['::1', 128],
  ['fc00::', 7],
  ['fec0::', 10],
];

/** Where no receiver may ever be: link-local addresses, metadata services of clouds, and what is no single host. */
const closedRanges: readonly Range[] = [
  ['0.0.0.0', 8],
  ['100.100.100.200', 32],
  ['168.63.129.16', 32],
  ['169.254.0.0', 16],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];
const closedRanges6: readonly Range[] = [
  ['::', 128],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  // Teredo and 6to4 are obsolete, and name any IPv4 address.
  ['2001::', 32],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fd00:ec2::254', 128],
  ['fe80::', 10],
  ['ff00::', 8],
];

/** NAT64: an IPv4 address follows. BlockList itself knows IPv4-mapped addresses. */
const nat64 = '64:ff9b::';
const nat64Bits = 96;

const privateAddresses = blockListOf(privateRanges, privateRanges6);
const closedAddresses = blockListOf(closedRanges, closedRanges6);
// IPv4-compatible addresses are obsolete too; ::1 is loopback.
closedAddresses.addRange('::2', '::ffff:ffff', 'ipv6');

/** Whether a webhook may be sent to this IP address. */
export function mayReceive(address: string, allowsPrivate: boolean): boolean {
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  if (isIP(address) === 0 || closedAddresses.check(address, family)) return false;
  return allowsPrivate || !privateAddresses.check(address, family);
}

function blockListOf(ranges: readonly Range[], ranges6: readonly Range[]): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of ranges) {
    list.addSubnet(network, prefix, 'ipv4');
    list.addSubnet(`${nat64}${network}`, nat64Bits + prefix, 'ipv6');
  }
  for (const [network, prefix] of ranges6) list.addSubnet(network, prefix, 'ipv6');
  return list;
}
