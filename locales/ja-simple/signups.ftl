### Taking part in events, in plain Japanese.

## Asking to take part

button-apply = もうしこむ
button-apply-change = もうしこみを かえる
button-apply-withdraw = キャンセルする
button-apply-cancel = キャンセルします
button-apply-keep = そのままに する
button-apply-submit = これで もうしこむ
button-apply-stop = やめる
button-apply-again = 書きなおす
button-apply-nothing = ありません
event-sign-up-chat = この チャットで できます
apply-why =
    「{ $title }」に もうしこみます。
    名前と 人の 数など、いる ことだけを 聞きます。見るのは 担当者(たんとうしゃ)だけです。ほかの ことには 使いません。ボットの 記録(きろく)は、行事(ぎょうじ)の 30日 後(あと)に 消します。電話番号(でんわばんごう)は いりません。このチャットで おしらせします。
apply-why-full = 今は いっぱいです。もうしこむと、空(あ)くのを 待(ま)つ ことに なります。
apply-goes-on = もうしこみの つづきです。
apply-name = （{ $step }/{ $steps }）名前を 書いて ください。その日に よぶ 名前です。ニックネームでも いいです。
apply-people = （{ $step }/{ $steps }）何人で 来ますか。下から えらぶか、数を 書いて ください。
apply-people-choice = { $people }人
apply-people-unclear = みんなで 何人ですか。1から { $most }までの 数を ひとつ 書いて ください。もっと 多い ときは、担当者(たんとうしゃ)に 話(はな)して ください。
apply-day = （{ $step }/{ $steps }）来る 日を えらんで ください。
apply-day-more = ほかの 日は「3月20日」のように 書いて ください。
apply-day-full = { $day }（いっぱい）
apply-day-waits = { $day }は いっぱいです。もうしこむと、空(あ)くのを 待(ま)つ ことに なります。
apply-note = （{ $step }/{ $steps }）担当者(たんとうしゃ)に つたえて おきたい ことが あれば、{ $most }字までで 書いて ください。
apply-note-long = { $most }字までで 書いて ください。
apply-check = これで もうしこみますか。まだ 送って いません。
apply-fact-name = 名前：{ $name }
apply-fact-people = 人の 数：{ $people }人
apply-fact-day = 来る 日：{ $day }
apply-fact-note = つたえたい こと：{ $note }
apply-received = もうしこみを 受(う)けつけました。まだ 決(き)まって いません。担当者(たんとうしゃ)が 見て、ここで おしらせします。
apply-received-full = もうしこみを 受(う)けつけました。今は いっぱいです。空(あ)いたら、ここで おしらせします。
apply-stopped = もうしこむのを やめました。書いた ことは 消しました。
apply-forgotten = 書いて いた もうしこみは もう ありません。はじめから お願(ねが)いします。
apply-not-here = この 行事(ぎょうじ)は、ここでは もうしこめません。
apply-cancelled = この 行事(ぎょうじ)は 中止(ちゅうし)です。もうしこめません。
apply-late = もうしこみは { $moment }に 終わりました。
apply-begun = この 行事(ぎょうじ)は もう 始(はじ)まったか、終わりました。もうしこめません。
apply-with-person = 今は 担当者(たんとうしゃ)と 話(はな)して います。もうしこみたい ことを、担当者に 書いて ください。
apply-already = もうしこみは もう 決(き)まって います。かえたい ときは、一度(いちど) キャンセルして、もう一度 もうしこんで ください。
apply-withdraw-ask = 「{ $title }」の もうしこみを キャンセルしますか。
apply-withdrawn = 「{ $title }」の もうしこみを キャンセルしました。担当者(たんとうしゃ)にも つたえました。
apply-nothing-there = キャンセルする もうしこみは ありません。
apply-is-asked = もうしこみ：{ $people }人、まだ 決(き)まって いません。
apply-is-confirmed = もうしこみ：{ $people }人で 決(き)まって います。
apply-is-waiting = もうしこみ：{ $people }人、空(あ)くのを 待(ま)って います。
apply-is-asked-on = もうしこみ：{ $people }人（{ $day }）、まだ 決(き)まって いません。
apply-is-confirmed-on = もうしこみ：{ $people }人（{ $day }）で 決(き)まって います。
apply-is-waiting-on = もうしこみ：{ $people }人（{ $day }）、空(あ)くのを 待(ま)って います。
apply-is-declined = もうしこみは、受(う)けられませんでした。
apply-confirmed = 「{ $title }」の もうしこみが 決(き)まりました。どうぞ 来て ください。
apply-waiting = 「{ $title }」は いっぱいです。空(あ)くのを 待(ま)つ ことに なりました。空いたら、ここで おしらせします。
apply-declined = すみません。「{ $title }」の もうしこみは、受(う)けられませんでした。わからない ことは 担当者(たんとうしゃ)に 聞いて ください。
apply-revoked = すみません。「{ $title }」は、もう 決(き)まって いましたが、来て もらう ことが できなく なりました。わからない ことは 担当者(たんとうしゃ)に 聞いて ください。

