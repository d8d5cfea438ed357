import type { Messages } from '../messages.ts';

export const eventTypes: Messages['events']['types'] = {
  UnitsProvided: '入庫',
  StockAdjusted: '在庫の調整',
  UnitsPurchased: '購入',
  UnitsGivenBack: '返品・取り消し',
  UnitsHeld: '仮押さえ',
  HoldExtended: '仮押さえの延長',
  HoldConfirmed: '仮押さえの確定',
  HoldCancelled: '仮押さえのキャンセル',
  HoldExpired: '仮押さえの期限切れ',
  HoldReserved: '仮押さえを注文へ移動',
  UnitsReserved: '注文への引当',
  ReservationReleased: '引当の解除',
  ReservationShipped: '引当分の発送',
  UnitsLent: '貸出',
  HoldLent: '仮押さえ分の貸出',
  LendRenewed: '貸出の延長',
  LendOverdue: '返却期限超過',
  UnitsReturned: '返却',
  UnitsSent: '他の保管場所へ移動',
  SendingRejected: '送り出しの不成立',
  UnitsReceived: '他の保管場所から受け入れ',
  ReceiptRejected: '受け入れの不成立',
  SendingCancelled: '在庫移動の差し戻し',
  SaleTermsSet: '上限と受付期間の設定',
  ClosingTimeSet: '締切の設定',
  StockDiscontinued: '在庫の販売中止',
  StockReinstated: '在庫の販売再開',
  TimeNoted: '在庫の時刻の記録',
  ItemCreated: '商品の作成',
  ItemChanged: '商品の変更',
  ItemDiscontinued: '商品の販売中止',
  ItemReinstated: '商品の販売再開',
  ItemTimeNoted: '商品の時刻の記録',
  CategoryCreated: 'カテゴリーの作成',
  CategoryChanged: 'カテゴリーの変更',
  CategoryDeleted: 'カテゴリーの削除',
  CategoryTimeNoted: 'カテゴリーの時刻の記録',
  SlotOpened: '予約枠の作成',
  SlotChanged: '予約枠の変更',
  OrderSubmitted: '注文の送信',
  OrderPlaced: '注文の受付',
  OrderRejected: '注文の不成立',
  OrderProcessingStarted: '注文の処理開始',
  OrderPaid: '注文の支払い',
  OrderShipped: '注文の発送',
  OrderCompleted: '注文の完了',
  OrderCancelled: '注文のキャンセル',
  OrderSettled: '注文の在庫処理完了',
  OrderDeclined: '注文の受付不可',
  InventoryOpened: '保管場所の作成',
  InventoryChanged: '保管場所の変更',
  TransferRequested: '在庫移動の依頼',
  TransferCompleted: '在庫移動の完了',
  TransferRejected: '在庫移動の不成立',
  RequestMade: '支援依頼の作成',
  RequestAccepted: '支援依頼の引き受け',
  RequestCompleted: '支援依頼の完了',
  AcceptanceWithdrawn: '引き受けの取り消し',
  RequestCancelled: '支援依頼の取り消し',
};

const until = (at: string) => (at === '' ? '' : `（返却期限：${at}）`);
const because = (reason: string) => (reason === '' ? '' : `：${reason}`);
const unchanged = (thing: string) => `${thing}に変更はありません。このイベントより古いコマンドは受け付けられません`;

