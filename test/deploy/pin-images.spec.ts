import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { run } from '#dev/servers';
import { root } from './code.ts';
import { interpolate, readCompose } from './compose/read-compose.ts';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

/** Runs the script with a `docker` that knows every image by this digest, or none. */
async function pin(docker: string): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'holdfast-pin-'));
  try {
    await writeFile(join(directory, 'docker'), `#!/bin/sh\n${docker}\n`);
    await chmod(join(directory, 'docker'), 0o755);
    const env = { PATH: [directory, process.env['PATH']].join(delimiter) };
    return await run(join(root, 'deploy', 'pin-images.sh'), [], { env });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

describe('deploy/pin-images.sh', () => {
  it('prints lines for .env with which every image from elsewhere is taken by its digest', async () => {
    const printed = await pin(`[ "$1" = pull ] || echo registry.example/whatever@${digest}`);
    const env = Object.fromEntries(
      printed
        .trimEnd()
        .split('\n')
        .map((line) => line.split('=', 2)),
    );
    const images = Object.values(readCompose().services).map(
      ({ image, build }) => build?.args?.['NODE_IMAGE'] ?? image,
    );
    expect(new Set(images).size).toBe(Object.keys(env).length);
    for (const image of images) expect(interpolate(image, env)).toBe(`${interpolate(image, {})}@${digest}`);
  });

  it('fails where an image cannot be had', async () => {
    await expect(pin('echo no such image >&2; exit 1')).rejects.toThrow('no such image');
  });
});
