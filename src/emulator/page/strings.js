// Every sentence of the page itself, in Japanese and English. What the bot says comes from the bot and is never
// translated here.

const TEXTS = {
  title: ['安中コンシェルジュ 体験室', 'Annaka concierge playground'],
  subtitle: [
    '本物のTelegramには接続していません。このパソコンの中だけで動きます。',
    'Not connected to the real Telegram. Everything runs inside this computer.',
  ],
  otherLanguage: ['English', '日本語'],
  lost: ['接続が切れました。つなぎ直しています…', 'Connection lost. Reconnecting…'],
  paneChat: ['相談者', 'Mover'],
  paneDesk: ['相談デスクのグループ', 'Desk group'],
  tabDesk: ['相談デスク', 'Desk'],
  paneControls: ['操作盤', 'Controls'],
  views: ['画面の切り替え', 'Views'],
  movers: ['相談者を選ぶ', 'Choose the mover'],
  staff: ['書き込む担当者を選ぶ', 'Choose who writes'],
  topics: ['トピックの一覧', 'Topics'],
  general: ['全般', 'General'],
  closed: ['終了', 'closed'],
  unread: [(n) => `未読${n}件`, (n) => `${n} unread`],
  newTopic: ['新しいトピック', 'New topic'],
  topicTitle: ['題', 'Title'],
  renameTopic: ['題を変える', 'Rename the topic'],
  closeTopic: ['トピックを終了する', 'Close the topic'],
  reopenTopic: ['トピックを再開する', 'Reopen the topic'],
  away: ['退出', 'left'],
  asGroup: ['グループとして書く', 'Writing as the group'],
  botStands: [{
    creator: 'ボットは管理者です', administrator: 'ボットは管理者です', member: 'ボットはただのメンバーです', left: 'ボットはいません', kicked: 'ボットは追い出されました',
  }, {
    creator: 'The bot is an administrator', administrator: 'The bot is an administrator', member: 'The bot is a plain member',
    left: 'The bot is not here', kicked: 'The bot was thrown out',
  }],
  noTopicMessages: ['まだメッセージはありません。', 'No messages yet.'],
  bot: ['ボット', 'bot'],
  typing: ['入力中…', 'typing…'],
  blocked: ['ブロック中', 'blocked'],
  start: ['はじめる', 'Start'],
  welcome: [
    '移住を考えている人になって、ボットに話しかけてください。たとえば:',
    'Be someone who thinks of moving to Annaka, and write to the bot. For example:',
  ],
  examples: [
    ['マイホーム取得支援金はいくらですか', '空き家を探しています', '農業体験はできますか', '担当者と話したいです'],
    ['How big is the Home Acquisition Grant?', 'I am looking for a vacant home', 'Can I try farming?', 'I would like to talk to a person'],
  ],
  messages: ['メッセージ', 'Messages'],
  newest: ['最新のメッセージへ', 'To the newest message'],
  write: ['メッセージを書く', 'Write a message'],
  send: ['送信', 'Send'],
  attach: ['添付', 'Attach'],
  commands: ['ボットのコマンド', 'Commands of the bot'],
  cancel: ['やめる', 'Cancel'],
  more: ['その他の操作', 'More actions'],
  back: ['一覧へ戻る', 'Back to the list'],
  reply: ['返信', 'Reply'],
  edit: ['編集', 'Edit'],
  replyToPart: ['選んだ部分に返信', 'Reply to the selection'],
  quoted: [(words) => `「${words}」`, (words) => `“${words}”`],
  pin: ['固定する', 'Pin'],
  pinned: ['固定', 'pinned'],
  delete: ['みんなから削除', 'Delete for everybody'],
  ok: ['決定', 'OK'],
  album: [(n) => `アルバム(${n}件)`, (n) => `album of ${n}`],
  wholePicture: [(name) => `${name}を大きく見る`, (name) => `${name}, to be seen in full`],
  albumOf: [(kinds) => `アルバム: ${kinds.join('・')}`, (kinds) => `Album: ${kinds.join(', ')}`],
  replying: [(name, text) => `${name}に返信: ${text}`, (name, text) => `Reply to ${name}: ${text}`],
  editing: [(text) => `編集中: ${text}`, (text) => `Editing: ${text}`],
  edited: ['編集済み', 'edited'],
  gone: ['(見つからないメッセージ)', '(message not found)'],
  kinds: [{
    photo: '写真', voice: '音声', sticker: 'スタンプ', location: '位置情報', document: '書類', contact: '連絡先',
    video: '動画', video_note: '動画メッセージ', animation: 'GIF', audio: '音楽', live_location: 'ライブ位置情報', dice: 'さいころ',
    poll: '投票', quiz: 'クイズ', giveaway: '抽選', paid_media: '有料の写真', invoice: '請求書',
  }, {
    photo: 'Photo', voice: 'Voice', sticker: 'Sticker', location: 'Location', document: 'Document', contact: 'Contact',
    video: 'Video', video_note: 'Video message', animation: 'GIF', audio: 'Audio', live_location: 'Live location', dice: 'Dice',
    poll: 'Poll', quiz: 'Quiz', giveaway: 'Giveaway', paid_media: 'Paid photo', invoice: 'Invoice',
  }],
  notices: [{
    'topic created': 'トピックが作られました', 'topic renamed': 'トピックの題が変わりました', 'topic closed': 'トピックが終了しました',
    'topic reopened': 'トピックが再開されました', 'topic icon changed': 'トピックの印が変わりました',
    'message pinned': 'メッセージが固定されました', 'joined the group': 'グループに入りました', 'left the group': 'グループを抜けました',
    'group moved to': 'グループが移りました', 'group moved from': 'グループが移ってきました',
  }, {
    'topic created': 'Topic created', 'topic renamed': 'Topic renamed', 'topic closed': 'Topic closed',
    'topic reopened': 'Topic reopened', 'topic icon changed': 'Topic icon changed',
    'message pinned': 'Message pinned', 'joined the group': 'Joined the group', 'left the group': 'Left the group',
    'group moved to': 'The group moved to', 'group moved from': 'The group came from',
  }],
  deleteTopic: ['トピックを削除する', 'Delete the topic'],
  clock: ['時計(日本時間)', 'Clock (Japan time)'],
  plusHour: ['+1時間', '+1 hour'],
  plusDay: ['+1日', '+1 day'],
  nextNine: ['次の9:00へ', 'Next 9:00'],
  faults: ['障害を起こす', 'Faults'],
  faultsHint: [
    'ボットの通信をわざと失敗させて、何も失われないことを確かめます。',
    'Make the bot’s calls fail on purpose, and see that nothing is lost.',
  ],
  group: ['相談デスクのグループ', 'Desk group'],
  groupHint: [
    'グループで起こりうることを起こして、相談が失われないことを確かめます。',
    'Let happen what happens to groups, and see that no question is lost.',
  ],
  forum: ['トピックを使う', 'Topics are on'],
  botIs: ['ボットの立場', 'The bot is'],
  administrator: ['管理者', 'an administrator'],
  member: ['ただのメンバー', 'a plain member'],
  left: ['いない', 'not there'],
  kicked: ['追い出されている', 'thrown out'],
  staffIs: [(name) => `${name}の立場`, (name) => `${name} is`],
  writesHidden: [(name) => `${name}は匿名の管理者として書く`, (name) => `${name} writes as an anonymous administrator`],
  moveGroup: ['グループを移す(番号が変わる)', 'Move the group (a new id)'],
  unblock: ['ブロックを解除する', 'Unblock the bot'],
  blocks: [(name) => `${name}がボットをブロックする`, (name) => `${name} blocks the bot`],
  calls: ['回数', 'Calls'],
  seconds: ['待ち時間(秒)', 'Wait (seconds)'],
  flood: ['送りすぎ制限', 'Flood limit'],
  cut_before: ['実行前に切断', 'Cut before'],
  cut_after: ['実行後に切断', 'Cut after'],
  heal: ['すべて直す', 'Heal everything'],
  faultNow: [(list) => `いま: ${list}`, (list) => `Now: ${list}`],
  inline: ['インライン検索', 'Inline query'],
  inlineHint: ['どの会話からでもボットの答えを探して送れます。', 'Find an answer of the bot and share it from any chat.'],
  inlineQuery: ['探すことば', 'What to look for'],
  search: ['探す', 'Search'],
  noResults: ['見つかりませんでした。', 'Nothing found.'],
  deepLink: ['リンクから始める', 'Start from a link'],
  open: ['開く', 'Open'],
  log: ['ボットが呼んだAPI', 'API calls of the bot'],
  newPerson: ['新しい人', 'New person'],
  name: ['名前', 'Name'],
  language: ['Telegramの言語', 'Language in Telegram'],
  add: ['加える', 'Add'],
  copied: ['コピーしました。', 'Copied.'],
  linkNotOpened: ['このボタンのリンクは開けません。', 'The link of this button cannot be opened.'],
  unreachable: ['デモのサーバーに届きませんでした。', 'The demo server could not be reached.'],
};

