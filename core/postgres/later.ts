/**
 * Calls back after some milliseconds, unless the function that it returns is called before. A process that was held up
 * finds its timers due and its sockets full at once, and would look at the timers first: so one more turn is taken, in
 * which what has come meanwhile is read.
 */
export function later(ms: number, call: () => void): () => void {
  let timer = setTimeout(() => {
    timer = setTimeout(call, 0);
  }, ms);
  return () => clearTimeout(timer);
}
