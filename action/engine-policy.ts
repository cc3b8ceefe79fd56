import { type EngineWish, wantedEngine } from "#core/postgres/wanted-engine.ts";

export type EnginePolicy<Wish> =
  | { readonly allowed: true; readonly wish: Wish }
  | { readonly allowed: false; readonly reason: string };

/**
 * SQL from a fork is untrusted code, and a superuser on a real server is a shell on the runner. Where the token may
 * write, it runs on PGlite, which has no shell, no network and no files of the host; every other engine is refused.
 */
export function enginePolicy<Wish extends EngineWish>(wish: Wish, untrusted: boolean): EnginePolicy<Wish> {
  if (!untrusted) return { allowed: true, wish };
  const wanted = wantedEngine(wish);
  if (wanted === "auto" || wanted === "pglite") return { allowed: true, wish: { ...wish, engine: "pglite" } };
  return {
    allowed: false,
    reason: `Nothing was proved: this SQL comes from a fork while the token may write, so it may only run on PGlite, and the engine ${wanted} was asked for.`,
  };
}
