// Searches the services in a file with MiniSearch and FlexSearch, each key so many times, and prints
// what it took as JSON. Both give the ten best, the total, and counts for every need, borough and
// tier as the other filters stand.
//
// node search.mjs SERVICES.jsonl QUESTIONS.json ROUNDS

import { readFileSync } from "node:fs";
import flexsearch from "flexsearch";
import MiniSearch from "minisearch";

const SHOWN = 10;
const FIELDS = ["name", "other", "tags", "body"];

const [servicesFile, questionsFile, rounds] = process.argv.slice(2);
const services = readFileSync(servicesFile, "utf8")
  .split("\n")
  .filter(Boolean)
  .map((line) => JSON.parse(line));
const questions = JSON.parse(readFileSync(questionsFile, "utf8"));
const about = (name) => new URL(`node_modules/${name}/package.json`, import.meta.url);
const version = (name) => JSON.parse(readFileSync(about(name), "utf8")).version;

/** Exact counts of every option; a facet does not count against itself. */
function counted(ids, chosen) {
  const counts = [new Uint32Array(32), new Uint32Array(32), new Uint32Array(32)];
  const shown = [];
  let total = 0;
  for (const id of ids) {
    const { marks } = services[id];
    const refused = chosen.map((want, n) => want !== 0 && (marks[n] & want) === 0);
    const all = refused.filter(Boolean).length;
    for (let n = 0; n < 3; n += 1) {
      if (all > Number(refused[n])) continue;
      for (let left = marks[n]; left !== 0; left &= left - 1) {
        counts[n][31 - Math.clz32(left & -left)] += 1;
      }
    }
    if (all === 0) {
      total += 1;
      if (shown.length < SHOWN) shown.push(services[id]);
    }
  }
  return { total, counts, shown };
}

const everything = services.map((_, id) => id);
const text = ({ words, open }) => [...words, ...(open ? [open] : [])].join(" ");

function miniSearch() {
  const index = new MiniSearch({ fields: FIELDS });
  index.addAll(services);
  return (question) => {
    const last = question.words.length;
    const found = index.search(text(question), {
      boost: { name: 10, other: 8, tags: 5 },
      combineWith: question.any ? "OR" : "AND",
      prefix: (_, at) => at === last,
      fuzzy: (term) => (term.length > 3 ? 0.2 : false),
    });
    return found.map((hit) => hit.id);
  };
}

function flexSearch() {
  const { Document, Charset } = flexsearch;
  const index = new Document({
    document: { id: "id", index: FIELDS },
    tokenize: "forward",
    encoder: Charset.LatinBalance,
  });
  services.forEach((service) => index.add(service));
  return (question) => {
    const fields = index.search(text(question), { limit: services.length, suggest: question.any });
    const order = [...fields].sort((a, b) => FIELDS.indexOf(a.field) - FIELDS.indexOf(b.field));
    return new Set(order.flatMap(({ result }) => result));
  };
}

function measured(name, make) {
  const begun = performance.now();
  const search = make();
  const build_s = (performance.now() - begun) / 1000;
  let told = 0;
  const once = (question) => {
    const before = performance.now();
    const ids = text(question) === "" ? everything : search(question);
    told += counted(ids, question.chosen).total;
    return performance.now() - before;
  };
  // Until the code is compiled.
  questions.filter((_, n) => n % 5 === 0).forEach(once);
  const times = questions.map(() => []);
  for (let round = 0; round < Number(rounds); round += 1) {
    // A stride without common factors is an order of its own.
    for (let n = 0; n < questions.length; n += 1) {
      const at = (n * 7919 + round * 104729) % questions.length;
      times[at].push(once(questions[at]));
    }
  }
  if (told === 0) throw new Error(`${name} found nothing at all`);
  return { name: `${name} ${version(name.toLowerCase())}`, build_s, times };
}

process.stdout.write(
  JSON.stringify([measured("MiniSearch", miniSearch), measured("FlexSearch", flexSearch)]),
);
