// Hours: the days, the times, each week or some weeks of the month; or in words where they don't fit.

import { Button, Disclosure, DisclosurePanel, ToggleButton, ToggleButtonGroup } from "react-aria-components";
import { Choice } from "../components/Choice";
import { Icon } from "../components/Icon";
import { TextInput } from "../components/TextInput";
import type { ScheduleForm } from "../lib/api";
import { scheduleSaid } from "../lib/scheduleWords";
import { DayInput, TimeInput } from "./fields";
import { Repeated } from "./Repeated";

const days: readonly (readonly [string, string])[] = [
  ["MO", "Monday"],
  ["TU", "Tuesday"],
  ["WE", "Wednesday"],
  ["TH", "Thursday"],
  ["FR", "Friday"],
  ["SA", "Saturday"],
  ["SU", "Sunday"],
];

const weeks: readonly (readonly [string, string])[] = [
  ["1", "1st"],
  ["2", "2nd"],
  ["3", "3rd"],
  ["4", "4th"],
  ["-1", "Last"],
];

const rhythms: readonly (readonly [Rhythm, string])[] = [
  ["week", "Every week"],
  ["month", "Some weeks of the month"],
  ["unknown", "Not known"],
];

type Rhythm = "week" | "month" | "unknown";

const blank = (): ScheduleForm => ({
  days: [],
  every: "week",
  ordinals: [],
  opens: null,
  closes: null,
  from: null,
  until: null,
  words: null,
});

type Props = { schedules: readonly ScheduleForm[]; onChange: (schedules: ScheduleForm[]) => void };

export function Schedules({ schedules, onChange }: Props) {
  return (
    <Repeated items={schedules} one="hours" add="Add hours" blank={blank} onChange={onChange}>
      {(schedule, set) => <Schedule schedule={schedule} onChange={set} />}
    </Repeated>
  );
}

type OneProps = { schedule: ScheduleForm; onChange: (part: Partial<ScheduleForm>) => void };

function Schedule({ schedule, onChange }: OneProps) {
  const { every, opens, closes, from, until, words } = schedule;
  const more = from !== null || until !== null || words !== null;
  return (
    <>
      <p className="schedule-said">
        <Icon name="clock" /> {scheduleSaid(schedule)}
      </p>
      <Toggles
        label="Days"
        options={days}
        chosen={schedule.days}
        onChange={(chosen) => {
          onChange({ days: chosen });
        }}
      />
      <div className="input-grid">
        <TimeInput
          label="Opens"
          value={opens}
          onChange={(time) => {
            onChange({ opens: time });
          }}
        />
        <TimeInput
          label="Closes"
          value={closes}
          onChange={(time) => {
            onChange({ closes: time });
          }}
        />
      </div>
      <Choice
        label="How often"
        options={rhythms}
        value={every ?? "unknown"}
        onChange={(rhythm) => {
          onChange({
            every: rhythm === "unknown" ? null : rhythm,
            ordinals: rhythm === "month" ? schedule.ordinals : [],
          });
        }}
      />
      {every === "month" && (
        <Toggles
          label="Which weeks"
          options={weeks}
          chosen={schedule.ordinals.map(String)}
          onChange={(chosen) => {
            onChange({ ordinals: chosen.map(Number) });
          }}
        />
      )}
      <Disclosure className="values" defaultExpanded={more}>
        <Button slot="trigger" className="button button-small button-quiet values-button">
          <Icon name="open" /> Only for a time, or in words
        </Button>
        <DisclosurePanel>
          <div className="input-grid">
            <DayInput
              label="From"
              value={from}
              onChange={(day) => {
                onChange({ from: day });
              }}
            />
            <DayInput
              label="Until"
              value={until}
              onChange={(day) => {
                onChange({ until: day });
              }}
            />
            <TextInput
              label="In words"
              value={words ?? ""}
              onChange={(text) => {
                onChange({ words: text === "" ? null : text });
              }}
              help="e.g. “term time only”, “by appointment”"
              spellCheck
            />
          </div>
        </DisclosurePanel>
      </Disclosure>
    </>
  );
}

type TogglesProps = {
  label: string;
  options: readonly (readonly [id: string, name: string])[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
};

function Toggles({ label, options, chosen, onChange }: TogglesProps) {
  return (
    <div className="input">
      <span className="input-label" aria-hidden="true">
        {label}
      </span>
      <ToggleButtonGroup
        className="toggles"
        aria-label={label}
        selectionMode="multiple"
        selectedKeys={chosen}
        onSelectionChange={(keys) => {
          onChange(options.map(([id]) => id).filter((id) => keys.has(id)));
        }}
      >
        {options.map(([id, name]) => (
          <ToggleButton key={id} id={id} className="toggle">
            {name}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
    </div>
  );
}
