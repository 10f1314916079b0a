// Several of the same: telephones, links, prices. One can be added or taken out; the focus stays near.

import { useId, useRef, type ReactNode } from "react";
import { Button } from "react-aria-components";
import { Icon } from "../components/Icon";
import { announce } from "../state/announcer";

type Props<T> = {
  items: readonly T[];
  /** What one of them is called: `telephone number`. */
  one: string;
  add: string;
  blank: () => T;
  onChange: (items: T[]) => void;
  children: (item: T, set: (part: Partial<T>) => void, at: number) => ReactNode;
};

export function Repeated<T>({ items, one, add, blank, onChange, children }: Props<T>) {
  const list = useRef<HTMLOListElement>(null);
  const adding = useId();
  const toLast = () => {
    requestAnimationFrame(() => {
      list.current
        ?.querySelector<HTMLElement>(":scope > li:last-child :is(input, textarea, button)")
        ?.focus();
    });
  };
  const remove = (at: number) => {
    onChange(items.filter((_, index) => index !== at));
    announce(`Removed ${one} ${String(at + 1)}`);
    document.getElementById(adding)?.focus();
  };
  return (
    <div className="repeated">
      {items.length > 0 && (
        <ol ref={list} className="repeated-list">
          {items.map((item, at) => (
            <li key={at} className="repeated-item">
              <div className="repeated-fields" role="group" aria-label={`${one} ${String(at + 1)}`}>
                {children(
                  item,
                  (part) => {
                    onChange(items.map((other, index) => (index === at ? { ...other, ...part } : other)));
                  },
                  at,
                )}
              </div>
              <Button
                className="button-icon"
                aria-label={`Remove ${one} ${String(at + 1)}`}
                onPress={() => {
                  remove(at);
                }}
              >
                <Icon name="cross" />
              </Button>
            </li>
          ))}
        </ol>
      )}
      <Button
        id={adding}
        className="button button-small"
        onPress={() => {
          onChange([...items, blank()]);
          toLast();
        }}
      >
        <Icon name="plus" /> {add}
      </Button>
    </div>
  );
}

type WordsProps = {
  words: readonly string[];
  one: string;
  add: string;
  onChange: (words: string[]) => void;
};

/** Several short texts: other names, keywords, languages. */
export function RepeatedWords({ words, one, add, onChange }: WordsProps) {
  return (
    <Repeated
      items={words.map((text) => ({ text }))}
      one={one}
      add={add}
      blank={() => ({ text: "" })}
      onChange={(items) => {
        onChange(items.map(({ text }) => text));
      }}
    >
      {({ text }, set, at) => (
        <div className="input">
          <input
            aria-label={`${one} ${String(at + 1)}`}
            autoComplete="off"
            value={text}
            onChange={(event) => {
              set({ text: event.target.value });
            }}
          />
        </div>
      )}
    </Repeated>
  );
}
