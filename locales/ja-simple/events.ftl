### Events, and being told of them, in plain Japanese.

## The list

events-head = これからの 行事(ぎょうじ)
events-head-kind = これからの 行事(ぎょうじ)：{ $kind }
events-page = { $head }（{ $page } / { $pages }）
events-none = 日にちが 決まった これからの 行事(ぎょうじ)は、今 ありません。
events-none-so = この えらび方の 行事(ぎょうじ)は、今 ありません。
events-offer = 新しい 行事(ぎょうじ)が 決まったら、ここに おしらせできます。
event-line = { $day } { $title }
event-line-uncertain = { $day } { $title }（まだ 決まって いません）
event-line-cancelled = { $day } { $title }（中止）
kind-farming = 農業(のうぎょう)の 体験(たいけん)
kind-vacant-home = 空き家(あきや)
kind-community = 交流(こうりゅう)
kind-festival = 祭り(まつり)
kind-seminar = セミナー・講座(こうざ)
month-of-year = { $year }年{ $month }

## One event

event-cancelled = この 行事(ぎょうじ)は ありません。中止(ちゅうし)に なりました。
event-unconfirmed = 日にちは まだ 決まって いません。
event-expected = 毎年の 決まりから 考えた 日にちです。まだ 決まって いません。
event-under-way = 今、やって います。
event-when = いつ：{ $when }
event-where = どこ：{ $place }
event-audience = だれの ため：{ $audience }
event-fee = お金：{ $fee }
event-sign-up = 申(もう)し込(こ)み：{ $how }
event-sign-up-page = 下の ボタンの ページで できます
event-deadline = 申(もう)し込(こ)みは { $moment }まで
event-deadline-over = 申(もう)し込(こ)みは { $moment }に 終わりました。
event-capacity = 来(く)る ことが できる 人：{ $count }人まで
event-contact = 聞く ところ：{ $contact }
event-unknown = わかりません
event-as-of = { $date }の お知らせです
event-no-longer = この 行事(ぎょうじ)は もう ありません。
when-from = { $moment }から
when-same-day = { $moment }から { $hour }時{ $minute }まで
when-span = { $from }から { $until }まで
short-day = { $month }{ $day }日({ $weekday })
when-day = { $year }年{ $month }{ $day }日({ $weekday })
ics-name = 行事

## Buttons

button-events = 行事を 見る
button-events-all = ぜんぶ 見る
button-follow-event = おしらせを もらう
button-unfollow-event = おしらせを やめる
button-follow-kind = { $kind }の おしらせを もらう
button-unfollow-kind = { $kind }の おしらせを やめる
button-follow-all = 行事の おしらせを もらう
button-unfollow-all = 行事の おしらせを やめる
button-sign-up = 申し込みの ページ
button-map = 地図を 見る
button-ics = カレンダーに 入れる
button-share-event = 友だちに おしえる
button-more = もっと 見る
button-going = 行きます
button-reminders = おしらせの 設定

## Being told

followed = おしらせします。
unfollowed = おしらせを やめました。
followed-too-many = えらんだ 行事(ぎょうじ)が 多すぎます。行事の 種類(しゅるい)で えらんで ください。
going-noted = 「行きます」を 書いて 残(のこ)しました。かわったら おしらせします。
follow-told = { $times }（日本(にほん)の 時間(じかん)）に、ここで おしらせします。
follow-told-none = おしらせの 時間は もう すぎました。かわったら おしらせします。
follow-told-uncertain = 日にちが 決まったら、おしらせします。
reminders-none = 今は 何も おしらせしません。
reminders-paused = おしらせを 休んで います。
reminders-follows = おしらせする もの：{ $list }
reminders-all = ぜんぶの 行事(ぎょうじ)
reminders-leads = おしらせする 時：{ $list }
reminders-quiet = おしらせしない 時間：{ $from }から { $until }まで。この 時間の おしらせは、前の 夜に 送ります。
reminders-no-quiet = おしらせしない 時間：ありません
reminders-zone = 時計(とけい)の 場所：{ $zone }
reminders-weekly = 毎週 月よう日に、これからの 行事(ぎょうじ)を まとめて おしらせします。
list-comma = {"、"}
clock-time = { $hour }時{ $minute }
lead-days = { $days }日前
lead-hours = { $hours }時間前
lead-chosen = ✓ { $lead }
button-own-lead = ほかの 時を えらぶ
button-quiet = 静かな 時間を かえる
button-no-quiet = いつでも いい
button-zone = 時計の 場所を かえる
button-weekly = まとめを もらう
button-no-weekly = まとめを やめる
button-pause = おしらせを 休む
button-resume = おしらせを また もらう
button-stop-all = ぜんぶ やめる
lead-ask = 何日前、何時間前に おしらせしますか。「3日前」「12時間前」のように 書いて ください。
lead-unclear = 1時間前から 60日前までです。「3日前」のように 書いて ください。
lead-too-many = おしらせする 時は 5つまでです。どれかを やめて ください。
lead-last = おしらせする 時は、ひとつは いります。
quiet-ask = おしらせしない 時間を「22:00-7:00」のように 書いて ください。
quiet-unclear = おしらせしない 時間は 16時間までです。「22:00-7:00」のように 書いて ください。
zone-ask = 今 いる ところを「Asia/Taipei」「Paris」のように、ローマ字で 書いて ください。
zone-unclear = その ところが わかりません。「Asia/Taipei」のように 書いて ください。
changed = かえました。
stopped-all = おしらせを ぜんぶ やめました。

## Reminders, and news of events

reminder-today = 今日です：{ $title }
reminder-tomorrow = 明日(あした)です：{ $title }
reminder-days = あと { $days }日です：{ $title }
reminder-late = おしらせが おそく なりました。
news-moved = 日にちか 時間(じかん)か 場所が かわりました：{ $title }
news-moved-from = 前は：{ $when }
news-cancelled = 中止(ちゅうし)に なりました：{ $title }
news-new = 新しい 行事(ぎょうじ)です：{ $title }
news-dated = 日にちが 決(き)まりました：{ $title }
news-back = やっぱり やります：{ $title }
news-postponed = 日にちが かわります。新しい 日は まだ 決(き)まって いません：{ $title }
weekly-head = これからの 行事(ぎょうじ)です。
button-stop-this = この おしらせを やめる
