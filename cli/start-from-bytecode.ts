#!/usr/bin/env node
/**
 * Starts the command line: one script, with the bytecode that V8 made of it in an earlier run. Compiling is half of what
 * the lint of a small folder takes beside Node itself.
 *
 * The bytecode stands beside the script, goes where it goes, and fits one version of Node under the same flags. The build
 * makes it for the repository; for the npm package the first check does. Where it cannot be kept, or
 * NODE_DISABLE_COMPILE_CACHE is set as for Node's own, everything works as well, and starts later.
 */
import { accessSync, constants, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Script } from "node:vm";
import { crc32 } from "node:zlib";

/** Set by the build: the name of the script, which holds a hash of its content. */
declare const SCRIPT: string;

/** The runs that compile most of what any other needs. */
const typical: readonly unknown[] = ["check", "lint"];

/** Where V8 notes the flags that it compiled under: code-serializer.h, `SerializedCodeData::kFlagHashOffset`. */
const flagHash = 12;

/** At the end of the file, after what V8 made. */
const checksumBytes = 4;

const folder = import.meta.dirname;
const script = `${folder}/${SCRIPT}`;
// Before the program sets flags of its own.
const flags = new Script("0").createCachedData().subarray(flagHash, flagHash + 4);
const platform = `${process.version}-${process.platform}-${process.arch}`;
const bytecode = `${script}.${platform}-${flags.toString("hex")}.bytecode`;

// The build leaves ASCII alone in it, which is read in half the time.
const source = readFileSync(script, "latin1");
const wanted = !process.env["NODE_DISABLE_COMPILE_CACHE"];
const kept = wanted ? soundContent(bytecode) : undefined;
const program = new Script(source, {
  filename: script,
  ...(kept && { cachedData: kept }),
});
if (wanted && (!kept || program.cachedDataRejected)) process.once("exit", keep);
const load = (name: string) => import(name);
program.runInThisContext()(createRequire(script), load, { exports: {} }, script, folder);

/** Only now does the bytecode hold the functions that were compiled when they were first called. */
function keep(code: number): void {
  if (code > 1 || !typical.includes(process.argv[2])) return;
  try {
    accessSync(folder, constants.W_OK);
    const made = program.createCachedData();
    flags.copy(made, flagHash);
    // Half a file has another checksum, so nobody takes it, and the next run writes it anew.
    writeFileSync(bytecode, Buffer.concat([made, checksum(made)]));
  } catch {
    // Nothing is kept where nothing can be.
  }
}

/** V8 runs what it is given: a file that a power failure left full of zeros would end every run in a crash. */
function soundContent(path: string): Buffer | undefined {
  try {
    const content = readFileSync(path);
    const made = content.subarray(0, -checksumBytes);
    return checksum(made).equals(content.subarray(-checksumBytes)) ? made : undefined;
  } catch {
    return undefined;
  }
}

function checksum(made: Buffer): Buffer {
  const sum = Buffer.alloc(checksumBytes);
  sum.writeUInt32LE(crc32(made));
  return sum;
}
