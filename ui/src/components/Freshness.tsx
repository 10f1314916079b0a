// When somebody last confirmed an entry. Old checks carry a picture and a word, not only a colour.

import type { FreshnessView } from "../lib/api";
import { capital } from "../lib/words";
import { Icon } from "./Icon";

export function Freshness({ checked }: { checked: FreshnessView }) {
  if (!checked.stale) {
    return (
      <span className="fresh">
        <Icon name="check" /> {capital(checked.said)}
      </span>
    );
  }
  return (
    <span className="fresh fresh-old">
      <Icon name="clock" /> {checked.date === null ? "" : "Old: "}
      {checked.date === null ? capital(checked.said) : checked.said}
    </span>
  );
}
