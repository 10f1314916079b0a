// Joining a hub: its address, the code that a curator shows, and what this desk is called there.

import { useState } from "react";
import { Button } from "react-aria-components";
import { TextInput } from "../components/TextInput";
import { codeWritten } from "./lightWords";

type Props = {
  busy: boolean;
  onJoin: (address: string, code: string | null, device: string) => void;
};

const CODE_LENGTH = "ABCD-EFGH".length;

export function JoinForm({ busy, onJoin }: Props) {
  const [address, setAddress] = useState("");
  const [code, setCode] = useState("");
  const [device, setDevice] = useState("");
  const [tried, setTried] = useState(false);
  const faults = {
    address: address.trim() === "" ? ["Address: write the one that whoever runs the hub gave you."] : [],
    code:
      code !== "" && code.length !== CODE_LENGTH
        ? ["Code: it has eight letters and digits, such as ABCD-EFGH. Leave it blank to read only."]
        : [],
    device:
      code !== "" && device.trim() === ""
        ? ["Name of this computer: write one, so that others know where a change was made."]
        : [],
  };
  const submit = () => {
    setTried(true);
    const first = (["address", "code", "device"] as const).find((name) => faults[name].length > 0);
    if (first !== undefined) document.querySelector<HTMLElement>(`#join-${first} input`)?.focus();
    else if (!busy) onJoin(address.trim(), code === "" ? null : code, device.trim());
  };
  return (
    <form
      className="reason"
      aria-labelledby="join-title"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <h3 id="join-title">Join a hub</h3>
      <p className="quiet-note">
        A hub keeps the directories of several desks in step. Without one everything works, on this computer
        only. What is here is brought together with the hub’s directory; nothing is entered twice.
      </p>
      <div id="join-address">
        <TextInput
          label="Address of the hub"
          value={address}
          onChange={setAddress}
          inputMode="url"
          faults={tried ? faults.address : []}
          placeholder="e.g. hub.example.org"
        />
      </div>
      <div id="join-code">
        <TextInput
          label="Code"
          value={code}
          onChange={(typed) => {
            setCode(codeWritten(typed));
          }}
          faults={tried ? faults.code : []}
          help="A curator or administrator shows it to you; it holds for ten minutes. Without it you can only read."
          placeholder="ABCD-EFGH"
        />
      </div>
      <div id="join-device">
        <TextInput
          label="Name of this computer"
          value={device}
          onChange={setDevice}
          faults={tried ? faults.device : []}
          placeholder="e.g. Front desk"
        />
      </div>
      <div className="actions">
        <Button className="button button-main" type="submit">
          Join
        </Button>
      </div>
    </form>
  );
}
