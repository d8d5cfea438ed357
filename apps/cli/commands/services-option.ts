import { InvalidArgumentError, Option } from 'commander';

/** Where the services are. */
export function servicesOption(): Option {
  const description =
    'addresses of the services, comma-separated; by default those of the local stack, else ports 8081 to 8083 of this machine';
  return new Option('--services <urls>', description).argParser((given: string) => {
    const addresses = given.split(',').map((address) => address.trim());
    if (addresses.every((address) => URL.canParse(address))) return addresses;
    throw new InvalidArgumentError('Not a list of URLs.');
  });
}
