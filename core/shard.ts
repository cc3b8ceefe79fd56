import type { Shard } from "./report/model.ts";

/** `2/4` → part 2 of 4; undefined for anything else. */
export function parseShard(text: string): Shard | undefined {
  const match = /^\s*(\d{1,6})\s*\/\s*(\d{1,6})\s*$/.exec(text);
  const [index, count] = [Number(match?.[1]), Number(match?.[2])];
  return match && index >= 1 && index <= count ? { index, count } : undefined;
}

/** The part of a list that a shard carries: neighbours stay together, and parts differ by one at most. */
export function partOf<T>(list: readonly T[], { index, count }: Shard): readonly T[] {
  const edge = (part: number) => Math.floor((list.length * part) / count);
  return list.slice(edge(index - 1), edge(index));
}
