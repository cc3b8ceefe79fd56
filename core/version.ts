import manifest from "../package.json" with { type: "json" };

/** Version of Switchback. */
export const version: string = manifest.version;
