/** Reads what is known of an object once, however often it is asked for: a dozen rules ask the same of one statement. */
export function onceForEach<Key extends object, Known>(read: (key: Key) => Known): (key: Key) => Known {
  const known = new WeakMap<Key, { readonly found: Known }>();
  return (key) => {
    const before = known.get(key);
    if (before) return before.found;
    const found = read(key);
    known.set(key, { found });
    return found;
  };
}
