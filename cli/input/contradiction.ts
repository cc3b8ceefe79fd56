import { optionTable } from "#core/config/options.ts";
import type { Flags } from "../grammar/request.ts";

/** Which part of a proof a flag is about, and no lint reads. */
const ofTheProof = new Set([
  ...["engine", "image", "url", "timeout", "jobs"],
  ...["locks", "idempotent", "walkDown", "withData", "fixtures"],
]);

/** Two flags of which one takes from the other what it is about: whoever wrote both expects both. */
export function contradiction(flags: Flags): string | undefined {
  const [wanted] = optionTable.filter(({ name }) => ofTheProof.has(name) && flags[name] !== undefined);
  if (flags.roundTrip === "off" && wanted)
    return `${wanted.flag?.name} is about the proof, and --round-trip off leaves it out\n  give one of them`;
  const { engine, image } = flags;
  if (image !== undefined && engine !== undefined && engine !== "docker" && engine !== "auto")
    return `--image is for the engine docker, and --engine ${engine} was asked for\n  give one of them`;
  return undefined;
}
