import { Body, Controller, Ip, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  Accounts,
  LoginThrottle,
  PasswordPolicy,
  SecurityLog,
  Users,
  type Caller,
  type ProfileChanges,
  type User,
} from '#auth';
import { CurrentCaller, userAnswer } from '#auth/guard';
import { invalid, notice, problem } from '#http';
import { TakesKey } from '../edge/writes.ts';
import { ProfileChangedAnswer, ProfileDto } from './session.dto.ts';

type Changes = Omit<ProfileChanges, 'password'>;
type NewPassword = NonNullable<ProfileChanges['password']>;

const outcomes = { right: 'changed', wrong: 'refused', throttled: 'throttled' } as const;

@ApiTags('user')
@ApiBearerAuth()
@Controller('user')
export class ProfileController {
  constructor(
    private readonly accounts: Accounts,
    private readonly users: Users,
    private readonly policy: PasswordPolicy,
    private readonly throttle: LoginThrottle,
    private readonly security: SecurityLog,
  ) {}

  @Put('profile')
  @ApiOperation({ summary: 'Change the caller’s own data; a new password ends all other sessions' })
  @ApiOkResponse({ type: ProfileChangedAnswer })
  @TakesKey(
    'VALIDATION_FAILED',
    'PASSWORD_WRONG',
    'CURRENT_PASSWORD_MISSING',
    'TOKEN_MISSING',
    'TOKEN_INVALID',
    'USER_NOT_FOUND',
    'TOO_MANY_ATTEMPTS',
    'OVERLOADED',
  )
  async changeProfile(
    @Body() { name, phone, address, currentPassword: current, newPassword: next }: ProfileDto,
    @CurrentCaller() caller: Caller,
    @Ip() ipAddress: string,
  ): Promise<ProfileChangedAnswer> {
    if (next !== undefined && current === undefined) throw problem('CURRENT_PASSWORD_MISSING');
    const changes = { name, phone, address };
    const user =
      next === undefined || current === undefined
        ? await this.#change(caller, changes)
        : await this.#changePassword(caller, changes, { current, next, ipAddress });
    return { message: notice('profileUpdated'), user: userAnswer(user) };
  }

  async #change(caller: Caller, changes: Changes): Promise<User> {
    const changed = await this.accounts.changeProfile(caller, changes);
    if (changed.outcome !== 'changed') throw problem('USER_NOT_FOUND');
    return changed.user;
  }

  async #refuseCommon({ id }: Caller, { name }: Changes, password: string): Promise<void> {
    const user = await this.users.find(id);
    const isRefused =
      (await this.policy.refuses(password, user ?? {})) || (await this.policy.refuses(password, { name }));
    if (isRefused) throw invalid('newPassword', 'commonPassword', {});
  }

  /** Whoever has somebody's token may not try passwords with it as often as they like. */
  async #changePassword(
    caller: Caller,
    changes: Changes,
    password: NewPassword & { ipAddress: string },
  ): Promise<User> {
    await this.#refuseCommon(caller, changes, password.next);
    const guessed = await this.throttle.changePassword(caller.id, async () => {
      const changed = await this.accounts.changeProfile(caller, { ...changes, password });
      return changed.outcome === 'changed' ? changed.user : undefined;
    });
    const outcome = outcomes[guessed.outcome];
    const { id: userId, sessionId } = caller;
    this.security.record(`password.${outcome}`, { userId, sessionId, address: password.ipAddress });
    if (guessed.outcome === 'throttled') {
      throw problem('TOO_MANY_ATTEMPTS', { retryAfterSeconds: guessed.retryAfterSeconds });
    }
    if (guessed.outcome === 'wrong') throw problem('PASSWORD_WRONG');
    return guessed.value;
  }
}
