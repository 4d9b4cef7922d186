### The concierge desk: what a mover hears of it, and what staff read.

## To the mover

case-taken = 担当者がお話を伺います。このままお書きください。
case-closed =
    担当者との相談を終了しました。これからは、またボットがお答えします。
    対応はいかがでしたか。1(不満)から5(満足)でお選びください。
case-closed-by-mover =
    担当者への相談を終えました。これからは、またボットがお答えします。
    対応はいかがでしたか。1(不満)から5(満足)でお選びください。
case-closed-idle =
    しばらくやり取りがなかったため、担当者への相談を終えました。これからは、またボットがお答えします。
    対応はいかがでしたか。1(不満)から5(満足)でお選びください。
case-idle = 担当者とのやり取りがしばらくありません。{ $moment }までに何もなければ、相談を終えます。続けるときは、このままお書きください。
case-lost = このメッセージは、担当者にお渡しできませんでした。お手数ですが、文章か写真でもう一度お送りください。
case-staff-lost = 担当者からのメッセージを1通、お届けできませんでした。担当者にも伝えてあります。
case-lost-part = このうち{ $missing }件は担当者に渡せませんでした。
wanted-kept = 分かったらお知らせします。
wanted-answered = 前にお尋ねの「{ $question }」に、お答えできるようになりました。
button-end-case = 相談を終える
button-human-again = もう一度相談する
button-tell-me = 分かったら通知を受ける

## Names and titles

some-mover = 名前のない方
some-colleague = 担当者
title-open = ⏳ { $name }
title-urgent = 🚨 { $name }
title-waiting = ❗ { $name }（{ $owner }）
title-answered = 💬 { $name }（{ $owner }）
title-snoozed = 💤 { $name }
title-closed = ✅ { $name }

## The card

card-head = { $name } 相談{ $number }回目
card-username = @{ $username }
card-language = 言葉：{ $language }
card-since = 受付：{ $moment }
card-why = 理由：{ $reason }
card-question = 相談の内容：{ $question }
card-tried = これまでの質問：
card-tried-answered = ・{ $question } → { $label }
card-tried-open = ・{ $question } → 答えなし
card-how = 引き受けた人の文章だけが相手に届きます。//で始まる行はメモです。
state-open = 担当者を待っています
state-claimed = { $name }さんが対応中
state-snoozed = { $moment }まで後回し
state-closed = 終了：{ $reason }（{ $moment }）
why-asked = 本人の希望
why-crisis = 命や体の危険
why-complaint = 苦情
why-individual = 個別の判断
why-gap = 資料にない質問
why-not-helped = ボットで解決せず
reason-solved = 解決した
reason-passed-on = ほかの窓口を案内
reason-no-reply = 返事がない
reason-other = その他
reason-mover = 本人が終えた
reason-idle = やり取りが途絶えた
rest-hour = 1時間
rest-next-day = 次の開庁日の朝
rest-three-days = 3開庁日あとの朝

## In the topic