const LANGUAGES = ['ja', 'en'];
const remembered = 'concierge-demo-lang';
const wished = [localStorage.getItem(remembered), navigator.language.slice(0, 2)];
let lang = wished.find((tag) => LANGUAGES.includes(tag)) ?? 'en';

/** The language of the page: `ja` or `en`. */
export const language = () => lang;

/** The text named `key`; texts with gaps take what fills them. */
export function t(key, ...gaps) {
  const text = TEXTS[key][LANGUAGES.indexOf(lang)];
  return typeof text === 'function' ? text(...gaps) : text;
}

/** Example questions in the language of the person who would ask them. */
export const examplesFor = (person) => TEXTS.examples[person.language?.startsWith('ja') ? 0 : 1];

export function switchLanguage() {
  lang = lang === 'ja' ? 'en' : 'ja';
  localStorage.setItem(remembered, lang);
}

/** Fills in the texts that stand in the HTML by name. */
export function translate(root) {
  for (const node of root.querySelectorAll('[data-i18n]')) node.textContent = t(node.dataset.i18n);
  for (const node of root.querySelectorAll('[data-i18n-placeholder]')) node.placeholder = t(node.dataset.i18nPlaceholder);
  for (const node of root.querySelectorAll('[data-i18n-label]')) {
    node.setAttribute('aria-label', t(node.dataset.i18nLabel));
    if (node.matches('button')) node.title = t(node.dataset.i18nLabel);
  }
}
