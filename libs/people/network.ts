import { isIP } from 'node:net';

const groupsOfIPv6 = 8;
const groupsOfNetwork = 4;

/**
 * The network of an address: the address itself, or the /64 network of an IPv6 address, because a single home has very
 * many IPv6 addresses. A proxy may send anything as an address: anything that is not an IP counts as one address.
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
  // A trailing IPv4 address stands for two groups.
  const [head = [], tail = []] = address
    .replace(/\d+\.[\d.]+$/, '0:0')
    .split('::')
    .map((part) => part.split(':').filter((group) => group !== ''));
  const left: string[] = Array.from({ length: groupsOfIPv6 - head.length - tail.length }, () => '0');
  const groups = [...head, ...left, ...tail].slice(0, groupsOfNetwork);
  return groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':');
}
