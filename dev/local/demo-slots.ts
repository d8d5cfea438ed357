const dayMs = 86_400_000;
const hourMs = 3_600_000;
const days = 7;
const firstDay = Date.UTC(2026, 0, 1);

const kinds = [
  { title: '瑜珈入門 Yoga for beginners', hour: 9, hours: 1, capacity: 12 },
  { title: '手沖咖啡教室 ハンドドリップ教室', hour: 13, hours: 2, capacity: 8 },
  { title: '晚場導覽 Evening guided tour', hour: 18, hours: 1, capacity: 25 },
];

export interface DemoSlot {
  readonly id: number;
  readonly title: string;
  readonly capacity: number;
  readonly startsAt: string;
  readonly endsAt: string;
}

/**
 * Three a day, from tomorrow on; hours are in UTC. Their numbers follow from their day: a repeated run creates no others,
 * and one on a later day those that are missing.
 */
export function demoSlots(now: number): readonly DemoSlot[] {
  const today = now - (now % dayMs);
  return Array.from({ length: days }, (_, day) =>
    kinds.map(({ title, hour, hours, capacity }, index) => {
      const startsAt = today + (day + 1) * dayMs + hour * hourMs;
      return {
        id: ((startsAt - (startsAt % dayMs) - firstDay) / dayMs) * kinds.length + index + 1,
        title,
        capacity,
        startsAt: new Date(startsAt).toISOString(),
        endsAt: new Date(startsAt + hours * hourMs).toISOString(),
      };
    }),
  ).flat();
}
