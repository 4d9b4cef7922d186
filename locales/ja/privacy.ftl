### What is kept of a person: explained, shown, deleted.

## /privacy

privacy-intro = このボットが残す記録と、その扱いをお知らせします。
privacy-kept =
    残すもの、目的、期間
    ・会話：Telegramの利用者番号、使う言葉、最近の質問と答えの題、利用した日時。続きの質問に答えるためです。最後のご利用から{ $conversations }日
    ・担当者との相談：表示名、ご質問、送った返事、評価。担当者に引き継ぐためです。終了から{ $cases }日
    ・行事のお知らせの設定：お知らせを送るためです。通知を受けている間。すべてやめた後は、最後のご利用から{ $conversations }日。送ったお知らせの控えは90日
    ・行事の申し込み：呼び名、人数、希望日、メモ。受け付けるためです。行事の{ $sign_ups }日後まで
    ・「分かったら通知を受ける」を選んだ質問：お知らせするためです。お知らせするまで、長くて{ $questions }日
    ・質問の文と選ばれた答え、担当者が下書きにした返事：答えを良くするためです。だれの質問かは残さず、電話番号や番地などは伏せます。{ $questions }日
    ・届いたメッセージは処理が終わるまで。処理できなかったものは{ $set_aside }日、お届けできなかったものは{ $undelivered }日
    ・メッセージの番号：返信や編集を相手に反映するためです。60日
privacy-seen =
    見る人
    ・担当者との相談と申し込みは、担当者がTelegramのグループで見ます
    ・そのほかは、ボットを管理する人だけが見られます
    ・メッセージは、Telegram自身にも残ります
privacy-second-look = 答えの候補をいくつか示すときは、順番を良くするため、電話番号などを伏せた質問の文だけを外部のサービスに送ることがあります。
privacy-rights = ご自分の記録は、いつでも見ることと消すことができます。
button-my-data = 自分の記録を見る
button-forget = 記録を消す

## /mydata

my-data = このボットが保存している、あなたの記録のすべてです。担当者どうしのメモはTelegramのグループだけにあり、この記録には入っていません。

## /forget

forget-ask =
    あなたの記録をすべて消しますか。
    消えるもの：会話の記録、担当者との相談、行事のお知らせの設定と申し込み、送信を待っているお知らせ。相談中のときは、相談もここで終わります。担当者のグループにある、あなたとの話の場所も消します。
    残るもの：だれのものか分からない件数と質問の文、Telegram自身に残るメッセージ。担当者のグループに届いた申し込みの知らせは、担当者が消します。
    消したものは元に戻せません。
button-forget-sure = すべて消す
button-forget-keep = 消さない
forget-kept = 何も消していません。
forget-done = あなたの記録をすべて消しました。次に書いていただくときは、はじめての方としてお答えします。

## For staff

desk-forgotten = 担当者を待っていた方が、記録の消去を希望されました。ボットの記録を消し、相談は終わりました。この方のトピックも消します。
desk-forgotten-of = { $name }さんが担当していた方が、記録の消去を希望されました。ボットの記録を消し、相談は終わりました。この方のトピックも消します。
desk-delete-topic = この方の記録を消しました。ボットにはこのトピックを消す権限がないため、管理者がこのトピックを消してください。
sign-up-forgotten = 申し込みの取り消し（記録の消去）
sign-up-forgotten-people = 人数：{ $people }人
sign-up-forgotten-card = 申し込んだ方が、記録の消去を希望されました。この申し込みの前の知らせも、グループから消してください。

## The names in the file

data-made = 作成日時
data-user = Telegramの利用者番号
data-conversation = 会話
data-case = 担当者との相談
data-topic = 担当者のグループでのトピック番号
data-subscriber = 行事のお知らせの設定
data-reminded = 送ったお知らせ
data-sign-ups = 行事の申し込み
data-wanted = 答えを待っている質問
data-drafts = 相談から作った答えの案
data-passed-on = 編集のために残している文
data-linked = 残しているメッセージ番号の数
data-waiting = 送信を待っているもの
data-undelivered = 届けられなかったもの
data-set-aside = 処理できなかったもの
data-held-back = 止めてあるお知らせの数
data-colleague = 担当者としての名前
data-writing = 担当者として書きかけのもの
data-since = 始まり
data-last-seen = 最後の利用
data-lang = 言葉
data-lang-chosen = 言葉を自分で選んだ
data-reachable = メッセージを送れる
data-greeted = あいさつ済み
data-last-question = 最後の質問
data-last-entry = 最後に示した答え
data-trail = 最近の質問
data-question = 質問
data-came = 結果
data-entry = 示した答え
data-wish = 担当者への相談の希望
data-why = 理由
data-form = 記入中の申し込み
data-face = 表示名
data-name = 名前
data-username = ユーザー名
data-stage = 段階
data-opened = 相談の始まり
data-last-words = 最後のやり取り
data-last-asked = 最後のお尋ね
data-answers = 担当者の返事
data-asked = お尋ね・申し込み
data-rating = 評価
data-stars = 点
data-line = 一言
data-event = 行事
data-people = 人数
data-day = 希望日
data-note = メモ
data-state = 状態
data-follows = お知らせを受けるもの
data-leads = お知らせの時期（時間前）
data-quiet = お知らせしない時間
data-words = 文
data-at = 日時
data-going = 行くと答えた行事
data-muted = 知らせない行事
data-paused = お知らせを休んでいる
data-chosen = お知らせの設定を変えた日時
data-weekly = 週ごとの一覧を受ける
data-zone = 時間帯
data-from = から
data-until = まで
data-filled = 申し込みの内容
data-suggestions = 担当者に示した答えの候補
data-waiting-since = 返事を待ち始めた日時
data-what = 内容
data-starts = 始まる日時
data-message = メッセージ番号
data-misses = 続けて役に立たなかった回数
data-answer-stands = 最後の答えに異議なし
data-lang-instead = 話せない言葉の案内を予定
data-alerts = 担当者に知らせた回数
