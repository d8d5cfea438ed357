import type { Messages } from './messages.ts';

export const ja: Messages = {
  errors: {
    REQUEST_MALFORMED: () => 'リクエストが HTTP として正しくありません。',
    URL_TOO_LONG: () => 'URL に長すぎる部分があります。',
    EXPECTATION_FAILED: () => 'Expect に指定できるのは 100-continue のみです。',
    HEADERS_TOO_LARGE: () => 'リクエストヘッダーが大きすぎます。',
    REQUEST_TIMEOUT: () => 'リクエストを時間内に受信できませんでした。',
    BODY_MALFORMED: () => 'リクエスト本文は、入れ子が 32 階層以内の単一の JSON オブジェクトにしてください。',
    BODY_TOO_LARGE: ({ bytesMax }) => `リクエスト本文が ${bytesMax} バイトを超えています。`,
    TOO_MANY_VALUES: ({ valuesMax }) => `リクエスト本文の値が ${valuesMax} 個を超えています。`,
    CONTENT_TYPE_UNSUPPORTED: () => 'リクエスト本文は JSON にし、content-type: application/json を指定してください。',
    VALIDATION_FAILED: () => '入力内容に誤りがあります。',
    ROUTE_UNKNOWN: () => '指定された URL は存在しません。',
    TOKEN_MISSING: () => '認証トークンがありません。',
    TOKEN_INVALID: () => 'トークンが無効か、有効期限が切れています。',
    ISSUER_UNAVAILABLE: ({ retryAfterSeconds }) =>
      `トークンの発行元に接続できません。${retryAfterSeconds} 秒後にもう一度お試しください。`,
    NO_SESSION: () => '終了できるセッションがありません。このトークンは API キーか、他の発行元が発行したものです。',
    CREDENTIALS_WRONG: () => 'メールアドレスまたはパスワードが正しくありません。',
    PASSWORD_WRONG: () => '現在のパスワードが正しくありません。',
    CURRENT_PASSWORD_MISSING: () => 'パスワードを変更するには、現在のパスワードが必要です。',
    USER_NOT_FOUND: () => 'ユーザーが見つかりません。',
    SESSION_NOT_FOUND: () => 'セッションが見つかりません。',
    TOO_MANY_ATTEMPTS: ({ retryAfterSeconds }) =>
      `試行回数が多すぎます。${retryAfterSeconds} 秒後にもう一度お試しください。`,
    FORBIDDEN: () => 'この操作を行う権限がありません。',
    ON_BEHALF_OF_MISSING: () =>
      'ロールが service の API キーは顧客の代わりに操作します。On-Behalf-Of ヘッダーで顧客を指定してください。',
    ON_BEHALF_OF_NOT_ALLOWED: () =>
      'On-Behalf-Of を使用できるのはロールが service の API キーだけで、指定できるのは顧客だけです。',
    USER_DISABLED: () => 'このユーザーは無効化されています。',
    API_KEY_NOT_FOUND: () => 'API キーが見つかりません。',
    PASSWORD_RESET_NOT_FOUND: () => 'パスワード再設定用のトークンが無効か、使用済みか、有効期限が切れています。',
    TOO_MANY_API_KEYS: ({ apiKeysMax }) => `API キーは ${apiKeysMax} 個までです。`,
    WEBHOOK_NOT_FOUND: () => 'Webhook が見つかりません。',
    DELIVERY_NOT_FOUND: () => '配信が見つかりません。',
    JOURNAL_OFF: () => 'イベントのジャーナルは無効になっています。',
    JOURNAL_NOT_BUILT: () => 'イベントのジャーナルはまだ作成中です。しばらくしてからもう一度お試しください。',
    EVENT_NOT_FOUND: () => 'イベントが見つかりません。',
    PROJECTION_NOT_FOUND: ({ projections }) =>
      `そのプロジェクションは存在しません。利用できるプロジェクション：${projections}`,
    RUN_NOT_FOUND: () => 'このプロジェクションに、その再構築や検証はありません。',
    RUN_ENDED: () => 'その再構築または検証はすでに終了しています。',
    STREAM_NOT_PARKED: () => 'このストリームは、このプロジェクションでは保留されていません。',
    TOO_MANY_WEBHOOKS: ({ webhooksMax }) => `Webhook は ${webhooksMax} 個までです。`,
    ITEM_NOT_FOUND: () => '商品が見つかりません。',
    CATEGORY_NOT_FOUND: () => 'カテゴリーが見つかりません。',
    CATEGORY_IN_USE: () => 'このカテゴリーには商品があります。先に他のカテゴリーへ移してください。',
    SKU_TAKEN: ({ sku }) => `SKU ${sku} は他の商品で使用されています。`,
    SLUG_TAKEN: ({ slug }) => `スラッグ ${slug} は他のカテゴリーで使用されています。`,
    NOT_RECORDED_IN_TIME: () => '混み合っているため、何も記録されませんでした。もう一度お試しください。',
    SLOT_NOT_FOUND: () => '予約枠が見つかりません。',
    NOTHING_RECORDED_YET: () => 'この在庫には、指定の時点までの記録がありません。',
    IDEMPOTENCY_KEY_MISSING: () =>
      'Idempotency-Key を指定してください。同じ値で再送しても、処理は一度しか行われません。',
    IDEMPOTENCY_KEY_INVALID: () => 'Idempotency-Key は 1～255 文字の印字可能文字にしてください。',
    KEY_REUSED: () => 'この Idempotency-Key は別のリクエストで使用済みです。新しい値を指定してください。',
    KEY_IN_FLIGHT: () => 'この Idempotency-Key のリクエストを処理中です。しばらくしてからもう一度お試しください。',
    RATE_LIMITED: ({ retryAfterSeconds }) =>
      `リクエストが多すぎます。${retryAfterSeconds} 秒後にもう一度お試しください。`,
    TOO_MANY_STREAMS: ({ streamsMax }) => `同時に開けるストリームは ${streamsMax} 本までです。`,
    TOKEN_FOREIGN: () => 'Consistency-Token が指す書き込みは、このシステムにありません。',
    NOT_YET_VISIBLE: () => 'Consistency-Token が指す書き込みはまだ参照できません。もう一度お試しください。',
    PROJECTION_PARKED: () => 'Consistency-Token が指す書き込みは、管理者が問題を解決するまで参照できません。',
    OVERLOADED: () => '混み合っているため、何も記録されませんでした。もう一度お試しください。',
    OUTCOME_UNKNOWN: () => '記録されたかどうかを確認できません。同じリクエストを再送して結果を確認してください。',
    UNAVAILABLE: () => 'システムの一部が応答しないため、何も記録されませんでした。もう一度お試しください。',
    STOPPING: () => 'サービスを停止中のため、何も記録されませんでした。もう一度お試しください。',
    INTERNAL: () => 'サーバーでエラーが発生しました。',
    ID_TAKEN: ({ id }) => `ID ${id} はすでに使用されています。`,
    SLOT_ENDS_TOO_EARLY: () => '予約枠の終了は開始より後にしてください。',
    TOO_MANY_UNITS: ({ unitsMax }) => `一つの在庫の数量は ${unitsMax} までです。`,
    INSUFFICIENT_STOCK: ({ available, requested, slotId, holdId }) => {
      if (holdId !== undefined) return `仮押さえの数量は ${available} で、${requested} に足りません。`;
      if (slotId === undefined) return `在庫が足りません（残り ${available}、ご希望 ${requested}）。`;
      return available === 0 ? '空きがありません。' : `空きが足りません（残り ${available}、ご希望 ${requested}）。`;
    },
    TOO_MANY_CLAIMS: ({ claimsMax }) => `一つの在庫に対する未完了の引き当ては ${claimsMax} 件までです。`,
    TOO_MUCH_METADATA: ({ charactersMax }) =>
      `一つの在庫に対する未完了の引き当ての metadata は、合計 ${charactersMax} 文字までです。`,
    EXPECTED_MISMATCH: ({ expected, available }) =>
      `利用可能な数量は ${expected} のはずでしたが、実際は ${available} です。`,
    CAPACITY_TOO_SMALL: ({ capacity, promised }) =>
      `定員を予約済みの数より少なくすることはできません（定員 ${capacity}、予約済み ${promised}）。`,
    LIMIT_PER_CUSTOMER: (facts) => {
      if ('purchaseLimit' in facts) {
        return `お一人様の上限は ${facts.purchaseLimit} です（現在 ${facts.purchased}）。`;
      }
      const { openHoldsMax, heldUnitsMax } = facts;
      return heldUnitsMax === null
        ? `仮押さえはお一人様 ${openHoldsMax} 件までです。`
        : `仮押さえはお一人様 ${openHoldsMax} 件、合計数量 ${heldUnitsMax} までです。`;
    },
    DISCONTINUED: () => '商品が見つかりません。',
    NOT_ON_SALE: ({ saleStartsAt, saleEndsAt }) =>
      `ただいま受付期間外です（受付期間 ${saleTimes(saleStartsAt, saleEndsAt)}）。`,
    SALE_ENDS_TOO_EARLY: () => '販売の終了は開始より後にしてください。',
    MORE_THAN_TAKEN: ({ outstanding, requested }) => `戻せる数量は残り ${outstanding} で、${requested} に足りません。`,
    RETURN_TOO_LATE: ({ endedAt }) => `返品・取り消しの受付は ${endedAt} に終了しました。`,
    NOT_SHIPPED_YET: () => '注文の出荷処理がまだ完了していません。もう一度お試しください。',
    RETURNS_FORGOTTEN: () => 'すでに戻された数量をまだ確認できません。もう一度お試しください。',
    NOT_COUNTED_HERE: () => '購入済みの数量をまだ確認できません。もう一度お試しください。',
    CLOSED: ({ closesAt }) => `予約の受付は ${closesAt} に終了しました。`,
    HOLD_NOT_FOUND: () => '仮押さえが見つかりません。',
    HOLD_CONFIRMED: () => 'この仮押さえはすでに確定しています。',
    HOLD_CANCELLED: () => 'この仮押さえはキャンセルされています。',
    HOLD_EXPIRED: () => 'この仮押さえは有効期限が切れています。',
    HOLD_TOO_LONG: ({ lifeSecondsMax }) => `仮押さえできるのは最長 ${lifeSecondsMax / 3600} 時間です。`,
    ITEM_UNKNOWN: ({ itemId }) => `商品 ${itemId} が見つかりません。`,
    ORDER_EMPTY: () => '注文に商品がありません。',
    ORDER_TOTAL_TOO_LARGE: ({ totalMax }) => `注文の合計金額は ${totalMax} までです。`,
    NOT_PLACED_IN_TIME: () =>
      '注文を時間内に確定できず、取り消されました。新しい Idempotency-Key で注文し直してください。',
    ORDER_NOT_FOUND: () => '注文が見つかりません。',
    ORDER_STATE: ({ from, to }) => `注文の状態が ${from} のため、${to} に変更できません。`,
    ORDER_PAID: ({ reference }) => `この注文は支払い済みです（${reference}）。`,
    ORDER_RELEASED: () => 'この注文は終了しています。',
    ORDER_TOO_OLD: () => '注文が古すぎるため、在庫を確保できません。',
    RESERVATION_NOT_FOUND: () => 'この注文のために確保された在庫はありません。',
    INVENTORY_NOT_FOUND: () => '保管場所が見つかりません。',
    INVENTORY_DOES_NOT_LEND: () => 'この保管場所では貸し出しを行っていません。',
    LIMIT_PER_BORROWER: () => '借りている数、または返却期限を過ぎた数が、この保管場所の上限に達しています。',
    HOLD_NOT_FOR_SALE: () => '仮押さえの保管場所では販売を行っていません。POST /lends で借りてください。',
    HOLD_NOT_CONFIRMED: () => 'この仮押さえは確定していません。返却ではなくキャンセルしてください。',
    HOLD_IN_ORDER: ({ orderId }) => `この仮押さえは注文 ${orderId} に含まれています。その注文から返品してください。`,
    HOLD_LENT: ({ lendId }) => `この仮押さえはすでに貸し出されています。貸出 ${lendId} を返却してください。`,
    PURCHASE_NOT_FOUND: () => '購入履歴が見つかりません。',
    INVENTORY_ID_MISSING: () => '保管場所の ID（inventory_id）を指定してください。',
    INVENTORY_TAKES_NOTHING: () => 'この保管場所では物資の提供を受け付けていません。',
    TRANSFER_NOT_FOUND: () => '在庫移動が見つかりません。',
    TRANSFER_TOO_OLD: () =>
      '在庫移動を時間内に完了できず、取り消されました。新しい Idempotency-Key でやり直してください。',
    LEND_NOT_FOUND: () => '貸出が見つかりません。',
    ALREADY_RETURNED: () => 'すでに返却されています。',
    NOT_IN_INVENTORY: () => 'この保管場所にその物品はありません。',
    LEND_TOO_OLD: () => '貸出のリクエストが古すぎます。新しい Idempotency-Key で借り直してください。',
    MORE_THAN_LENT: ({ outstanding, requested }) => `貸出中の数量は ${outstanding} で、${requested} に足りません。`,
    RENEWED_TOO_OFTEN: ({ renewalsMax }) => `この保管場所での貸出の延長は ${renewalsMax} 回までです。`,
    LEND_AWAITED: () => '次に待っている方がいるため、貸出を延長できません。',
    REQUEST_NOT_FOUND: () => '支援依頼が見つかりません。',
    REQUEST_TYPE_UNKNOWN: ({ type }) => `支援依頼の種類 ${type} は存在しません。`,
    REQUEST_ITEMS_MISSING: () => '物資・道具の支援依頼には items のリストが必要です。',
    REQUEST_QTY_MISSING: () => '人手の支援依頼には qty（人数）が必要です。',
    ITEM_NOT_REQUESTED: ({ itemId }) => `この支援依頼に物品 ${itemId} は含まれていません。`,
    REQUEST_COMPLETED: () => 'この支援依頼は完了しています。',
    REQUEST_CANCELLED: () => 'この支援依頼は取り消されています。',
    TOO_MANY_ACCEPTANCES: ({ linesMax }) => `一つの支援依頼に対する引き受けの明細は、合計 ${linesMax} 行までです。`,
    ACCEPTANCE_NOT_FOUND: () => '引き受けの記録が見つかりません。',
  },
  rules: {
    required: () => '必須項目です。',
    twice: () => '複数回指定されています。',
    unknown: () => 'このリクエストにこの項目はありません。',
    text: ({ min, max }) => `${min}～${max} 文字で入力してください。`,
    wellFormed: () => 'NUL や無効な文字を含めることはできません。',
    integer: ({ min, max }) => `${min} から ${max} までの整数を指定してください。`,
    email: () => '有効なメールアドレスを入力してください。',
    id: () => 'ID または番号を指定してください。',
    newId: () =>
      '英数字で始まる 64 文字以内の英数字、ピリオド、アンダースコア、ハイフンを指定してください。数字だけにすることはできません。',
    time: () => 'タイムゾーン付きの ISO 8601 形式の日時を指定してください。',
    notFuture: () => '未来の日時は指定できません。',
    future: () => '未来の日時を指定してください。',
    after: ({ other }) => `${other} より後にしてください。`,
    oneOf: ({ choices }) => `次のいずれかを指定してください：${choices.join('、')}`,
    integers: ({ min, countMax }) => `${min} 以上の整数をコンマ区切りで ${countMax} 個以内で指定してください。`,
    list: ({ min, max }) => `${min}～${max} 個のオブジェクトのリストを指定してください。`,
    object: () => 'オブジェクトを指定してください。',
    ids: ({ countMax }) => `ID または番号をコンマ区切りで ${countMax} 個以内で指定してください。`,
    listedTexts: ({ countMax, max }) =>
      `1～${max} 文字のテキストをコンマ区切りで ${countMax} 個以内で指定してください。`,
    differs: ({ other }) => `${other} とは異なる値を指定してください。`,
    notLess: ({ other }) => `${other} 以上にしてください。`,
    cursor: () => 'このリストの cursor ではありません。',
    sum: ({ of, sum }) => `${of} の合計である ${sum} を指定してください。`,
    notWith: ({ other }) => `${other} と同時に指定することはできません。`,
    password: ({ min }) => `パスワードは ${min} 文字以上にしてください。`,
    commonPassword: () =>
      'よく使われるパスワードか、お名前、ユーザー名、メールアドレスと同じパスワードは使用できません。',
    userName: ({ max }) => `1～${max} 文字の英数字、ピリオド、ハイフン、アンダースコアで入力してください。`,
    emailTaken: () => 'このメールアドレスはすでに登録されています。',
    userNameTaken: () => 'このユーザー名はすでに使用されています。',
    boolean: () => 'true または false を指定してください。',
    url: ({ max }) => `${max} 文字以内の http、https、data:image のいずれかの URL を指定してください。`,
    urls: ({ countMax, max }) =>
      `${max} 文字以内の http、https、data:image のいずれかの URL を ${countMax} 個以内のリストで指定してください。`,
    texts: ({ countMax, max }) => `1～${max} 文字のテキストを ${countMax} 個以内のリストで指定してください。`,
    textMap: ({ countMax, nameMax, max }) =>
      `名前が 1～${nameMax} 文字、内容が ${max} 文字以内の ${countMax} 項目以内のオブジェクトを指定してください。`,
    textMapLength: ({ max }) => `名前と内容は合計 ${max} 文字以内にしてください。`,
    slug: ({ max }) => `小文字の英字と数字をハイフンでつなぎ、${max} 文字以内で指定してください。`,
    choices: ({ choices }) => `次のうち一つ以上をリストで指定してください：${choices.join('、')}`,
    webhookUrl: () => 'ユーザー名、パスワード、フラグメントを含まない https の URL を指定してください。',
    webhookAddress: () => 'プライベート、ループバック、リンクローカルのアドレスは指定できません。',
    webhookHost: () => 'ホストが見つかりません。',
    category: () => '存在しないカテゴリーです。',
    date: ({ yearMin, yearMax }) => `${yearMin} 年から ${yearMax} 年までの日付を指定してください（例：2026-02-28）。`,
    dates: ({ countMax, yearMin, yearMax }) =>
      `${yearMin} 年から ${yearMax} 年までの日付（例：2026-02-28）を ${countMax} 個以内のリストで指定してください。`,
    timesOfDay: ({ countMax }) => `異なる時刻（例：09:00）を 1～${countMax} 個のリストで指定してください。`,
    timeZone: () => 'タイムゾーンの名前を指定してください（例：Asia/Taipei）。',
    requiredUnless: ({ other }) => `この項目または ${other} を指定してください。`,
    seriesTooLong: ({ slotsMax }) => `予約枠が ${slotsMax} 個を超えてしまいます。`,
    seriesEmpty: () => 'この期間には指定の曜日がないため、予約枠が作成されません。',
  },
  notices: {
    loggedOut: 'ログアウトしました。',
    profileUpdated: 'プロフィールを更新しました。',
    passwordReset: 'パスワードを再設定しました。新しいパスワードでログインしてください。',
  },
};

function saleTimes(startsAt: string | null, endsAt: string | null): string {
  const from = startsAt === null ? [] : [`${startsAt} から`];
  const until = endsAt === null ? [] : [`${endsAt} まで`];
  return [...from, ...until].join(' ');
}
