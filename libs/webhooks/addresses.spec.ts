import { mayReceive } from './addresses.ts';

describe('an address that a webhook may be sent to', () => {
  it.each(['8.8.8.8', '172.32.0.1', '100.128.0.1', '::ffff:8.8.8.8', '2606:4700::1111', '64:ff9b::808:808'])(
    'is %s, wherever',
    (address) => {
      expect([mayReceive(address, false), mayReceive(address, true)]).toEqual([true, true]);
    },
  );

  it.each([
    '127.0.0.1',
    '127.255.255.254',
    '10.0.0.1',
    '100.64.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '0:0:0:0:0:ffff:a00:1',
    '64:ff9b::10.0.0.1',
    'fd12:3456::1',
    'fec0::1',
  ])('is %s only where private ones are allowed', (address) => {
    expect([mayReceive(address, false), mayReceive(address, true)]).toEqual([false, true]);
  });

  it.each([
    '169.254.169.254',
    '169.254.0.1',
    '100.100.100.200',
    '168.63.129.16',
    '192.0.0.192',
    '0.0.0.0',
    '0.1.2.3',
    '224.0.0.1',
    '255.255.255.255',
    '198.18.0.1',
    '::',
    '::127.0.0.1',
    '::ffff:169.254.169.254',
    '::ffff:a9fe:a9fe',
    '64:ff9b::a9fe:a9fe',
    '2002:a9fe:a9fe::1',
    '2001:0:4136:e378:8000:63bf:3fff:fdd2',
    'fd00:ec2::254',
    'fe80::1',
    'fe80::1%eth0',
    'febf::1',
    'ff02::1',
    'not-an-address',
  ])('is never %s', (address) => {
    expect([mayReceive(address, false), mayReceive(address, true)]).toEqual([false, false]);
  });
});
