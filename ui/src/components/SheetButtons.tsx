// The way to the keys and the settings, at the top of every screen.

import { Button } from "react-aria-components";
import type { SheetName } from "../Window";
import { Icon } from "./Icon";

export function SheetButtons({ onSheet }: { onSheet: (sheet: SheetName) => void }) {
  return (
    <>
      <Button
        className="button-icon"
        aria-label="Keys"
        onPress={() => {
          onSheet("keys");
        }}
      >
        <Icon name="keys" />
      </Button>
      <Button
        className="button-icon"
        aria-label="Settings"
        onPress={() => {
          onSheet("settings");
        }}
      >
        <Icon name="gear" />
      </Button>
    </>
  );
}
