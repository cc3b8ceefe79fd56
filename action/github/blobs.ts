import type { Client } from "./client.ts";
import { granted, type Reply } from "./reply.ts";
import type { TreeFile } from "./trees.ts";

interface BlobText {
  readonly text: string | null;
  readonly isTruncated: boolean;
}

const perQuery = 50;

/** The bytes of files, by their hash. Texts come fifty to a call; what GraphQL will not show whole comes one by one. */
export async function readBlobs(
  client: Client,
  files: readonly TreeFile[],
): Promise<Reply<Map<string, Uint8Array>>> {
  const contents = new Map<string, Uint8Array>();
  const hashes = [...new Set(files.map((file) => file.sha))];
  for (let at = 0; at < hashes.length; at += perQuery) {
    const some = hashes.slice(at, at + perQuery);
    const reply = await client.graphql<{ repository: Record<string, BlobText | null> }>(textsQuery(some), {});
    for (const [index, sha] of some.entries()) {
      const blob = reply.ok ? reply.value.repository[`file${index}`] : undefined;
      const bytes = blob?.text && !blob.isTruncated ? new TextEncoder().encode(blob.text) : undefined;
      const size = files.find((file) => file.sha === sha)?.size;
      // GraphQL decodes; where that lost a byte (other encodings, a byte order mark) the length tells.
      if (bytes && bytes.length === size) contents.set(sha, bytes);
      else {
        const single = await client.get<{ content: string }>(`/git/blobs/${sha}`);
        if (!single.ok) return single;
        contents.set(sha, Buffer.from(single.value.content, "base64"));
      }
    }
  }
  return granted(contents);
}

/** Hashes are hexadecimal, checked before they become part of a query. */
function textsQuery(hashes: readonly string[]): string {
  const fields = hashes
    .filter((sha) => /^[0-9a-f]{40,64}$/.test(sha))
    .map((sha, index) => `file${index}: object(oid: "${sha}") { ...text }`);
  return `query Texts($owner: String!, $repo: String!) {
  repository(owner: $owner, name: $repo) {
    ${fields.join("\n    ")}
  }
}
fragment text on Blob { text isTruncated }`;
}

/** The texts of those of these paths that are in a commit, with one call. What is no text is an empty one. */
export async function textsAt(
  client: Client,
  commit: string,
  paths: readonly string[],
): Promise<Reply<Map<string, string>>> {
  const declared = paths.map((_, index) => `, $path${index}: String!`).join("");
  const fields = paths.map((_, index) => `file${index}: object(expression: $path${index}) { ...text }`);
  const query = `query TextsAt($owner: String!, $repo: String!${declared}) {
  repository(owner: $owner, name: $repo) {
    ${fields.join("\n    ")}
  }
}
fragment text on Blob { text }`;
  const variables = Object.fromEntries(paths.map((path, index) => [`path${index}`, `${commit}:${path}`]));
  const reply = await client.graphql<{ repository: Record<string, Pick<BlobText, "text"> | null> }>(
    query,
    variables,
  );
  if (!reply.ok) return reply;
  const found = paths.flatMap((path, index): [string, string][] => {
    const file = reply.value.repository[`file${index}`];
    return file ? [[path, file.text ?? ""]] : [];
  });
  return granted(new Map(found));
}
