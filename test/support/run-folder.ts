import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * A folder for what the suites of one run share (`madeOnce`). Set up before the first suite, removed after the last. They
 * make files that the server's user reads, and what they say of a umask is their own.
 */
export default function setup(): () => void {
  process.umask(0o022);
  const folder = mkdtempSync(join(tmpdir(), "switchback-tests-"));
  process.env.SWITCHBACK_TEST_RUN = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
