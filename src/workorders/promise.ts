/**
 * How soon the crew is there and the supply is back, as averages that a utility promises («一般为»): 国家电网供电服务十项承诺, as published
 * by Yantai city government, 2023-12-08. A utility of another operator sets its own here.
 */
export const promises = {
  urban: { arriveMinutes: 45, restoreHours: 3 },
  rural: { arriveMinutes: 90, restoreHours: 4 },
  remote: { arriveMinutes: 120, restoreHours: 4 },
} as const;

export type Setting = keyof typeof promises;
