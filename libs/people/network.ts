import { isIP } from 'node:net';

const groupsOfIPv6 = 8;
const groupsOfNetwork = 4;

/**
 * Whoever is at an address, as far as anybody can tell: the address, or the /64 network of one of IPv6, where a single
 * home has more addresses than anybody could count. A proxy may send anything for an address: all that is none is one.
 */
export function networkOf(address: string): string {
  const bare = address.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/i, '');
  switch (isIP(bare)) {
    case 4:
      return bare;
    case 6:
      return networkOfIPv6(bare);
    default:
      return '0.0.0.0';
  }
}

function networkOfIPv6(address: string): string {
  // An IPv4 address at the end stands for two groups.
  const [head = [], tail = []] = address
    .replace(/\d+\.[\d.]+$/, '0:0')
    .split('::')
    .map((part) => part.split(':').filter((group) => group !== ''));
  const left: string[] = Array.from({ length: groupsOfIPv6 - head.length - tail.length }, () => '0');
  const groups = [...head, ...left, ...tail].slice(0, groupsOfNetwork);
  return groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':');
}
