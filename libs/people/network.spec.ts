import { networkOf } from './network.ts';

describe('who is at an address', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:0:1:2:3:4:5', '2001:db8:0:1'],
    ['2001:DB8:0000:0001::5', '2001:db8:0:1'],
    ['2001:db8::', '2001:db8:0:0'],
    ['2001:db8::1:2:3:4:5', '2001:db8:0:1'],
    ['64:ff9b::192.0.2.1', '64:ff9b:0:0'],
    ['::1', '0:0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['unknown', '0.0.0.0'],
    ['', '0.0.0.0'],
  ])('%j is %j', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