## What staff read

sign-up-new = 新しい もうしこみです
sign-up-changed = もうしこみが かわりました
sign-up-next = 空いた ところに 入れる 最初の 人です
sign-up-withdrew = もうしこみが なく なりました
sign-up-event = 行事：{ $title }
sign-up-language = ことば：{ $language }
sign-up-places = 決まった 人：{ $taken } / { $capacity }人
sign-up-taken = 決まった 人：{ $taken }人
sign-up-places-on = { $day } { $places }
sign-up-state = 今：{ $state }
sign-up-state-by = 今：{ $state }（{ $name }さん）
state-asked = まだ
state-confirmed = 決まり
state-waiting = 待つ
state-declined = ことわり
state-withdrawn = なし
sign-up-did-confirm = 決めました。
sign-up-did-wait = 待って もらいます。
sign-up-did-decline = ことわりました。
sign-up-full = いっぱいです。{ $capacity }人の うち { $taken }人が 決まって います。この もうしこみは { $people }人です。
sign-up-unknown = この もうしこみは かわったか、もう ありません。新しい おしらせを 見て ください。
sign-up-is-withdrawn = この もうしこみは、本人が やめました。
sign-up-is-confirmed = この もうしこみは、もう 決まって います。
sign-up-same = もう そう なって います。
sign-up-no-event = この 行事は もう ありません。
sign-up-past = この 行事は 中止か、終わりました。
sign-up-not-that-day = 来る 日が、今の 日にちに ありません。本人に 聞いて ください。
sign-up-named = { $name }さん（{ $people }人）
sign-up-named-separator = {"、"}
sign-up-days-gone = 「{ $title }」の 日が かわりました。えらんだ 日が ない もうしこみ：{ $names }
sign-up-list = もうしこみが ある 行事
sign-up-list-none = もうしこみが ある 行事は ありません。
sign-up-list-line = { $day } { $title }（決まり{ $taken }人、まだ{ $open }）
sign-up-waits = 待って いる：{ $count }（{ $people }人）
sign-up-open = まだ：{ $count }（{ $people }人）
sign-up-line = ・{ $name }（{ $people }人）
sign-up-line-more = ・ほか { $count }
sign-up-table = { $title }：もうしこみの 表です。人の 情報です。終わったら 消して ください。
desk-button-sign-up-confirm = 決める
desk-button-sign-up-wait = 待って もらう
desk-button-sign-up-decline = ことわる
desk-button-sign-up-table = CSVで もらう
desk-button-sign-up-list = もどる
desk-button-sign-up-card = { $name }（{ $people }人）を 見る
command-signups = 行事の もうしこみを 見る

## The table

table-state = 今
table-asked = もうしこんだ 時
table-name = 名前
table-people = 人の 数
table-day = 来る 日
table-note = つたえたい こと
table-language = 言葉
