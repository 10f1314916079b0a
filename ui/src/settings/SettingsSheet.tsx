// How the window looks and which keys it listens to. Every change holds at once and is saved.

import {
  Button,
  Label,
  Slider,
  SliderOutput,
  SliderThumb,
  SliderTrack,
  SwitchButton,
  SwitchField,
} from "react-aria-components";
import { AlertPanel } from "../components/AlertPanel";
import { Choice } from "../components/Choice";
import type { DirectoryStatus, Motion, SyncLight, Theme } from "../lib/api";
import type { Job } from "../state/useJob";
import type { SettingsState } from "../state/useSettings";
import { About } from "./About";
import { Postcodes } from "./Postcodes";
import { Sheet } from "../components/Sheet";

const themes: readonly (readonly [Theme, string])[] = [
  ["system", "As the computer is set"],
  ["light", "Light"],
  ["dark", "Dark"],
  ["contrast", "High contrast"],
];

const motions: readonly (readonly [Motion, string])[] = [
  ["system", "As the computer is set"],
  ["reduced", "Reduced"],
];

const SMALLEST = 80;
const LARGEST = 200;
const STEP = 10;

type Props = {
  open: boolean;
  /** What it was opened for, where that is not all of it. */
  at: "postcodes" | null;
  postcodes: Job;
  state: SettingsState;
  status: DirectoryStatus | null;
  light: SyncLight | null;
  onHub: () => void;
  onClose: () => void;
};

export function SettingsSheet({ open, at, postcodes, state, status, light, onHub, onClose }: Props) {
  const { settings, change, error } = state;
  return (
    <Sheet title="Settings" open={open} onClose={onClose}>
      {error !== null && <AlertPanel error={error} still="The change holds until the window is closed." />}
      <TextSize
        percent={settings.text_percent}
        onChange={(text_percent) => {
          change({ text_percent });
        }}
      />
      <Choice
        label="Colours"
        options={themes}
        value={settings.theme}
        onChange={(theme) => {
          change({ theme });
        }}
      />
      <Choice
        label="Movement"
        options={motions}
        value={settings.motion}
        onChange={(motion) => {
          change({ motion });
        }}
      />
      <SwitchField
        isSelected={settings.letter_keys}
        onChange={(letter_keys) => {
          change({ letter_keys });
        }}
      >
        <SwitchButton className="switch">
          <span className="switch-track" aria-hidden="true" />
          Keys that are a single character (/ ? E F V H, and those of the inbox)
        </SwitchButton>
      </SwitchField>
      <section className="about" aria-labelledby="hub-title">
        <h3 id="hub-title">Hub</h3>
        <p>{light === null ? "Saved on this computer" : light.said}</p>
        <div className="actions">
          <Button className="button" onPress={onHub}>
            Hub and sync…
          </Button>
        </div>
      </section>
      <Postcodes wanted={at === "postcodes"} job={postcodes} />
      <About status={status} />
    </Sheet>
  );
}

function TextSize({ percent, onChange }: { percent: number; onChange: (percent: number) => void }) {
  const by = (step: number) => {
    onChange(Math.max(SMALLEST, Math.min(LARGEST, percent + step)));
  };
  return (
    <div className="text-size">
      <Slider
        className="slider"
        value={percent}
        minValue={SMALLEST}
        maxValue={LARGEST}
        step={STEP}
        onChange={onChange}
      >
        <div className="slider-words">
          <Label className="choice-title">Text size</Label>
          <SliderOutput>{`${String(percent)} %`}</SliderOutput>
        </div>
        <SliderTrack className="slider-track">
          <SliderThumb className="slider-thumb" />
        </SliderTrack>
      </Slider>
      <Button
        className="button"
        isDisabled={percent <= SMALLEST}
        onPress={() => {
          by(-STEP);
        }}
      >
        Smaller
      </Button>
      <Button
        className="button"
        isDisabled={percent >= LARGEST}
        onPress={() => {
          by(STEP);
        }}
      >
        Larger
      </Button>
    </div>
  );
}
