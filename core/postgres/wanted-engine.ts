import type { EngineInfo } from "../report/model.ts";

export interface EngineWish {
  readonly engine: "auto" | EngineInfo["name"];
  /** Docker image. */
  readonly image?: string | undefined;
  /** URL of a running server. */
  readonly url?: string | undefined;
}

/** Is the server the user's, of a version that is known when it answers, and nobody said which it is to be? */
export function judgesByServer(wish: EngineWish & { readonly versionUnsaid?: true | undefined }): boolean {
  const wanted = wantedEngine(wish);
  const isOwn = wanted === "server" || (wanted === "docker" && wish.image !== undefined);
  return isOwn && wish.versionUnsaid === true;
}

/** To name a server is to ask for it, and to name an image is to ask for Docker; an engine that is named wins. */
export function wantedEngine({ engine, image, url }: EngineWish): EngineWish["engine"] {
  if (engine !== "auto") return engine;
  if (url !== undefined) return "server";
  return image === undefined ? "auto" : "docker";
}
