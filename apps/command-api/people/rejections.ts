export interface CredentialsWrong {
  readonly code: 'CREDENTIALS_WRONG';
}

export interface TooManyAttempts {
  readonly code: 'TOO_MANY_ATTEMPTS';
  readonly retryAfterSeconds: number;
}

export interface UserNotFound {
  readonly code: 'USER_NOT_FOUND';
}

export interface UserDisabled {
  readonly code: 'USER_DISABLED';
}
