// Moments of the emulator's world, always told in its own time zone, wherever the browser is.

import { language } from './strings.js';

const formats = new Map();
let zone = 'Asia/Tokyo';

export const setZone = (name) => { zone = name; };

/** Milliseconds since 1970 of a moment as the API writes it: whole seconds, or ISO 8601. */
export const moment = (value) => (typeof value === 'number' ? value * 1000 : Date.parse(value));

function format(value, locale, options) {
  const key = JSON.stringify([locale, zone, options]);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(locale, { timeZone: zone, ...options }));
  return formats.get(key).format(new Date(value));
}

export const hourMinute = (value) => format(value, 'en-GB', { hour: '2-digit', minute: '2-digit' });
export const hourMinuteSecond = (value) => format(value, 'en-GB', { timeStyle: 'medium' });
export const dayName = (value) => format(value, language(), { month: 'long', day: 'numeric', weekday: 'short' });
export const dayKey = (value) => format(value, 'sv', { dateStyle: 'short' });
export const fullDay = (value) => format(value, language(), { year: 'numeric', month: 'long', day: 'numeric', weekday: 'short' });

/** Seconds from `value` until the clock on the wall next shows `hour`:00. Good for zones without summer time. */
export function secondsUntil(hour, value) {
  const [h, m, s] = hourMinuteSecond(value).split(':').map(Number);
  const left = hour * 3600 - (h * 3600 + m * 60 + s);
  return left > 0 ? left : left + 24 * 3600;
}
