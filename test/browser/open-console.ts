import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { chromiumBinary } from '#dev/servers';
import { Holdfast } from '#client';
import { startGateway, type Gateway } from '../../dev/local/gateway.ts';
import { startShop, type Shop } from '../end-to-end/shop.ts';

/** Only ends what hangs. */
const timeoutMs = 60_000;
const pictures = join(import.meta.dirname, '../../.holdfast/screenshots');

/** A running system with a gateway, and a browser that opens its console. */
export interface OpenedConsole {
  readonly kind: 'PostgreSQL' | 'EventStoreDB';
  readonly shop: Shop;
  readonly gateway: Gateway;
  /** A client of the member of staff. */
  readonly staff: Holdfast;
  /** A window with a storage of its own, as of another person; its pages are tabs. */
  person(settings?: Parameters<Browser['newContext']>[0]): Promise<Person>;
  /** A person who has signed in. */
  signedIn(username: string): Promise<Person>;
  /** Of all pages: what a policy forbade, and what nobody caught. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

export interface Person {
  readonly context: BrowserContext;
  tab(place: string): Promise<Page>;
  /** Signs in on the page for it. */
  signIn(page: Page, username: string): Promise<void>;
}

const password = 'correct horse battery';

export async function openConsole(
  kind: OpenedConsole['kind'],
  settings: NodeJS.ProcessEnv = {},
): Promise<OpenedConsole> {
  const [shop, browser] = await Promise.all([startShop(kind, settings), launch()]);
  const gateway = await startGateway({ port: 0 });
  const { commandApi, queryApi } = shop.system;
  gateway.connect({ 'command-api': [commandApi.url], 'query-api': [queryApi.url] });
  const complaints: string[] = [];
  const person: OpenedConsole['person'] = async (how = {}) => {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 900 },
      locale: 'en-US',
      timezoneId: 'UTC',
      ...how,
    });
    context.setDefaultTimeout(timeoutMs);
    context.on('console', (message) => {
      if (/Content Security Policy|Trusted/.test(message.text())) complaints.push(message.text());
    });
    context.on('weberror', (error) => complaints.push(error.error().message));
    const tab: Person['tab'] = async (place) => {
      const page = await context.newPage();
      await page.goto(`${gateway.url}/console/#/${place}`);
      return page;
    };
    return { context, tab, signIn };
  };
  const signedIn: OpenedConsole['signedIn'] = async (username) => {
    const one = await person();
    const page = await one.tab('sign-in');
    await signIn(page, username);
    await page.close();
    return one;
  };
  const close = async (): Promise<void> => {
    await browser.close();
    await gateway.close();
    await shop.close();
  };
  const staff = new Holdfast({ baseUrl: gateway.url, login: { email: 'staff@example.com', password } });
  return { kind, shop, gateway, staff, person, signedIn, complaints, close };
}

/** On the form for those who have an account. */
async function signIn(page: Page, username: string): Promise<void> {
  const form = page.getByRole('region', { name: 'Sign in' });
  await form.getByLabel('E-mail address or user name').fill(username);
  await form.getByLabel('Password').fill(password);
  await form.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
}

/** Kept with the run; the newest replaces the one before. */
export async function picture(page: Page, name: string): Promise<void> {
  await mkdir(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
}

async function launch(): Promise<Browser> {
  const { command, env } = await chromiumBinary();
  // Tests may run as root, and only open what is here.
  return chromium.launch({ executablePath: command, env, args: ['--no-sandbox', '--disable-gpu'] });
}
