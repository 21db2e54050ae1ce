// Runs inside.py in Pyodide: node run.mjs REPOSITORY WHEELS
//
// Nothing is asked of the network: the interpreter is what npm has put beside this file, and all that
// is imported was unpacked from the folder of wheels, the library's own among them.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { loadPyodide } from "pyodide";

const [repository, wheels] = process.argv.slice(2);
// An error would print the line of Pyodide that threw it, which is a megabyte long.
process.on("uncaughtException", (error) => {
  console.error(error.message ?? error);
  process.exit(1);
});

const python = await loadPyodide();
for (const wheel of readdirSync(wheels)) {
  const packed = new Uint8Array(readFileSync(join(wheels, wheel)));
  python.unpackArchive(packed, "zip", { extractDir: "/wheels" });
}
python.mountNodeFS("/repository", repository);
python.globals.set("processor_time", () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
});
process.exitCode = python.runPython(
  readFileSync(join(import.meta.dirname, "inside.py"), "utf8"),
);
