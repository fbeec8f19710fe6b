/** What a reader may find in one message; a key is absent when it is not really there (the table of the command-line contract). */
export interface Entities {
  phone?: string;
  accountNumber?: string;
  /** As written: a contiguous part of the message. */
  address?: string;
  time?: Moment;
  month?: Period;
  /** Yuan. */
  amount?: number;
  /** Kilowatt-hours. */
  energy?: number;
  capacity?: Capacity;
  name?: string;
  faultKind?: FaultKind;
  household?: number;
}

/** When the trouble began; `start` has the offset of the `now` that was given. */
export interface Moment {
  start: string;
  grain: 'minute' | 'hour' | 'day' | 'part';
}

/** Months as `YYYY-MM`, both ends included. */
export interface Period {
  from: string;
  to: string;
}

export interface Capacity {
  value: number;
  unit: 'kW' | 'kVA';
}

export type FaultKind =
  | 'no_power_home'
  | 'no_power_area'
  | 'phase_loss'
  | 'tripping'
  | 'low_voltage'
  | 'high_voltage'
  | 'flicker'
  | 'meter_fault'
  | 'line_down'
  | 'equipment_fire'
  | 'noise'
  | 'other';

export type DangerKind =
  | 'fallen_wire'
  | 'shock'
  | 'fire'
  | 'smoke'
  | 'sparks'
  | 'leak'
  | 'flood'
  | 'trapped'
  | 'medical';

export interface Danger {
  kind: DangerKind;
  /** The words that told it, as written. */
  words: string;
}

/** Names that only the people of one utility's area know; longer names win. */
export interface Gazetteer {
  districts: readonly string[];
  roads: readonly string[];
  communities: readonly string[];
  villages: readonly string[];
}

export interface ReadOptions {
  gazetteer?: Gazetteer;
}

/** A stretch of the message, by index into it. */
export interface Span {
  start: number;
  end: number;
}
