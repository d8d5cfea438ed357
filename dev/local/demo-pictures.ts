interface Picture {
  readonly icon: string;
  readonly colour: string;
}

/** A picture that is its own URL, and needs no network. */
export function pictureOf({ icon, colour }: Picture): string {
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200">` +
    `<rect width="200" height="200" rx="16" fill="${colour}"/><circle cx="100" cy="100" r="72" fill="#fff" opacity=".85"/>` +
    `<text x="100" y="128" font-size="80" text-anchor="middle">${icon}</text></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