export const eventMeanings: Messages['events']['meanings'] = {
  UnitsProvided: (goods, provider) =>
    provider === '' ? `${goods}が入庫しました` : `ユーザー ${provider} が${goods}を提供しました`,
  StockAdjusted: (thing, change, reason) => `${thing} の在庫を ${change} 調整しました${because(reason)}`,
  UnitsPurchased: (goods, customer) => `顧客 ${customer} が${goods}を購入しました`,
  UnitsGivenBack: (goods, customer, source, reason) =>
    `顧客 ${customer} が${goods}を戻しました（${source}）${because(reason)}`,
  UnitsHeld: (goods, customer, at) => `顧客 ${customer} が${goods}を ${at} まで仮押さえしました`,
  HoldExtended: (goods, customer, at) => `顧客 ${customer} の仮押さえを ${at} まで延長しました：${goods}`,
  HoldConfirmed: (goods, held, customer) => `顧客 ${customer} の仮押さえ（数量 ${held}）を確定しました：${goods}`,
  HoldCancelled: (goods, customer) => `顧客 ${customer} の仮押さえをキャンセルしました：${goods}`,
  HoldExpired: (goods, customer, at) => `顧客 ${customer} の仮押さえが ${at} に期限切れになりました：${goods}`,
  HoldReserved: (goods, customer, order) => `顧客 ${customer} の仮押さえを注文 ${order} に移しました：${goods}`,
  UnitsReserved: (goods, order) => `注文 ${order} に${goods}を引き当てました`,
  ReservationReleased: (goods, order) => `注文 ${order} への引当を解除しました：${goods}`,
  ReservationShipped: (goods, order) => `注文 ${order} で${goods}を発送しました`,
  UnitsLent: (goods, borrower, at) => `ユーザー ${borrower} に${goods}を貸し出しました${until(at)}`,
  HoldLent: (goods, borrower, at) => `ユーザー ${borrower} に仮押さえ分の${goods}を貸し出しました${until(at)}`,
  LendRenewed: (goods, borrower, at) => `ユーザー ${borrower} への${goods}の貸出を延長しました${until(at)}`,
  LendOverdue: (goods, borrower, at) => `ユーザー ${borrower} への${goods}の貸出が返却期限（${at}）を過ぎました`,
  UnitsReturned: (goods, borrower, condition) => `ユーザー ${borrower} が${goods}を返却しました：${condition}`,
  UnitsSent: (goods, inventory, transfer) =>
    `在庫移動 ${transfer} により${goods}を保管場所 ${inventory} へ送り出しました`,
  SendingRejected: (thing, inventory, transfer, reason) =>
    `在庫移動 ${transfer} による${thing} の保管場所 ${inventory} への送り出しは行われませんでした：${reason}`,
  UnitsReceived: (goods, inventory, transfer) =>
    `在庫移動 ${transfer} により${goods}を保管場所 ${inventory} から受け入れました`,
  ReceiptRejected: (thing, inventory, transfer, reason) =>
    `在庫移動 ${transfer} による${thing} の保管場所 ${inventory} からの受け入れは行われませんでした：${reason}`,
  SendingCancelled: (goods, inventory, transfer, reason) =>
    `保管場所 ${inventory} が在庫移動 ${transfer} を受け入れなかったため、${goods}を差し戻しました：${reason}`,
  SaleTermsSet: (thing, from, to, purchaseLimit) => {
    const window = from === '' && to === '' ? '期間の定めなし' : `${from}～${to}`;
    const limit = purchaseLimit === '' ? '' : `、お一人様 ${purchaseLimit} まで`;
    return `${thing} の受付条件を設定しました：${window}${limit}`;
  },
  ClosingTimeSet: (thing, at) =>
    at === '' ? `${thing} の締切を解除しました` : `${thing} の締切を ${at} に設定しました`,
  StockDiscontinued: (thing) => `${thing} の在庫は購入も仮押さえもできなくなりました`,
  StockReinstated: (thing) => `${thing} の在庫は再び購入や仮押さえができるようになりました`,
  TimeNoted: (thing) => unchanged(`${thing} の在庫`),
  ItemCreated: (name, item, price) => `商品 ${item} を作成しました：${name}、価格 ${price}`,
  ItemChanged: (name, fields) => `「${name}」を変更しました：${fields}`,
  ItemDiscontinued: (name) => `「${name}」の販売を中止しました`,
  ItemReinstated: (name) => `「${name}」の販売を再開しました`,
  ItemTimeNoted: (thing) => unchanged(`${thing} `),
  CategoryCreated: (name) => `カテゴリー「${name}」を作成しました`,
  CategoryChanged: (name, fields) => `カテゴリー「${name}」を変更しました：${fields}`,
  CategoryDeleted: (name) => `カテゴリー「${name}」を削除しました`,
  CategoryTimeNoted: (thing) => unchanged(`${thing} `),
  SlotOpened: (slot, title, from) =>
    `予約枠 ${slot} を作成しました${because(title)}${from === '' ? '' : `（開始：${from}）`}`,
  SlotChanged: (slot, fields) => `予約枠 ${slot} を変更しました：${fields}`,
  OrderSubmitted: (order, customer, lines, total) =>
    `顧客 ${customer} が注文 ${order} を送信しました：${lines}、合計 ${total}`,
  OrderPlaced: (order, payBy) =>
    `注文 ${order} を受け付け、全数を引き当てました${payBy === '' ? '' : `（支払期限：${payBy}）`}`,
  OrderRejected: (order, reason) => `注文 ${order} は不成立になりました：${reason}`,
  OrderProcessingStarted: (order) => `注文 ${order} の処理を開始しました`,
  OrderPaid: (order, total, payment) => `注文 ${order} が支払われました：${total}、支払い ${payment}`,
  OrderShipped: (order, tracking) =>
    `注文 ${order} を発送しました${tracking === '' ? '' : `（追跡番号：${tracking}）`}`,
  OrderCompleted: (order) => `注文 ${order} が完了しました`,
  OrderCancelled: (order, reason) => `注文 ${order} をキャンセルしました：${reason}`,
  OrderSettled: (order) => `注文 ${order} に必要な在庫の処理がすべて完了しました`,
  OrderDeclined: (order, reason) => `注文 ${order} は送信前に受け付けられませんでした：${reason}`,
  InventoryOpened: (name, inventory, owner) =>
    `保管場所 ${inventory} を作成しました：${name}${owner === '' ? '' : `（所有者：${owner}）`}`,
  InventoryChanged: (name, inventory, fields) => `保管場所 ${inventory}「${name}」を変更しました：${fields}`,
  TransferRequested: (goods, from, to) => `保管場所 ${from} から保管場所 ${to} への${goods}の移動を依頼しました`,
  TransferCompleted: (goods, from, to) => `保管場所 ${from} から保管場所 ${to} へ${goods}を移動しました`,
  TransferRejected: (goods, from, to, reason) =>
    `保管場所 ${from} から保管場所 ${to} への${goods}の移動は不成立になりました：${reason}`,
  RequestMade: (request, requester, kind, quantity) =>
    `ユーザー ${requester} が支援依頼 ${request} を作成しました：${kind} ${quantity}`,
  RequestAccepted: (request, accepter, quantity, current, required) =>
    `ユーザー ${accepter} が支援依頼 ${request} のうち ${quantity} を引き受けました。現在 ${current} / ${required}`,
  RequestCompleted: (request, current, required) => `支援依頼 ${request} が完了しました：${current} / ${required}`,
  AcceptanceWithdrawn: (request, accepter, quantity, current, required) =>
    `支援依頼 ${request} に対するユーザー ${accepter} の引き受け（${quantity}）を取り消しました。現在 ${current} / ${required}`,
  RequestCancelled: (request) => `支援依頼 ${request} を取り消しました`,
};
