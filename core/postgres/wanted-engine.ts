import type { EngineInfo } from "../report/model.ts";

export interface EngineWish {
  readonly engine: "auto" | EngineInfo["name"];
  /** Docker image. */
  readonly image?: string | undefined;
  /** URL of a running server. */
  readonly url?: string | undefined;
}

/** To name a server is to ask for it, and to name an image is to ask for Docker; an engine that is named wins. */
export function wantedEngine({ engine, image, url }: EngineWish): EngineWish["engine"] {
  if (engine !== "auto") return engine;
  if (url !== undefined) return "server";
  return image === undefined ? "auto" : "docker";
}
