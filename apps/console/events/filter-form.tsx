import { useEffect, useState } from 'preact/hooks';
import { fieldTimeOf, instantOf } from '../days.ts';
import { useLanguage } from '../language/language.tsx';
import { Choice, Field } from '../parts/field.tsx';
import { goOn, type Place } from '../place.ts';
import { filterFields, filterOf, type Filter } from './filter.ts';
import { storedEventTypes } from './meaning.ts';

type Draft = Required<Filter>;

/** The conditions of the list, which apply when they are sent. */
export function FilterForm(place: Place) {
  const { t } = useLanguage();
  const words = t.events.filter;
  const asked = place.query.toString();
  const [draft, setDraft] = useState(() => draftOf(place.query));
  // A link to a stream, for example, comes to the same page with other conditions.
  useEffect(() => setDraft(draftOf(place.query)), [asked]);
  const apply = ({ from, to, ...others }: Draft) =>
    goOn(place, { ...others, from: instantOf(from) ?? '', to: instantOf(to) ?? '' });
  const fieldOf = (field: keyof Draft) => ({
    label: words[field],
    value: draft[field],
    onValue: (value: string) => setDraft({ ...draft, [field]: value }),
  });
  const types = storedEventTypes.map((type) => [type, type] as const);
  return (
    <form
      class="row event-filter"
      role="search"
      aria-label={words.title}
      onSubmit={(event) => {
        event.preventDefault();
        apply(draft);
      }}
    >
      <Field {...fieldOf('stream')} />
      <Field {...fieldOf('subject')} hint={words.subjectHint} />
      <Choice {...fieldOf('type')} options={[['', words.anyType], ...types]} />
      <Field {...fieldOf('user')} hint={words.userHint} />
      <Field {...fieldOf('correlationId')} hint={words.correlationIdHint} />
      <Field {...fieldOf('from')} type="datetime-local" step="1" />
      <Field {...fieldOf('to')} type="datetime-local" step="1" />
      <div class="actions">
        <button class="primary">{words.apply}</button>
        <button type="button" onClick={() => apply(draftOf(new URLSearchParams()))}>
          {words.clear}
        </button>
      </div>
    </form>
  );
}

function draftOf(query: URLSearchParams): Draft {
  const filter = filterOf(query);
  const empty = Object.fromEntries(filterFields.map((field) => [field, ''])) as Draft;
  return { ...empty, ...filter, from: shownTime(filter.from), to: shownTime(filter.to) };
}

/** Of an address that somebody wrote, it may be no time. */
function shownTime(instant: string | undefined): string {
  return instant === undefined || Number.isNaN(Date.parse(instant)) ? '' : fieldTimeOf(instant);
}
