// Not `node:fs/promises`, which loads readline at each start.
import { lstatSync, promises, renameSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { patiently } from "#core/author/disk/patiently.ts";
import { shellWord } from "#core/author/shell-word.ts";
import { type CannotRun, cannotRun } from "./cannot-run.ts";
import { errorWords } from "./error-words.ts";

/** Writes a file so that a reader sees the old text or the new one, never half of either. */
export async function writeOutput(file: string, text: string): Promise<CannotRun | undefined> {
  if (file === "") return cannotRun("--output wants the name of a file");
  // A rename would put a file in the place of the device, for every program.
  const stream = streams[resolve(file)];
  if (stream) {
    await print(process[stream], text);
    return undefined;
  }
  if (isDevice(file)) return written(file, () => promises.writeFile(file, text));
  // Nobody knows the name before, so that nobody can have put a link there.
  const temporary = `${file}.${crypto.randomUUID()}.tmp`;
  const problem = await written(file, async () => {
    await promises.writeFile(temporary, text, { flag: "wx" });
    patiently(() => renameSync(temporary, file));
  });
  if (problem) await promises.rm(temporary, { force: true });
  return problem;
}

const streams: Readonly<Record<string, "stdout" | "stderr">> = {
  "/dev/stdout": "stdout",
  "/dev/fd/1": "stdout",
  "/dev/stderr": "stderr",
  "/dev/fd/2": "stderr",
};

/** What lies in `/dev`, or a pipe; a link that somebody put into a work tree is none. */
function isDevice(file: string): boolean {
  const found = lstatSync(file, { throwIfNoEntry: false });
  if (found === undefined || found.isDirectory() || found.isFile()) return false;
  return resolve(file).startsWith("/dev/") || found.isFIFO() || found.isCharacterDevice();
}

async function written(file: string, write: () => Promise<void>): Promise<CannotRun | undefined> {
  try {
    await write();
    return undefined;
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    const elsewhere = ["EACCES", "EPERM", "EROFS", "EISDIR"].includes(code)
      ? "\n  name a file where you may write: --output <file>"
      : "";
    if (code !== "ENOENT") return cannotRun(`cannot write ${file}: ${errorWords(error)}${elsewhere}`);
    return cannotRun(
      `cannot write ${file}: its folder does not exist\n  mkdir -p ${shellWord(dirname(file))}`,
    );
  }
}

/** Where the output goes takes no more of it. */
export class CannotPrint extends Error {}

/** Prints and waits until it is out. A reader that went away (`| head`) is not an error. */
export async function print(stream: NodeJS.WriteStream, text: string): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      stream.write(text, (error) => (error ? reject(error) : resolve()));
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPIPE")
      throw new CannotPrint(`cannot print: ${errorWords(error)}`);
  }
}
