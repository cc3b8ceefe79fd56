/**
 * What is known of all steps of a script so far, read on as steps come in: each statement asks of those before it, and
 * to begin anew for each would take the square of their number.
 *
 * @param follow is shown each step once, in order, with its place; `rest` is what was asked with
 */
export function alongSteps<Step, Known, Rest extends readonly unknown[] = []>(
  begin: (...rest: Rest) => Known,
  follow: (known: Known, step: Step, place: number, ...rest: Rest) => void,
): (steps: readonly Step[], ...rest: Rest) => Known {
  const read = new WeakMap<readonly Step[], { readonly known: Known; next: number }>();
  return (steps, ...rest) => {
    const found = read.get(steps) ?? { known: begin(...rest), next: 0 };
    read.set(steps, found);
    for (let step = steps[found.next]; step !== undefined; step = steps[found.next])
      follow(found.known, step, found.next++, ...rest);
    return found.known;
  };
}
