// The small pictures beside words. They never stand alone: each has words next to it or on its button.

const paths = {
  search: "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13M15.3 15.3 20 20",
  pin: "M12 21s7-6.4 7-11.5A7 7 0 0 0 5 9.5C5 14.6 12 21 12 21M12 7.2a2.4 2.4 0 1 0 0 4.8 2.4 2.4 0 0 0 0-4.8",
  cross: "M6 6l12 12M18 6 6 18",
  back: "M19 12H5M11 6l-6 6 6 6",
  people:
    "M9 5a3.2 3.2 0 1 0 0 6.4A3.2 3.2 0 0 0 9 5M3 19.5c0-3.4 2.6-5.5 6-5.5s6 2.1 6 5.5M15.5 5.3a3.2 3.2 0 0 1 0 5.9M17 14.3c2.4.6 4 2.4 4 5.2",
  home: "M3.5 11.5 12 4l8.5 7.5M6 10v10h12V10M10 20v-5.5h4V20",
  door: "M6 21V4h9v17M3 21h18M12 12.4v.2M15 7l4-1.5V21",
  coin: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16M14.8 9.2c-.5-1-1.5-1.5-2.6-1.5-1.4 0-2.4.9-2.4 2.2 0 3.6-.1 4.7-1.3 6.2h6.2M8.5 12.6h4",
  check: "M4.5 12.5l5 5 10-11",
  clock: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16M12 7.5V12l3 2",
  warning: "M12 4 2.5 20h19L12 4M12 10v4.5M12 17.2v.2",
  info: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16M12 11v5M12 8v.2",
  phone:
    "M6.5 4h3l1.5 4-2 1.5c1 2.3 2.7 4 5 5l1.5-2 4 1.5v3c0 1.2-1 2-2.2 1.9C10.5 18.3 5.7 13.5 5 6.3 4.9 5 5.5 4 6.5 4",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  out: "M13 4h7v7M20 4l-9 9M17 14v6H4V7h6",
  filter: "M4 6h16M7 12h10M10 18h4",
  gear: "M4 7h9M17 7h3M15 5v4M4 17h3M11 17h9M9 15v4",
  keys: "M3 7h18v11H3zM6.5 10.5h.2M10 10.5h.2M13.5 10.5h.2M17 10.5h.2M8 14.5h8",
  directory: "M5 4h12a2 2 0 0 1 2 2v14H7a2 2 0 0 1-2-2zM5 18a2 2 0 0 1 2-2h12M9 8h6",
  open: "M6 9.5l6 6 6-6",
  bring: "M12 4v11M7 10.5l5 5 5-5M4 20h16",
  send: "M12 16V4.5M7 9l5-5 5 5M4 20h16",
  on: "M5 12h14M13 6l6 6-6 6",
  up: "M12 20V5M6 11l6-6 6 6",
  down: "M12 4v15M6 13l6 6 6-6",
  plus: "M12 5v14M5 12h14",
  flag: "M6 21V4M6 5h11l-2 4 2 4H6",
  tray: "M4 13 6.5 5h11L20 13v6H4zM4 13h5l1 2.5h4l1-2.5h5",
  history: "M4.5 12a7.5 7.5 0 1 1 2.4 5.5M4.5 12l-2-2.2M4.5 12l2.4-2M12 8v4.2l3 1.8",
  alone: "M4 5h16v11H4zM9 20h6M12 16v4",
  away: "M4 18.5 20 4M6.5 16.5A3.5 3.5 0 0 1 6.8 9.6 5.5 5.5 0 0 1 15 7.4M17.6 10a3.4 3.4 0 0 1-.6 6.6H10",
  round: "M19 12a7 7 0 0 1-12.3 4.6M5 12A7 7 0 0 1 17.3 7.4M17.5 4v3.6H14M6.5 20v-3.6H10",
  stop: "M8.5 4h7L20 8.5v7L15.5 20h-7L4 15.5v-7zM9.5 9.5l5 5M14.5 9.5l-5 5",
  pen: "M4 20l1-4L16 5l3 3L8 19l-4 1M14 7l3 3",
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}

/** The fingerpost itself, in the colours of the theme. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path className="mark-post" d="M14.2 3.2a1.8 1.8 0 0 1 3.6 0V30h-3.6z" />
      <path className="mark-arm" d="M6 5.5h18.5l5 4.5-5 4.5H6z" />
      <path className="mark-arm-low" d="M26 17H9.5L5 21l4.5 4H26z" />
    </svg>
  );
}
