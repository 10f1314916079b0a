// PouchDB with express-pouchdb on the records of a file: what `meeting` measures beside Signpost.
//
// Usage: node sync.mjs RECORDS SERVER TAP FOLDER, or `node sync.mjs --here`: ends well if it can run.
// RECORDS: a JSON object a line, with `id`; each becomes a document; the first 1,000 are changed.
// SERVER: the port for the server. TAP: the port through which copies talk to it, where bytes are counted.
// Prints a JSON object a line: {"step", "seconds"}, and waits for a line on its input before each
// step, so that whoever counts can tell the steps apart. The server runs in a process of its own.

import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import express from "express";
import expressPouchdb from "express-pouchdb";
import PouchDB from "pouchdb";

const CHANGED = 1000;
const BATCH = 1000;

async function serve(port, folder) {
  mkdirSync(folder, { recursive: true });
  const Stored = PouchDB.defaults({ prefix: `${folder}/` });
  const app = express();
  const options = { mode: "minimumForPouchDB", inMemoryConfig: true };
  app.use("/", expressPouchdb(Stored, options));
  app.listen(Number(port), "127.0.0.1", () => process.send("ready"));
}

async function measure(records, serverPort, tapPort, folder) {
  const child = fork(fileURLToPath(import.meta.url), ["--serve", serverPort, join(folder, "server")]);
  await once(child, "message");
  const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
  const step = async (name, work) => {
    await lines.next();
    const started = performance.now();
    await work();
    const seconds = (performance.now() - started) / 1000;
    process.stdout.write(`${JSON.stringify({ step: name, seconds })}\n`);
  };
  const remote = `http://127.0.0.1:${tapPort}/directory`;
  const options = { batch_size: BATCH };
  const first = new PouchDB(join(folder, "first"));
  const second = new PouchDB(join(folder, "second"));
  const documents = readFileSync(records, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => ({ _id: JSON.parse(line).id, ...JSON.parse(line) }));
  await first.bulkDocs(documents);
  await step("fill", () => first.replicate.to(remote, options));
  await step("bootstrap", () => second.replicate.from(remote, options));
  const keys = documents.slice(0, CHANGED).map(({ _id }) => _id);
  const { rows } = await first.allDocs({ include_docs: true, keys });
  await first.bulkDocs(rows.map(({ doc }) => ({ ...doc, description: `${doc.description ?? ""} Ring first.` })));
  await step("push", () => first.replicate.to(remote, options));
  await step("pull", () => second.replicate.from(remote, options));
  await step("idle", () => second.replicate.from(remote, options));
  const counts = await Promise.all([first.info(), second.info()]);
  if (counts[0].doc_count !== counts[1].doc_count) throw new Error("the copies differ");
  child.kill();
  process.exit(0);
}

const [first, ...rest] = process.argv.slice(2);
if (first === "--here") process.exit(0);
await (first === "--serve" ? serve(...rest) : measure(first, ...rest));
