import type { Messages } from './messages.ts';

export const ru: Messages = {
  errors: {
    REQUEST_MALFORMED: () => 'Запрос не соответствует протоколу HTTP',
    URL_TOO_LONG: () => 'Часть URL слишком длинная',
    EXPECTATION_FAILED: () => 'Единственное допустимое значение Expect — 100-continue',
    HEADERS_TOO_LARGE: () => 'Заголовки запроса слишком велики',
    REQUEST_TIMEOUT: () => 'Запрос не был получен вовремя',
    BODY_MALFORMED: () => 'Тело запроса должно быть одним объектом JSON с вложенностью не более 32 уровней',
    BODY_TOO_LARGE: ({ bytesMax }) => `Тело запроса превышает ${bytesMax} ${form(bytesMax, 'байт', 'байта', 'байт')}`,
    TOO_MANY_VALUES: ({ valuesMax }) =>
      `Тело запроса содержит более ${valuesMax} ${ofMany(valuesMax, 'значения', 'значений')}`,
    CONTENT_TYPE_UNSUPPORTED: () => 'Тело запроса должно быть в формате JSON: укажите content-type: application/json',
    VALIDATION_FAILED: () => 'Данные не прошли проверку',
    ROUTE_UNKNOWN: () => 'По этому адресу нет ресурса',
    TOKEN_MISSING: () => 'Отсутствует токен авторизации',
    TOKEN_INVALID: () => 'Токен недействителен, или срок его действия истёк',
    ISSUER_UNAVAILABLE: ({ retryAfterSeconds }) =>
      `Издатель токена недоступен, повторите попытку через ${seconds(retryAfterSeconds)}`,
    NO_SESSION: () => 'Нет сеанса, который можно завершить: это API-ключ или токен другого издателя',
    CREDENTIALS_WRONG: () => 'Неверный адрес электронной почты или пароль',
    PASSWORD_WRONG: () => 'Текущий пароль указан неверно',
    CURRENT_PASSWORD_MISSING: () => 'Чтобы изменить пароль, укажите текущий пароль',
    USER_NOT_FOUND: () => 'Пользователь не найден',
    SESSION_NOT_FOUND: () => 'Сеанс не найден',
    TOO_MANY_ATTEMPTS: ({ retryAfterSeconds }) =>
      `Слишком много попыток, повторите через ${seconds(retryAfterSeconds)}`,
    FORBIDDEN: () => 'Недостаточно прав для этого действия',
    ON_BEHALF_OF_MISSING: () =>
      'API-ключ с ролью service действует от имени клиента: укажите клиента в заголовке On-Behalf-Of',
    ON_BEHALF_OF_NOT_ALLOWED: () =>
      'Заголовок On-Behalf-Of разрешён только API-ключам с ролью service и только для клиентов',
    USER_DISABLED: () => 'Пользователь заблокирован',
    API_KEY_NOT_FOUND: () => 'API-ключ не найден',
    PASSWORD_RESET_NOT_FOUND: () =>
      'Токен для сброса пароля недействителен, уже использован, или срок его действия истёк',
    TOO_MANY_API_KEYS: ({ apiKeysMax }) => `Достигнут предел числа API-ключей: ${apiKeysMax}`,
    WEBHOOK_NOT_FOUND: () => 'Вебхук не найден',
    DELIVERY_NOT_FOUND: () => 'Доставка не найдена',
    JOURNAL_OFF: () => 'Журнал событий отключён',
    JOURNAL_NOT_BUILT: () => 'Журнал событий ещё не построен; повторите попытку позже',
    EVENT_NOT_FOUND: () => 'Событие не найдено',
    PROJECTION_NOT_FOUND: ({ projections }) => `Такой проекции нет; доступные проекции: ${projections}`,
    RUN_NOT_FOUND: () => 'У этой проекции нет такого перестроения или проверки',
    RUN_ENDED: () => 'Это перестроение или проверка уже завершены',
    STREAM_NOT_PARKED: () => 'Этот поток не приостановлен в данной проекции',
    TOO_MANY_WEBHOOKS: ({ webhooksMax }) => `Достигнут предел числа вебхуков: ${webhooksMax}`,
    ITEM_NOT_FOUND: () => 'Товар не найден',
    CATEGORY_NOT_FOUND: () => 'Категория не найдена',
    CATEGORY_IN_USE: () => 'В категории есть товары: сначала переместите их в другую категорию',
    SKU_TAKEN: ({ sku }) => `Артикул ${sku} уже используется другим товаром`,
    SLUG_TAKEN: ({ slug }) => `Slug ${slug} уже используется другой категорией`,
    NOT_RECORDED_IN_TIME: () => 'Система занята, ничего не записано: повторите попытку',
    SLOT_NOT_FOUND: () => 'Слот не найден',
    NOTHING_RECORDED_YET: () => 'К этому моменту об этом остатке ещё ничего не записано',
    IDEMPOTENCY_KEY_MISSING: () =>
      'Укажите Idempotency-Key: повторный запрос с тем же ключом выполняется только один раз',
    IDEMPOTENCY_KEY_INVALID: () => 'Idempotency-Key должен содержать от 1 до 255 печатных символов',
    KEY_REUSED: () => 'Этот Idempotency-Key уже использован для другого запроса: укажите новый',
    KEY_IN_FLIGHT: () => 'Запрос с этим Idempotency-Key ещё выполняется: повторите попытку',
    RATE_LIMITED: ({ retryAfterSeconds }) => `Слишком много запросов, повторите через ${seconds(retryAfterSeconds)}`,
    TOO_MANY_STREAMS: ({ streamsMax }) => `Достигнут предел числа одновременно открытых потоков: ${streamsMax}`,
    TOKEN_FOREIGN: () => 'Запись, на которую указывает Consistency-Token, не принадлежит этой системе',
    NOT_YET_VISIBLE: () => 'Запись, на которую указывает Consistency-Token, ещё не видна: повторите попытку',
    PROJECTION_PARKED: () =>
      'Запись, на которую указывает Consistency-Token, не будет видна, пока оператор не устранит проблему',
    OVERLOADED: () => 'Система занята, ничего не записано: повторите попытку',
    OUTCOME_UNKNOWN: () => 'Неизвестно, записан ли запрос: повторите тот же запрос, чтобы узнать это',
    UNAVAILABLE: () => 'Часть системы недоступна, ничего не записано: повторите попытку',
    STOPPING: () => 'Сервис останавливается, ничего не записано: повторите попытку',
    INTERNAL: () => 'Внутренняя ошибка сервера',
    ID_TAKEN: ({ id }) => `Идентификатор ${id} уже используется`,
    SLOT_ENDS_TOO_EARLY: () => 'Слот должен заканчиваться позже, чем начинается',
    TOO_MANY_UNITS: ({ unitsMax }) => `Остаток не может превышать ${unitsMax}`,
    INSUFFICIENT_STOCK: ({ available, requested, slotId, holdId }) => {
      if (holdId !== undefined) return `Количество в брони — ${available}, это меньше ${requested}`;
      if (slotId === undefined) return `Недостаточно товара. Доступно: ${available}, запрошено: ${requested}`;
      return available === 0
        ? 'Нет свободных мест'
        : `Недостаточно свободных мест. Доступно: ${available}, запрошено: ${requested}`;
    },
    TOO_MANY_CLAIMS: ({ claimsMax }) => `Достигнут предел числа незавершённых резервов: ${claimsMax}`,
    TOO_MUCH_METADATA: ({ charactersMax }) =>
      `В metadata всех незавершённых резервов может быть не более ${characters(charactersMax)} в сумме`,
    EXPECTED_MISMATCH: ({ expected, available }) =>
      `Ожидалось доступное количество ${expected}, а на деле доступно ${available}`,
    CAPACITY_TOO_SMALL: ({ capacity, promised }) =>
      `Вместимость не может быть меньше числа забронированных мест. Вместимость: ${capacity}, забронировано: ${promised}`,
    LIMIT_PER_CUSTOMER: (facts) => {
      if ('purchaseLimit' in facts)
        return `Не более ${facts.purchaseLimit} на одного клиента, уже есть: ${facts.purchased}`;
      const { openHoldsMax, heldUnitsMax } = facts;
      const holds = `Не более ${openHoldsMax} ${ofMany(openHoldsMax, 'открытой брони', 'открытых броней')} на одного клиента`;
      return heldUnitsMax === null ? holds : `${holds}, в сумме не более ${heldUnitsMax}`;
    },
    DISCONTINUED: () => 'Товар не найден',
    NOT_ON_SALE: ({ saleStartsAt, saleEndsAt }) => `Сейчас недоступно. Доступно ${saleTimes(saleStartsAt, saleEndsAt)}`,
    SALE_ENDS_TOO_EARLY: () => 'Продажа должна заканчиваться позже, чем начинается',
    MORE_THAN_TAKEN: ({ outstanding, requested }) => `Вернуть ещё можно ${outstanding}, это меньше ${requested}`,
    RETURN_TOO_LATE: ({ endedAt }) => `Срок возврата истёк ${endedAt}`,
    NOT_SHIPPED_YET: () => 'Отгрузка заказа ещё не полностью записана: повторите попытку',
    RETURNS_FORGOTTEN: () => 'Пока неизвестно, сколько уже возвращено: повторите попытку',
    NOT_COUNTED_HERE: () => 'Пока неизвестно, сколько клиент уже купил: повторите попытку',
    CLOSED: ({ closesAt }) => `Бронирование закрыто с ${closesAt}`,
    HOLD_NOT_FOUND: () => 'Бронь не найдена',
    HOLD_CONFIRMED: () => 'Бронь уже подтверждена',
    HOLD_CANCELLED: () => 'Бронь отменена',
    HOLD_EXPIRED: () => 'Срок действия брони истёк',
    HOLD_TOO_LONG: ({ lifeSecondsMax }) => {
      const hours = lifeSecondsMax / 3600;
      return `Бронь может длиться не более ${hours} ${ofMany(hours, 'часа', 'часов')}`;
    },
    ITEM_UNKNOWN: ({ itemId }) => `Товар ${itemId} не найден`,
    ORDER_EMPTY: () => 'В заказе нет товаров',
    ORDER_TOTAL_TOO_LARGE: ({ totalMax }) => `Сумма заказа не может превышать ${totalMax}`,
    NOT_PLACED_IN_TIME: () =>
      'Заказ не удалось оформить вовремя, и он отклонён: закажите снова с новым Idempotency-Key',
    ORDER_NOT_FOUND: () => 'Заказ не найден',
    ORDER_STATE: ({ from, to }) => `Статус заказа — ${from}, его нельзя изменить на ${to}`,
    ORDER_PAID: ({ reference }) => `Заказ уже оплачен (${reference})`,
    ORDER_RELEASED: () => 'Заказ завершён',
    ORDER_TOO_OLD: () => 'Заказ слишком старый, чтобы зарезервировать товар',
    RESERVATION_NOT_FOUND: () => 'Для заказа ничего не зарезервировано',
    INVENTORY_NOT_FOUND: () => 'Склад не найден',
    INVENTORY_DOES_NOT_LEND: () => 'Этот склад ничего не выдаёт на время',
    LIMIT_PER_BORROWER: () => 'У получателя на руках или просрочено столько, сколько допускает этот склад',
    HOLD_NOT_FOR_SALE: () => 'Склад, к которому относится бронь, не продаёт: возьмите на время через POST /lends',
    HOLD_NOT_CONFIRMED: () => 'Бронь не подтверждена: отмените её',
    HOLD_IN_ORDER: ({ orderId }) => `Бронь вошла в заказ ${orderId}: оформите возврат по этому заказу`,
    HOLD_LENT: ({ lendId }) => `По этой брони оформлена выдача ${lendId}: верните её`,
    PURCHASE_NOT_FOUND: () => 'Покупка не найдена',
    INVENTORY_ID_MISSING: () => 'Укажите склад (inventory_id)',
    INVENTORY_TAKES_NOTHING: () => 'Этот склад ничего не принимает от пользователей',
    TRANSFER_NOT_FOUND: () => 'Перемещение не найдено',
    TRANSFER_TOO_OLD: () =>
      'Перемещение не удалось выполнить вовремя, и оно отклонено: повторите его с новым Idempotency-Key',
    LEND_NOT_FOUND: () => 'Выдача не найдена',
    ALREADY_RETURNED: () => 'Уже возвращено',
    NOT_IN_INVENTORY: () => 'На этом складе нет такого предмета',
    LEND_TOO_OLD: () => 'Запрос на выдачу слишком старый: повторите его с новым Idempotency-Key',
    MORE_THAN_LENT: ({ outstanding, requested }) => `На руках осталось ${outstanding}, это меньше ${requested}`,
    RENEWED_TOO_OFTEN: ({ renewalsMax }) =>
      `Этот склад позволяет продлить выдачу не более ${renewalsMax} ${ofMany(renewalsMax, 'раза', 'раз')}`,
    LEND_AWAITED: () => 'Выдачу нельзя продлить: предмет уже ждёт другой человек',
    REQUEST_NOT_FOUND: () => 'Заявка не найдена',
    REQUEST_TYPE_UNKNOWN: ({ type }) => `Неизвестный тип заявки: ${type}`,
    REQUEST_ITEMS_MISSING: () => 'Для заявки на материалы или инструменты нужен список items',
    REQUEST_QTY_MISSING: () => 'Для заявки на людей нужно поле qty — их число',
    ITEM_NOT_REQUESTED: ({ itemId }) => `В заявке нет предмета ${itemId}`,
    REQUEST_COMPLETED: () => 'Заявка выполнена',
    REQUEST_CANCELLED: () => 'Заявка отменена',
    TOO_MANY_ACCEPTANCES: ({ linesMax }) => `Достигнут предел числа строк во всех откликах на одну заявку: ${linesMax}`,
    ACCEPTANCE_NOT_FOUND: () => 'Отклик не найден',
  },
  rules: {
    required: () => 'обязательное поле',
    twice: () => 'поле указано более одного раза',
    unknown: () => 'в этом запросе нет такого поля',
    text: ({ min, max }) => `длина — от ${min} до ${characters(max)}`,
    wellFormed: () => 'не должно содержать NUL и недопустимых символов',
    integer: ({ min, max }) => `должно быть целым числом от ${min} до ${max}`,
    email: () => 'должно быть адресом электронной почты',
    id: () => 'должно быть идентификатором или номером',
    newId: () =>
      'не более 64 символов: латинские буквы, цифры, точки, подчёркивания и дефисы; начинается с буквы или цифры и не состоит из одних цифр',
    time: () => 'должно быть временем в формате ISO 8601 с часовым поясом',
    notFuture: () => 'не может быть в будущем',
    future: () => 'должно быть в будущем',
    after: ({ other }) => `должно быть позже ${other}`,
    oneOf: ({ choices }) => `должно быть одним из значений: ${choices.join(', ')}`,
    integers: ({ min, countMax }) =>
      `должно быть целыми числами не меньше ${min} через запятую, не более ${countMax} ${ofMany(countMax, 'числа', 'чисел')}`,
    list: ({ min, max }) => `должно быть списком объектов, от ${min} до ${max}`,
    object: () => 'должно быть объектом',
    ids: ({ countMax }) => `должно быть идентификаторами или номерами через запятую, не более ${countMax}`,
    listedTexts: ({ countMax, max }) =>
      `должно быть строками через запятую, не более ${countMax}, каждая от 1 до ${characters(max)}`,
    differs: ({ other }) => `должно отличаться от ${other}`,
    notLess: ({ other }) => `не может быть меньше ${other}`,
    cursor: () => 'не является значением cursor для этого списка',
    sum: ({ of, sum }) => `должно быть равно ${sum}, сумме ${of}`,
    notWith: ({ other }) => `нельзя указывать вместе с ${other}`,
    password: ({ min }) => `пароль должен содержать не менее ${characters(min)}`,
    commonPassword: () =>
      'слишком распространённый пароль, или он совпадает с именем, логином или адресом электронной почты',
    userName: ({ max }) => `от 1 до ${characters(max)}: латинские буквы, цифры, точки, дефисы и подчёркивания`,
    emailTaken: () => 'этот адрес электронной почты уже зарегистрирован',
    userNameTaken: () => 'это имя пользователя уже занято',
    boolean: () => 'должно быть true или false',
    url: ({ max }) => `должно быть URL вида http, https или data:image, не более ${characters(max)}`,
    urls: ({ countMax, max }) =>
      `должно быть списком URL вида http, https или data:image, не более ${countMax}, каждый не более ${characters(max)}`,
    texts: ({ countMax, max }) => `должно быть списком строк, не более ${countMax}, каждая от 1 до ${characters(max)}`,
    textMap: ({ countMax, nameMax, max }) =>
      `должно быть объектом, не более ${countMax} ${ofMany(countMax, 'поля', 'полей')}, имена от 1 до ${characters(nameMax)}, значения не более ${characters(max)}`,
    textMapLength: ({ max }) => `имена и значения вместе — не более ${characters(max)}`,
    slug: ({ max }) => `строчные латинские буквы и цифры в словах через дефис, не более ${characters(max)}`,
    choices: ({ choices }) => `должно быть списком из одного или нескольких значений: ${choices.join(', ')}`,
    webhookUrl: () => 'должно быть URL вида https без имени пользователя, пароля и фрагмента',
    webhookAddress: () => 'не должно вести на частный, петлевой или канальный локальный адрес',
    webhookHost: () => 'такого хоста не существует',
    category: () => 'такой категории нет',
    date: ({ yearMin, yearMax }) => `должно быть датой с ${yearMin} по ${yearMax} год, например 2026-02-28`,
    dates: ({ countMax, yearMin, yearMax }) =>
      `должно быть списком дат с ${yearMin} по ${yearMax} год, не более ${countMax}, например 2026-02-28`,
    timesOfDay: ({ countMax }) => `должно быть списком разных значений времени, от 1 до ${countMax}, например 09:00`,
    timeZone: () => 'должно быть названием часового пояса, например Asia/Taipei',
    requiredUnless: ({ other }) => `обязательное поле, если не указано ${other}`,
    seriesTooLong: ({ slotsMax }) => `в серии получится более ${slotsMax} ${ofMany(slotsMax, 'слота', 'слотов')}`,
    seriesEmpty: () => 'в серии не будет ни одного слота: в этом промежутке нет выбранных дней недели',
  },
  notices: {
    loggedOut: 'Вы вышли из системы',
    profileUpdated: 'Профиль обновлён',
    passwordReset: 'Пароль изменён: войдите с новым паролем',
  },
};

function saleTimes(startsAt: string | null, endsAt: string | null): string {
  const from = startsAt === null ? [] : [`с ${startsAt}`];
  const until = endsAt === null ? [] : [`до ${endsAt}`];
  return [...from, ...until].join(' ');
}

const plural = new Intl.PluralRules('ru');

/** The form of a noun that goes with the number: 1 байт, 2 байта, 5 байт. */
function form(count: number, one: string, few: string, many: string): string {
  const rule = plural.select(count);
  if (rule === 'one') return one;
  return rule === 'many' ? many : few;
}

/** In the genitive, as after «не более»: 1 символа, 2 символов, 21 символа. */
function ofMany(count: number, one: string, many: string): string {
  return form(count, one, Number.isInteger(count) ? many : one, many);
}

function seconds(count: number): string {
  return `${count} ${form(count, 'секунду', 'секунды', 'секунд')}`;
}

function characters(count: number): string {
  return `${count} ${ofMany(count, 'символа', 'символов')}`;
}
