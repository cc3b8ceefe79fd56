/** A table that is asked for words of SQL: there `constructor` is a name like any other, and of an object it is known. */
export function dictionary<T>(entries: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.assign(Object.create(null), entries);
}
