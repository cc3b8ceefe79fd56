import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";

const docs = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const repository = "https://github.com/switchback/switchback";

/** The pages are the Markdown of docs/, unchanged; only this folder's own two pages move to the top. */
export default {
  title: "Switchback",
  description: "Proves that PostgreSQL migrations are safe to go up, and that you can get back down.",
  lang: "en",
  base: "/switchback/",
  head: [["link", { rel: "icon", type: "image/png", href: "/switchback/icon.png" }]],
  srcDir: docs,
  outDir: join(docs, "site/dist"),
  cacheDir: join(docs, "site/node_modules/.cache/vitepress"),
  rewrites: {
    "site/index.md": "index.md",
    "site/playground.md": "playground.md",
    "rules/README.md": "rules/index.md",
  },
  markdown: { config: (markdown) => markdown.core.ruler.push("repository-links", repositoryLinks) },
  vite: { plugins: [vueOfThisFolder()] },
  themeConfig: {
    nav: [
      { text: "Guides", link: "/guides/adopt", activeMatch: "^/guides/" },
      { text: "Rules", link: "/rules/", activeMatch: "^/rules/" },
      { text: "Playground", link: "/playground" },
    ],
    sidebar: [
      { text: "Guides", items: pagesOf("guides") },
      { text: "Reference", items: pagesOf("") },
      { text: "Rules", link: "/rules/", collapsed: true, items: pagesOf("rules") },
    ],
    outline: { level: [2, 3] },
    search: { provider: "local" },
    socialLinks: [{ icon: "github", link: repository }],
  },
};

function pagesOf(folder) {
  return readdirSync(join(docs, folder))
    .filter((name) => name.endsWith(".md") && name !== "README.md")
    .map((name) => ({
      text: titleOf(join(docs, folder, name)),
      link: posix.join("/", folder, name.replace(/\.md$/, "")),
    }));
}

function titleOf(path) {
  return readFileSync(path, "utf8").match(/^# (.+)$/m)?.[1] ?? path;
}

/** On GitHub the pages link to files beside docs/; here such a link leads to GitHub. */
function repositoryLinks({ tokens, env }) {
  for (const token of tokens.flatMap(({ children }) => children ?? [])) {
    const href = token.type === "link_open" ? token.attrGet("href") : null;
    if (!href || /^([a-z]+:|[#/])/.test(href)) continue;
    const [path, anchor] = href.split("#");
    const target = posix.join("docs", posix.dirname(env.relativePath), path);
    const after = anchor === undefined ? "" : `#${anchor}`;
    if (target === "docs/rules/README.md") token.attrSet("href", `/rules/${after}`);
    else if (!/^docs\/.*\.md$/.test(target)) {
      if (!existsSync(join(docs, "..", target)))
        throw new Error(`${env.relativePath} links to nothing: ${href}`);
      token.attrSet("href", `${repository}/blob/main/${target}${after}`);
    }
  }
}

/** The pages stand outside this folder, where Vite would not find Vue; what renders them stands inside, and does. */
function vueOfThisFolder() {
  const packages = ["vue", "vue/server-renderer"];
  return {
    name: "vue-of-this-folder",
    enforce: "pre",
    resolveId: (id, _importer, { ssr }) => (ssr && packages.includes(id) ? { id, external: true } : null),
  };
}
