/** An id, which may be long: what does not fit is seen when it is pointed at, and read out as it is. */
export function Id({ of }: { of: string }) {
  return (
    <code class="id" title={of}>
      {of}
    </code>
  );
}
