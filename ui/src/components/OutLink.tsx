// A link that opens in the system's own browser or mail program, never inside this window.

import { useState } from "react";
import { Link } from "react-aria-components";
import { api, asApiError, type ApiError } from "../lib/api";
import { AlertPanel } from "./AlertPanel";
import { Icon } from "./Icon";

type Props = { to: string; said: string };

export function OutLink({ to, said }: Props) {
  const [error, setError] = useState<ApiError | null>(null);
  const open = () => {
    setError(null);
    void api.openLink(to).catch((cause: unknown) => {
      setError(asApiError(cause));
    });
  };
  return (
    <>
      <Link className="link" onPress={open}>
        {said} <Icon name="out" />
        <span className="unseen">(opens outside Signpost)</span>
      </Link>
      {error && <AlertPanel error={error} onAgain={open} />}
    </>
  );
}
