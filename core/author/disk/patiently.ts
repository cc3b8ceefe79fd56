const patienceMs = 1_000;
const pauseMs = 20;

/**
 * Does one thing to a file. Windows refuses for as long as another program has the file open, a virus scanner or an
 * index of the desktop: mostly milliseconds.
 */
export function patiently<T>(work: () => T, platform: NodeJS.Platform = process.platform): T {
  const until = Date.now() + patienceMs;
  for (;;) {
    try {
      return work();
    } catch (error) {
      const { code = "" } = error as NodeJS.ErrnoException;
      const mayPass = platform === "win32" && ["EACCES", "EBUSY", "EPERM"].includes(code);
      if (!mayPass || Date.now() > until) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMs);
    }
  }
}
