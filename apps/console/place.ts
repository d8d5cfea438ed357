import { useEffect, useState } from 'preact/hooks';

/** Where in the console one is. It is the fragment of the address, so that its server serves one page only. */
export interface Place {
  readonly path: readonly string[];
  readonly query: URLSearchParams;
}

type Query = Readonly<Record<string, string | undefined>>;

export function usePlace(): Place {
  const [place, setPlace] = useState(placeNow);
  useEffect(() => {
    const onChange = () => setPlace(placeNow());
    addEventListener('hashchange', onChange);
    return () => removeEventListener('hashchange', onChange);
  }, []);
  return place;
}

/** The address of a place, for a link; what is undefined or empty is left out of the query. */
export function hrefOf(path: readonly (string | number)[], query: Query = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const search = new URLSearchParams(given as [string, string][]).toString();
  const segments = path.map((segment) => encodeURIComponent(String(segment))).join('/');
  return `#/${segments}${search === '' ? '' : `?${search}`}`;
}

/** Of the page for signing in, which leads back here. */
export function signInHref(): string {
  return hrefOf(['sign-in'], { next: location.hash });
}

/**
 * Changes the query of where one is, without an entry in the history for each letter that is typed. The path is that of
 * the address: a part is given its place without its own name.
 */
export function goOn({ query }: Place, changes: Query): void {
  const next = hrefOf(placeNow().path, { ...Object.fromEntries(query), ...changes });
  history.replaceState(null, '', next);
  dispatchEvent(new HashChangeEvent('hashchange'));
}

function placeNow(): Place {
  const [path = '', search = ''] = location.hash.replace(/^#\/?/, '').split('?', 2);
  const segments = path.split('/').filter((segment) => segment !== '');
  return { path: segments.map(decoded), query: new URLSearchParams(search) };
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
