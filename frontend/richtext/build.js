// Builds static/vendor from the packages pinned in package-lock.json; with --check it only compares.
import { readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const RULE = `\n${"-".repeat(72)}\n\n`;
const STYLES = ["prosemirror-view/style/prosemirror.css", "prosemirror-gapcursor/style/gapcursor.css"];

/** The packages with code in the bundle, by name. */
async function packagesOf(metafile) {
  const names = Object.keys(metafile.inputs).map((path) => path.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1]);
  const unique = [...new Set(names.filter((name) => name !== undefined))].sort();
  return Promise.all(
    unique.map(async (name) => {
      const folder = join(ROOT, "node_modules", name);
      const { version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
      return { name, version, license, text: (await readFile(join(folder, "LICENSE"), "utf8")).trim() };
    }),
  );
}

async function bundle(banner) {
  return build({
    absWorkingDir: ROOT,
    entryPoints: ["frontend/richtext/prosemirror.ts"],
    banner: { js: banner },
    bundle: true,
    charset: "utf8",
    format: "esm",
    legalComments: "none", // every notice stands in LICENSES.txt
    metafile: true,
    minify: true,
    target: "es2022",
    write: false,
  });
}

async function outputs() {
  const packages = await packagesOf((await bundle("")).metafile);
  const versions = packages.map(({ name, version }) => `${name} ${version}`).join(", ");
  const header = `/* ${versions}. Licences: LICENSES.txt. Built by "npm run build"; not edited by hand. */`;
  const styles = await Promise.all(STYLES.map((path) => readFile(join(ROOT, "node_modules", path), "utf8")));
  const notices = packages.map(({ name, version, license, text }) => `${name} ${version} (${license})\n\n${text}\n`);
  return {
    "prosemirror.js": (await bundle(header)).outputFiles[0].text,
    "prosemirror.css": `${header}\n${styles.join("\n")}`,
    "LICENSES.txt": ["prosemirror.js and prosemirror.css hold code of these packages.\n", ...notices].join(RULE),
  };
}

const check = process.argv.includes("--check");
for (const [name, text] of Object.entries(await outputs())) {
  const path = join(ROOT, "static", "vendor", name);
  if (!check) await writeFile(path, text);
  else if ((await readFile(path, "utf8")) !== text) {
    console.error(`static/vendor/${name} is not what the pinned packages make. Run "npm run build".`);
    process.exitCode = 1;
  }
}
