### Events, and being told of them.

## The list

events-head = これからの行事
events-head-kind = これからの行事：{ $kind }
events-page = { $head }（{ $page } / { $pages }）
events-none = 日程を確認できた今後の行事は、今のところありません。
events-none-so = この条件に合う今後の行事は、今のところありません。
events-offer = 新しい行事が決まったら、ここにお知らせできます。
event-line = { $day } { $title }
event-line-uncertain = { $day } { $title }（未確定）
event-line-cancelled = { $day } { $title }（中止）
kind-farming = 農業体験
kind-vacant-home = 空き家
kind-community = 交流
kind-festival = 祭り
kind-seminar = セミナー・講座
month-of-year = { $year }年{ $month }

## One event

event-cancelled = この行事は中止になりました。
event-unconfirmed = 日程は、まだ確定していません。
event-expected = 例年の決まりからの予想です。日程は、まだ確定していません。
event-under-way = 今、開かれています。
event-when = 日時：{ $when }
event-where = 場所：{ $place }
event-audience = 対象：{ $audience }
event-fee = 料金：{ $fee }
event-sign-up = 申し込み：{ $how }
event-sign-up-page = 下のボタンのページから
event-deadline = 申し込みの期限：{ $moment }
event-deadline-over = 申し込みは{ $moment }に締め切りました。
event-capacity = 定員：{ $count }人
event-contact = 問い合わせ：{ $contact }
event-unknown = 不明
event-as-of = この情報：{ $date }時点
event-no-longer = この行事は、もう見つかりません。
when-from = { $moment }から
when-same-day = { $moment }〜{ $hour }:{ $minute }
when-span = { $from }〜{ $until }
short-day = { $month }{ $day }日({ $weekday })
when-day = { $year }年{ $month }{ $day }日({ $weekday })
ics-name = 行事

## Buttons

button-events = 行事の一覧を見る
button-events-all = すべての種類を見る
button-follow-event = この行事の通知を受ける
button-unfollow-event = この行事の通知をやめる
button-follow-kind = { $kind }の通知を受ける
button-unfollow-kind = { $kind }の通知をやめる
button-follow-all = 新しい行事の通知を受ける
button-unfollow-all = 「全行事」の通知をやめる
button-sign-up = 申し込みページを開く
button-map = 地図を見る
button-ics = カレンダーに入れる
button-share-event = この行事を人に送る
button-more = 詳しく見る
button-going = 行きます
button-reminders = 通知の設定を見る

## Being told

followed = 通知します。
unfollowed = 通知をやめました。
followed-too-many = 通知する行事が多すぎます。行事の種類で選んでください。
going-noted = 「行きます」と記録しました。変更や中止があれば、お知らせします。
follow-told = { $times }（日本時間）に、ここでお知らせします。
follow-told-none = お知らせの時刻は、もう過ぎています。変更や中止があれば、お知らせします。
follow-told-uncertain = 日程が決まったら、お知らせします。
reminders-none = 通知を受けている行事はありません。
reminders-paused = 通知を休んでいます。
reminders-follows = 通知する行事：{ $list }
reminders-all = すべての行事
reminders-leads = お知らせする時：{ $list }
reminders-quiet = お知らせしない時間：{ $from }〜{ $until }。この時間に当たるときは、その前の晩にお知らせします。
reminders-no-quiet = お知らせしない時間：なし
reminders-zone = 時間帯：{ $zone }
reminders-weekly = 毎週月曜日に、これからの行事をまとめてお知らせします。
list-comma = {"、"}
clock-time = { $hour }:{ $minute }
lead-days = { $days }日前
lead-hours = { $hours }時間前
lead-chosen = ✓ { $lead }
button-own-lead = ほかの時を選ぶ
button-quiet = 静かな時間を変える
button-no-quiet = 静かな時間をなくす
button-zone = 時間帯を変える
button-weekly = 週のまとめを受け取る
button-no-weekly = 週のまとめをやめる
button-pause = 通知を休む
button-resume = 通知を再開する
button-stop-all = すべての通知をやめる
lead-ask = 何日前、何時間前にお知らせしますか。「3日前」「12時間前」のように書いてください。
lead-unclear = 1時間前から60日前までで、「3日前」のように書いてください。
lead-too-many = お知らせする時は、5つまでです。どれかを外してください。
lead-last = お知らせする時は、一つは必要です。
quiet-ask = お知らせしない時間を「22:00-7:00」のように書いてください。
quiet-unclear = 16時間までの時間を、「22:00-7:00」のように書いてください。
zone-ask = お住まいの所の時間帯を「Asia/Taipei」や「Paris」のように書いてください。
zone-unclear = その時間帯が見つかりません。「Asia/Taipei」のように書いてください。
changed = 変更しました。
stopped-all = すべての通知をやめました。

## Reminders, and news of events

reminder-today = 今日です：{ $title }
reminder-tomorrow = 明日です：{ $title }
reminder-days = あと{ $days }日です：{ $title }
reminder-late = お知らせが遅くなりました。
news-moved = 日時や場所が変わりました：{ $title }
news-moved-from = 変更前：{ $when }
news-cancelled = 中止になりました：{ $title }
news-new = 新しい行事です：{ $title }
news-dated = 日程が決まりました：{ $title }
news-back = 中止を取りやめ、開催することになりました：{ $title }
news-postponed = 延期になりました。新しい日程は、まだ決まっていません：{ $title }
weekly-head = これからの行事です。
button-stop-this = この通知をやめる
