import { renameSync, rmSync, writeFileSync } from "node:fs";
import { patiently } from "#core/author/disk/patiently.ts";
import { type CannotRun, cannotRun } from "./cannot-run.ts";
import { errorWords } from "./error-words.ts";

/** Writes a file so that a reader sees the old text or the new one, never half of either. */
export function writeOutput(file: string, text: string): CannotRun | undefined {
  // Nobody knows the name before, so that nobody can have put a link there.
  const temporary = `${file}.${crypto.randomUUID()}.tmp`;
  try {
    writeFileSync(temporary, text, { flag: "wx" });
    patiently(() => renameSync(temporary, file));
    return undefined;
  } catch (error) {
    rmSync(temporary, { force: true });
    const noFolder = (error as NodeJS.ErrnoException).code === "ENOENT";
    return cannotRun(`cannot write ${file}: ${noFolder ? "its folder does not exist" : errorWords(error)}`);
  }
}

/** Prints and waits until it is out. A reader that went away (`| head`) is not an error. */
export function print(stream: NodeJS.WriteStream, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => {
      if (error && (error as NodeJS.ErrnoException).code !== "EPIPE") reject(error);
      else resolve();
    });
  });
}
