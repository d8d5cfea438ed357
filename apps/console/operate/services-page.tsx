import type { ExpiryAnswer, ServiceAnswer } from '#client';
import { useLanguage } from '../language/language.tsx';
import { useAnswer } from '../live/use-answer.ts';
import { Answered } from '../parts/answered.tsx';
import { Page } from '../parts/page.tsx';
import { Section } from '../parts/section.tsx';
import { Table } from '../parts/table.tsx';
import { holdfast } from '../session/holdfast.ts';
import { ServiceChecks, ServiceState } from './service-state.tsx';

/** Each process reports as often. */
const readEveryMs = 5_000;

/** The health of each process, and how late holds expire. */
export function ServicesPage() {
  const { t } = useLanguage();
  const words = t.operate.services;
  const status = useAnswer((signal) => holdfast.status.get({ signal }), [], { everyMs: readEveryMs });
  const services = { ...status, value: status.value?.services };
  return (
    <Page title={words.title}>
      <Section title={words.processes}>
        <Answered of={services} empty={words.none}>
          {(rows) => <Services rows={rows} />}
        </Answered>
      </Section>
      {status.value === undefined && status.error !== undefined ? null : (
        <Section title={words.expiry}>
          <Answered of={{ value: status.value?.expiry, error: undefined }} lines={2}>
            {(lag) => <ExpiryLag lag={lag} />}
          </Answered>
        </Section>
      )}
    </Page>
  );
}

function Services({ rows }: { rows: readonly ServiceAnswer[] }) {
  const { t, format } = useLanguage();
  const words = t.operate.services;
  return (
    <Table
      caption={words.processes}
      rows={rows}
      keyOf={({ service, instance }) => `${service} ${instance}`}
      columns={[
        { head: words.service, cell: ({ service }) => <span class="moment">{service}</span> },
        { head: words.instance, cell: ({ instance }) => <code class="moment">{instance}</code> },
        { head: words.version, cell: ({ version }) => version },
        { head: words.phase, cell: (service) => <ServiceState of={service} /> },
        { head: words.checks, cell: ({ checks }) => <ServiceChecks of={checks} /> },
        { head: words.startedAt, cell: ({ startedAt }) => <span class="moment">{format.moment(startedAt)}</span> },
        { head: words.report, cell: ({ saidAt }) => <span class="moment">{format.time(saidAt)}</span> },
      ]}
    />
  );
}

/** The API counts no more. */
const countedMax = 10_000;

function ExpiryLag({ lag: { holds, oldestSeconds } }: { lag: ExpiryAnswer }) {
  const { t, format } = useLanguage();
  const words = t.operate.services;
  const count = format.number(holds);
  return (
    <>
      <dl class="numbers">
        <div>
          <dt>{words.overdue}</dt>
          <dd data-overdue={holds}>{holds < countedMax ? count : words.overdueAtLeast(count)}</dd>
        </div>
        <div>
          <dt>{words.oldest}</dt>
          <dd>{holds === 0 ? '–' : format.duration(oldestSeconds)}</dd>
        </div>
      </dl>
      {holds === 0 ? <p>{words.onTime}</p> : null}
    </>
  );
}
