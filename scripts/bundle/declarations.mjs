import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { root } from "./node-bundle.mjs";

/** Writes the types of the public surface, core/index.ts, and of everything it mentions, to a folder. */
export function writeDeclarations(outdir) {
  const all = join(root, "node_modules/.cache/switchback", `types-${process.pid}`);
  mkdirSync(all, { recursive: true });
  try {
    // A configuration of its own, for a file on the command line makes TypeScript ignore tsconfig.json.
    const config = join(all, "tsconfig.json");
    writeFileSync(config, JSON.stringify(configuration(all)));
    execFileSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "--project", config], {
      cwd: root,
      stdio: "inherit",
    });
    for (const file of mentioned(join(all, "index.d.ts"))) {
      const path = join(outdir, relative(all, file));
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(
        path,
        readFileSync(file, "utf8").replaceAll(imports, (_, start, name) => `${start}${name}.js"`),
      );
    }
  } finally {
    rmSync(all, { recursive: true, force: true });
  }
}

function configuration(outDir) {
  return {
    extends: join(root, "tsconfig.json"),
    compilerOptions: {
      noEmit: false,
      declaration: true,
      emitDeclarationOnly: true,
      rootDir: join(root, "core"),
      typeRoots: [join(root, "node_modules/@types")],
      outDir,
    },
    include: [],
    files: [join(root, "core/index.ts")],
  };
}

/** `from "./check.ts"` and `import("./check.ts")`: the path without its ending. */
const imports = /((?:from|import\()\s*")(\.[^"]+)\.ts"/g;

/** A declaration file and those that it imports, and so on. */
function mentioned(file, found = new Set()) {
  if (found.has(file)) return found;
  found.add(file);
  for (const [, , name] of readFileSync(file, "utf8").matchAll(imports)) {
    const other = join(dirname(file), `${name}.d.ts`);
    if (existsSync(other)) mentioned(other, found);
  }
  return found;
}
