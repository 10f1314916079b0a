// Something failed: what, to what, and what to do about it, in words.

import { Button } from "react-aria-components";
import type { ApiError } from "../lib/api";
import { errorWords } from "../lib/words";
import { Icon } from "./Icon";

type Props = {
  error: ApiError;
  /** What failed, where the sort of error does not say it by itself. */
  title?: string;
  /** What still holds although this failed. */
  still?: string;
  onAgain?: () => void;
  onDismiss?: () => void;
};

export function AlertPanel({ error, title, still, onAgain, onDismiss }: Props) {
  const { title: usual, whatToDo, vague } = errorWords(error.code);
  // What Rust says of an error ends with what to do; what the web view says by itself does not.
  const advised = error.message !== "" && error.code !== "internal";
  return (
    <div className="panel panel-error" role="alert">
      <Icon name="warning" />
      <div className="panel-words">
        <p className="panel-title">{vague === true ? (title ?? usual) : usual}</p>
        {error.message !== "" && <p>{error.message}</p>}
        {(still !== undefined || !advised) && (
          <p>
            {still !== undefined && `${still} `}
            {!advised && whatToDo}
          </p>
        )}
        <p className="panel-actions">
          {onAgain && (
            <Button className="button" onPress={onAgain}>
              Try again
            </Button>
          )}
          {onDismiss && (
            <Button className="button button-quiet" onPress={onDismiss}>
              Dismiss
            </Button>
          )}
        </p>
      </div>
    </div>
  );
}
