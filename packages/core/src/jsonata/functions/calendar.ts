const DAY_MS = 86_400_000;

export const DAYS = ['', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
export const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
];

/** Start of ISO week 1 of the year or month that begins at a date: the week with its first Thursday. Epoch milliseconds. */
function startOfFirstWeek(year: number, month: number): number {
  const first = Date.UTC(year, month);
  const day = new Date(first).getUTCDay() || 7;
  return day > 4 ? first + (8 - day) * DAY_MS : first - (day - 1) * DAY_MS;
}

function weeksBetween(start: number, end: number): number {
  return (end - start) / (DAY_MS * 7) + 1;
}

/** A component of a date in UTC, by its letter in pictures. */
export function dateComponent(date: Date, component: string): number | string | undefined {
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth();
  const midnight = Date.UTC(year, month, date.getUTCDate());
  switch (component) {
    case 'Y':
      return year;
    case 'M':
      return month + 1;
    case 'D':
      return date.getUTCDate();
    case 'd':
      return (midnight - Date.UTC(year, 0)) / DAY_MS + 1;
    case 'F':
      return date.getUTCDay() || 7;
    case 'W':
      return weekOf(midnight, startOfFirstWeek(year, 0), startOfFirstWeek(year + 1, 0), startOfFirstWeek(year - 1, 0), 52);
    case 'w':
      return weekOf(midnight, startOfFirstWeek(year, month), startOfFirstWeek(year, month + 1), startOfFirstWeek(year, month - 1), 4);
    case 'X':
      if (date.getTime() < startOfFirstWeek(year, 0)) return year - 1;
      return date.getTime() >= startOfFirstWeek(year + 1, 0) ? year + 1 : year;
    case 'x':
      // The month a week of the month belongs to: 1 January 2005 is in the fifth week of December.
      if (date.getTime() < startOfFirstWeek(year, month)) return month === 0 ? 12 : month;
      if (date.getTime() >= startOfFirstWeek(year, month + 1)) return month === 11 ? 1 : month + 2;
      return month + 1;
    case 'H':
      return date.getUTCHours();
    case 'h':
      return date.getUTCHours() % 12 || 12;
    case 'P':
      return date.getUTCHours() >= 12 ? 'pm' : 'am';
    case 'm':
      return date.getUTCMinutes();
    case 's':
      return date.getUTCSeconds();
    case 'f':
      return date.getUTCMilliseconds();
    case 'C':
    case 'E':
      return 'ISO';
  }
  return undefined;
}

function weekOf(day: number, start: number, next: number, previous: number, usual: number): number {
  const week = weeksBetween(start, day);
  if (week > usual && day >= next) return 1;
  return Math.floor(week < 1 ? weeksBetween(previous, day) : week);
}