desk-urgent = 🚨 { $name }さんから、命や体の危険についての相談です。トピックを見てください。
desk-bot-answered = ボットの回答：{ $label }
desk-delayed = （{ $moment }に届いたもの）
desk-mover-left = 相手がボットをブロックしました。今は何も届きません。
desk-mover-returned = 相手が戻りました。また届きます。
desk-closed-by-mover = 相手が相談を終えました。
desk-closed-idle = やり取りが途絶えたため、相談を終えました。
desk-rated = 評価：{ $stars } / 5
desk-rated-in-words = 相手の一言：{ $line }
desk-held = まだ誰も引き受けていないため、送っていません。
desk-held-closed = 相談は終わっているため、送っていません。
desk-held-sent = 引き受けて、送りました。
desk-held-noted = メモにしました。相手には送りません。
desk-draft-offer = この返信を知識の下書きにできます
desk-drafted = 下書きにしました。
desk-not-drafted = この返信は、もう下書きにできません。
desk-anonymous = 匿名では、誰が担当か分かりません。匿名をやめるか、別の人が送ってください。
desk-taken = 引き受けました。
desk-taken-over = { $name }さんが代わりました。
desk-released = 手放しました。
desk-released-by = { $name }さんが手放しました。誰でも引き受けられます。
desk-owner-left = 担当の{ $name }さんがグループを抜けました。誰でも引き受けられます。
desk-handed-on = 担当を替えました。
desk-handed-to = この相談の担当になりました。よろしくお願いします。
desk-closed = 終えました。
desk-snoozed = { $moment }まで後回しにします。
desk-rest-over = 後回しの時間が過ぎました。
desk-waits = ⏰ 返事をお待たせして、開庁時間で{ $minutes }分になります。
desk-waits-urgent = 🚨 返事をお待たせして{ $minutes }分になります。
desk-waits-hours = ⏰ 返事をお待たせして、開庁時間で{ $hours }時間になります。
desk-suggestion-sent = 送りました。
desk-suggestion-was-sent = 送った答え：{ $label }
desk-suggestion-lost = 送った答えは届きませんでした。
desk-taken-by-other = { $name }さんが引き受けています。
desk-already-yours = もう引き受けています。
desk-nobody-waits = { $name }さんがもう返事をしています。代わる必要はありません。
desk-not-taken = まだ誰も引き受けていません。
desk-is-closed = この相談は終わっています。
desk-is-not-closed = この相談は終わっていません。
desk-is-past = その時刻は過ぎています。
desk-unknown-colleague = その人は、このグループでまだ見かけていません。一度何か書いてもらってください。
desk-transfer-how = 引き継ぐ相手を付けて書いてください。例：/transfer @name
desk-snooze-how = 日時を付けて書いてください。例：/snooze 2026-12-01 10:00
desk-lost-blocked = 届きませんでした。相手がボットをブロックしています。
desk-edit-not-sent = この変更は相手に送りません。先に届いた文章は、そのまま残ります。
desk-edit-goes-along = まだ届いていない文章なので、直したとおりに届きます。
desk-note-in-time = メモにしました。まだ届いていなかったので、相手には送りません。
desk-mover-deleted = 相手が送ったものは、ここに写す前に消されました。
desk-lost-part = このうち{ $missing }件は届きませんでした。
desk-lost-deleted = 届きませんでした。送る前に消されていました。
desk-left-behind = 届きませんでした。グループが移る前に書かれたものは、もう送れません。書き直してください。
desk-lost-not-copied = 届きませんでした。この種類のものは送れません。文章や写真で送ってください。
desk-lost-refused = 届きませんでした。Telegramが受け付けませんでした。
desk-lost-from-mover = 相手が送ったものを、ここに写せませんでした。相手には、送り直しを頼みました。
desk-not-member = 相談デスクの人だけが使えます。
desk-not-here = このボタンは、ここでは使えません。
desk-no-case = このトピックには相談がありません。古いボタンのときは、/take などのコマンドを使ってください。
desk-unknown-command = /cases 相談の一覧、/unanswered 答えられなかった質問、/signups 行事の申し込み、/stats 利用状況、/deadletters 届かなかったもの。トピックでは /take /release /transfer /snooze /close

## To the owners

desk-trouble-not-set = 相談が届きましたが、担当者のグループが設定されていません。CONCIERGE_STAFF_CHATを設定して起動し直すと、相談が届きます。それまで保管します。
desk-trouble-not-inside = 担当者のグループに書き込めません。ボットがグループにいるか、IDが正しいかを見てください。直るまで、相談を保管します。
desk-trouble-no-topics = 担当者のグループで、トピックが使えません。グループの設定で「トピック」を入れてください。直るまで、相談を保管します。
desk-trouble-no-rights = 担当者のグループで、ボットに「トピックの管理」の権限がありません。管理者にしてください。直るまで、相談を保管します。
desk-trouble-over = 担当者のグループに、また書き込めます。保管していたものを送ります。
desk-group-moved = 担当者のグループのIDが { $id } に変わりました。相談は新しいIDに届けています。設定のCONCIERGE_STAFF_CHATを、このIDに直してください。

## Lists

cases-head = { $filter }：{ $count }件
cases-live = 対応中
cases-waiting-only = 返事待ち
cases-mine = 自分の担当
cases-closed = 終わった相談
cases-waiting = { $moment }から待ち
cases-last = 最後は{ $moment }
unanswered-head = 答えられなかった質問：90日で{ $count }件（{ $groups }種類）
unanswered-none = この90日に、答えられなかった質問はありません。
unanswered-line = { $count }件「{ $question }」（最後は{ $moment }）

## Buttons and commands

desk-button-take = 引き受ける
desk-button-take-over = 代わりに引き受ける
desk-button-release = 手放す
desk-button-hand-on = 担当を替える
desk-button-close = 終える
desk-button-reopen = 再開する
desk-button-snooze = 後回し
desk-button-back = 戻る
desk-button-suggest = 💡 { $label }
desk-button-take-and-send = 引き受けて送る
desk-button-reopen-and-send = 再開して送る
desk-button-note = メモにする
desk-button-learn = 下書きにする
command-cases = 相談の一覧を見る
command-unanswered = 答えられなかった質問を見る
command-take = この相談を引き受ける
command-release = この相談を手放す
command-close = この相談を終える
command-transfer = この相談を引き継ぐ
command-snooze = この相談を後回しにする
