import { Injectable, type CanActivate } from '@nestjs/common';
import { problem } from '#http';

/** Whether this installation keeps the journal. */
export class JournalSwitch {
  constructor(readonly isOn: boolean) {}
}

/** Before a query waits for the journal to see a write: one that is off never does. */
@Injectable()
export class JournalIsOn implements CanActivate {
  constructor(private readonly journal: JournalSwitch) {}

  canActivate(): boolean {
    if (!this.journal.isOn) throw problem('JOURNAL_OFF');
    return true;
  }
}
